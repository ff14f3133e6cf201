//! How header words are compared.

use unicode_normalization::UnicodeNormalization;

use gnomon_kernel::Lang;

use crate::{column::Column, dataset::Dataset};

/// Columns of our own in a file of refused rows, in both languages: the refused row, the reason, what was expected. They
/// are written as they are read back, so they are no matter of a locale.
const OWN: [(&str, &str); 3] =
    [("圭表行号", "Gnomon row"), ("圭表退回原因", "Gnomon reason"), ("圭表应为", "Gnomon expected")];

/// A column of our own, in a file that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnColumn {
    /// The refused row that this row mends, [`gnomon_kernel::RowRef::label`].
    Reference,
    /// What was said about the refused row; of no meaning for the row as it is now.
    Remark,
}

impl OwnColumn {
    /// The column of our own that a header word names.
    pub fn of(header: &str) -> Option<OwnColumn> {
        let word = header_word(header);
        let place = OWN.iter().position(|(zh, en)| [zh, en].iter().any(|own| header_word(own) == word))?;
        Some(if place == 0 { OwnColumn::Reference } else { OwnColumn::Remark })
    }

    /// Headings for a file of refused rows: the refused row, the reason, what was expected.
    pub fn headings(lang: Lang) -> [&'static str; 3] {
        OWN.map(|(zh, en)| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        })
    }
}

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

impl Dataset {
    /// The column that a header word names.
    pub fn column_headed(&self, header: &str) -> Option<&Column> {
        let word = header_word(header);
        self.columns.iter().find(|column| column.header_words().any(|own| header_word(&own) == word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_our_own_are_read_back_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let [reference, reason, expected] = OwnColumn::headings(lang);
            assert_eq!(OwnColumn::of(&format!(" {reference}*")), Some(OwnColumn::Reference));
            assert_eq!(
                (OwnColumn::of(reason), OwnColumn::of(expected)),
                (Some(OwnColumn::Remark), Some(OwnColumn::Remark))
            );
        }
        assert_eq!(OwnColumn::of("原因"), None);
    }

    #[test]
    fn compares_headers_as_people_write_them() {
        assert_eq!(header_word(" 金额（元） "), "金额");
        assert_eq!(header_word("身份证\u{3000}号*"), "身份证号");
        assert_eq!(header_word("ＩＤ No."), "idno.");
    }
}
