//! Refused rows as a workbook that can be mended and sent again: the file's own columns, then which row it is, why it was
//! refused and what was expected.

use std::collections::BTreeMap;

use gnomon_kernel::Code;
use gnomon_library::{
    analytics::{RejectedRow, RejectedRows},
    header::OwnColumn,
};
use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet, XlsxError};

use super::RejectedWords;

/// Rows of one sheet, below its header.
const SHEET_ROWS: usize = 100_000;
/// Behind a cell at fault.
const AT_FAULT: Color = Color::RGB(0xFF_E0_82);

/// What is said beside the rows, in the reader's language.
pub(super) struct Remarks {
    /// Of our own columns.
    headings: [&'static str; 3],
    /// A sentence for each code.
    reasons: BTreeMap<String, String>,
}

impl Remarks {
    pub fn new(rejected: &RejectedRows, words: &RejectedWords<'_>) -> Self {
        let mut reasons = BTreeMap::new();
        for row in &rejected.rows {
            if !reasons.contains_key(&row.code) {
                let sentence = Code::parse(&row.code).map_or_else(|| row.code.clone(), words.reason);
                reasons.insert(row.code.clone(), sentence);
            }
        }
        Self { headings: OwnColumn::headings(words.lang), reasons }
    }

    fn reason<'r>(&'r self, row: &'r RejectedRow) -> &'r str {
        self.reasons.get(&row.code).map_or(&row.code, String::as_str)
    }
}

/// Every cell is text, so that a number keeps all of its digits and nothing is taken for a formula.
pub(super) fn file_of(rejected: &RejectedRows, remarks: &Remarks) -> Result<Vec<u8>, XlsxError> {
    let columns = delivered_columns(&rejected.header);
    let mut book = Workbook::new();
    let mut rest = rejected.rows.as_slice();
    loop {
        let (rows, further) = rest.split_at(rest.len().min(SHEET_ROWS));
        let mut sheet =
            Sheet { sheet: book.add_worksheet(), columns: &columns, remarks, styles: Styles::new() };
        sheet.write(&rejected.header, rows)?;
        rest = further;
        if rest.is_empty() {
            break;
        }
    }
    book.save_to_buffer()
}

/// The columns of the file that are not of our own: rows that came back once and were refused again are named anew.
fn delivered_columns(header: &[String]) -> Vec<usize> {
    let own: Vec<Option<OwnColumn>> = header.iter().map(|word| OwnColumn::of(word)).collect();
    let came_back = own.contains(&Some(OwnColumn::Reference));
    (0..header.len()).filter(|place| !(came_back && own[*place].is_some())).collect()
}

struct Styles {
    text: Format,
    head: Format,
    fault: Format,
}

impl Styles {
    fn new() -> Self {
        let text = Format::new().set_num_format("@");
        let (head, fault) = (text.clone().set_bold(), text.clone().set_background_color(AT_FAULT));
        Self { text, head, fault }
    }
}

struct Sheet<'s> {
    sheet: &'s mut Worksheet,
    /// Places of the delivered columns in a delivered row.
    columns: &'s [usize],
    remarks: &'s Remarks,
    styles: Styles,
}

impl Sheet<'_> {
    fn write(&mut self, header: &[String], rows: &[RejectedRow]) -> Result<(), XlsxError> {
        let delivered = self.columns.iter().map(|place| header[*place].as_str());
        for (at, word) in delivered.chain(self.remarks.headings).enumerate() {
            self.sheet.set_column_format(column(at)?, &self.styles.text)?;
            self.sheet.write_string_with_format(0, column(at)?, word, &self.styles.head)?;
        }
        self.sheet.set_freeze_panes(1, 0)?;
        for (at, row) in (1..).zip(rows) {
            self.write_row(at, header, row)?;
        }
        Ok(())
    }

    fn write_row(&mut self, at: u32, header: &[String], row: &RejectedRow) -> Result<(), XlsxError> {
        let width = self.columns.len();
        let place =
            self.columns.iter().position(|place| !row.column.is_empty() && header[*place] == row.column);
        let reason = self.remarks.reason(row);
        let label = row.row.label();
        let delivered = self.columns.iter().map(|place| row.cells.get(*place).map_or("", String::as_str));
        // Cells beyond the header stay beyond it: the row does not fit until somebody has put them right.
        let beyond = row.cells.iter().skip(header.len()).map(String::as_str);
        let cells = delivered.chain([label.as_str(), reason, &row.expected]).chain(beyond);
        // What concerns a whole row, or names a wrong one, is shown where the reason stands.
        let fault = place.unwrap_or(width + 1);
        for (cell, text) in cells.enumerate() {
            let style = if cell == fault { &self.styles.fault } else { &self.styles.text };
            if cell == fault || !text.is_empty() {
                self.sheet.write_string_with_format(at, column(cell)?, text, style)?;
            }
        }
        if let Some(place) = place {
            let note = Note::new(reason).add_author_prefix(false);
            self.sheet.insert_note(at, column(place)?, &note)?;
        }
        Ok(())
    }
}

fn column(place: usize) -> Result<u16, XlsxError> {
    u16::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)
}
