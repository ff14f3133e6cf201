use gnomon_kernel::Code;
use thiserror::Error as ThisError;

/// Why rows cannot be linked, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum Error {
    /// No row below the header.
    #[error("{file} has no rows below its header; give a file with a header and at least one row")]
    Empty {
        /// The file.
        file: String,
    },
    /// One column only.
    #[error(
        "{file} has one column only; check the sign that stands between its cells, or add columns to compare"
    )]
    OneColumn {
        /// The file.
        file: String,
    },
    /// Two columns of one name.
    #[error("{file} has two columns named `{header}`; rename one of them")]
    DuplicateHeader {
        /// The file.
        file: String,
        /// The word that stands twice.
        header: String,
    },
    /// A row with more or fewer cells than the header.
    #[error(
        "{file}, line {line}: {found} cells where the header has {expected}; look for a sign between cells that stands in a value without quotes"
    )]
    Ragged {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u32,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A role was given to a column that is not there.
    #[error("no file has a column `{column}`, which is mapped to `{role}`; its columns are {columns}")]
    UnknownColumn {
        /// The role asked for.
        role: String,
        /// The column asked for.
        column: String,
        /// Columns that are there.
        columns: String,
    },
    /// Nothing to compare.
    #[error(
        "no column says anything about who a row is: all are empty, the same in every row, or numbers of rows"
    )]
    NothingToCompare,
    /// More rows or values than row numbers can count.
    #[error("more than {0} rows; link in parts")]
    TooMany(usize),
    /// A row asked for is not there.
    #[error("no row `{0}`; rows are named by their id column, or by their number from 1")]
    UnknownRow(String),
    /// Rulings that cannot both be obeyed.
    #[error(
        "rows `{a}` and `{b}` are ruled to be two, and by other rulings they are one; take one of the rulings back"
    )]
    Contradiction {
        /// A row.
        a: String,
        /// The other.
        b: String,
    },
}

impl Error {
    /// The code, by which the locales have a sentence.
    pub fn code(&self) -> Code {
        match self {
            Error::Empty { .. } => Code::FileEmpty,
            Error::OneColumn { .. } => Code::LinkOneColumn,
            Error::DuplicateHeader { .. } => Code::HeaderTwice,
            Error::Ragged { .. } => Code::RowWidth,
            Error::UnknownColumn { .. } => Code::LinkColumnUnknown,
            Error::NothingToCompare => Code::LinkNothing,
            Error::TooMany(_) => Code::LinkTooMany,
            Error::UnknownRow(_) => Code::LinkRowUnknown,
            Error::Contradiction { .. } => Code::LinkContradiction,
        }
    }

    /// The file and, of a row, the line that it is about; else nothing.
    pub fn place(&self) -> Option<String> {
        match self {
            Error::Empty { file } | Error::OneColumn { file } | Error::DuplicateHeader { file, .. } => {
                Some(file.clone())
            }
            Error::Ragged { file, line, .. } => Some(format!("{file}:{line}")),
            _ => None,
        }
    }

    /// What was found; may be empty.
    pub fn found(&self) -> String {
        match self {
            Error::Empty { file } | Error::OneColumn { file } => file.clone(),
            Error::DuplicateHeader { header, .. } => header.clone(),
            Error::Ragged { found, .. } => found.to_string(),
            Error::UnknownColumn { column, .. } => column.clone(),
            Error::UnknownRow(row) => row.clone(),
            Error::Contradiction { a, b } => format!("{a}, {b}"),
            Error::NothingToCompare | Error::TooMany(_) => String::new(),
        }
    }

    /// What was expected; may be empty.
    pub fn expected(&self) -> String {
        match self {
            Error::DuplicateHeader { header, .. } => header.clone(),
            Error::Ragged { expected, .. } => expected.to_string(),
            Error::UnknownColumn { columns, .. } => columns.clone(),
            Error::TooMany(most) => most.to_string(),
            _ => String::new(),
        }
    }
}
