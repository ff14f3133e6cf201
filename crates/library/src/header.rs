//! How header words are compared.

use unicode_normalization::UnicodeNormalization;

use crate::column::Column;

/// A header word as compared: NFKC, lower case, without blanks, without what stands in brackets.
pub fn header_word(text: &str) -> String {
    let mut depth = 0_u32;
    let mut word = String::new();
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && !c.is_whitespace() && !is_invisible(c) && !matches!(c, '*' | ':' | '"') => {
                word.push(c)
            }
            _ => {}
        }
    }
    word
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}')
}

impl Column {
    /// All words a header may have for this column.
    pub fn header_words(&self) -> impl Iterator<Item = String> + '_ {
        let own = [&self.title.zh, &self.title.en, &self.name];
        own.into_iter().chain(&self.headers).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_headers_as_people_write_them() {
        assert_eq!(header_word(" 金额（元） "), "金额");
        assert_eq!(header_word("身份证\u{3000}号*"), "身份证号");
        assert_eq!(header_word("ＩＤ No."), "idno.");
    }
}
