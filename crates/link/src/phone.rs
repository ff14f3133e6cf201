//! Telephone numbers, as the numbering plan of the mainland has them (YD/T 1390 and the short codes of the ministry).

use gnomon_kernel::Code;

use crate::text::fold;

/// What a number rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mobile phone: hardly ever two households'.
    Mobile,
    /// A line with its area code: a household, a shop, an office.
    Landline,
    /// A line without its area code.
    Local,
    /// A number of a company or service, or a short code.
    Service,
}

/// Makes the canonical digits of a mobile, landline, service or short number.
pub fn canonical(text: &str) -> Result<String, Code> {
    let folded = fold(text);
    let number = folded.strip_prefix("+86").or_else(|| folded.strip_prefix("0086")).unwrap_or(&folded);
    if kind(number).is_some() { Ok(number.to_owned()) } else { Err(Code::Phone) }
}

/// What a canonical number rings; `None` when it is none.
pub fn kind(number: &str) -> Option<Kind> {
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let mobile = number.len() == 11 && number.starts_with('1') && number.as_bytes()[1] >= b'3';
    let landline = number.starts_with('0') && (10..=18).contains(&number.len());
    let service = matches!(number.get(..3), Some("400" | "800")) && number.len() == 10
        || number.starts_with("95") && (5..=8).contains(&number.len())
        || matches!(number.get(..2), Some("10" | "11" | "12")) && (5..=6).contains(&number.len());
    let local = (7..=8).contains(&number.len()) && !number.starts_with(['0', '1']);
    let kinds =
        [(mobile, Kind::Mobile), (landline, Kind::Landline), (service, Kind::Service), (local, Kind::Local)];
    kinds.into_iter().find(|(fits, _)| digits && *fits).map(|(_, kind)| kind)
}

/// Numbers that stand for "none": one digit over and over, or eight and more zeros at the end.
pub fn is_placeholder(number: &str) -> bool {
    let first = number.as_bytes().first();
    number.bytes().all(|b| Some(&b) == first) || number.ends_with("00000000") || number == "12345678901"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        assert_eq!(canonical("+86 169-0000-0001").as_deref(), Ok("16900000001"));
        assert_eq!(canonical("１６９００００００１２").as_deref(), Ok("16900000012"));
        assert_eq!(canonical("12000000001"), Err(Code::Phone));
        assert_eq!(canonical("0571-8700 0001").as_deref(), Ok("057187000001"));
        assert_eq!(canonical("12345").as_deref(), Ok("12345"));
        assert_eq!(kind("16900000001"), Some(Kind::Mobile));
        assert_eq!(kind("057187000001"), Some(Kind::Landline));
        assert_eq!(kind("12345"), Some(Kind::Service));
        assert_eq!(kind("87000001"), Some(Kind::Local));
        assert_eq!(kind("+8616900000001"), None);
        assert!(is_placeholder("13800000000"));
        assert!(!is_placeholder("16900000001"));
    }
}
