//! What became of each batch, beside the tables: refused rows and counts. Written before the table's commit and believed
//! only when the commit is there.

mod list;
pub(crate) mod places;

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use gnomon_library::analytics::{IngestReport, RejectedRow, RejectedRows};
use serde::de::DeserializeOwned;

use self::list::ListWriter;

/// A rebuilding writes aside until its commit is there.
fn path(lake: &Path, number: u32, kind: &str, rebuilt: Option<u64>) -> PathBuf {
    let aside = rebuilt.map(|version| format!("-r{version:08}")).unwrap_or_default();
    lake.join("_rejected").join(format!("{number:08}-{kind}{aside}.json"))
}

/// Writes what was left out of one batch, its refused rows one after the other, and the counts, durably.
pub(crate) fn write(
    lake: &Path,
    number: u32,
    rebuilt: Option<u64>,
    (left_out, rows): (&RejectedRows, impl Iterator<Item = io::Result<RejectedRow>>),
    report: &IngestReport,
) -> io::Result<()> {
    let mut list = ListWriter::create(&path(lake, number, "rows", rebuilt), left_out)?;
    for row in rows {
        list.push(&row?)?;
    }
    list.close()?;
    put(&path(lake, number, "report", rebuilt), report)
}

/// Leaves refused rows of a batch that is in out of their list and puts other counts in their place; each of the two as a
/// whole.
pub(crate) fn replace(
    lake: &Path,
    number: u32,
    stays: impl Fn(&RejectedRow) -> bool,
    report: &IngestReport,
) -> io::Result<()> {
    let Some(left_out) = each(lake, number, None, &mut |_: serde::de::IgnoredAny| Ok(()))? else {
        return Ok(());
    };
    let place = path(lake, number, "rows", None);
    let aside = place.with_extension("aside");
    let mut list = ListWriter::create(&aside, &left_out)?;
    each(lake, number, None, &mut |row: RejectedRow| if stays(&row) { list.push(&row) } else { Ok(()) })?;
    list.close()?;
    fs::rename(&aside, &place)?;
    let place = path(lake, number, "report", None);
    let aside = place.with_extension("aside");
    put(&aside, report)?;
    fs::rename(&aside, &place)?;
    crate::raw::sync_folder(&lake.join("_rejected"))
}

/// Puts what a rebuilding wrote aside in place of what was there; done before, it changes nothing.
pub(crate) fn settle(lake: &Path, number: u32, rebuilt: u64) -> io::Result<()> {
    for kind in ["rows", "report"] {
        match fs::rename(path(lake, number, kind, Some(rebuilt)), path(lake, number, kind, None)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn put<T: serde::Serialize>(path: &Path, value: &T) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    serde_json::to_writer(&mut out, value)?;
    out.flush()?;
    out.get_ref().sync_all()
}

/// Gives the refused rows of a batch one after the other, each as much of it as `T` asks for; returns what else of it was left
/// out. `None` when it is not in.
pub(crate) fn each<T: DeserializeOwned>(
    lake: &Path,
    number: u32,
    rebuilt: Option<u64>,
    visit: &mut dyn FnMut(T) -> io::Result<()>,
) -> io::Result<Option<RejectedRows>> {
    match File::open(path(lake, number, "rows", rebuilt)) {
        Ok(file) => list::read(file, visit).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The counts of a batch.
pub(crate) fn report(lake: &Path, number: u32) -> io::Result<IngestReport> {
    Ok(serde_json::from_reader(BufReader::new(File::open(path(lake, number, "report", None))?))?)
}

/// Forgets a batch that did not come in.
pub(crate) fn remove(lake: &Path, number: u32, rebuilt: Option<u64>) -> io::Result<()> {
    for kind in ["rows", "report"] {
        match fs::remove_file(path(lake, number, kind, rebuilt)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
