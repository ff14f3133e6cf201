use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds what people type into codes: NFKC (full width to half width), no blanks, hyphens or invisible characters, capitals.
/// Text that is already plain is returned as it is.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let folded = text.nfkc().filter(|c| !c.is_whitespace() && !is_noise(*c)).nfc().map(|c| match c {
        'Х' | 'х' => 'X', // Cyrillic; the Roman numeral Ⅹ becomes X by NFKC
        c => c.to_ascii_uppercase(),
    });
    Cow::Owned(folded.collect())
}

/// Folds an identifier of a source system: NFKC and no blanks. Hyphens and case may tell two apart and stay.
pub fn fold_code(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().filter(|c| !c.is_whitespace() && !is_invisible(*c)).nfc().collect())
}

/// Characters that take no room: zero-width ones, marks of direction, the soft hyphen and the byte-order mark.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_noise(c: char) -> bool {
    matches!(c, '-' | '‐' | '–' | '—' | '\'') || is_invisible(c)
}

/// Folds free text for comparison: NFKC, lower case, no blanks.
pub fn fold_text(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}
