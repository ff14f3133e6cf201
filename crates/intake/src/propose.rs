//! What the cells of an unknown header may mean: by their words and by what the values below look like. One column is
//! proposed for one cell at most, the surest first; the same file always gets the same proposal.

use gnomon_kernel::Day;
use gnomon_library::{
    column::{ColumnType, MoneyUnit},
    dataset::{Dataset, Delivery},
    layout::{CellProposal, HeaderLayout, OPERATION, Reason, SheetProposal, layout_words},
};

use crate::{
    Operation, Sample,
    cell::is_nothing,
    layout::{HEADER_ROWS, candidates, confirmed, is_operation_word},
    likely_header::likely_header,
    likeness::{Likeness, tell_persons},
    reader::is_total,
    resemblance::resemblance,
};

/// Values shown of each cell.
const SHOWN: usize = 5;
/// What is less sure is not proposed.
const ENOUGH: f64 = 0.4;
/// Two proposals that differ by less are equally good.
const ALIKE: f64 = 0.02;
/// How sure the column's own word makes, and values that look like nothing else.
const BY_WORDS: f64 = 0.95;
const BY_VALUES: f64 = 0.8;

/// A proposal for every header in the first rows of a delivery's sheets. Sheets with the same header are taken together.
pub fn propose(
    dataset: &Dataset,
    layouts: &[HeaderLayout],
    samples: &[Sample],
    today: Day,
) -> Vec<SheetProposal> {
    let mut proposals: Vec<SheetProposal> = Vec::new();
    for sample in samples {
        let proposal = propose_sheet(dataset, layouts, sample, today);
        let words = header_words(&proposal);
        let same = |other: &&mut SheetProposal| proposal.line.is_some() && header_words(other) == words;
        match proposals.iter_mut().find(same) {
            Some(earlier) => earlier.sheets.extend(proposal.sheets),
            None => proposals.push(proposal),
        }
    }
    proposals
}

fn header_words(proposal: &SheetProposal) -> Vec<String> {
    layout_words(&proposal.cells.iter().map(|cell| cell.header.clone()).collect::<Vec<_>>())
}

fn propose_sheet(dataset: &Dataset, layouts: &[HeaderLayout], sample: &Sample, today: Day) -> SheetProposal {
    let top: Vec<Vec<String>> =
        sample.rows.iter().take(HEADER_ROWS).map(|(_, cells)| cells.clone()).collect();
    let kept =
        candidates(&top).find_map(|(words, rows)| Some((confirmed(layouts, &words)?, words, rows.end)));
    let (kept, header, rows) = match kept {
        Some((kept, words, rows)) => (Some(kept), words, rows),
        None => match likely_header(dataset, &top, today) {
            Some(likely) => (None, likely.words, likely.rows),
            None => return without_header(sample, today),
        },
    };
    let sheet = Sheet::new(dataset, header, &sample.rows[rows..], today);
    let guesses = match kept {
        Some(layout) => (0..sheet.header.len()).map(|cell| Guess::confirmed(dataset, layout, cell)).collect(),
        None => sheet.guesses(),
    };
    SheetProposal {
        sheets: vec![sample.sheet.clone()],
        line: sample.rows.get(rows - 1).map(|(line, _)| *line),
        cells: guesses.into_iter().enumerate().map(|(cell, guess)| sheet.proposal(cell, guess)).collect(),
    }
}

/// Shows what is there, and proposes nothing: a layout is of a header.
fn without_header(sample: &Sample, today: Day) -> SheetProposal {
    let width = sample.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let cells = (0..width).map(|cell| {
        let values = values_of(&sample.rows, cell);
        CellProposal {
            header: String::new(),
            column: None,
            confidence: 0,
            reason: Reason::Nothing,
            unit: None,
            is_personal: tell_persons(&values, today),
            samples: shown(&values),
        }
    });
    SheetProposal { sheets: vec![sample.sheet.clone()], line: None, cells: cells.collect() }
}

