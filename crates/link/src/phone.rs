//! Telephone numbers.

use gnomon_kernel::Code;

use crate::text::fold;

/// Makes the canonical digits of a mobile, landline, service or short number.
pub fn canonical(text: &str) -> Result<String, Code> {
    let folded = fold(text);
    let number = folded.strip_prefix("+86").or_else(|| folded.strip_prefix("0086")).unwrap_or(&folded);
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let mobile = number.len() == 11 && number.starts_with('1') && number.as_bytes()[1] >= b'3';
    let landline = number.starts_with('0') && (10..=18).contains(&number.len());
    let service = matches!(number.get(..3), Some("400" | "800")) && number.len() == 10
        || number.starts_with("95") && (5..=8).contains(&number.len())
        || matches!(number.get(..2), Some("10" | "11" | "12")) && (5..=6).contains(&number.len());
    let local = (7..=8).contains(&number.len()) && !number.starts_with(['0', '1']);
    if digits && (mobile || landline || service || local) { Ok(number.to_owned()) } else { Err(Code::Phone) }
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
        assert!(is_placeholder("13800000000"));
        assert!(!is_placeholder("16900000001"));
    }
}
