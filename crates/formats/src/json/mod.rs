//! JSON: an array of objects, an object with one such array, or one object per line (NDJSON). The header is the union of all
//! keys in the order they were first seen, so everything is read twice and nothing is kept.

mod header;
mod record;
mod walk;

use std::{
    cell::Cell,
    io::{BufRead, BufReader, Read},
    rc::Rc,
};

use encoding_rs::Encoding;
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use serde_json::value::RawValue;

use crate::{
    MAX_RECORD, READABLE, RawRow, fault,
    sink::{Sink, line_number},
    source::Source,
    text::{Guard, encoding, transcode::Transcoder},
};
use header::Header;
use walk::{Flow, Member, walk};

/// How the records are laid out.
enum Shape {
    /// One object per line.
    Lines,
    /// An array, or an object around one.
    Array,
}

/// Reads JSON. `wide` is UTF-16 where the text is in it.
pub(crate) fn read(
    source: &Source,
    wide: Option<&'static Encoding>,
    sink: &mut Sink<'_>,
) -> Result<(), Refusal> {
    let encoding = match wide {
        Some(wide) => wide,
        None => encoding::detect(source)?,
    };
    let document = Document { source, encoding };
    match document.shape()? {
        Shape::Lines => document.read_lines(sink),
        Shape::Array => document.read_array(sink),
    }
}

/// Text in UTF-8, a share at a time, that stops at records without end.
pub(crate) struct Text {
    pub reader: BufReader<Transcoder<Guard<crate::source::Stream>>>,
    /// Set to 0 after each record.
    pub since_record: Rc<Cell<usize>>,
    pub consumed: Rc<Cell<u64>>,
}

struct Document<'s> {
    source: &'s Source,
    encoding: &'static Encoding,
}

impl Document<'_> {
    fn open(&self) -> Result<Text, Refusal> {
        let stream = self.source.open()?;
        let consumed = stream.consumed();
        let guard = Guard::new(stream);
        let since_record = guard.since_record.clone();
        let reader = BufReader::with_capacity(256 << 10, Transcoder::new(guard, self.encoding));
        Ok(Text { reader, since_record, consumed })
    }

    /// One object that ends with its line is a record, unless it is alone and holds the one array of records.
    fn shape(&self) -> Result<Shape, Refusal> {
        let mut text = self.open()?;
        let mut line = Vec::new();
        while line.trim_ascii().is_empty() {
            line.clear();
            let n = text.reader.by_ref().take(MAX_RECORD as u64).read_until(b'\n', &mut line);
            if n.map_err(fault::refusal)? == 0 {
                return Err(Refusal::new(Code::FileEmpty, "blanks only", READABLE));
            }
        }
        let Ok(members) = serde_json::from_slice::<record::Members>(&line) else { return Ok(Shape::Array) };
        let mut rest = [0; 1];
        loop {
            text.since_record.set(0);
            match text.reader.read(&mut rest).map_err(fault::refusal)? {
                0 if members.lists_of_objects() == 1 => return Ok(Shape::Array),
                0 => return Ok(Shape::Lines),
                _ if rest[0].is_ascii_whitespace() => {}
                _ => return Ok(Shape::Lines),
            }
        }
    }

    fn read_lines(&self, sink: &mut Sink<'_>) -> Result<(), Refusal> {
        let mut header = Header::default();
        self.each_line(&mut |_, record, _| {
            record::flatten(record, &mut |key, _| header.add(key)).map(|()| Flow::On)
        })?;
        let sheet = sink.sheet()?;
        if !sink.row(&header.row(sheet, self.source.progress(0, 1)))? {
            return Ok(());
        }
        let mut cells = header.cells();
        self.each_line(&mut |line, record, bytes| {
            let readable = header.fill(record, &mut cells)?;
            let row = RawRow { sheet, line: line_number(line)?, cells: &cells, readable, exact: true, bytes };
            Ok(if sink.row(&row)? { Flow::On } else { Flow::Over })
        })
    }

    /// Gives each line's object with its number.
    fn each_line(
        &self,
        take: &mut dyn FnMut(u64, &RawValue, u64) -> Result<Flow, Refusal>,
    ) -> Result<(), Refusal> {
        let mut text = self.open()?;
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            text.since_record.set(0);
            let n = text.reader.by_ref().take(MAX_RECORD as u64).read_until(b'\n', &mut line);
            if n.map_err(fault::refusal)? == 0 {
                break;
            }
            if line.len() == MAX_RECORD {
                return Err(fault::long_record(format!("a longer one at line {number}")));
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            let record = serde_json::from_slice::<&RawValue>(&line).ok();
            let Some(record) = record.filter(|record| record.get().starts_with('{')) else {
                let found = format!("line {number} is no JSON object");
                return Err(Refusal::new(Code::FileFormat, found, "one complete object per line"));
            };
            if matches!(take(number, record, text.consumed.get())?, Flow::Over) {
                break;
            }
        }
        Ok(())
    }

    fn read_array(&self, sink: &mut Sink<'_>) -> Result<(), Refusal> {
        let mut members: Vec<(Member, Header)> = Vec::new();
        let found = walk(self.open()?, &mut |member, element, _| {
            if members.len() <= member {
                members.resize_with(member + 1, Default::default);
            }
            let (counts, header) = &mut members[member];
            if !element.get().starts_with('{') {
                counts.others += 1;
                return Ok(Flow::On);
            }
            counts.objects += 1;
            record::flatten(element, &mut |key, _| header.add(key)).map(|()| Flow::On)
        })?;
        let chosen = walk::choose(&members, &found)?;
        let (_, header) = &members[chosen];
        let sheet = sink.sheet()?;
        if !sink.row(&header.row(sheet, self.source.progress(0, 1)))? {
            return Ok(());
        }
        let (mut cells, mut line) = (header.cells(), 1);
        walk(self.open()?, &mut |member, element, bytes| {
            if member != chosen {
                return Ok(Flow::On);
            }
            line += 1;
            let readable = header.fill(element, &mut cells)?;
            let row = RawRow { sheet, line: line_number(line)?, cells: &cells, readable, exact: true, bytes };
            Ok(if sink.row(&row)? { Flow::On } else { Flow::Over })
        })?;
        Ok(())
    }
}
