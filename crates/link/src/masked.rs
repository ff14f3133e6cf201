//! Masked numbers and texts: `3301**********1234` against a full number, or against another masked one.
//!
//! A masked value never proves that two are one; it can only show that they are not.

use unicode_normalization::UnicodeNormalization;

use crate::text::is_invisible;

/// What a masked value is a number of; its parts have names by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Resident identity number, 18 characters.
    Id,
    /// Mobile phone, 11 digits.
    Phone,
    /// Anything else: accounts, codes, addresses.
    Text,
}

/// The part that shows that two values cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of an identity number: where it was issued.
    Region,
    /// Of an identity number: the birthday.
    Birth,
    /// Of an identity number: the sequence.
    Sequence,
    /// Of an identity number: the check character.
    Check,
    /// What stands before the mask.
    Head,
    /// What stands between masks.
    Middle,
    /// What stands behind the mask.
    Tail,
    /// The number of characters.
    Length,
}

/// Whether two values may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks against it; so many characters are known of both and agree.
    Possible {
        /// Characters known of both.
        known: usize,
    },
    /// They cannot be one, and this part says so.
    Impossible(Part),
}

/// Whether a text hides some of its characters behind `*`, `＊`, `×`, `•`, `●`, `■`, `□`, `#` or, among digits, `x`.
pub fn is_masked(text: &str) -> bool {
    let chars = characters(text);
    chars.contains(&MASK) && chars.iter().any(|c| c.is_alphanumeric())
}

/// Whether two values may be one. Either of them, or both, may be masked at any place. Where the lengths differ, a row of
/// masks stands for any number of characters.
pub fn compare(kind: Kind, one: &str, other: &str) -> Verdict {
    let (one, other) = (characters(one), characters(other));
    if one.len() == other.len() {
        side_by_side(kind, &one, &other)
    } else if one.contains(&MASK) || other.contains(&MASK) {
        around_mask(kind, &one, &other)
    } else {
        Verdict::Impossible(Part::Length)
    }
}

const MASK: char = '*';

/// NFKC, capitals, no blanks or hyphens; every mask is `*`. A final X of an identity number is no mask.
fn characters(text: &str) -> Vec<char> {
    let plain = |c: &char| !c.is_whitespace() && !is_invisible(*c) && !matches!(c, '-' | '‐' | '–' | '—');
    let mut chars: Vec<char> = text.nfkc().filter(plain).flat_map(char::to_uppercase).collect();
    let is_number = chars.iter().all(|c| c.is_ascii_digit() || is_mask(*c) || *c == 'X');
    let last = chars.len().saturating_sub(1);
    for at in 0..chars.len() {
        let is_check = at == last
            && at > 0
            && (chars[at - 1].is_ascii_digit() || at == 17 && chars[..at].contains(&MASK));
        if is_mask(chars[at]) || chars[at] == 'X' && is_number && !is_check {
            chars[at] = MASK;
        }
    }
    chars
}

fn is_mask(c: char) -> bool {
    matches!(c, '*' | '×' | '•' | '·' | '●' | '○' | '■' | '□' | '#' | '?' | '_' | '\u{FFFD}')
}

fn side_by_side(kind: Kind, one: &[char], other: &[char]) -> Verdict {
    let mut known = 0;
    for (at, (a, b)) in one.iter().zip(other).enumerate() {
        if *a == MASK || *b == MASK {
            continue;
        }
        if a != b {
            return Verdict::Impossible(part(kind, at, one, other));
        }
        known += 1;
    }
    Verdict::Possible { known }
}

/// Compares what stands before the first mask and behind the last one of either.
fn around_mask(kind: Kind, one: &[char], other: &[char]) -> Verdict {
    let first = |chars: &[char]| chars.iter().position(|c| *c == MASK).unwrap_or(chars.len());
    let last = |chars: &[char]| chars.iter().rev().position(|c| *c == MASK).unwrap_or(chars.len());
    let head = first(one).min(first(other));
    let tail = last(one).min(last(other));
    if let Some(at) = (0..head).find(|at| one[*at] != other[*at]) {
        return Verdict::Impossible(if kind == Kind::Id { id_part(at) } else { Part::Head });
    }
    let behind = |chars: &[char], at: usize| chars[chars.len() - 1 - at];
    if let Some(at) = (0..tail).find(|at| behind(one, *at) != behind(other, *at)) {
        return Verdict::Impossible(if kind == Kind::Id {
            id_part(17_usize.saturating_sub(at))
        } else {
            Part::Tail
        });
    }
    let whole = |chars: &[char]| !chars.contains(&MASK);
    if whole(one) && one.len() < head + tail || whole(other) && other.len() < head + tail {
        return Verdict::Impossible(Part::Length);
    }
    Verdict::Possible { known: head + tail }
}

