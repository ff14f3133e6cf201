//! Which row of a sheet is most probably its header, whatever its words.

use gnomon_kernel::Day;
use gnomon_library::dataset::Dataset;
use gnomon_link as link;

use crate::{layout::candidates, resemblance::resemblance};

/// A row, or two merged, and how many rows there are down to it.
#[derive(Debug)]
pub(crate) struct LikelyHeader {
    pub words: Vec<String>,
    pub rows: usize,
}

/// Of the rows that hold words and no values, the one that fills most of the sheet's width and resembles the dataset's
/// words most; the upper one of two alike. `None` where every row is a row of data or stands for a title.
pub(crate) fn likely_header(dataset: &Dataset, top: &[Vec<String>], today: Day) -> Option<LikelyHeader> {
    let width = top.iter().map(|row| filled(row)).max().unwrap_or_default();
    let holds_values: Vec<bool> = top.iter().map(|row| holds_values(row, today)).collect();
    let mut best: Option<(f64, LikelyHeader)> = None;
    for (words, rows) in candidates(top) {
        if holds_values[rows.clone()].contains(&true) || filled(&words) * 2 < width || filled(&words) < 2 {
            continue;
        }
        let resembles = |word: &String| {
            let each = dataset.columns.iter().map(|column| resemblance(column, word));
            each.fold(0.0, f64::max)
        };
        let score = filled(&words) as f64 + words.iter().map(resembles).sum::<f64>();
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, LikelyHeader { words, rows: rows.end }));
        }
    }
    best.map(|(_, header)| header)
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// A row of data: a number of somebody, or figures in more than a third of its cells.
fn holds_values(row: &[String], today: Day) -> bool {
    let is_number =
        |cell: &String| link::idno::canonical(cell, today).is_ok() || link::uscc::canonical(cell).is_ok();
    let is_word = |c: char| c.is_alphabetic() && !"年月日元万".contains(c);
    let is_figure = |cell: &&String| cell.contains(char::is_numeric) && !cell.contains(is_word);
    row.iter().any(is_number) || row.iter().filter(is_figure).count() * 3 > filled(row)
}
