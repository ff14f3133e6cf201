//! Resident identity numbers (GB 11643) and the numbers that stand in their place.

use gnomon_kernel::{Code, Day};

use crate::text::fold;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// First two digits in use; 87 is the fictional province of sample data.
const PROVINCES: [u8; 36] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83, 87,
];

/// Male or female, from digit 17.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Odd.
    Male,
    /// Even.
    Female,
}

/// Makes the canonical 18 characters of a number as departments write it: full width, blanks, lower-case x, 15 digits.
/// Each fault has its own code. `today` is the latest birthday allowed.
pub fn canonical(text: &str, today: Day) -> Result<String, Code> {
    let folded = fold(text);
    let number = match folded.len() {
        18 => folded.into_owned(),
        15 if folded.bytes().all(|b| b.is_ascii_digit()) => upgrade(&folded),
        15 => return Err(Code::IdChar),
        _ => return Err(Code::IdLength),
    };
    let bytes = number.as_bytes();
    let (body, last) = bytes.split_at(17);
    if !body.iter().all(u8::is_ascii_digit) || !matches!(last, [b'0'..=b'9' | b'X']) {
        return Err(Code::IdChar);
    }
    let province = (body[0] - b'0') * 10 + (body[1] - b'0');
    if body[0] != b'9' && !PROVINCES.contains(&province) {
        return Err(Code::IdRegion);
    }
    match birth_of(body) {
        Some(day) if day <= today => {}
        _ => return Err(Code::IdDate),
    }
    if check(body) != char::from(last[0]) {
        return Err(Code::IdCheck);
    }
    Ok(number)
}

/// 15 digits to 18: the century goes in, the check is appended. Sequences 996 to 999 marked people who were already
/// centenarians.
fn upgrade(old: &str) -> String {
    let century = if old[12..].starts_with("99") && old.as_bytes()[14] >= b'6' { "18" } else { "19" };
    let mut number = format!("{}{century}{}", &old[..6], &old[6..]);
    number.push(check(number.as_bytes()));
    number
}

/// The 15 digits a canonical number was before the upgrade; `None` for births since 2000, for foreigners' cards, and where
/// the century does not fit the sequence.
pub fn downgraded(number: &str) -> Option<String> {
    let old = format!("{}{}", number.get(..6)?, number.get(8..17)?);
    let is_old =
        old.bytes().all(|b| b.is_ascii_digit()) && !old.starts_with(['8', '9']) || old.starts_with("87");
    (is_old && upgrade(&old) == number).then_some(old)
}

/// Full years of age on a day: the birthday of 29 February counts on 1 March in common years.
pub fn age(birth: Day, day: Day) -> i32 {
    use chrono::Datelike;
    let before = (day.month(), day.day()) < (birth.month(), birth.day());
    day.year() - birth.year() - i32::from(before)
}

/// The check character of 17 digits (ISO 7064 MOD 11-2).
fn check(body: &[u8]) -> char {
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}

/// Birthday of a canonical number; `None` when its digits are no day since 1880.
pub fn birth(number: &str) -> Option<Day> {
    let bytes = number.as_bytes();
    (bytes.len() == 18 && bytes[..17].iter().all(u8::is_ascii_digit))
        .then(|| birth_of(&bytes[..17]))
        .flatten()
}

fn birth_of(body: &[u8]) -> Option<Day> {
    let digits =
        |range: std::ops::Range<usize>| body[range].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
    let day = Day::from_ymd_opt(digits(6..10) as i32, digits(10..12), digits(12..14))?;
    (day >= Day::from_ymd_opt(1880, 1, 1)?).then_some(day)
}

/// Sex of a canonical number.
pub fn sex(number: &str) -> Option<Sex> {
    let digit = number.as_bytes().get(16).filter(|b| b.is_ascii_digit())?;
    Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn valid_numbers() {
        for (text, birthday, expected) in [
            ("870121198506143216", "1985-06-14", Sex::Male),
            ("87010219791105028x", "1979-11-05", Sex::Female),
            ("８７０１２１１９４０１２３１１０１５", "1940-12-31", Sex::Male),
            (" 870121 20160830-0045 ", "2016-08-30", Sex::Female),
            ("87010219791105028Ⅹ", "1979-11-05", Sex::Female),
            ("987999198808080121", "1988-08-08", Sex::Female),
        ] {
            let number = canonical(text, today()).unwrap();
            assert_eq!(birth(&number).unwrap().to_string(), birthday);
            assert_eq!(sex(&number), Some(expected), "{text}");
        }
    }

    #[test]
    fn old_numbers() {
        assert_eq!(canonical("870121640229123", today()).unwrap(), "870121196402291231");
        assert_eq!(canonical("870181980101997", today()).unwrap(), "870181189801019973");
    }

    #[test]
    fn back_to_fifteen_digits() {
        assert_eq!(downgraded("870121196402291231").as_deref(), Some("870121640229123"));
        assert_eq!(downgraded("870181189801019973").as_deref(), Some("870181980101997"));
        for number in ["870121201608300045", "987999198808080121", "8701", "澜川省云汀市"] {
            assert_eq!(downgraded(number), None, "{number}");
        }
    }

    #[test]
    fn age_on_a_day() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(age(day("2000-02-29"), day("2026-02-28")), 25);
        assert_eq!(age(day("2000-02-29"), day("2026-03-01")), 26);
        assert_eq!(age(day("1985-06-14"), day("2025-06-14")), 40);
    }

    #[test]
    fn each_fault_has_its_code() {
        for (text, code) in [
            ("870121198506142316", Code::IdCheck),
            ("870121199002301254", Code::IdDate),
            ("87012119850614321", Code::IdLength),
            ("", Code::IdLength),
            ("8701211985O6143216", Code::IdChar),
            ("87012164022912X", Code::IdChar),
            ("870121640230123", Code::IdDate),
            ("990121198506143216", Code::IdCheck),
            ("100121198506143216", Code::IdRegion),
            ("870121209906143216", Code::IdDate),
            ("张三", Code::IdLength),
        ] {
            assert_eq!(canonical(text, today()), Err(code), "{text}");
        }
    }
}
