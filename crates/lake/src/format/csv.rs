//! Text files with separators.

use std::{
    cell::Cell,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
    rc::Rc,
};

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::Encoding;
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::Refusal;

use super::{MAX_RECORD, Next, RawRow, encoding};

pub(super) fn read(
    path: &Path,
    visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
) -> Result<(), Refusal> {
    let unreadable = |error| Refusal::because(Code::FileUnreadable, error);
    let encoding = encoding::detect(path).map_err(unreadable)?;
    let since_record = Rc::new(Cell::new(0));
    let guard = Guard { inner: File::open(path).map_err(unreadable)?, since_record: since_record.clone() };
    let mut buffered = BufReader::with_capacity(1 << 20, guard);
    let head = buffered.fill_buf().map_err(unreadable)?;
    let separator = separator(head);
    if head.starts_with(b"\xEF\xBB\xBF") {
        buffered.consume(3);
    }
    // Separators and quotes are never the second byte of a GB18030 character, so splitting may come before decoding.
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(buffered);
    let mut record = ByteRecord::new();
    let mut cells: Vec<String> = Vec::new();
    loop {
        since_record.set(0);
        let start = reader.position().line();
        let more = reader.read_byte_record(&mut record).map_err(|error| broken(error, start))?;
        if !more {
            return Ok(());
        }
        let (line, bytes) = record.position().map_or((start, 0), |at| (at.line(), at.byte()));
        let line = u32::try_from(line).ok().filter(|line| *line <= RowRef::MAX_LINE).ok_or_else(too_long)?;
        let readable = decode(&record, encoding, &mut cells);
        match visit(&RawRow { sheet: 0, line, cells: &cells, readable, exact: true, bytes })? {
            Next::More => {}
            Next::SkipSheet | Next::Stop => return Ok(()),
        }
    }
}

fn too_long() -> Refusal {
    Refusal::new(Code::FileTooLarge, "more lines", format!("at most {} lines", RowRef::MAX_LINE))
}

fn broken(error: csv::Error, line: u64) -> Refusal {
    let too_large =
        matches!(error.kind(), csv::ErrorKind::Io(io) if io.kind() == std::io::ErrorKind::InvalidData);
    if too_large {
        let expected = format!("lines of at most {} MiB; a quote may be open", MAX_RECORD >> 20);
        return Refusal::new(Code::FileTooLarge, format!("a longer one at line {line}"), expected);
    }
    Refusal::because(Code::FileUnreadable, error)
}

/// Fills `cells`, reusing their memory. False when bytes are no text in the encoding.
fn decode(record: &ByteRecord, encoding: &'static Encoding, cells: &mut Vec<String>) -> bool {
    let mut readable = true;
    cells.resize_with(record.len(), String::new);
    for (field, cell) in record.iter().zip(cells.iter_mut()) {
        cell.clear();
        match std::str::from_utf8(field) {
            Ok(text) if field.is_ascii() || encoding == encoding_rs::UTF_8 => cell.push_str(text),
            _ => {
                let (text, errors) = encoding.decode_without_bom_handling(field);
                readable &= !errors;
                cell.push_str(&text);
            }
        }
    }
    readable
}

/// The separator that stands most often in the first line that has any.
fn separator(head: &[u8]) -> u8 {
    let count = |line: &[u8], separator: u8| line.iter().filter(|byte| **byte == separator).count();
    let lines = head.split(|byte| *byte == b'\n').take(30);
    let best = lines
        .map(|line| [b',', b'\t', b';'].map(|separator| (count(line, separator), separator)))
        .filter_map(|counts| counts.into_iter().max_by_key(|(count, _)| *count))
        .max_by_key(|(count, _)| *count);
    best.filter(|(count, _)| *count > 0).map_or(b',', |(_, separator)| separator)
}

/// Stops reading when one record has swallowed more than a record may.
struct Guard<R> {
    inner: R,
    since_record: Rc<Cell<usize>>,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since_record.get() > MAX_RECORD {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "record too large"));
        }
        let n = self.inner.read(buffer)?;
        self.since_record.set(self.since_record.get() + n);
        Ok(n)
    }
}
