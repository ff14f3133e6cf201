//! How much two short texts resemble each other; ASCII ones are compared byte by byte.

use gnomon_link::similar;

/// Jaro-Winkler likeness, 0 to 1.
pub(crate) fn jaro_winkler(a: &str, b: &str) -> f32 {
    match bytes(a, b) {
        Some((a, b)) => similar::jaro_winkler(a, b),
        None => similar::jaro_winkler(&chars(a), &chars(b)),
    }
}

/// Slips of the pen (insert, delete, replace, swap two neighbours) from one text to the other; 3 stands for three and more.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let few = match bytes(a, b) {
        Some((a, b)) => similar::few_slips(a, b, 2),
        None => similar::few_slips(&chars(a), &chars(b), 2),
    };
    few.unwrap_or(3)
}

fn bytes<'a>(a: &'a str, b: &'a str) -> Option<(&'a [u8], &'a [u8])> {
    (a.is_ascii() && b.is_ascii()).then_some((a.as_bytes(), b.as_bytes()))
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}
