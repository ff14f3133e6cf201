//! Delivered files as rows of text. What a file is, its content says; its name is never asked.
//!
//! Text with separators, workbooks, JSON, Parquet and Arrow, each as it is or packed into zip or gzip, all come out as the
//! same thing: sheets of rows of cells, the header among them. [`READABLE`] is the list for people.

mod ahead;
mod archive;
mod columnar;
mod fault;
mod json;
mod kind;
mod remnant;
mod sink;
mod source;
mod text;
mod workbook;

use std::path::Path;

use gnomon_library::analytics::Refusal;

pub use ahead::read_ahead;
pub use remnant::RemnantWriter;

use kind::Kind;
use sink::Sink;
use source::Source;

/// The longest line or the largest cell text read at once, in bytes. A quote that is never closed ends here.
pub const MAX_RECORD: usize = 16 << 20;

/// What can be read, for refusals.
pub const READABLE: &str =
    "CSV, TSV, XLSX, XLSM, XLSB, XLS, ODS, JSON, NDJSON, Parquet or Arrow, also in ZIP or GZIP";

/// One row as delivered.
#[derive(Debug, Clone, Copy)]
pub struct RawRow<'a> {
    /// Index of the sheet over the whole delivery, from 0.
    pub sheet: u8,
    /// Where the row stands, from 1: the line of a text file or of NDJSON, the row of a sheet. Records without lines of
    /// their own (a JSON array, Parquet, Arrow) are counted: the header is 1, the first record 2. The header of NDJSON,
    /// which stands nowhere, is 1 too.
    pub line: u32,
    /// Cells as text.
    pub cells: &'a [String],
    /// Whether all bytes were text in the file's encoding.
    pub readable: bool,
    /// Whether the format writes every cell of a row, so that a shorter row is a damaged one.
    pub exact: bool,
    /// Bytes of the delivered file, packed as it came, read so far; for progress.
    pub bytes: u64,
}

/// What a visitor says after each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Go on.
    More,
    /// Enough seen of this sheet.
    SkipSheet,
    /// Enough seen of this file.
    Stop,
}

/// Gives every row of a file to `visit`; returns the names of its sheets. A text file is one sheet without a name; a file in
/// a zip is named after its entry, a workbook's sheet in a zip `entry / sheet`. After [`Next::Stop`] names of sheets that
/// were not reached may be absent.
///
/// # Errors
/// A [`Refusal`] when the file as a whole cannot be read, or the visitor's own. Rows given before it are void.
pub fn read(
    path: &Path,
    visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
) -> Result<Vec<String>, Refusal> {
    let mut sink = Sink::new(visit);
    read_source(&Source::delivered(path)?, &mut sink)?;
    Ok(sink.into_names())
}

/// Whether a file is what an erasure has left of a delivered one.
pub fn is_remnant(path: &Path) -> Result<bool, Refusal> {
    let source = Source::delivered(path)?;
    Ok(Kind::of(&source)? == Kind::Gzip && Kind::of(&source.gunzipped()?)? == Kind::Remnant)
}

/// Reads one table or workbook, or what is packed into the delivered file.
fn read_source(source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    match Kind::of(source)? {
        Kind::Csv(wide) => text::read(source, wide, sink),
        Kind::Json(wide) => json::read(source, wide, sink),
        Kind::Parquet => columnar::parquet::read(source, sink),
        Kind::ArrowFile => columnar::arrow::read(source, columnar::arrow::Framing::File, sink),
        Kind::ArrowStream => columnar::arrow::read(source, columnar::arrow::Framing::Stream, sink),
        Kind::CompoundFile => workbook::xls::read(source, sink),
        Kind::Zip => archive::read(source, sink),
        Kind::Remnant => remnant::read(source, sink),
        Kind::Gzip => read_source(&source.gunzipped()?, sink),
    }
}
