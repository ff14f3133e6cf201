//! Numbers of organisations besides the unified social credit code: organisation codes (GB 11714), business registration
//! numbers of 15 digits, and taxpayer numbers.

use gnomon_kernel::{Code, Day};

use crate::{idno, text::fold, uscc};

const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A taxpayer number by what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaxNumber {
    /// The unified social credit code itself.
    CreditCode(String),
    /// An identity number, alone or with two digits behind: a person in business.
    Person(String),
    /// Before 2015: a division code of six digits and the organisation code.
    Organisation {
        /// Six digits.
        region: String,
        /// Nine characters.
        code: String,
    },
    /// Another number of 15 to 20 characters that the tax office gave; an alias and no more.
    Other(String),
}

/// Makes the canonical nine characters of an organisation code, with or without a hyphen before the check character.
pub fn canonical(text: &str) -> Result<String, Code> {
    let code = fold(text).into_owned();
    let bytes = code.as_bytes();
    if bytes.len() != 9 || !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Code::OrgNumber);
    }
    if check(&bytes[..8]) == bytes[8] { Ok(code) } else { Err(Code::OrgNumber) }
}

/// Makes the canonical form of a number that files give for an organisation: its unified credit code, or the older ones that
/// are inside it, the organisation code alone or as a taxpayer number behind a division code.
pub fn of_organisation(text: &str) -> Result<String, Code> {
    let number = fold(text);
    match number.len() {
        9 => canonical(&number),
        15 => inside(&number).map(|_| number.into_owned()).ok_or(Code::OrgNumber),
        _ => uscc::canonical(&number),
    }
}

/// The organisation code, if its check is right, in a canonical number of an organisation of any age.
pub fn inside(number: &str) -> Option<String> {
    let code = match number.len() {
        9 => number,
        15 => number
            .get(..6)
            .filter(|region| region.bytes().all(|b| b.is_ascii_digit()))
            .and(number.get(6..))?,
        _ => uscc::canonical(number).ok().and(uscc::organisation_code(number))?,
    };
    canonical(code).ok()
}

/// Check character of eight letters and digits.
fn check(body: &[u8]) -> u8 {
    let value = |byte: u8| u32::from(if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' + 10 });
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(byte, weight)| value(*byte) * weight).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    }
}

/// Makes the canonical 15 digits of a business registration number of before 2015 (GS 15: the last digit is a check by
/// ISO 7064 MOD 11,10).
pub fn registration(text: &str) -> Result<String, Code> {
    let number = fold(text).into_owned();
    if number.len() != 15 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Code::OrgNumber);
    }
    let remainder = number.bytes().take(14).fold(10, |product, byte| {
        let sum = (product + u32::from(byte - b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    let last = (11 - remainder) % 10;
    if u32::from(number.as_bytes()[14] - b'0') == last { Ok(number) } else { Err(Code::OrgNumber) }
}

/// Reads a taxpayer number of 15 to 20 characters. `today` is the latest birthday of a person in business.
pub fn tax_number(text: &str, today: Day) -> Result<TaxNumber, Code> {
    let number = fold(text).into_owned();
    let plain = (15..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
    if !plain {
        return Err(Code::OrgNumber);
    }
    if let Ok(code) = uscc::canonical(&number) {
        return Ok(TaxNumber::CreditCode(code));
    }
    let with_digits = number.len() == 20 && number[18..].bytes().all(|b| b.is_ascii_digit());
    if (number.len() == 18 || with_digits)
        && let Ok(id) = idno::canonical(&number[..18], today)
    {
        return Ok(TaxNumber::Person(id));
    }
    let (region, code) = number.split_at(6);
    match canonical(code) {
        Ok(code) if region.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(TaxNumber::Organisation { region: region.to_owned(), code })
        }
        _ => Ok(TaxNumber::Other(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        assert_eq!(canonical("87000008X").as_deref(), Ok("87000008X"));
        assert_eq!(canonical("87000002-0").as_deref(), Ok("870000020"));
        assert_eq!(canonical("Ａ1234567-4").as_deref(), Ok("A12345674"));
        assert_eq!(canonical("A12345675"), Err(Code::OrgNumber));
        assert_eq!(canonical("A1234567"), Err(Code::OrgNumber));
        assert_eq!(canonical("澜12345674"), Err(Code::OrgNumber));
    }

    #[test]
    fn older_numbers_are_inside_the_unified_one() {
        for number in ["91870121MA0X7K2Q5R", "MA0X7K2Q5", "870121MA0X7K2Q5"] {
            assert_eq!(inside(number).as_deref(), Some("MA0X7K2Q5"));
            assert_eq!(of_organisation(&number.to_lowercase()).as_deref(), Ok(number));
        }
        assert_eq!(of_organisation("ＭＡ０Ｘ７Ｋ２Ｑ-5").as_deref(), Ok("MA0X7K2Q5"));
        assert_eq!(of_organisation("MA0X7K2Q6"), Err(Code::OrgNumber));
        assert_eq!(of_organisation("110108000000016"), Err(Code::OrgNumber));
        assert_eq!(of_organisation("9135"), Err(Code::OrgLength));
        assert_eq!(inside("91870121MA0XK72Q5R"), None, "a wrong check says nothing");
    }

    #[test]
    fn registration_numbers() {
        assert_eq!(registration("110108000000016").as_deref(), Ok("110108000000016"));
        assert_eq!(registration("110108000000017"), Err(Code::OrgNumber));
        assert_eq!(registration("11010800000001"), Err(Code::OrgNumber));
    }

    #[test]
    fn tax_numbers_by_what_they_are_made_of() {
        let today = Day::from_ymd_opt(2026, 11, 22).unwrap();
        let read = |text| tax_number(text, today);
        let person = Ok(TaxNumber::Person("870121198506143216".to_owned()));
        assert_eq!(read("870121198506143216"), person);
        assert_eq!(read("87012119850614321601"), person);
        assert_eq!(read("91870121MA0X7K2Q5R"), Ok(TaxNumber::CreditCode("91870121MA0X7K2Q5R".to_owned())));
        assert_eq!(
            read("87012187000008X"),
            Ok(TaxNumber::Organisation { region: "870121".to_owned(), code: "87000008X".to_owned() })
        );
        assert_eq!(read("870121870000089"), Ok(TaxNumber::Other("870121870000089".to_owned())));
        assert_eq!(read("87"), Err(Code::OrgNumber));
    }
}
