//! Delivered bytes without some of their lines.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read as _},
    path::Path,
};

use gnomon_formats::{Next, RawRow, RemnantWriter};
use gnomon_kernel::Code;
use gnomon_library::{analytics::Refusal, erasure::FileTraces};

use super::{Failure, number::Number};
use crate::raw::{self, sync_folder};

/// Bytes looked at in one go, where a file has no rows.
const WINDOW: usize = 1 << 20;

/// What of a file holds the number; `cited` are lines that go in any case.
pub(super) fn find(
    dir: &Path,
    sha256: &str,
    number: &Number,
    cited: BTreeSet<(u8, u32)>,
) -> Result<Option<FileTraces>, Failure> {
    let path = raw::path_of(dir, sha256);
    if !path.exists() {
        return Ok(None);
    }
    let mut lines = cited;
    let read = gnomon_formats::read(&path, &mut |row| {
        if number.stands_in_any(row.cells) {
            lines.insert((row.sheet, row.line));
        }
        Ok(Next::More)
    });
    match read {
        Ok(_) if lines.is_empty() => Ok(None),
        Ok(_) => Ok(Some(FileTraces::Lines(lines.into_iter().collect()))),
        // It was refused for that, and none of it is in any table.
        Err(_) if lines.is_empty() && !holds(&path, number)? => Ok(None),
        Err(_) => Ok(Some(FileTraces::Whole)),
    }
}

/// Whether a file that cannot be read row by row holds the number.
fn holds(path: &Path, number: &Number) -> io::Result<bool> {
    const OVERLAP: usize = 32;
    let mut file = fs::File::open(path)?;
    let mut window = Vec::with_capacity(WINDOW + OVERLAP);
    loop {
        let n = (&mut file).take(WINDOW as u64).read_to_end(&mut window)?;
        if number.stands_in_bytes(&window) {
            return Ok(true);
        }
        if n == 0 {
            return Ok(false);
        }
        window.drain(..window.len().saturating_sub(OVERLAP));
    }
}

/// Puts what is left of a file in its place, under the hash it was delivered under.
pub(super) fn erase(dir: &Path, sha256: &str, traces: &FileTraces) -> Result<(), Failure> {
    let path = raw::path_of(dir, sha256);
    if !path.exists() {
        return Ok(());
    }
    let lines: BTreeSet<&(u8, u32)> = traces.lines().iter().collect();
    let aside = dir.join("tmp").join(format!("erase-{sha256}"));
    let nothing = || RemnantWriter::create(&aside, &[]).and_then(RemnantWriter::finish);
    match traces {
        FileTraces::Whole => nothing()?,
        FileTraces::Lines(_) => {
            let mut present = false;
            let names = gnomon_formats::read(&path, &mut |row| {
                present |= lines.contains(&(row.sheet, row.line));
                Ok(Next::More)
            })?;
            if !present {
                return Ok(());
            }
            write(&path, &aside, &names, |row| !lines.contains(&(row.sheet, row.line)))?;
        }
    }
    fs::rename(&aside, &path)?;
    sync_folder(path.parent().unwrap_or(dir))?;
    Ok(())
}

fn write(
    path: &Path,
    aside: &Path,
    names: &[String],
    stays: impl Fn(&RawRow<'_>) -> bool,
) -> Result<(), Failure> {
    let mut out = RemnantWriter::create(aside, names)?;
    gnomon_formats::read(path, &mut |row| {
        if stays(row) {
            out.row(row).map_err(|error| Refusal::because(Code::Internal, error))?;
        }
        Ok(Next::More)
    })?;
    Ok(out.finish()?)
}
