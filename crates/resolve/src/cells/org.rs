//! Names and numbers of organisations, compared as the identity kit compares them.

use gnomon_link::{
    org::{self, Level, Org},
    orgcode, uscc,
};

use crate::{
    cells::normal,
    pairs::compare::{ALIKE, DIFFERENT, NEAR},
};

/// A name in its compared form.
pub(crate) fn name(cell: &str) -> String {
    if normal::text(cell).is_empty() { String::new() } else { org::canonical(cell).to_lowercase() }
}

/// The level of two names. A branch is not its parent, nor a group its company, nor the same trade word elsewhere.
/// `overlap` is the share of words that names in letters have in common: their order and small words vary.
pub(crate) fn level(x: &Org, y: &Org, overlap: impl Fn() -> f32) -> u8 {
    match org::level(x, y) {
        Level::Same | Level::SameForm | Level::Slip => NEAR,
        Level::SamePlaceLeftOut | Level::Abbreviation => ALIKE,
        Level::Different | Level::TradeWord if x.text.is_ascii() && y.text.is_ascii() => match overlap() {
            share if share >= 0.7 => NEAR,
            share if share >= 0.5 => ALIKE,
            _ => DIFFERENT,
        },
        Level::Different | Level::TradeWord | Level::Branch | Level::Group | Level::Unknown => DIFFERENT,
    }
}

/// Whether one name is that of a branch and the other its parent's, or another branch's.
pub(crate) fn are_branches(x: &Org, y: &Org) -> bool {
    org::level(x, y) == Level::Branch
}

/// A number in its compared form: of a credit code or taxpayer number the organisation code inside, which older files have.
pub(crate) fn number(cell: &str) -> String {
    let inside = orgcode::inside(&gnomon_link::fold(cell));
    inside.or_else(|| uscc::canonical(cell).ok()).unwrap_or_else(|| normal::code(cell))
}

/// Whether a number in its compared form has a right check.
pub(crate) fn is_whole_number(number: &str) -> bool {
    orgcode::canonical(number).is_ok() || uscc::canonical(number).is_ok()
}
