//! ODS, read from its XML as it comes. Not through calamine: its reader waits forever for the end of a sheet that was cut
//! off, and lays out repeated rows and cells in memory.

use std::io::{BufRead, BufReader, Read};

use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{MAX_COLUMNS, Rows, locked, number, truth};
use crate::{READABLE, archive::Archive, fault, sink::Sink, source::Source, text::Guard};

/// Rows that a sheet may have, as in every spreadsheet program.
const MAX_ROWS: u32 = 1 << 20;
/// The list of an archive's parts is looked at so far.
const MANIFEST: u64 = 1 << 20;

pub(crate) fn read(archive: &Archive<'_>, source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    if let Some(manifest) = archive.part("META-INF/manifest.xml")? {
        let mut text = Vec::new();
        manifest.open()?.take(MANIFEST).read_to_end(&mut text).map_err(fault::refusal)?;
        if String::from_utf8_lossy(&text).contains("encryption-data") {
            return Err(locked());
        }
    }
    let Some(content) = archive.part("content.xml")? else {
        return Err(Refusal::new(Code::FileNotSpreadsheet, "ODS without content", READABLE));
    };
    let stream = content.open()?;
    let consumed = stream.consumed();
    let guard = Guard::new(stream);
    let since_record = guard.since_record.clone();
    let mut xml = Xml { reader: Reader::from_reader(BufReader::new(guard)), buffer: Vec::new() };
    loop {
        since_record.set(0);
        match xml.next()? {
            Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                let name = attribute(&tag, "table:name")?.unwrap_or_default();
                let bytes = source.progress(consumed.get(), archive.size());
                let sheet = sink.sheets(&[name])?;
                let mut table = Table { rows: Rows::new(sink, sheet, bytes), next: 0, wanted: true };
                table.read(&mut xml, &mut || {
                    since_record.set(0);
                    source.progress(consumed.get(), archive.size())
                })?;
                if sink.stopped() {
                    return Ok(());
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    fn next(&mut self) -> Result<Event<'_>, Refusal> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(broken)
    }

    /// Passes over the rest of an element.
    fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(cut()),
                _ => {}
            }
        }
        Ok(())
    }
}

fn broken(error: quick_xml::Error) -> Refusal {
    match error {
        quick_xml::Error::Io(error) => match std::sync::Arc::try_unwrap(error) {
            Ok(error) => fault::refusal(error),
            Err(error) => Refusal::new(Code::FileUnreadable, error.to_string(), READABLE),
        },
        error => Refusal::new(Code::FileNotSpreadsheet, format!("ODS with broken XML ({error})"), READABLE),
    }
}

fn cut() -> Refusal {
    Refusal::new(Code::FileUnreadable, "ODS that ends inside a sheet", "a complete file")
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let damaged = |error: &dyn std::fmt::Display| {
        Refusal::new(Code::FileNotSpreadsheet, format!("ODS with broken XML ({error})"), READABLE)
    };
    let found = tag.try_get_attribute(name).map_err(|error| damaged(&error))?;
    let value = found.map(|found| {
        found.normalized_value(quick_xml::XmlVersion::Implicit1_0).map(|value| value.into_owned())
    });
    value.transpose().map_err(|error| damaged(&error))
}

/// How often an element stands for itself.
fn repeated(tag: &BytesStart<'_>, name: &str, most: u32) -> Result<u32, Refusal> {
    Ok(attribute(tag, name)?.and_then(|times| times.parse::<u32>().ok()).unwrap_or(1).clamp(1, most))
}

struct Table<'s, 'v> {
    rows: Rows<'s, 'v>,
    /// Number of the next row, from 0.
    next: u32,
    /// Whether the visitor wants more of this sheet.
    wanted: bool,
}

