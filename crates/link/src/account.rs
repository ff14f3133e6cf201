//! Bank accounts and cards. Compared as text, never as numbers.

use gnomon_kernel::Code;

use crate::text::fold;

/// Makes the canonical digits of an account. A number a spreadsheet has mangled (`6.2E+18`) is refused.
pub fn canonical(text: &str) -> Result<String, Code> {
    let account = fold(text).into_owned();
    let plain = (8..=32).contains(&account.len()) && account.bytes().all(|b| b.is_ascii_digit());
    if plain { Ok(account) } else { Err(Code::Account) }
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
}
