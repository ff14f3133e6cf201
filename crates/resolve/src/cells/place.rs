//! Whole addresses, compared part by part as the identity kit compares them.

use gnomon_link::address::{self, Address, Level};
use unicode_normalization::UnicodeNormalization;

use crate::{
    cells::normal,
    pairs::compare::{ALIKE, DIFFERENT, NEAR},
};

/// An address in its compared form. Signs between numbers have a meaning where words have no blanks.
pub(crate) fn text(cell: &str) -> String {
    let plain = normal::text(cell);
    if plain.is_ascii() {
        return plain;
    }
    cell.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

/// The level of two addresses; `overlap` is the share of words in common, for those that have no parts to go by.
pub(crate) fn level(x: &Address, y: &Address, overlap: impl Fn() -> f32) -> u8 {
    match address::level(x, y) {
        Level::Same | Level::Slip => NEAR,
        Level::Contained | Level::SameBuilding | Level::SameRoad => ALIKE,
        Level::SameVillage | Level::SameTownship | Level::Different | Level::Unknown => match overlap() {
            share if share >= 0.7 => NEAR,
            share if share >= 0.35 => ALIKE,
            _ => DIFFERENT,
        },
    }
}
