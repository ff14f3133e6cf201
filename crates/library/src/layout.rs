//! Layouts: what the cells of one exact header mean for one dataset, once a person has confirmed it; and what is proposed
//! to that person before.

use serde::{Deserialize, Serialize};

use crate::{
    column::MoneyUnit,
    header::{OwnColumn, header_word},
};

/// Stands in a layout for the column that says what a row of a change file does. No column of a dataset begins with `_`.
pub const OPERATION: &str = "_op";

/// One header and what its cells mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderLayout {
    /// The header as compared, see [`layout_words`].
    pub header: Vec<String>,
    /// What each cell means, in the header's order; `None` is left out.
    pub columns: Vec<Option<CellMeaning>>,
}

/// What one cell of a header means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellMeaning {
    /// Name of the dataset's column, or [`OPERATION`].
    pub column: String,
    /// The unit of a money column whose header does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<MoneyUnit>,
}

impl CellMeaning {
    /// A column whose header says all there is to say.
    pub fn of(column: impl Into<String>) -> Self {
        Self { column: column.into(), unit: None }
    }
}

/// A header row as layouts compare it: word by word, without empty cells and columns of our own at its end. A word that stands there twice or is
/// nothing but brackets is told by its whole text, so that `性别（代码）` and `性别（名称）` never change places.
pub fn layout_words(row: &[String]) -> Vec<String> {
    let mut words: Vec<String> = row.iter().map(|cell| header_word(cell)).collect();
    let is_clear =
        |word: &String| !word.is_empty() && words.iter().filter(|other| *other == word).count() == 1;
    let clear: Vec<bool> = words.iter().map(is_clear).collect();
    for ((word, cell), clear) in words.iter_mut().zip(row).zip(clear) {
        if !clear {
            *word = cell.split_whitespace().collect();
        }
    }
    let is_delivered = |cell: usize| !words[cell].is_empty() && OwnColumn::of(&row[cell]).is_none();
    let width = (0..words.len()).rfind(|cell| is_delivered(*cell)).map_or(0, |last| last + 1);
    words.truncate(width);
    words
}

/// What is proposed for sheets with one header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetProposal {
    /// Names of the sheets with this header; one empty name for a text file.
    pub sheets: Vec<String>,
    /// Line of the header, the lower one of two, in the first of these sheets; `None` when no row looks like one.
    pub line: Option<u32>,
    /// The header's cells from left to right; those of the widest row when there is no header.
    pub cells: Vec<CellProposal>,
}

/// What is proposed for one column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProposal {
    /// Header word as delivered; empty without one.
    pub header: String,
    /// Name of the dataset's column, or [`OPERATION`]; `None` proposes to leave the cell out.
    pub column: Option<String>,
    /// How sure the proposal is, 0 to 100.
    pub confidence: u8,
    /// What it rests on.
    pub reason: Reason,
    /// The unit of money that the header itself says.
    pub unit: Option<MoneyUnit>,
    /// Whether the values, or the column they fit, tell who a person is.
    pub is_personal: bool,
    /// The first values below, as delivered.
    pub samples: Vec<String>,
}

/// What a proposal rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// A person has confirmed this header before.
    Confirmed,
    /// The header word is one of the column's own.
    Words,
    /// The header word is like one of the column's own, or usual for its type.
    Alike,
    /// The values read as the column's type.
    Values {
        /// Part of the values, in percent.
        percent: u8,
    },
    /// Several cells or columns fit equally well: a person has to choose.
    Several,
    /// There are no values, and the word is unknown.
    NoValues,
    /// Nothing fits.
    Nothing,
}

impl SheetProposal {
    /// The layout that says just what is proposed; `None` without a header.
    pub fn layout(&self) -> Option<HeaderLayout> {
        self.line?;
        let meanings = self.cells.iter().map(|cell| cell.column.clone().map(CellMeaning::of));
        Some(self.layout_of(meanings.collect()))
    }

    /// The layout in which this header's cells mean that. Meanings beyond its last word are dropped.
    pub fn layout_of(&self, mut columns: Vec<Option<CellMeaning>>) -> HeaderLayout {
        let words: Vec<String> = self.cells.iter().map(|cell| cell.header.clone()).collect();
        let header = layout_words(&words);
        columns.resize(header.len(), None);
        HeaderLayout { header, columns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        layout_words(&text.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_header_is_compared_by_its_words() {
        assert_eq!(words("领款人 , 金额（元）,,"), words("领款人,金额(万元)"));
        assert_ne!(words("甲,乙"), words("乙,甲"));
        assert_ne!(words("性别（代码）,性别（名称）"), words("性别（名称）,性别（代码）"));
        assert_eq!(words("（一）,甲"), ["（一）", "甲"]);
    }
}
