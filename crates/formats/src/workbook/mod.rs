//! Workbooks, sheet by sheet, cell by cell: a sheet's stated size is never believed.

mod biff;
mod compound;
pub(crate) mod ods;
pub(crate) mod xls;
pub(crate) mod xlsx;

use calamine::DataType;
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

use crate::{
    MAX_RECORD, READABLE, RawRow, fault,
    sink::{Sink, line_number},
};

/// Cells to the right of these are not read.
pub(crate) const MAX_COLUMNS: u32 = 1024;

/// Gathers the cells of a sheet into rows.
struct Rows<'s, 'v> {
    sink: &'s mut Sink<'v>,
    sheet: u8,
    /// For progress.
    bytes: u64,
    /// Number of the row being gathered, from 0.
    current: Option<u32>,
    cells: Vec<String>,
    length: usize,
}

impl<'s, 'v> Rows<'s, 'v> {
    fn new(sink: &'s mut Sink<'v>, sheet: u8, bytes: u64) -> Self {
        Self { sink, sheet, bytes, current: None, cells: Vec::new(), length: 0 }
    }

    /// Adds a cell; row and column from 0. False: no more of this sheet.
    fn put(&mut self, row: u32, column: u32, text: String) -> Result<bool, Refusal> {
        if self.current != Some(row) {
            if !self.finish()? {
                return Ok(false);
            }
            self.current = Some(row);
        }
        if column < MAX_COLUMNS {
            self.length += text.len();
            if self.length > MAX_RECORD {
                return Err(fault::long_record(format!("a longer row {}", u64::from(row) + 1)));
            }
            let column = column as usize;
            if self.cells.len() <= column {
                self.cells.resize(column + 1, String::new());
            }
            self.cells[column] = text;
        }
        Ok(true)
    }

    /// Hands on the row gathered so far.
    fn finish(&mut self) -> Result<bool, Refusal> {
        let Some(row) = self.current.take() else { return Ok(true) };
        let more = self.emit(row)?;
        self.cells.clear();
        self.length = 0;
        Ok(more)
    }

    /// Hands on the gathered cells as this row, and keeps them.
    fn emit(&mut self, row: u32) -> Result<bool, Refusal> {
        let (sheet, bytes, cells) = (self.sheet, self.bytes, &self.cells);
        let line = line_number(u64::from(row) + 1)?;
        self.sink.row(&RawRow { sheet, line, cells, readable: true, exact: false, bytes })
    }
}

fn not_a_workbook(error: impl std::fmt::Display) -> Refusal {
    let error = error.to_string();
    if error.to_lowercase().contains("password") {
        return locked();
    }
    Refusal::new(Code::FileNotSpreadsheet, format!("a workbook that cannot be read ({error})"), READABLE)
}

fn locked() -> Refusal {
    Refusal::new(Code::FileFormat, "a workbook with a password", "one without")
}

/// A cell as a person would read it: whole numbers without a decimal point, days as days.
fn text(value: &impl DataType) -> String {
    if let Some(text) = value.get_string().or(value.get_datetime_iso()).or(value.get_duration_iso()) {
        text.to_owned()
    } else if let Some(n) = value.get_int() {
        n.to_string()
    } else if let Some(x) = value.get_float() {
        number(x)
    } else if let Some(yes) = value.get_bool() {
        truth(yes).to_owned()
    } else if let Some(time) = value.get_datetime() {
        let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
        match (hour, minute, second) {
            (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
        }
    } else {
        value.get_error().map(ToString::to_string).unwrap_or_default()
    }
}

fn truth(yes: bool) -> &'static str {
    if yes { "TRUE" } else { "FALSE" }
}

/// A number as a person would write it.
pub(crate) fn number(x: f64) -> String {
    if x.fract() == 0.0 && x.abs() < 1e18 { format!("{x:.0}") } else { x.to_string() }
}
