use askama::Template;

use crate::form::{Choice, Filled};
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;

/// What the headers of a refused delivery mean: proposed by the program, said by a person.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/header_layout.html")]
pub struct LayoutPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id of the delivery, `bat_…`.
    pub id: String,
    /// Its number.
    pub number: u64,
    /// Name of the file.
    pub file: String,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub dataset: String,
    /// One for each header in the file.
    pub sheets: Vec<LayoutSheet>,
    /// The columns that a header may mean.
    pub choices: Vec<Choice>,
    /// The form that came back.
    pub filled: Filled,
}

page!(LayoutPage);

/// Sheets with one header.
#[derive(Debug, Clone)]
pub struct LayoutSheet {
    /// Their names, one after the other; empty for a text file.
    pub names: String,
    /// Line of the header; none when no row looks like one.
    pub line: Option<u64>,
    /// Its cells.
    pub cells: Vec<LayoutCell>,
}

/// One cell of a header.
#[derive(Debug, Clone)]
pub struct LayoutCell {
    /// The word as delivered.
    pub header: String,
    /// The first values below it, masked.
    pub samples: Vec<String>,
    /// The column that is proposed; empty to leave it out.
    pub column: String,
    /// Title of that column.
    pub title: String,
    /// How sure the proposal is, in percent.
    pub confidence: u64,
    /// What it rests on.
    pub basis: Basis,
    /// Whether a unit of money is asked for.
    pub asks_unit: bool,
}

/// What a proposal rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Somebody has confirmed this header before.
    Confirmed,
    /// The header word is one of the column's.
    Words,
    /// The header word is like one of the column's.
    Alike,
    /// This part of the values, in percent, reads as the column's type.
    Values(u64),
    /// Several columns fit equally well.
    Several,
    /// There are no values, and the word is unknown.
    NoValues,
    /// Nothing fits.
    Nothing,
}

impl LayoutPage {
    /// Whether this choice is the one to show: what was sent, or what is proposed.
    fn is_picked(&self, field: &str, proposed: &str, value: &str) -> bool {
        self.filled.value_or(field, proposed) == value
    }

    /// Name of a field: what it asks, of which sheet and which cell, from 0.
    fn field(&self, asks: &str, sheet: &usize, cell: &usize) -> String {
        format!("{asks}-{sheet}-{cell}")
    }

    /// Whether there is anything to confirm.
    fn has_header(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.line.is_some())
    }

    /// The units that a header may leave unsaid: value and locale key.
    fn units(&self) -> [(&'static str, &'static str); 3] {
        [("", key("unit-unsaid")), ("yuan", key("unit-yuan")), ("wan", key("unit-wan"))]
    }
}
