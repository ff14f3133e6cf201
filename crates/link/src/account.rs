//! Bank accounts and cards. Compared as text, never as numbers. Card numbers have 13 to 19 digits and a check by Luhn's
//! formula (ISO/IEC 7812-1); accounts that are no cards have no common check.

use gnomon_kernel::Code;

use crate::text::fold;

/// Makes the canonical digits of an account. A number a spreadsheet has mangled (`6.2E+18`) is refused.
pub fn canonical(text: &str) -> Result<String, Code> {
    let account = fold(text).into_owned();
    let plain = (8..=32).contains(&account.len()) && account.bytes().all(|b| b.is_ascii_digit());
    if plain { Ok(account) } else { Err(Code::Account) }
}

/// Makes the canonical digits of a card, which unlike an account has a length and a check.
pub fn card(text: &str) -> Result<String, Code> {
    let card = canonical(text)?;
    if !(13..=19).contains(&card.len()) {
        return Err(Code::Account);
    }
    if luhn(&card) { Ok(card) } else { Err(Code::CardCheck) }
}

/// Whether a long number looks rounded by a spreadsheet, which keeps 15 digits and puts zeros for the rest. Single ones
/// exist; many in one delivery are damage.
pub fn is_rounded(digits: &str) -> bool {
    let zeros = digits.get(15..).is_some_and(|lost| !lost.is_empty() && lost.bytes().all(|b| b == b'0'));
    zeros || digits.len() >= 8 && digits.ends_with("0000")
}

/// The Luhn check of card numbers. Accounts that are no cards have no common check.
pub fn luhn(digits: &str) -> bool {
    let values = digits.bytes().rev().map(|b| u32::from(b.wrapping_sub(b'0')));
    let sum: u32 =
        values.enumerate().map(|(i, d)| if i % 2 == 0 { d } else { d * 2 % 10 + d * 2 / 10 }).sum();
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        assert!(luhn("9999990000000006"));
        assert!(luhn("9999990000012345670"));
        assert!(!luhn("9999990000012345607"));
        assert_eq!(canonical("9999 9900-0000 0006").as_deref(), Ok("9999990000000006"));
        assert_eq!(canonical("9.99999E+18"), Err(Code::Account));
        assert_eq!(canonical("1234567"), Err(Code::Account));
    }

    #[test]
    fn cards_and_rounded_numbers() {
        assert_eq!(card("9999 9900 0001 2345 670").as_deref(), Ok("9999990000012345670"));
        assert_eq!(card("9999990000012345607"), Err(Code::CardCheck));
        assert_eq!(card("999999000000"), Err(Code::Account));
        assert!(is_rounded("9999990000012340000") && is_rounded("999999000001234000"));
        assert!(!is_rounded("9999990000012345670") && !is_rounded("999999") && !is_rounded("澜川"));
    }
}
