use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::{
    column::{Column, Kind},
    row::{Cell, Raw},
};
use crate::SynthError;

/// A workbook of one sheet: title, unit and date line, header of one or two lines, rows, sum line.
pub struct XlsxFile {
    path: PathBuf,
    book: Workbook,
    at: u32,
    columns: &'static [Column],
    sums: Vec<i64>,
    day: Format,
    moment: Format,
}

impl XlsxFile {
    pub fn create(
        path: &Path,
        title: &str,
        columns: &'static [Column],
        words: &[&str],
    ) -> Result<XlsxFile, SynthError> {
        let mut file = XlsxFile {
            path: path.to_owned(),
            book: Workbook::new(),
            at: 0,
            columns,
            sums: vec![0; columns.len()],
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        };
        file.begin(title, words).map_err(SynthError::workbook(path))?;
        Ok(file)
    }

    fn begin(&mut self, title: &str, words: &[&str]) -> Result<(), XlsxError> {
        // A workbook records when it was made; the county was always made at the same moment.
        let made = ExcelDateTime::from_ymd(2025, 6, 30)?.and_hms(8, 0, 0)?;
        self.book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = self.book.add_worksheet_with_low_memory()?;
        sheet.set_name("Sheet1")?;
        let centre = Format::new().set_bold().set_align(FormatAlign::Center);
        let last = (words.len() - 1) as u16;
        sheet.merge_range(0, 0, 0, last, title, &centre)?;
        sheet.write_string(1, 0, "单位：元")?;
        sheet.write_string(1, last, "填报日期：2025年6月30日")?;
        if self.columns.iter().all(|column| column.group.is_none()) {
            for (index, word) in words.iter().enumerate() {
                sheet.write_string_with_format(2, index as u16, *word, &centre)?;
            }
            self.at = 3;
            return Ok(());
        }
        self.grouped_header(words, &centre)
    }

    fn grouped_header(&mut self, words: &[&str], centre: &Format) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        let mut index = 0;
        while index < self.columns.len() {
            let group = self.columns[index].group;
            let length =
                self.columns[index..].iter().take_while(|c| c.group.is_some() && c.group == group).count();
            let (first, last) = (index as u16, (index + length.max(1) - 1) as u16);
            match group {
                Some(word) if length > 1 => sheet.merge_range(2, first, 2, last, word, centre)?,
                Some(word) => sheet.write_string_with_format(2, first, word, centre)?,
                None => sheet.merge_range(2, first, 3, first, words[index], centre)?,
            };
            index = usize::from(last) + 1;
        }
        for (index, _) in self.columns.iter().enumerate().filter(|(_, column)| column.group.is_some()) {
            sheet.write_string_with_format(3, index as u16, words[index], centre)?;
        }
        self.at = 4;
        Ok(())
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), SynthError> {
        self.write_row(cells).map_err(SynthError::workbook(&self.path))?;
        self.at += 1;
        Ok(())
    }

    fn write_row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        for (index, cell) in cells.iter().enumerate() {
            let column = index as u16;
            match cell.raw {
                Raw::Words if cell.text.is_empty() => continue,
                Raw::Words => sheet.write_string(self.at, column, &cell.text)?,
                Raw::Number(number) => sheet.write_number(self.at, column, number)?,
                Raw::Fen(fen) => {
                    self.sums[index] += fen;
                    sheet.write_number(self.at, column, fen as f64 / 100.0)?
                }
                Raw::Serial(serial) => {
                    let format =
                        if self.columns[index].kind == Kind::Moment { &self.moment } else { &self.day };
                    sheet.write_number_with_format(self.at, column, serial, format)?
                }
            };
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<(), SynthError> {
        let path = self.path.clone();
        self.totals().and_then(|()| self.book.save(&path)).map_err(SynthError::workbook(&path))
    }

    fn totals(&mut self) -> Result<(), XlsxError> {
        if !self.columns.iter().any(|column| column.kind == Kind::Money) {
            return Ok(());
        }
        let sheet = self.book.worksheet_from_index(0)?;
        sheet.write_string(self.at, 0, "合计")?;
        for (index, column) in self.columns.iter().enumerate() {
            if column.kind == Kind::Money && index > 0 {
                sheet.write_number(self.at, index as u16, self.sums[index] as f64 / 100.0)?;
            }
        }
        Ok(())
    }
}
