//! The canonical form of a name (standards of the field, names and person resolution, 1 to 4).

use unicode_normalization::UnicodeNormalization;

use crate::{
    han::{is_common, is_han},
    text::is_invisible,
};

/// Notes that clerks write behind a name. 代 ends real names too, so it counts only where a name had to be cleaned
/// anyway.
pub(super) const NOTES: [&str; 3] = ["已故", "户主", "代"];

/// What opens a note in brackets, after NFKC.
pub(super) const BRACKETS: [char; 5] = ['(', '[', '{', '【', '〔'];

/// Private-use leftovers of older GB 18030 tables and the characters they stand for.
const LEFTOVERS: [(char, char); 8] = [
    ('\u{E81E}', '\u{9FB4}'),
    ('\u{E826}', '\u{9FB5}'),
    ('\u{E82B}', '\u{9FB6}'),
    ('\u{E82C}', '\u{9FB7}'),
    ('\u{E832}', '\u{9FB8}'),
    ('\u{E843}', '\u{9FB9}'),
    ('\u{E854}', '\u{9FBA}'),
    ('\u{E864}', '\u{9FBB}'),
];

/// Makes the canonical form of a name: NFKC, no blanks inside Han names, one middle dot, no notes in brackets or digits
/// behind. A canonical name is its own canonical form.
pub fn canonical(text: &str) -> String {
    if text.chars().all(is_common) && !NOTES[..2].iter().any(|note| text.ends_with(note)) {
        return text.to_owned();
    }
    let mut name = cleaned(text);
    loop {
        let again = cleaned(&name);
        if again == name {
            return name;
        }
        name = again;
    }
}

fn cleaned(text: &str) -> String {
    let folded: String = text.nfkc().map(leftover).filter(|c| !is_invisible(*c)).collect();
    let open = folded.find(BRACKETS).unwrap_or(folded.len());
    let bare = folded[..open].trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let bare = NOTES.iter().fold(bare, |name, note| {
        name.strip_suffix(note).filter(|rest| rest.chars().count() >= 2).unwrap_or(name)
    });
    if bare.chars().any(is_han) {
        let chars: Vec<char> = bare.chars().filter(|c| !c.is_whitespace()).collect();
        let between =
            |i: usize| i > 0 && is_han(chars[i - 1]) && chars.get(i + 1).copied().is_some_and(is_han);
        chars.iter().enumerate().map(|(i, c)| if is_dot(*c) && between(i) { '·' } else { *c }).collect()
    } else {
        bare.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn leftover(c: char) -> char {
    LEFTOVERS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '∙' | '⋅' | '・' | '.' | '．')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        assert_eq!(canonical("张　三丰"), "张三丰");
        assert_eq!(canonical("阿依古丽•买买提"), "阿依古丽·买买提");
        assert_eq!(canonical("阿依古丽・买买提"), "阿依古丽·买买提");
        assert_eq!(canonical("李四(已故)"), "李四");
        assert_eq!(canonical("李四 已故"), "李四");
        assert_eq!(canonical(" Anna   Li "), "Anna Li");
        assert_eq!(canonical("王小明2"), "王小明");
        assert_eq!(canonical("李四已故"), "李四");
        assert_eq!(canonical("李昭代"), "李昭代");
    }
}
