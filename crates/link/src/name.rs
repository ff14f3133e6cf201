//! Names of persons.

use unicode_normalization::UnicodeNormalization;

use crate::text::is_invisible;

/// Notes that clerks write behind a name.
const NOTES: [&str; 3] = ["已故", "户主", "代"];

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
/// behind.
pub fn canonical(text: &str) -> String {
    if text.chars().all(is_plain_han) {
        return text.to_owned();
    }
    let folded: String = text.nfkc().map(leftover).filter(|c| !is_invisible(*c)).collect();
    let open = folded.find(['(', '[', '【', '（']).unwrap_or(folded.len());
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

fn is_plain_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn is_han(c: char) -> bool {
    is_plain_han(c) || ('\u{3400}'..='\u{4DBF}').contains(&c) || ('\u{20000}'..='\u{323AF}').contains(&c)
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
    }
}
