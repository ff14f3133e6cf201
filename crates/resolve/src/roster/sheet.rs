use crate::{Error, roster::values::Values};

/// Row numbers are 32 bits wide, and half of them is enough for anybody.
pub(crate) const MOST_ROWS: usize = 1 << 31;

/// Rows of one file as they came.
#[derive(Debug)]
pub struct Sheet {
    pub(crate) file: String,
    pub(crate) header: Vec<String>,
    pub(crate) columns: Vec<RawColumn>,
    pub(crate) rows: usize,
}

/// Cells of one column as they came.
#[derive(Debug, Default)]
pub(crate) struct RawColumn {
    pub(crate) values: Values,
    pub(crate) codes: Vec<u32>,
}

impl Sheet {
    /// An empty sheet.
    ///
    /// # Errors
    /// When the header has one column only, or a word twice.
    pub fn new(file: &str, header: &[String]) -> Result<Self, Error> {
        let file = file.to_owned();
        if header.len() < 2 {
            return Err(Error::OneColumn { file });
        }
        let header: Vec<String> = header
            .iter()
            .enumerate()
            .map(|(i, word)| match word.trim() {
                "" => format!("column {}", i + 1),
                word => word.to_owned(),
            })
            .collect();
        let twice = header.iter().enumerate().find(|(i, word)| header[..*i].contains(word));
        if let Some((_, word)) = twice {
            return Err(Error::DuplicateHeader { file, header: word.clone() });
        }
        let columns = header.iter().map(|_| RawColumn::default()).collect();
        Ok(Self { file, header, columns, rows: 0 })
    }

    /// Adds a row, which stands in `line` of the file. Where `exact` is false the format leaves out empty cells at the end.
    ///
    /// # Errors
    /// When the row has not as many cells as the header.
    pub fn push(&mut self, line: u32, cells: &[String], exact: bool) -> Result<(), Error> {
        if cells.iter().all(|cell| cell.trim().is_empty()) && cells.len() != self.header.len() {
            return Ok(());
        }
        let extra = cells.iter().skip(self.header.len()).any(|cell| !cell.trim().is_empty());
        if extra || exact && cells.len() < self.header.len() {
            let (found, expected) = (cells.len(), self.header.len());
            return Err(Error::Ragged { file: self.file.clone(), line, found, expected });
        }
        if self.rows == MOST_ROWS {
            return Err(Error::TooMany(MOST_ROWS));
        }
        for (i, column) in self.columns.iter_mut().enumerate() {
            let number = column.values.number(cells.get(i).map_or("", |cell| cell.trim()));
            column.codes.push(number);
        }
        self.rows += 1;
        Ok(())
    }

    /// Columns as they are named.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }
}
