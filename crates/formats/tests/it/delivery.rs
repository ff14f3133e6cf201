//! Delivering bytes as a file and looking at what was read.

use std::{fs, path::Path};

use gnomon_formats::{Next, RawRow};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

/// All rows of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Delivered {
    pub sheets: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    pub sheet: u8,
    pub line: u32,
    pub cells: Vec<String>,
    pub readable: bool,
    pub bytes: u64,
}

impl Delivered {
    /// Sheet, line and cells joined by a comma.
    pub fn lines(&self) -> Vec<(u8, u32, String)> {
        self.rows.iter().map(|row| (row.sheet, row.line, row.cells.join(","))).collect()
    }

    /// Cells joined by a comma.
    pub fn cells(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.cells.join(",")).collect()
    }
}

/// Reads bytes under a name that says nothing.
pub fn deliver(bytes: &[u8]) -> Result<Delivered, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("delivery");
    fs::write(&path, bytes).unwrap();
    let whole = bytes.len() as u64;
    let delivered = deliver_path(&path)?;
    assert!(delivered.rows.iter().all(|row| row.bytes <= whole), "more bytes than there are");
    assert!(delivered.rows.is_sorted_by_key(|row| (row.sheet, row.bytes)), "progress goes back");
    Ok(delivered)
}

/// Reads a file, and once more on a thread ahead, which must give the same.
pub fn deliver_path(path: &Path) -> Result<Delivered, Refusal> {
    let delivered = read_by(gnomon_formats::read, path);
    let ahead = read_by(gnomon_formats::read_ahead, path);
    match (&delivered, &ahead) {
        (Ok(one), Ok(other)) => assert_eq!(one, other),
        (one, other) => {
            assert_eq!(format!("{:?}", one.as_ref().err()), format!("{:?}", other.as_ref().err()))
        }
    }
    delivered
}

type Visit<'v> = &'v mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>;

fn read_by(
    read: fn(&Path, Visit<'_>) -> Result<Vec<String>, Refusal>,
    path: &Path,
) -> Result<Delivered, Refusal> {
    let mut rows = Vec::new();
    let sheets = read(path, &mut |row: &RawRow<'_>| {
        rows.push(Row {
            sheet: row.sheet,
            line: row.line,
            cells: row.cells.to_vec(),
            readable: row.readable,
            bytes: row.bytes,
        });
        Ok(Next::More)
    })?;
    Ok(Delivered { sheets, rows })
}

/// The rows of bytes that must be readable, joined.
pub fn cells(bytes: &[u8]) -> Vec<String> {
    deliver(bytes).unwrap().cells()
}

/// Bytes that must be refused with this code and these words.
pub fn refused(bytes: &[u8], code: Code, found: &str) {
    let refusal = deliver(bytes).unwrap_err();
    assert_eq!(refusal.code, code, "{refusal}");
    assert!(refusal.found.contains(found), "{refusal}");
    assert!(!refusal.expected.is_empty(), "{refusal}");
}
