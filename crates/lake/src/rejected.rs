//! What became of each batch, beside the tables: refused rows and counts. Written before the table's commit and believed
//! only when the commit is there.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use gnomon_library::analytics::{IngestReport, RejectedRows};

/// A rebuilding writes aside until its commit is there.
fn path(lake: &Path, number: u32, kind: &str, rebuilt: Option<u64>) -> PathBuf {
    let aside = rebuilt.map(|version| format!("-r{version:08}")).unwrap_or_default();
    lake.join("_rejected").join(format!("{number:08}-{kind}{aside}.json"))
}

/// Writes the refused rows and the counts of one batch, durably.
pub(crate) fn write(
    lake: &Path,
    number: u32,
    rebuilt: Option<u64>,
    rows: &RejectedRows,
    report: &IngestReport,
) -> std::io::Result<()> {
    put(&path(lake, number, "rows", rebuilt), rows)?;
    put(&path(lake, number, "report", rebuilt), report)
}

/// Puts other refused rows and counts in the place of those of a batch that is in; each of the two as a whole.
pub(crate) fn replace(
    lake: &Path,
    number: u32,
    rows: &RejectedRows,
    report: &IngestReport,
) -> std::io::Result<()> {
    for (kind, value) in [("rows", serde_json::to_value(rows)?), ("report", serde_json::to_value(report)?)] {
        let place = path(lake, number, kind, None);
        let aside = place.with_extension("aside");
        put(&aside, &value)?;
        fs::rename(&aside, &place)?;
    }
    crate::raw::sync_folder(&lake.join("_rejected"))
}

/// Puts what a rebuilding wrote aside in place of what was there; done before, it changes nothing.
pub(crate) fn settle(lake: &Path, number: u32, rebuilt: u64) -> std::io::Result<()> {
    for kind in ["rows", "report"] {
        match fs::rename(path(lake, number, kind, Some(rebuilt)), path(lake, number, kind, None)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn put<T: serde::Serialize>(path: &Path, value: &T) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    serde_json::to_writer(&mut out, value)?;
    out.flush()?;
    out.get_ref().sync_all()
}

/// The refused rows of a batch; none when it has none or is unknown.
pub(crate) fn rows(lake: &Path, number: u32) -> std::io::Result<RejectedRows> {
    Ok(get(&path(lake, number, "rows", None))?.unwrap_or_default())
}

/// The refused rows of a batch as a rebuilding sees them: as it has read the batch again, else as they were.
pub(crate) fn rows_seen_by(lake: &Path, number: u32, rebuilt: Option<u64>) -> std::io::Result<RejectedRows> {
    match get(&path(lake, number, "rows", rebuilt))? {
        Some(rows) => Ok(rows),
        None => rows(lake, number),
    }
}

/// The refused rows of a batch that is in; `None` when it is not.
pub(crate) fn rows_if_in(lake: &Path, number: u32) -> std::io::Result<Option<RejectedRows>> {
    get(&path(lake, number, "rows", None))
}

fn get<T: serde::de::DeserializeOwned>(path: &Path) -> std::io::Result<Option<T>> {
    match File::open(path) {
        Ok(file) => Ok(Some(serde_json::from_reader(BufReader::new(file))?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The counts of a batch.
pub(crate) fn report(lake: &Path, number: u32) -> std::io::Result<IngestReport> {
    Ok(serde_json::from_reader(BufReader::new(File::open(path(lake, number, "report", None))?))?)
}

/// Forgets a batch that did not come in.
pub(crate) fn remove(lake: &Path, number: u32, rebuilt: Option<u64>) -> std::io::Result<()> {
    for kind in ["rows", "report"] {
        match fs::remove_file(path(lake, number, kind, rebuilt)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
