//! What is left of a delivered file after rows were erased from it. Every row keeps the sheet and the line it was delivered
//! on, so that references into the file stay true, whatever format it came in.
//!
//! Packed with gzip: a first line that says what it is, then JSON lines, first the names of the sheets, then one row each:
//! `[sheet, line, readable, exact, [cells]]`.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use flate2::{Compression, write::GzEncoder};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::Refusal;

use crate::{MAX_RECORD, RawRow, fault, fault::Fault, sink::Sink, source::Source};

/// The first line.
pub(crate) const MAGIC: &[u8] = b"GNOMON-REMNANT 1\n";

const WHAT: &str = "what is left of a file";

/// A remnant being written.
pub struct RemnantWriter {
    out: GzEncoder<BufWriter<File>>,
}

impl RemnantWriter {
    /// Begins one in a new file at `path`; `names` are those of the sheets, as [`crate::read`] gave them.
    pub fn create(path: &Path, names: &[String]) -> std::io::Result<Self> {
        let mut out = GzEncoder::new(BufWriter::new(File::create(path)?), Compression::default());
        out.write_all(MAGIC)?;
        put(&mut out, &names)?;
        Ok(Self { out })
    }

    /// Adds a row that stays.
    pub fn row(&mut self, row: &RawRow<'_>) -> std::io::Result<()> {
        put(&mut self.out, &(row.sheet, row.line, row.readable, row.exact, row.cells))
    }

    /// Ends it, durably.
    pub fn finish(self) -> std::io::Result<()> {
        let file = self.out.finish()?.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()
    }
}

fn put(out: &mut impl Write, value: &impl serde::Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

pub(crate) fn read(source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let stream = source.open()?;
    let consumed = stream.consumed();
    let mut lines = Lines { input: BufReader::new(stream), line: Vec::new() };
    lines.next()?;
    let names: Vec<String> = lines.next()?.map(parse).transpose()?.unwrap_or_default();
    sink.sheets(&names)?;
    let mut skipped = None;
    while let Some(line) = lines.next()? {
        let (sheet, line, readable, exact, cells): (u8, u32, bool, bool, Vec<String>) = parse(line)?;
        if usize::from(sheet) >= names.len() || line > RowRef::MAX_LINE {
            return Err(fault::refusal(Fault::Damaged(WHAT).into_io()));
        }
        if skipped == Some(sheet) {
            continue;
        }
        let row = RawRow { sheet, line, cells: &cells, readable, exact, bytes: consumed.get() };
        if !sink.row(&row)? {
            if sink.stopped() {
                return Ok(());
            }
            skipped = Some(sheet);
        }
    }
    Ok(())
}

struct Lines<R> {
    input: R,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<Option<&[u8]>, Refusal> {
        self.line.clear();
        let mut most = std::io::Read::take(&mut self.input, 4 * MAX_RECORD as u64);
        let n = most.read_until(b'\n', &mut self.line).map_err(fault::refusal)?;
        Ok((n > 0).then_some(self.line.as_slice()))
    }
}

fn parse<'l, T: serde::Deserialize<'l>>(line: &'l [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(line).map_err(|error| Refusal::because(Code::FileUnreadable, error))
}
