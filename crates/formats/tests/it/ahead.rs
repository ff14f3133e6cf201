//! Reading ahead: the same rows in the same order, and nothing that depends on how far ahead the reader is.

use std::{fs, path::Path};

use gnomon_formats::{Next, RawRow, read, read_ahead};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

/// A file of so many rows, with a quote at the end that is never closed if `broken`.
fn file(folder: &Path, rows: u32, broken: bool) -> std::path::PathBuf {
    let path = folder.join(format!("{rows}-{broken}"));
    let mut text: String = (1..=rows).map(|row| format!("{row},某{row}\n")).collect();
    if broken {
        text.push('"');
        text.push_str(&"x".repeat(gnomon_formats::MAX_RECORD + (2 << 20)));
    }
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn rows_come_in_order_whatever_their_number() {
    let folder = tempfile::tempdir().unwrap();
    for rows in [1, 63, 64, 65, 255, 256, 257, 1000, 50_000] {
        let path = file(folder.path(), rows, false);
        let mut seen = 0;
        let mut visit = |row: &RawRow<'_>| {
            seen += 1;
            assert_eq!((row.line, row.cells), (seen, [seen.to_string(), format!("某{seen}")].as_slice()));
            Ok(Next::More)
        };
        assert_eq!(read_ahead(&path, &mut visit).unwrap(), [""]);
        assert_eq!(seen, rows);
    }
}

#[test]
fn who_skips_a_sheet_for_its_first_rows_never_hears_of_what_is_wrong_behind_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), 100, true);
    let refusal = read_ahead(&path, &mut |_| Ok(Next::More)).unwrap_err();
    assert_eq!(refusal.code, Code::FileTooLarge);
    for most in [1, 30, 64] {
        let mut seen = 0;
        let mut visit = |row: &RawRow<'_>| {
            seen += 1;
            Ok(if row.line >= most { Next::SkipSheet } else { Next::More })
        };
        assert!(read_ahead(&path, &mut visit).is_ok());
        assert_eq!(seen, most, "and no row of it is given any more");
    }
}

#[test]
fn a_visitor_that_stops_or_fails_ends_the_reading() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), 100_000, true);
    for read in [read, read_ahead] {
        let mut seen = 0;
        let refused = read(&path, &mut |row: &RawRow<'_>| {
            seen += 1;
            if row.line == 70 { Err(Refusal::new(Code::Shrunk, "", "")) } else { Ok(Next::More) }
        });
        assert_eq!((refused.unwrap_err().code, seen), (Code::Shrunk, 70));
        let mut seen = 0;
        let stopped = read(&path, &mut |_: &RawRow<'_>| {
            seen += 1;
            Ok(if seen == 500 { Next::Stop } else { Next::More })
        });
        assert!(stopped.is_ok() && seen == 500);
    }
}

#[test]
#[should_panic(expected = "a visitor that panics")]
fn a_visitor_that_panics_leaves_no_thread_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), 100_000, false);
    let _ = read_ahead(&path, &mut |row: &RawRow<'_>| {
        assert!(row.line < 300, "a visitor that panics");
        Ok(Next::More)
    });
}
