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
