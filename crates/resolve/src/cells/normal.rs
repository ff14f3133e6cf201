//! Cells in the form in which they are compared.

use std::sync::LazyLock;

use gnomon_kernel::Day;
use gnomon_link::{idno, phone, uscc};
use unicode_normalization::UnicodeNormalization;

use crate::cells::{blank::is_blank, date};

/// The latest birthday that a number may hold: not a check of the number, only of its form.
static LATEST: LazyLock<Option<Day>> = LazyLock::new(|| Day::from_ymd_opt(2199, 12, 31));

/// NFKC, lower case, signs as blanks, one blank between words; nothing where the text says nothing.
pub(crate) fn text(cell: &str) -> String {
    let lower: String = if cell.is_ascii() {
        cell.to_ascii_lowercase()
    } else {
        cell.nfkc().flat_map(char::to_lowercase).collect()
    };
    let lower = lower.trim();
    if is_blank(lower) {
        return String::new();
    }
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        if is_mask(c) {
            out.push(MASK);
        } else if c.is_alphanumeric() {
            out.push(c);
        } else if c != '\'' && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    let start = out.len() - out.trim_start().len();
    out.drain(..start);
    out
}

/// Stands for a character which is not shown, in compared forms.
const MASK: char = '*';

/// Signs that stand for characters which are not shown.
pub(crate) fn is_mask(c: char) -> bool {
    matches!(c, MASK | '•' | '●' | '×' | '■' | '□')
}

/// A name of a person: notes taken off, signs as blanks.
pub(crate) fn name(cell: &str) -> String {
    let plain = text(&gnomon_link::name::canonical(cell));
    if plain.chars().all(|c| c.is_numeric() || is_mask(c) || c == ' ') { String::new() } else { plain }
}

/// `m`, `f`, or the word itself.
pub(crate) fn sex(cell: &str) -> String {
    match text(cell).as_str() {
        "m" | "male" | "man" | "男" | "男性" | "1" => "m".to_owned(),
        "f" | "female" | "woman" | "女" | "女性" | "2" => "f".to_owned(),
        "u" | "x" | "0" | "9" => String::new(),
        other => other.to_owned(),
    }
}

/// Whether a number in its compared form is a resident number or a credit code with a right check.
pub(crate) fn is_whole_number(number: &str) -> bool {
    let is_resident = || LATEST.is_some_and(|latest| idno::canonical(number, latest).is_ok());
    number.len() == 18 && (is_resident() || uscc::canonical(number).is_ok())
}

/// Letters and digits only, capitals; a resident number or credit code in its full form.
pub(crate) fn id_no(cell: &str) -> String {
    if let Some(latest) = *LATEST
        && let Ok(number) = idno::canonical(cell, latest)
    {
        return number;
    }
    uscc::canonical(cell).unwrap_or_else(|_| code(cell))
}

/// Letters and digits only, capitals.
pub(crate) fn code(cell: &str) -> String {
    let text = text(cell);
    let code: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let zeros = code.chars().all(|c| c == '0');
    if code.len() > 3 && zeros { String::new() } else { code }
}

/// Digits of a telephone number; nothing for numbers that stand for none.
pub(crate) fn telephone(cell: &str) -> String {
    let number = phone::canonical(cell).unwrap_or_else(|_| {
        let sign = |c: char| if is_mask(c) { MASK } else { c };
        cell.nfkc().map(sign).filter(|c| c.is_ascii_digit() || is_mask(*c)).collect()
    });
    if number.len() < 5 || phone::is_placeholder(&number) { String::new() } else { number }
}

/// A mail address in lower case without blanks.
pub(crate) fn mail(cell: &str) -> String {
    let plain: String = cell.trim().to_lowercase().split_whitespace().collect();
    if is_blank(&plain) { String::new() } else { plain }
}

/// A day as eight digits.
pub(crate) fn day(cell: &str) -> String {
    date::digits(cell.trim()).unwrap_or_default()
}

/// A number as it is compared: without thousands' commas and zeros that say nothing.
pub(crate) fn number(cell: &str) -> String {
    let plain: String = cell.nfkc().filter(|c| !matches!(c, ',' | ' ')).collect();
    plain.parse::<f64>().ok().filter(|n| n.is_finite()).map(|n| n.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert_eq!(text("  O'Brien-Smith,  J. "), "obrien smith j");
        assert_eq!(text("不详"), "");
        assert_eq!(name("张　三丰(已故)"), "张三丰");
        assert_eq!(name("*"), "");
        assert_eq!(sex("Female"), "f");
        assert_eq!(id_no("870121640229123"), "870121196402291231");
        assert_eq!(id_no("qq 12-34-56 a"), "QQ123456A");
        assert_eq!(telephone("+86 169-0000-0001"), "16900000001");
        assert_eq!(telephone("00000000000"), "");
        assert_eq!(number("1,200.50"), "1200.5");
    }
}
