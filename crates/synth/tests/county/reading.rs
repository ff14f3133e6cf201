//! Reads department files back, plainly.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use calamine::{Data, Reader};
use encoding_rs::{GB18030, UTF_8};
use gnomon_synth::{FileSummary, Summary};

use crate::{
    library::{self, Column, LIBRARY},
    types,
};

fn grid(path: &Path, file: &FileSummary) -> Vec<Vec<String>> {
    if file.encoding == "xlsx" {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
        let range = book.worksheet_range("Sheet1").unwrap();
        return range.rows().map(|row| row.iter().map(cell).collect()).collect();
    }
    let bytes = fs::read(path).unwrap();
    let encoding = if file.encoding == "gb18030" { GB18030 } else { UTF_8 };
    let (text, _, faulty) = encoding.decode(&bytes);
    assert!(!faulty, "{}", file.file);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(serial) => format!("#{}", serial.as_f64()),
        other => other.to_string(),
    }
}

/// Header words and the number of rows up to the data.
fn split_header(rows: &[Vec<String>], file: &FileSummary) -> (Vec<String>, usize) {
    if file.encoding != "xlsx" {
        return (rows[0].clone(), 1);
    }
    let columns = &LIBRARY[file.dataset];
    let second = rows[3].iter().any(|word| !word.is_empty() && library::find(columns, word).is_some());
    if !second {
        return (rows[2].clone(), 3);
    }
    let words =
        rows[2].iter().zip(&rows[3]).map(|(above, below)| if below.is_empty() { above } else { below });
    (words.cloned().collect(), 4)
}

/// The header of a file.
pub fn header(path: &Path, file: &FileSummary) -> Vec<String> {
    split_header(&grid(path, file), file).0
}

/// The data rows of a file.
pub fn rows(path: &Path, file: &FileSummary) -> Vec<Vec<String>> {
    let mut rows = grid(path, file);
    let (_, first) = split_header(&rows, file);
    if file.totals_row {
        assert_eq!(rows.pop().unwrap()[0], "合计", "{}", file.file);
    }
    rows.split_off(first)
}

/// How many rows have a cell that is not of its type, or a required one that is empty.
pub fn broken_rows(path: &Path, file: &FileSummary, dataset: &[Column]) -> u64 {
    let header = header(path, file);
    let columns: Vec<&Column> = header.iter().map(|word| library::find(dataset, word).unwrap()).collect();
    let is_broken =
        |row: &&Vec<String>| row.iter().zip(&columns).any(|(text, column)| !types::fits(text, column));
    rows(path, file).iter().filter(is_broken).count() as u64
}

/// Those of the wanted subjects that a cell of their files holds.
pub fn subjects_found(
    root: &Path,
    summary: &Summary,
    wanted: &BTreeMap<&str, Vec<&str>>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in summary.files.iter().filter(|file| wanted.contains_key(file.file.as_str())) {
        let subjects: BTreeSet<&str> = wanted[file.file.as_str()].iter().copied().collect();
        for row in rows(&root.join(&file.file), file) {
            found.extend(
                row.into_iter()
                    .map(|text| types::folded(&text))
                    .filter(|text| subjects.contains(text.as_str())),
            );
        }
    }
    found
}