fn part(kind: Kind, at: usize, one: &[char], other: &[char]) -> Part {
    let hidden =
        |range: std::ops::Range<usize>| range.into_iter().any(|i| one[i] == MASK || other[i] == MASK);
    match kind {
        Kind::Id if one.len() == 18 => id_part(at),
        Kind::Phone if one.len() == 11 => match at {
            0..=2 => Part::Head,
            3..=6 => Part::Middle,
            _ => Part::Tail,
        },
        _ if !hidden(0..at) => Part::Head,
        _ if !hidden(at..one.len()) => Part::Tail,
        _ => Part::Middle,
    }
}

fn id_part(at: usize) -> Part {
    match at {
        0..=5 => Part::Region,
        6..=13 => Part::Birth,
        14..=16 => Part::Sequence,
        _ => Part::Check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(kind: Kind, one: &str, other: &str) -> Verdict {
        let there = compare(kind, one, other);
        assert_eq!(there, compare(kind, other, one), "{one} {other}");
        there
    }

    #[test]
    fn against_a_full_number() {
        let full = "870121198506143216";
        for (masked, expected) in [
            ("870121********3216", Verdict::Possible { known: 10 }),
            ("8701**********3216", Verdict::Possible { known: 8 }),
            ("8701************16", Verdict::Possible { known: 6 }),
            ("870121xxxxxxxx3216", Verdict::Possible { known: 10 }),
            ("870121＊＊＊＊＊＊＊＊3216", Verdict::Possible { known: 10 }),
            ("870121••••••••3216", Verdict::Possible { known: 10 }),
            ("870121########3216", Verdict::Possible { known: 10 }),
            ("8701****3216", Verdict::Possible { known: 8 }),
            ("870122********3216", Verdict::Impossible(Part::Region)),
            ("870121198507**3216", Verdict::Impossible(Part::Birth)),
            ("870121********3226", Verdict::Impossible(Part::Sequence)),
            ("870121********3217", Verdict::Impossible(Part::Check)),
            ("8701****3217", Verdict::Impossible(Part::Check)),
            ("8702****3216", Verdict::Impossible(Part::Region)),
            ("870121198506143217", Verdict::Impossible(Part::Check)),
            ("87012119850614321", Verdict::Impossible(Part::Length)),
        ] {
            assert_eq!(verdict(Kind::Id, masked, full), expected, "{masked}");
        }
        assert_eq!(
            verdict(Kind::Id, "870102********028X", "87010219791105028x"),
            Verdict::Possible { known: 10 }
        );
        assert_eq!(
            verdict(Kind::Id, "870102***********X", "87010219791105028X"),
            Verdict::Possible { known: 7 }
        );
    }

    #[test]
    fn two_masked_ones() {
        let (region, birth) = ("870121************", "******19850614****");
        assert_eq!(verdict(Kind::Id, region, birth), Verdict::Possible { known: 0 });
        assert_eq!(verdict(Kind::Id, "870121********3216", region), Verdict::Possible { known: 6 });
        assert_eq!(verdict(Kind::Id, "870122********3216", region), Verdict::Impossible(Part::Region));
    }

    #[test]
    fn phones_and_others() {
        assert_eq!(verdict(Kind::Phone, "169****0001", "16900000001"), Verdict::Possible { known: 7 });
        assert_eq!(verdict(Kind::Phone, "169****0002", "16900000001"), Verdict::Impossible(Part::Tail));
        assert_eq!(verdict(Kind::Phone, "168****0001", "16900000001"), Verdict::Impossible(Part::Head));
        assert_eq!(verdict(Kind::Text, "听雨村**号", "听雨村12号"), Verdict::Possible { known: 4 });
        assert_eq!(verdict(Kind::Text, "***", "870121"), Verdict::Possible { known: 0 });
        assert_eq!(verdict(Kind::Text, "123*456", "123"), Verdict::Impossible(Part::Tail));
        assert_eq!(verdict(Kind::Text, "1212*1212", "1212"), Verdict::Impossible(Part::Length));
        assert!(is_masked("169****0001") && !is_masked("16900000001") && !is_masked("***"));
        assert!(!is_masked("87010219791105028X"));
    }
}
