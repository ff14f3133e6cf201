//! How alike the names of two organisations are.

use super::{Org, forms};
use crate::{han, similar};

/// What two names have in common, from the closest to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The same name.
    Same,
    /// The same name, its legal form, brackets or characters written otherwise: 有限公司 and 有限责任公司.
    SameForm,
    /// The same, but for a place that one of them leaves out.
    SamePlaceLeftOut,
    /// One character looks or sounds alike, or a slip of the pen in a Latin word.
    Slip,
    /// One is short for the other: 华夏建设 for 澜川华夏建设有限公司.
    Abbreviation,
    /// Parent and branch, or two branches of one parent: not the same organisation.
    Branch,
    /// A group and a company of its name: not the same organisation.
    Group,
    /// The same trade word in another industry, at another place or under another form: not the same organisation.
    TradeWord,
    /// Nothing that counts is the same.
    Different,
    /// One of them is no name: this says nothing, neither for nor against.
    Unknown,
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// What they have in common.
    pub level: Level,
    /// How much of the text agrees, from 0 to 1: for ordering within a level.
    pub score: f32,
}

impl Likeness {
    /// Whether one organisation may be written both ways. A name alone never proves it.
    pub fn may_be_same(&self) -> bool {
        self.level <= Level::Abbreviation
    }
}

/// How alike two names are; the same both ways round.
pub fn likeness(one: &Org, other: &Org) -> Likeness {
    let level = level(one, other);
    let score = match level {
        Level::Unknown => 0.0,
        Level::Same => 1.0,
        Level::SameForm => 0.98,
        _ => similar::jaro_winkler(&one.core, &other.core),
    };
    Likeness { level, score }
}

/// What two names have in common; the same both ways round.
pub fn level(one: &Org, other: &Org) -> Level {
    if one.is_empty() || other.is_empty() {
        return Level::Unknown;
    }
    if one.text == other.text {
        return Level::Same;
    }
    let cores = cores(&one.core, &other.core);
    let same_core = cores == Some(true);
    if one.branch != other.branch {
        return if same_core || one.core == other.core { Level::Branch } else { Level::Different };
    }
    let places = places(one, other);
    if one.is_group != other.is_group {
        let related = same_core && places != Some(false);
        return if related { Level::Group } else { trade_word(one, other) };
    }
    let same_forms = match (one.form, other.form) {
        (Some(one), Some(other)) => forms::agree(one, other),
        (None, None) => true,
        _ => false,
    };
    match cores {
        Some(exact) if same_forms => match places {
            Some(false) => Level::TradeWord,
            _ if !exact => Level::Slip,
            Some(true) => Level::SameForm,
            None => Level::SamePlaceLeftOut,
        },
        Some(true) if (one.form.is_none() || other.form.is_none()) && places != Some(false) => {
            Level::Abbreviation
        }
        None if is_short(one, other) || is_short(other, one) => Level::Abbreviation,
        _ => trade_word(one, other),
    }
}

/// `Some(true)` when trade word and industry are the same, `Some(false)` when they differ by one slip.
fn cores(one: &[char], other: &[char]) -> Option<bool> {
    if one == other {
        return Some(true);
    }
    let is_latin = !one.iter().chain(other).any(|c| han::is_han(*c));
    if is_latin {
        let digits = |text: &[char]| text.iter().copied().filter(char::is_ascii_digit).collect::<Vec<_>>();
        let allowed = if one.len().min(other.len()) < 5 { 0 } else { 1 };
        return (digits(one) == digits(other) && similar::slips(one, other) <= allowed).then_some(false);
    }
    let mut apart = one.iter().zip(other).filter(|(a, b)| a != b);
    let (first, second) = (apart.next(), apart.next());
    let only = (one.len() == other.len() && one.len() >= 3 && second.is_none()).then_some(first)??;
    is_slip(*only.0, *only.1).then_some(false)
}

/// One character taken for another: never a numeral or a direction, which tell real organisations apart.
fn is_slip(one: char, other: char) -> bool {
    const TELLING: &str = "一二三四五六七八九十百千东南西北中上下前后左右大小新老甲乙丙丁0123456789";
    if TELLING.contains(one) || TELLING.contains(other) {
        return false;
    }
    han::are_alike(one, other)
}

/// Whether the places agree: `None` when one of them names none.
fn places(one: &Org, other: &Org) -> Option<bool> {
    match (one.place.as_str(), other.place.as_str()) {
        ("", "") => Some(true),
        ("", _) | (_, "") => None,
        (one, other) => Some(one == other),
    }
}

/// Whether one name is the other without its place, industry or form, and without anything of its own.
fn is_short(short: &Org, long: &Org) -> bool {
    let place = short.place.is_empty() || short.place == long.place;
    let form = short.form.is_none();
    let word = long.word.chars().count() >= 2;
    let cut = |letters: &[char]| short.core.len() >= 4 && letters.ends_with(&short.core);
    place && form && word && (short.core == long.word.chars().collect::<Vec<_>>() || cut(&long.core))
}

fn trade_word(one: &Org, other: &Org) -> Level {
    let same = one.word == other.word && one.word.chars().count() >= 2;
    if same { Level::TradeWord } else { Level::Different }
}
