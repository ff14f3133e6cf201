//! What the values of a column look like.

use crate::{
    cells::{date, normal},
    roster::{field::Kind, sheet::RawColumn, values::NONE},
};

/// Distinct values looked at.
const SAMPLE: usize = 2000;

/// What was seen of a column.
pub(crate) struct Look {
    /// Rows with a value.
    pub(crate) filled: usize,
    /// Different values.
    pub(crate) distinct: usize,
    /// How the values would be compared.
    pub(crate) kind: Kind,
    /// Whether they are of many words, however few values there are.
    pub(crate) is_wordy: bool,
}

impl Look {
    pub(crate) fn at(column: &RawColumn) -> Look {
        let filled = column.codes.iter().filter(|code| **code != NONE).count();
        let is_wordy = is_wordy(column);
        Look { filled, distinct: column.values.len() - 1, kind: kind(column, is_wordy), is_wordy }
    }

    /// Whether no two rows share a value.
    pub(crate) fn is_unique(&self) -> bool {
        self.filled >= 2 && self.distinct == self.filled
    }
}

/// A share of the values for which something holds.
pub(crate) fn share(column: &RawColumn, holds: impl Fn(&str) -> bool) -> f64 {
    let (mut all, mut held) = (0_usize, 0_usize);
    for value in sample(column).filter(|value| !normal::text(value).is_empty()) {
        all += 1;
        held += usize::from(holds(value));
    }
    if all == 0 { 0.0 } else { held as f64 / all as f64 }
}

fn sample(column: &RawColumn) -> impl Iterator<Item = &str> {
    let step = (column.values.len() / SAMPLE).max(1);
    column.values.iter().skip(1).step_by(step)
}

fn is_wordy(column: &RawColumn) -> bool {
    let words = |text: &str| {
        let plain = normal::text(text);
        if plain.is_ascii() { plain.split(' ').count() * 2 } else { plain.chars().count() }
    };
    share(column, |text| words(text) >= 6) > 0.4
}

fn kind(column: &RawColumn, is_wordy: bool) -> Kind {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let is_date = |text: &str| digits(text) >= 6 && date::digits(text).is_some();
    let is_amount = |text: &str| text.contains('.') && !normal::number(text).is_empty();
    let is_code = |text: &str| digits(text) * 3 >= text.len() && !text.trim().contains(' ');
    let is_number = |text: &str| !normal::number(text).is_empty();
    if share(column, is_date) > 0.9 {
        Kind::Date
    } else if share(column, is_number) > 0.9 && share(column, is_amount) > 0.2 {
        Kind::Number
    } else if share(column, is_code) > 0.7 {
        Kind::Code
    } else if column.values.len() <= 13 {
        Kind::Choice
    } else if is_wordy {
        Kind::Long
    } else {
        Kind::Short
    }
}
