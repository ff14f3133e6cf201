use std::path::PathBuf;

use chrono::NaiveDateTime;
use gnomon_kernel::Day;

use super::{
    column::Kind,
    csv::{CsvFile, Encoding},
    dirt,
    office::{FileSpec, Format},
    row::{self, Raw, Row},
    style::{self, Style},
    xlsx::XlsxFile,
};
use crate::{
    SynthError,
    base::{Account, Code18, Rng},
};

/// A workbook goes on in a further file after so many rows: readers take long over workbooks.
const WORKBOOK_ROWS: u64 = 25_000;

enum Sink {
    Csv(CsvFile),
    Xlsx(Box<XlsxFile>),
}

/// What was counted while a file was written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub rows: u64,
    pub broken: u64,
    pub twice: u64,
    pub near: u64,
}

/// One finished file.
pub struct Made {
    pub file_name: String,
    pub encoding: Option<Encoding>,
    pub counts: Counts,
    pub totals_row: bool,
}

/// A file that is being written, row by row, cell by cell in the order of its columns.
pub struct Table {
    spec: FileSpec,
    folder: PathBuf,
    words: Vec<&'static str>,
    style: Style,
    encoding: Encoding,
    rng: Rng,
    row: Row,
    sink: Option<Sink>,
    counts: Counts,
    made: Vec<Made>,
}

impl Table {
    pub(super) fn begin(spec: FileSpec, folder: PathBuf, mut rng: Rng) -> Result<Table, SynthError> {
        let style = Style::draw(&mut rng);
        let encoding =
            [Encoding::Gb18030, Encoding::Utf8Bom, Encoding::Gb18030, Encoding::Utf8][rng.index(4)];
        // Half of all files use the first word throughout, the others what their clerk is used to.
        let plain = rng.per_mille(500);
        let words: Vec<&'static str> = spec
            .columns
            .iter()
            .map(|column| if plain { column.words[0] } else { column.words[rng.index(column.words.len())] })
            .collect();
        let row = Row::new(spec.columns.len());
        let sink = Some(open_sink(&spec, &folder, 1, encoding, &words)?);
        let (counts, made) = (Counts::default(), Vec::new());
        Ok(Table { spec, folder, words, style, encoding, rng, row, sink, counts, made })
    }

    pub(super) fn spec(&self) -> &FileSpec {
        &self.spec
    }

    fn next(&mut self, kind: Kind, raw: Raw) -> &mut String {
        debug_assert_eq!(
            self.spec.columns[self.row.position()].kind,
            kind,
            "column {} of {}",
            self.words[self.row.position()],
            self.spec.dataset
        );
        self.row.next(raw)
    }

    fn kind_here(&self) -> Kind {
        self.spec.columns[self.row.position()].kind
    }

    /// An empty cell.
    pub fn empty(&mut self) -> &mut Table {
        self.row.next(Raw::Words);
        self
    }

    /// An identity number.
    pub fn id(&mut self, id: &Code18) -> &mut Table {
        self.next(Kind::Id, Raw::Words).push_str(id.as_str());
        self
    }

    /// An identity number, where there is one.
    pub fn id_or_empty(&mut self, id: Option<&Code18>) -> &mut Table {
        match id {
            Some(id) => self.id(id),
            None => self.empty(),
        }
    }

    /// A code or serial number.
    pub fn code(&mut self, code: &str) -> &mut Table {
        self.next(Kind::Code, Raw::Words).push_str(code);
        self
    }

    /// A code that is put together in place.
    pub fn code_with(&mut self, write: impl FnOnce(&mut String)) -> &mut Table {
        write(self.next(Kind::Code, Raw::Words));
        self
    }

    /// A name, text, note or word.
    pub fn text(&mut self, text: &str) -> &mut Table {
        debug_assert!(matches!(self.kind_here(), Kind::Name | Kind::Text | Kind::Note | Kind::Word));
        self.row.next(Raw::Words).push_str(text);
        self
    }

    /// A name, text, note or word that is put together in place.
    pub fn text_with(&mut self, write: impl FnOnce(&mut String)) -> &mut Table {
        debug_assert!(matches!(self.kind_here(), Kind::Name | Kind::Text | Kind::Note));
        write(self.row.next(Raw::Words));
        self
    }

    /// 是 or 否.
    pub fn yes(&mut self, yes: bool) -> &mut Table {
        self.text(if yes { "是" } else { "否" })
    }

    /// A bank account.
    pub fn account(&mut self, account: &Account) -> &mut Table {
        self.next(Kind::Account, Raw::Words).push_str(account.as_str());
        self
    }

    /// A telephone number of the 169 segment.
    pub fn phone(&mut self, number: u32) -> &mut Table {
        let cell = self.next(Kind::Phone, Raw::Words);
        cell.push_str("169");
        style::push_number(cell, u64::from(number % 100_000_000), 8);
        self
    }

    /// A day.
    pub fn date(&mut self, day: Day) -> &mut Table {
        let form = self.style.date;
        style::push_day(self.next(Kind::Date, Raw::Serial(row::serial(day))), form, day);
        self
    }

