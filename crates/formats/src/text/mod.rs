//! Text files with separators.

pub(crate) mod encoding;
mod lines;
mod separator;
pub(crate) mod transcode;

use std::{
    cell::Cell,
    io::{BufReader, Cursor, Read},
    rc::Rc,
};

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

use crate::{
    MAX_RECORD, RawRow, fault,
    fault::Fault,
    sink::{Sink, line_number},
    source::Source,
};
use lines::Lines;
use transcode::Transcoder;

/// How much is looked at to find the separator.
const HEAD: u64 = 64 << 10;

/// Reads text with separators. `wide` is UTF-16 where the text is in it; other encodings are found here.
pub(crate) fn read(
    source: &Source,
    wide: Option<&'static Encoding>,
    sink: &mut Sink<'_>,
) -> Result<(), Refusal> {
    let sheet = sink.sheet()?;
    let stream = source.open()?;
    let consumed = stream.consumed();
    // UTF-16 becomes UTF-8 before it is split. The others are split first: separators and quotes are never the second byte
    // of a GB18030 character, and so one broken byte stays in its line.
    let (encoding, bytes): (_, Box<dyn Read>) = match wide {
        Some(wide) => (UTF_8, Box::new(Transcoder::new(stream, wide))),
        None => (encoding::detect(source)?, Box::new(stream)),
    };
    let mut guard = Guard::new(bytes);
    let since_record = guard.since_record.clone();
    let mut head = Vec::new();
    guard.by_ref().take(HEAD).read_to_end(&mut head).map_err(fault::refusal)?;
    let separator = separator::of(&head);
    let marked = head.starts_with(b"\xEF\xBB\xBF");
    let mut head = Cursor::new(head);
    head.set_position(if marked { 3 } else { 0 });
    let lines = Lines::new(head.chain(BufReader::with_capacity(1 << 20, guard)));
    let starts = lines.starts();
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(lines);
    let mut record = ByteRecord::new();
    let mut cells: Vec<String> = Vec::new();
    loop {
        since_record.set(0);
        let start = reader.position().line();
        let more = reader.read_byte_record(&mut record).map_err(|error| broken(error, start))?;
        if !more {
            return Ok(());
        }
        let byte = record.position().map(csv::Position::byte);
        let line = line_number(byte.and_then(|byte| starts.borrow_mut().line_of(byte)).unwrap_or(start))?;
        let readable = decode(&record, encoding, wide.is_some(), &mut cells);
        let row = RawRow { sheet, line, cells: &cells, readable, exact: true, bytes: consumed.get() };
        if !sink.row(&row)? {
            return Ok(());
        }
    }
}

fn broken(error: csv::Error, line: u64) -> Refusal {
    match error.into_kind() {
        csv::ErrorKind::Io(io) if matches!(Fault::within(&io), Some(Fault::LongRecord)) => {
            fault::long_record(format!("a longer one at line {line}"))
        }
        csv::ErrorKind::Io(io) => fault::refusal(io),
        kind => Refusal::new(Code::FileUnreadable, format!("{kind:?}"), "lines of text"),
    }
}

/// Fills `cells`, reusing their memory. False when bytes are no text in the encoding; what was lost when `transcoded` shows
/// as the replacement character.
fn decode(
    record: &ByteRecord,
    encoding: &'static Encoding,
    transcoded: bool,
    cells: &mut Vec<String>,
) -> bool {
    let mut readable = true;
    cells.resize_with(record.len(), String::new);
    // Nearly every record is text as a whole.
    let whole = std::str::from_utf8(record.as_slice()).ok();
    for (index, (field, cell)) in record.iter().zip(cells.iter_mut()).enumerate() {
        cell.clear();
        let within = whole.and_then(|whole| whole.get(record.range(index)?));
        match within.or_else(|| std::str::from_utf8(field).ok()) {
            Some(text) if encoding == UTF_8 || field.is_ascii() => {
                readable &= !(transcoded && text.contains(char::REPLACEMENT_CHARACTER));
                cell.push_str(text);
            }
            _ => {
                let (text, errors) = encoding.decode_without_bom_handling(field);
                readable &= !errors;
                cell.push_str(&text);
            }
        }
    }
    readable
}

/// Stops reading when one record has swallowed more than a record may.
pub(crate) struct Guard<R> {
    inner: R,
    /// Bytes since the last record; whoever takes records sets it to 0.
    pub since_record: Rc<Cell<usize>>,
}

impl<R> Guard<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, since_record: Rc::default() }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since_record.get() > MAX_RECORD {
            return Err(Fault::LongRecord.into_io());
        }
        let n = self.inner.read(buffer)?;
        self.since_record.set(self.since_record.get() + n);
        Ok(n)
    }
}
