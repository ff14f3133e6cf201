//! Delivered files as rows of text. What a file is, its content says; its name is a hint for words only.

mod csv;
mod encoding;
mod workbook;

use std::{fs::File, io::Read, path::Path};

use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

/// The longest line or the largest cell text read at once, in bytes. A quote that is never closed ends here.
pub(crate) const MAX_RECORD: usize = 16 << 20;

/// One row as delivered.
pub(crate) struct RawRow<'a> {
    /// Index of the sheet, 0 for text files.
    pub sheet: u8,
    /// Line or row number, from 1.
    pub line: u32,
    /// Cells as text.
    pub cells: &'a [String],
    /// Whether all bytes were text in the file's encoding.
    pub readable: bool,
    /// Whether the format writes every cell of a row, so that a shorter row is a damaged one.
    pub exact: bool,
    /// Bytes of the file consumed so far, for progress.
    pub bytes: u64,
}

/// What a visitor says after each row.
pub(crate) enum Next {
    /// Go on.
    More,
    /// Enough seen of this sheet.
    SkipSheet,
    /// Enough seen of this file.
    Stop,
}

/// Gives every row of a file to `visit`; returns the names of its sheets.
pub(crate) fn read(
    path: &Path,
    visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
) -> Result<Vec<String>, Refusal> {
    match Kind::of(path)? {
        Kind::Text => csv::read(path, visit).map(|()| vec![String::new()]),
        Kind::Workbook => workbook::read(path, visit),
    }
}

enum Kind {
    Text,
    Workbook,
}

impl Kind {
    fn of(path: &Path) -> Result<Kind, Refusal> {
        let mut file = File::open(path).map_err(|error| Refusal::because(Code::FileUnreadable, error))?;
        let mut head = [0_u8; 512];
        let mut length = 0;
        while length < head.len() {
            match file.read(&mut head[length..]) {
                Ok(0) => break,
                Ok(n) => length += n,
                Err(error) => return Err(Refusal::because(Code::FileUnreadable, error)),
            }
        }
        let head = &head[..length];
        let start = String::from_utf8_lossy(head).trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
        let expected = "CSV or XLSX";
        if head.is_empty() {
            Err(Refusal::new(Code::FileEmpty, "0 bytes", expected))
        } else if head.starts_with(b"PK\x03\x04") {
            Ok(Kind::Workbook)
        } else if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            Err(Refusal::new(Code::FileFormat, "XLS (Excel 97-2003)", expected))
        } else if start.starts_with("<!doctype html")
            || start.starts_with("<html")
            || start.starts_with("<table")
        {
            Err(Refusal::new(Code::FileNotSpreadsheet, "HTML", expected))
        } else if start.starts_with("<?xml") {
            Err(Refusal::new(Code::FileNotSpreadsheet, "XML", expected))
        } else if start.starts_with("%pdf") {
            Err(Refusal::new(Code::FileFormat, "PDF", expected))
        } else if head.contains(&0) {
            Err(Refusal::new(Code::FileFormat, "binary data", expected))
        } else {
            Ok(Kind::Text)
        }
    }
}
