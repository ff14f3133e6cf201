//! Han characters: which are written one for the other, which look alike, which sound alike.
//!
//! Sources: the tables in `data/` (each names its own); sounds from the crate `pinyin`, which takes them from the
//! Unihan database.

use std::{collections::HashMap, sync::LazyLock};

mod sound;

pub use sound::{Sounds, plain_sounds};

static SIMPLIFIED: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| pairs(include_str!("../../data/traditional.txt")));
static USUAL: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| pairs(include_str!("../../data/variants.txt")));
static SHAPES: LazyLock<HashMap<char, u16>> = LazyLock::new(shapes);
static WHOLES: LazyLock<HashMap<&str, char>> = LazyLock::new(wholes);

/// Longest row of parts that stands for one character.
const MOST_PARTS: usize = 3;

/// Whether a character is Han.
pub fn is_han(c: char) -> bool {
    is_common(c)
        || matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

/// Whether a character is of the first block of Han characters, where nearly all names are.
pub fn is_common(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The simplified form of a traditional character; any other character itself.
pub fn simplified(c: char) -> char {
    SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

/// The form under which a character, its traditional form and its variants are one: 喆 and 哲, 陳 and 陈.
pub fn usual(c: char) -> char {
    let simple = simplified(c);
    USUAL.get(&simple).copied().unwrap_or(simple)
}

/// The number of the group of look-alikes a character belongs to; 0 when it is in none.
pub fn shape(c: char) -> u16 {
    SHAPES.get(&c).copied().unwrap_or(0)
}

/// Puts a character together that was typed as its parts: 金宏 gives 𬭎, 弓长 gives 张. `None` when `letters` do not
/// begin with known parts; else the whole and how many letters it takes. The longest row of parts wins.
pub fn whole(letters: &[char]) -> Option<(char, usize)> {
    (2..=MOST_PARTS.min(letters.len())).rev().find_map(|count| {
        let parts: String = letters[..count].iter().collect();
        WHOLES.get(parts.as_str()).map(|whole| (*whole, count))
    })
}

fn entries(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

fn pairs(table: &'static str) -> HashMap<char, char> {
    let pair = |entry: &str| {
        let mut chars = entry.chars();
        Some((chars.next()?, chars.next()?))
    };
    entries(table).filter_map(pair).collect()
}

fn shapes() -> HashMap<char, u16> {
    let groups = entries(include_str!("../../data/look_alikes.txt")).zip(1..);
    groups.flat_map(|(group, number)| group.chars().map(move |c| (c, number))).collect()
}

fn wholes() -> HashMap<&'static str, char> {
    let split =
        |entry: &'static str| entry.char_indices().next_back().map(|(at, whole)| (&entry[..at], whole));
    entries(include_str!("../../data/pieces.txt")).filter_map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sound() {
        for table in [include_str!("../../data/traditional.txt"), include_str!("../../data/variants.txt")] {
            assert!(entries(table).all(|entry| entry.chars().count() == 2 && entry.chars().all(is_han)));
            assert_eq!(entries(table).count(), pairs(table).len(), "a character stands twice on the left");
        }
        for c in SIMPLIFIED.values().chain(USUAL.values()) {
            assert_eq!(usual(*c), *c, "a form that is led to leads on");
        }
        let grouped: usize =
            entries(include_str!("../../data/look_alikes.txt")).map(|group| group.chars().count()).sum();
        assert_eq!(grouped, SHAPES.len(), "a character is in two groups");
        assert!(WHOLES.keys().all(|parts| (2..=MOST_PARTS).contains(&parts.chars().count())));
    }

    #[test]
    fn forms_shapes_and_parts() {
        assert_eq!(simplified('陳'), '陈');
        assert_eq!((usual('喆'), usual('哲'), usual('陳')), ('哲', '哲', '陈'));
        assert_eq!(shape('己'), shape('巳'));
        assert_ne!(shape('己'), shape('未'));
        assert_eq!(shape('的'), 0);
        assert_eq!(whole(&['金', '宏']), Some(('𬭎', 2)));
        assert_eq!(whole(&['弓', '长', '明']), Some(('张', 2)));
        assert_eq!(whole(&['水', '水', '水']), Some(('淼', 3)));
        assert_eq!(whole(&['张', '三']), None);
    }
}