    /// A day, where there is one.
    pub fn date_or_empty(&mut self, day: Option<Day>) -> &mut Table {
        match day {
            Some(day) => self.date(day),
            None => self.empty(),
        }
    }

    /// A day and a time of day in minutes.
    pub fn moment(&mut self, moment: NaiveDateTime) -> &mut Table {
        let form = self.style.date;
        style::push_moment(self.next(Kind::Moment, Raw::Serial(row::serial_moment(moment))), form, moment);
        self
    }

    /// The month with that index.
    pub fn month(&mut self, month: i32) -> &mut Table {
        let form = self.style.month;
        style::push_month(self.next(Kind::Month, Raw::Words), form, month);
        self
    }

    /// An amount in fen.
    pub fn money(&mut self, fen: i64) -> &mut Table {
        let form = self.style.money;
        style::push_money(self.next(Kind::Money, Raw::Fen(fen)), form, fen);
        self
    }

    /// A whole number.
    pub fn int(&mut self, number: i64) -> &mut Table {
        let cell = self.next(Kind::Number, Raw::Number(number as f64));
        if number < 0 {
            cell.push('-');
        }
        style::push_number(cell, number.unsigned_abs(), 1);
        self
    }

    /// A number given in hundredths.
    pub fn hundredths(&mut self, number: i64) -> &mut Table {
        let cell = self.next(Kind::Number, Raw::Number(number as f64 / 100.0));
        style::push_money(cell, style::MoneyForm::Plain, number);
        self
    }

    /// Ends the row: writes it, with the dirt that falls to it.
    pub fn end_row(&mut self) -> Result<(), SynthError> {
        debug_assert_eq!(self.row.position(), self.spec.columns.len(), "cells of {}", self.spec.dataset);
        if let (Format::Xlsx, WORKBOOK_ROWS..) = (self.spec.format, self.counts.rows) {
            self.next_part()?;
        }
        let roll = self.rng.below(10_000);
        if roll < self.spec.dirt.total() {
            self.write_dirty(roll)?
        } else {
            self.write()?
        }
        self.row.restart();
        Ok(())
    }

    fn write(&mut self) -> Result<(), SynthError> {
        self.counts.rows += 1;
        match &mut self.sink {
            Some(Sink::Csv(file)) => file.row(self.row.cells()),
            Some(Sink::Xlsx(file)) => file.row(self.row.cells()),
            None => Ok(()),
        }
    }

    fn write_dirty(&mut self, roll: u32) -> Result<(), SynthError> {
        let (columns, plan) = (self.spec.columns, self.spec.dirt);
        if roll < plan.broken {
            if let Some((index, before)) = dirt::make_broken(&mut self.row, columns, &mut self.rng) {
                self.counts.broken += 1;
                self.write()?;
                *self.row.cell_mut(index) = before;
            }
        } else if roll < plan.broken + plan.twice {
            self.counts.twice += 1;
            self.write()?;
        } else if roll < plan.broken + plan.twice + plan.near {
            if let Some((index, before)) = dirt::make_near(&mut self.row, columns, &mut self.rng) {
                self.counts.near += 1;
                self.write()?;
                *self.row.cell_mut(index) = before;
            }
        } else if roll < plan.total() - plan.odd {
            dirt::make_old(&mut self.row, columns);
        } else {
            dirt::make_odd(&mut self.row, columns, &self.style, &mut self.rng);
        }
        self.write()
    }

    fn next_part(&mut self) -> Result<(), SynthError> {
        self.close_part()?;
        let part = self.made.len() + 1;
        self.sink = Some(open_sink(&self.spec, &self.folder, part, self.encoding, &self.words)?);
        Ok(())
    }

    fn close_part(&mut self) -> Result<(), SynthError> {
        let file_name = file_name(&self.spec, self.made.len() + 1);
        let counts = std::mem::take(&mut self.counts);
        let has_money = self.spec.columns.iter().any(|column| column.kind == Kind::Money);
        let (encoding, totals_row) = match self.sink.take() {
            Some(Sink::Csv(file)) => {
                file.finish()?;
                (Some(self.encoding), false)
            }
            Some(Sink::Xlsx(file)) => {
                file.finish()?;
                (None, has_money)
            }
            None => return Ok(()),
        };
        self.made.push(Made { file_name, encoding, counts, totals_row });
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Vec<Made>, SynthError> {
        self.close_part()?;
        Ok(self.made)
    }
}

fn file_name(spec: &FileSpec, part: usize) -> String {
    let ending = if spec.format == Format::Xlsx { "xlsx" } else { "csv" };
    if part < 2 { format!("{}.{ending}", spec.name) } else { format!("{}_续{part}.{ending}", spec.name) }
}

fn open_sink(
    spec: &FileSpec,
    folder: &std::path::Path,
    part: usize,
    encoding: Encoding,
    words: &[&'static str],
) -> Result<Sink, SynthError> {
    let path = folder.join(file_name(spec, part));
    if spec.format == Format::Xlsx {
        let title = format!("砚溪县{}", spec.name);
        return Ok(Sink::Xlsx(Box::new(XlsxFile::create(&path, &title, spec.columns, words)?)));
    }
    let mut file = CsvFile::create(&path, encoding)?;
    file.header(words)?;
    Ok(Sink::Csv(file))
}
