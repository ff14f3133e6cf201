use csv::{Result, WriterBuilder};
use gnomon_kernel::Code;
use gnomon_library::analytics::RejectedRows;

use super::RejectedWords;

/// Our own columns first, then the row as delivered.
pub(super) fn file_of(rejected: &RejectedRows, words: &RejectedWords<'_>) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(b"\xEF\xBB\xBF".to_vec());
    let headings = words.headings.iter().copied();
    writer.write_record(headings.chain(rejected.header.iter().map(String::as_str)).map(harmless))?;
    for row in &rejected.rows {
        let reason = Code::parse(&row.code).map_or_else(|| row.code.clone(), words.reason);
        let (sheet, line) = ((row.row.sheet + 1).to_string(), row.row.line.to_string());
        let own = [&sheet, &line, &row.column, &reason, &row.found, &row.expected];
        writer.write_record(own.into_iter().chain(&row.cells).map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A spreadsheet takes some beginnings for a formula; an apostrophe keeps the cell text. Numbers stay as they are.
fn harmless(cell: &str) -> String {
    let is_number =
        cell.trim_start_matches(['-', '+']).chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
