//! Pieces of Han names, compared as the identity kit compares whole ones.

use gnomon_link::name::{self, Level, Name};

use crate::pairs::compare::{ALIKE, DIFFERENT, NEAR};

/// A surname put before given names, so that only they differ.
pub(crate) const COMMON_SURNAME: &str = "王";
/// A given name put behind surnames.
const COMMON_GIVEN: &str = "明";

/// The level of two given names or surnames, at least one of them in Han characters. A shared character is no likeness:
/// brothers often have one.
pub(crate) fn level(x: &Name, y: &Name) -> u8 {
    match name::likeness(x, y).level {
        Level::Same | Level::Variant | Level::LookAlike | Level::Homophone(0 | 1) | Level::Slip => NEAR,
        Level::Homophone(_) | Level::Initials | Level::Masked => ALIKE,
        Level::Partial(_) | Level::Different | Level::Unknown => DIFFERENT,
    }
}

/// A given name or surname as a whole name, taken to pieces.
pub(crate) fn parsed(piece: &str, surname: bool) -> Name {
    if piece.is_empty() { Name::default() } else { name::parse(&whole(piece, surname)) }
}

fn whole(piece: &str, surname: bool) -> String {
    match (piece.is_ascii(), surname) {
        (true, true) => format!("{piece} ming"),
        (true, false) => format!("wang {piece}"),
        (false, true) => format!("{piece}{COMMON_GIVEN}"),
        (false, false) => format!("{COMMON_SURNAME}{piece}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brothers_are_different_and_slips_are_near() {
        let of = |x, y, surnames| level(&parsed(x, surnames), &parsed(y, surnames));
        assert_eq!(of("建国", "建军", false), DIFFERENT);
        assert_eq!(of("晓明", "小明", false), NEAR);
        assert_eq!(of("张", "章", true), NEAR);
        assert_eq!(of("丽", "伟", false), DIFFERENT);
    }
}