impl Table<'_, '_> {
    fn read<R: BufRead>(&mut self, xml: &mut Xml<R>, tick: &mut dyn FnMut() -> u64) -> Result<(), Refusal> {
        let mut depth = 1;
        loop {
            self.rows.bytes = tick();
            match xml.next()? {
                Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                    let times = repeated(&tag, "table:number-rows-repeated", MAX_ROWS)?;
                    self.row(xml, times)?;
                    if self.rows.sink.stopped() {
                        return Ok(());
                    }
                }
                Event::Empty(tag) if tag.name().as_ref() == "table:table-row" => {
                    self.next =
                        self.next.saturating_add(repeated(&tag, "table:number-rows-repeated", MAX_ROWS)?);
                }
                // A drawing on the sheet may hold a table of its own.
                Event::Start(tag) if tag.name().as_ref() == "table:shapes" => xml.skip()?,
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 1 => return Ok(()),
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(cut()),
                _ => {}
            }
        }
    }

    fn row<R: BufRead>(&mut self, xml: &mut Xml<R>, times: u32) -> Result<(), Refusal> {
        let (mut column, first) = (0_u32, self.next);
        self.next = self.next.saturating_add(times);
        loop {
            match xml.next()? {
                Event::Start(tag) => {
                    let cell = Cell::of(&tag)?;
                    let text = cell.read(xml)?;
                    self.put(first, &mut column, cell.times, text)?;
                }
                Event::Empty(tag) => {
                    let cell = Cell::of(&tag)?;
                    self.put(first, &mut column, cell.times, cell.value.unwrap_or_default())?;
                }
                Event::End(_) => break,
                Event::Eof => return Err(cut()),
                _ => {}
            }
        }
        if self.rows.current.is_none() {
            return Ok(());
        }
        if self.next > MAX_ROWS {
            return Err(Refusal::new(
                Code::FileTooLarge,
                "more rows in a sheet",
                format!("at most {MAX_ROWS}"),
            ));
        }
        for row in first..self.next - 1 {
            self.wanted = self.wanted && self.rows.emit(row)?;
            if !self.wanted {
                break;
            }
        }
        self.rows.current = Some(self.next - 1);
        self.wanted = if self.wanted { self.rows.finish()? } else { false };
        Ok(())
    }

    fn put(&mut self, row: u32, column: &mut u32, times: u32, text: String) -> Result<(), Refusal> {
        let first = *column;
        *column = column.saturating_add(times);
        if text.is_empty() || !self.wanted {
            return Ok(());
        }
        for column in first..(*column).min(MAX_COLUMNS) {
            self.rows.put(row, column, text.clone())?;
        }
        Ok(())
    }
}

/// A cell's own words; without them its paragraphs are its text.
struct Cell {
    value: Option<String>,
    times: u32,
}

impl Cell {
    fn of(tag: &BytesStart<'_>) -> Result<Self, Refusal> {
        let kind = attribute(tag, "office:value-type")?;
        let value = match kind.as_deref() {
            Some("float" | "currency" | "percentage") => {
                attribute(tag, "office:value")?.map(|text| text.parse().map_or(text, |x: f64| number(x)))
            }
            Some("date") => attribute(tag, "office:date-value")?.map(|text| moment(&text)),
            Some("time") => attribute(tag, "office:time-value")?,
            Some("boolean") => {
                attribute(tag, "office:boolean-value")?.map(|text| truth(text == "true").to_owned())
            }
            _ => attribute(tag, "office:string-value")?,
        };
        // The columns of a row are counted even where they are too many to be read.
        let times = repeated(tag, "table:number-columns-repeated", u32::MAX)?;
        Ok(Self { value, times })
    }

    /// Reads to the end of the cell.
    fn read<R: BufRead>(&self, xml: &mut Xml<R>) -> Result<String, Refusal> {
        let mut text = String::new();
        let (mut depth, mut paragraphs) = (1, 0);
        while depth > 0 {
            match xml.next()? {
                Event::Start(tag) => match tag.name().as_ref() {
                    "office:annotation" => xml.skip()?,
                    name if name.starts_with("draw:") => xml.skip()?,
                    name => {
                        if name == "text:p" {
                            if paragraphs > 0 {
                                text.push('\n');
                            }
                            paragraphs += 1;
                        }
                        depth += 1;
                    }
                },
                Event::End(_) => depth -= 1,
                Event::Empty(tag) => match tag.name().as_ref() {
                    "text:s" => {
                        let blanks = repeated(&tag, "text:c", MAX_COLUMNS)?;
                        text.extend((0..blanks).map(|_| ' '));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                },
                Event::Text(words) if depth > 1 => text.push_str(&words.xml10_content()),
                Event::CData(words) if depth > 1 => text.push_str(&words.xml10_content()),
                Event::GeneralRef(entity) if depth > 1 => text.push(character(&entity)?),
                Event::Eof => return Err(cut()),
                _ => {}
            }
        }
        Ok(self.value.clone().unwrap_or(text))
    }
}

fn character(entity: &quick_xml::events::BytesRef<'_>) -> Result<char, Refusal> {
    if let Some(sign) = entity.resolve_char_ref().map_err(broken)? {
        return Ok(sign);
    }
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    let name: &str = entity;
    let found = known.iter().find(|(word, _)| *word == name).map(|(_, sign)| *sign);
    found.ok_or_else(|| Refusal::new(Code::FileNotSpreadsheet, "ODS with an unknown entity", READABLE))
}

/// `2024-01-31T08:00:00` as a person would write it; a day when the hour is midnight.
fn moment(iso: &str) -> String {
    let (day, hour) = iso.split_once('T').unwrap_or((iso, ""));
    let hour = hour.split('.').next().unwrap_or_default();
    if matches!(hour, "" | "00:00:00") { day.to_owned() } else { format!("{day} {hour}") }
}
