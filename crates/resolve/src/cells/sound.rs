//! How a word sounds, roughly: for blocks, where a slip of the pen must not hide a pair.

use crate::{cells::han::COMMON_SURNAME, hash};

/// A hash of how a name's first word sounds, 0 for none. Han characters sound as they are spoken, by people who do not tell
/// n from l or z from zh.
pub(crate) fn of(name: &str) -> u64 {
    let word = name.split(' ').next().unwrap_or(name);
    if word.is_empty() {
        return 0;
    }
    if !word.is_ascii() {
        return hash::text(&gnomon_link::name::parse(&format!("{COMMON_SURNAME}{word}")).sound_key());
    }
    let mut code = [0_u8; 5];
    let mut len = 0;
    let mut last = 0;
    for (i, c) in word.bytes().filter(u8::is_ascii_alphanumeric).enumerate() {
        let class = class(c, i);
        if class != b'a' && class != last && len < code.len() {
            code[len] = class;
            len += 1;
        }
        last = class;
    }
    hash::bytes(&code[..len]) | 1
}

/// Consonants that are heard or typed for each other; vowels inside a word are one.
fn class(c: u8, place: usize) -> u8 {
    match c {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h' | b'w' if place > 0 => b'a',
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => b'v',
        b'b' | b'p' => b'p',
        b'f' | b'v' => b'f',
        b'c' | b'k' | b'q' | b'g' | b'j' => b'k',
        b's' | b'z' | b'x' => b's',
        b'd' | b't' => b't',
        b'm' | b'n' => b'n',
        other => other,
    }
}

/// Hash of a word's first letter, never 0.
pub(crate) fn initial(word: &str) -> u64 {
    word.chars().next().map_or(0, |c| u64::from(u32::from(c)) << 1 | 1)
}
