//! Addresses: their parts, and how alike two of them are.
//!
//! Han addresses run from the province to the room (GB/T 23705), Latin ones the other way; both have the same parts here.

use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_normalization::UnicodeNormalization;

mod compare;
mod han;
mod latin;

pub use compare::{Level, Likeness, level, likeness};

use crate::text::is_invisible;

/// Longest address that is looked at, in characters; what comes after is dropped.
const LONGEST: usize = 160;

const PLACEHOLDERS: [&str; 13] = [
    "无",
    "不详",
    "未知",
    "不明",
    "空",
    "暂无",
    "同上",
    "无固定住所",
    "na",
    "none",
    "null",
    "nan",
    "unknown",
];

/// A part of an address, from the largest to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 省、自治区; a state.
    Province,
    /// A prefecture or a municipality.
    City,
    /// 县、区; a city of county level inside another.
    County,
    /// 乡、镇、街道; a suburb or town.
    Township,
    /// 村、社区.
    Village,
    /// 组、社: the group of a village.
    Group,
    /// 路、街、巷; a street.
    Road,
    /// The number of the house.
    Number,
    /// 小区, a named estate or building.
    Estate,
    /// 幢、栋、号楼.
    Building,
    /// 单元.
    Unit,
    /// 室; a flat.
    Room,
    /// The postcode.
    Postcode,
}

impl Part {
    /// All parts, from the largest to the smallest; the postcode last.
    pub const ALL: [Part; 13] = [
        Part::Province,
        Part::City,
        Part::County,
        Part::Township,
        Part::Village,
        Part::Group,
        Part::Road,
        Part::Number,
        Part::Estate,
        Part::Building,
        Part::Unit,
        Part::Room,
        Part::Postcode,
    ];
}

/// An address taken to pieces once, to be compared often.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// The canonical text; empty when there is no address.
    pub text: String,
    /// What belongs to no part.
    pub rest: String,
    parts: [String; Part::ALL.len()],
    /// A hash of each part, 0 for one that is not there: most parts of most pairs need no more to be compared.
    marks: [u64; Part::ALL.len()],
    letters: Vec<char>,
}

impl Address {
    /// Whether there is no address at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A part; empty when the address does not have it. Numbers are in Arabic digits, names as written.
    pub fn part(&self, part: Part) -> &str {
        &self.parts[part as usize]
    }

    fn set(&mut self, part: Part, value: String) {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        self.marks[part as usize] = if value.is_empty() { 0 } else { hasher.finish().max(1) };
        self.parts[part as usize] = value;
    }
}

/// Takes an address to pieces. What is no address gives an empty one.
pub fn parse(text: &str) -> Address {
    let start = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    let folded: String = start.nfkc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect();
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() || PLACEHOLDERS.contains(&letters.as_str()) {
        return Address::default();
    }
    let mut address =
        if folded.chars().any(crate::han::is_han) { han::parse(&folded) } else { latin::parse(&folded) };
    address.letters = compare::letters(&address);
    address
}

#[cfg(test)]
mod tests;