/// What a cell is taken for.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Column(usize),
    Operation,
}

#[derive(Debug, Clone, Copy)]
struct Guess {
    meaning: Option<Meaning>,
    sure: f64,
    reason: Reason,
}

impl Guess {
    const fn none(reason: Reason) -> Self {
        Self { meaning: None, sure: 0.0, reason }
    }

    fn confirmed(dataset: &Dataset, layout: &HeaderLayout, cell: usize) -> Self {
        let meant = layout.columns.get(cell).and_then(Option::as_ref);
        let meaning = meant.and_then(|meant| match meant.column.as_str() {
            OPERATION => Some(Meaning::Operation),
            name => dataset.columns.iter().position(|column| column.name == name).map(Meaning::Column),
        });
        Self { meaning, sure: 1.0, reason: Reason::Confirmed }
    }
}

/// A cell and a column that may belong together.
#[derive(Debug, Clone, Copy)]
struct Pair {
    cell: usize,
    column: usize,
    sure: f64,
    reason: Reason,
}

impl Pair {
    fn is_by_values(&self) -> bool {
        matches!(self.reason, Reason::Values { .. })
    }
}

/// A sheet whose header is found.
struct Sheet<'a> {
    dataset: &'a Dataset,
    header: Vec<String>,
    /// Per cell of the header, the values below it that are not empty.
    values: Vec<Vec<&'a str>>,
    today: Day,
}

impl<'a> Sheet<'a> {
    fn new(dataset: &'a Dataset, header: Vec<String>, below: &'a [(u32, Vec<String>)], today: Day) -> Self {
        let values = (0..header.len()).map(|cell| values_of(below, cell)).collect();
        Self { dataset, header, values, today }
    }

    fn guesses(&self) -> Vec<Guess> {
        let nothing = |cell: usize| match self.values[cell].is_empty() {
            true => Guess::none(Reason::NoValues),
            false => Guess::none(Reason::Nothing),
        };
        let mut guesses: Vec<Guess> = (0..self.header.len()).map(nothing).collect();
        let mut is_free = vec![true; self.dataset.columns.len()];
        if let Some((cell, guess)) = self.operation() {
            guesses[cell] = guess;
        }
        let mut pairs = self.pairs();
        pairs.retain(|pair| guesses[pair.cell].meaning.is_none());
        for at in 0..pairs.len() {
            let pair = pairs[at];
            let is_open = |pair: &Pair| is_free[pair.column] && is_undecided(&guesses[pair.cell]);
            if !is_open(&pair) {
                continue;
            }
            let rivals: Vec<Pair> = pairs[at + 1..]
                .iter()
                .filter(|other| other.cell == pair.cell || other.column == pair.column)
                .filter(|other| pair.sure - other.sure < ALIKE && is_open(other))
                .copied()
                .collect();
            if pair.is_by_values() && !rivals.is_empty() {
                for pair in rivals.iter().chain([&pair]) {
                    guesses[pair.cell] = Guess::none(Reason::Several);
                }
                continue;
            }
            is_free[pair.column] = false;
            let meaning = Some(Meaning::Column(pair.column));
            guesses[pair.cell] = Guess { meaning, sure: pair.sure, reason: pair.reason };
        }
        guesses
    }

