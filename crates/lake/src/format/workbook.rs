//! Workbooks (XLSX), sheet by sheet, cell by cell: a sheet's stated size is never believed.

use std::{fs::File, io::BufReader, path::Path};

use calamine::{DataRef, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::Refusal;
use zip::ZipArchive;

use super::{Next, RawRow};

/// The most a workbook may unpack to, in bytes.
const MAX_UNPACKED: u64 = 1 << 30;
/// The most a workbook may unpack to, as a multiple of its size, beyond a small allowance.
const MAX_RATIO: u64 = 100;
const ALLOWANCE: u64 = 16 << 20;
const MAX_COLUMNS: u32 = 1024;

pub(super) fn read(
    path: &Path,
    visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
) -> Result<Vec<String>, Refusal> {
    let size = refuse_bombs(path)?;
    let file = File::open(path).map_err(|error| Refusal::because(Code::FileUnreadable, error))?;
    let mut book: Xlsx<_> = open_workbook_from_rs(BufReader::new(file)).map_err(not_a_workbook)?;
    let names = book.sheet_names().clone();
    if names.len() > usize::from(RowRef::MAX_SHEET) + 1 {
        let expected = format!("at most {}", usize::from(RowRef::MAX_SHEET) + 1);
        return Err(Refusal::new(Code::FileTooLarge, format!("{} sheets", names.len()), expected));
    }
    for (index, name) in names.iter().enumerate() {
        let done = size * index as u64 / names.len() as u64;
        let sheet = Sheet { index: index as u8, name, bytes: done };
        if matches!(sheet.read(&mut book, visit)?, Next::Stop) {
            break;
        }
    }
    Ok(names)
}

fn not_a_workbook(error: XlsxError) -> Refusal {
    let found = format!("a zip file that is no workbook ({error})");
    Refusal::new(Code::FileNotSpreadsheet, found, "CSV or XLSX")
}

/// Unpacks everything once into nothing, counting: what an archive says of its own sizes may be false.
fn refuse_bombs(path: &Path) -> Result<u64, Refusal> {
    let unreadable = |error: std::io::Error| Refusal::because(Code::FileUnreadable, error);
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let limit = MAX_UNPACKED.min(ALLOWANCE + size * MAX_RATIO);
    let bomb = || Refusal::new(Code::FileBomb, "more", format!("at most {} MiB unpacked", limit >> 20));
    let broken = |error: zip::result::ZipError| {
        Refusal::new(Code::FileNotSpreadsheet, error.to_string(), "CSV or XLSX")
    };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let mut total = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let mut counted = std::io::Read::take(entry, limit - total + 1);
        total += std::io::copy(&mut counted, &mut std::io::sink())
            .map_err(|error| Refusal::new(Code::FileNotSpreadsheet, error.to_string(), "CSV or XLSX"))?;
        if total > limit {
            return Err(bomb());
        }
    }
    Ok(size)
}

struct Sheet<'a> {
    index: u8,
    name: &'a str,
    bytes: u64,
}

impl Sheet<'_> {
    fn read(
        &self,
        book: &mut Xlsx<BufReader<File>>,
        visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
    ) -> Result<Next, Refusal> {
        let Ok(mut cells) = book.worksheet_cells_reader(self.name) else { return Ok(Next::More) }; // a chart sheet
        let mut row: Vec<String> = Vec::new();
        let mut current = None;
        loop {
            let cell = cells.next_cell().map_err(not_a_workbook)?;
            let position = cell.as_ref().map(calamine::Cell::get_position);
            let next_row = position.map(|(row, _)| row);
            if let Some(number) = current.filter(|_| next_row != current) {
                match self.emit(number, &row, visit)? {
                    Next::More => {}
                    Next::SkipSheet => return Ok(Next::More),
                    Next::Stop => return Ok(Next::Stop),
                }
                row.clear();
            }
            let (Some(cell), Some((_, column))) = (cell, position) else { return Ok(Next::More) };
            current = next_row;
            if column < MAX_COLUMNS {
                let column = column as usize;
                if row.len() <= column {
                    row.resize(column + 1, String::new());
                }
                row[column] = text(cell.get_value());
            }
        }
    }

    fn emit(
        &self,
        number: u32,
        cells: &[String],
        visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
    ) -> Result<Next, Refusal> {
        visit(&RawRow {
            sheet: self.index,
            line: number + 1,
            cells,
            readable: true,
            exact: false,
            bytes: self.bytes,
        })
    }
}

/// A cell as a person would read it: whole numbers without a decimal point, days as days.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(x) if x.fract() == 0.0 && x.abs() < 1e18 => format!("{x:.0}"),
        DataRef::Float(x) => x.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
