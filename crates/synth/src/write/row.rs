use chrono::NaiveDateTime;
use gnomon_kernel::Day;

/// What a workbook stores for a cell; text files store its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Raw {
    /// The words themselves.
    Words,
    /// A number.
    Number(f64),
    /// An amount in fen.
    Fen(i64),
    /// A spreadsheet's count of days.
    Serial(f64),
}

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// As a text file shows it.
    pub text: String,
    /// As a workbook stores it.
    pub raw: Raw,
}

/// The cells of the row that is being written; the strings are used again for the next row.
#[derive(Debug)]
pub struct Row {
    cells: Vec<Cell>,
    filled: usize,
}

impl Row {
    pub fn new(width: usize) -> Row {
        Row { cells: vec![Cell { text: String::new(), raw: Raw::Words }; width], filled: 0 }
    }

    /// The index of the cell that comes next.
    pub fn position(&self) -> usize {
        self.filled
    }

    /// The next cell, emptied.
    pub fn next(&mut self, raw: Raw) -> &mut String {
        let cell = &mut self.cells[self.filled];
        self.filled += 1;
        cell.text.clear();
        cell.raw = raw;
        &mut cell.text
    }

    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub fn cell_mut(&mut self, index: usize) -> &mut Cell {
        &mut self.cells[index]
    }

    pub fn restart(&mut self) {
        self.filled = 0;
    }
}

/// A day as spreadsheets count it (45296 for 2024-01-05).
pub fn serial(day: Day) -> f64 {
    crate::base::time::days_between(crate::base::time::day(1899, 12, 30), day) as f64
}

/// A moment as spreadsheets count it.
pub fn serial_moment(moment: NaiveDateTime) -> f64 {
    let seconds = moment.signed_duration_since(moment.date().and_time(chrono::NaiveTime::MIN)).num_seconds();
    serial(moment.date()) + seconds as f64 / 86_400.0
}