    /// The surest first; of two as sure, the one further left.
    fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = (0..self.header.len()).flat_map(|cell| self.pairs_of(cell)).collect();
        pairs.sort_by(|one, other| {
            other.sure.total_cmp(&one.sure).then((one.cell, one.column).cmp(&(other.cell, other.column)))
        });
        pairs
    }

    fn pairs_of(&self, cell: usize) -> Vec<Pair> {
        let columns = &self.dataset.columns;
        let likeness: Vec<Likeness> =
            columns.iter().map(|column| Likeness::of(column, &self.values[cell], self.today)).collect();
        let strongest = likeness.iter().map(Likeness::evidence).fold(0.0, f64::max);
        let pair = |(column, like): (usize, &Likeness)| {
            let ty = columns[column].ty;
            let mut word = resemblance(&columns[column], &self.header[cell]);
            let is_own = word == 1.0;
            // A column of names that holds numbers of persons: the header has slipped.
            let is_belied = strongest > 0.65 && like.evidence() + 0.2 < strongest && passes_for_anything(ty);
            if is_belied {
                word *= 0.5;
            }
            let by_word = BY_WORDS * word * if like.reads < 0.5 { 0.5 * like.reads } else { like.reads };
            let by_values = if like.looks < 0.6 { 0.0 } else { BY_VALUES * like.evidence() };
            let reason = if by_values > by_word {
                Reason::Values { percent: (like.looks * 100.0).round() as u8 }
            } else if is_own {
                Reason::Words
            } else {
                Reason::Alike
            };
            let sure = 1.0 - (1.0 - by_word) * (1.0 - by_values);
            (sure >= ENOUGH).then_some(Pair { cell, column, sure, reason })
        };
        likeness.iter().enumerate().filter_map(pair).collect()
    }

    /// The cell that says what a row of a change file does.
    fn operation(&self) -> Option<(usize, Guess)> {
        if self.dataset.delivery != Delivery::Change {
            return None;
        }
        let is_one = |value: &&str| Operation::read(value).is_ok();
        let by_values =
            |cell: &usize| !self.values[*cell].is_empty() && self.values[*cell].iter().all(is_one);
        let guess = |reason| Guess { meaning: Some(Meaning::Operation), sure: BY_WORDS, reason };
        let by_word = (0..self.header.len()).find(|cell| is_operation_word(&self.header[*cell]));
        by_word.map(|cell| (cell, guess(Reason::Words))).or_else(|| {
            let cell = (0..self.header.len()).find(by_values)?;
            Some((cell, guess(Reason::Values { percent: 100 })))
        })
    }

    fn proposal(&self, cell: usize, guess: Guess) -> CellProposal {
        let column = guess.meaning.map(|meaning| match meaning {
            Meaning::Column(column) => self.dataset.columns[column].name.clone(),
            Meaning::Operation => OPERATION.to_owned(),
        });
        let ty = match guess.meaning {
            Some(Meaning::Column(column)) => Some(self.dataset.columns[column].ty),
            _ => None,
        };
        let is_personal = match ty {
            Some(ty) if ty.is_personal() => true,
            // Words of a list are as short as names.
            Some(ColumnType::Enum | ColumnType::Bool) if guess.sure >= BY_VALUES => false,
            // What is proposed may be wrong, and a person sees the values before it is put right.
            _ => tell_persons(&self.values[cell], self.today),
        };
        CellProposal {
            header: self.header[cell].clone(),
            column,
            confidence: (guess.sure * 100.0).round() as u8,
            reason: guess.reason,
            unit: MoneyUnit::said_by(&self.header[cell]),
            is_personal,
            samples: shown(&self.values[cell]),
        }
    }
}

/// Reads whatever stands in it: only the header tells such a column.
fn passes_for_anything(ty: ColumnType) -> bool {
    use ColumnType as T;
    matches!(ty, T::Name | T::PartyName | T::Int | T::Dec | T::Pct | T::Year | T::Money)
}

fn is_undecided(guess: &Guess) -> bool {
    guess.meaning.is_none() && guess.reason != Reason::Several
}

/// What stands below a cell; what is empty says nothing, and a totals row nothing of its columns.
fn values_of(rows: &[(u32, Vec<String>)], cell: usize) -> Vec<&str> {
    let rows = rows.iter().filter(|(_, cells)| !is_total(cells));
    let values = rows.filter_map(|(_, cells)| cells.get(cell));
    values.map(String::as_str).filter(|value| !is_nothing(value)).collect()
}

fn shown(values: &[&str]) -> Vec<String> {
    values.iter().take(SHOWN).map(|value| value.chars().take(200).collect()).collect()
}
