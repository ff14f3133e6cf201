use chrono::Datelike;
use gnomon_kernel::Day;

/// An 18-character number: a resident identity number or a unified social credit code. ASCII by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code18([u8; 18]);

const ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS: &[u8; 11] = b"10X98765432";
const CREDIT_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const ORG_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

impl Code18 {
    /// The number of a resident: six digits of region, the birthday, a sequence below 1000 (odd for men), the check.
    pub fn resident(region: u32, birth: Day, sequence: u32) -> Code18 {
        let mut code = [b'0'; 18];
        digits(&mut code[0..6], region);
        digits(&mut code[6..10], birth.year() as u32);
        digits(&mut code[10..12], birth.month());
        digits(&mut code[12..14], birth.day());
        digits(&mut code[14..17], sequence);
        code[17] = resident_check(&code);
        Code18(code)
    }

    /// The credit code of an organisation: department and class (as `91`), six digits of region, a running number.
    pub fn credit(class: &[u8; 2], region: u32, serial: u32) -> Code18 {
        let mut code = [b'0'; 18];
        code[0..2].copy_from_slice(class);
        digits(&mut code[2..8], region);
        code[8..10].copy_from_slice(b"MA");
        let mut rest = serial;
        for place in (10..16).rev() {
            code[place] = CREDIT_ALPHABET[(rest % 31) as usize];
            rest /= 31;
        }
        code[16] = org_check(&code[8..16]);
        code[17] = credit_check(&code);
        Code18(code)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Display for Code18 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Writes a number with leading zeros into the whole slice.
pub fn digits(slot: &mut [u8], number: u32) {
    let mut rest = number;
    for place in slot.iter_mut().rev() {
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

fn resident_check(code: &[u8; 18]) -> u8 {
    let sum: u32 = ID_WEIGHTS.iter().zip(code).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    ID_CHECKS[(sum % 11) as usize]
}

fn org_check(code: &[u8]) -> u8 {
    let value = |c: u8| if c.is_ascii_digit() { u32::from(c - b'0') } else { u32::from(c - b'A') + 10 };
    let sum: u32 = ORG_WEIGHTS.iter().zip(code).map(|(weight, c)| weight * value(*c)).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    }
}

fn credit_check(code: &[u8; 18]) -> u8 {
    let value = |c: u8| CREDIT_ALPHABET.iter().position(|a| *a == c).unwrap_or(0) as u32;
    let mut weight = 1;
    let mut sum = 0;
    for c in &code[..17] {
        sum += weight * value(*c);
        weight = weight * 3 % 31;
    }
    CREDIT_ALPHABET[((31 - sum % 31) % 31) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::day;

    #[test]
    fn check_characters_follow_the_standard() {
        assert_eq!(Code18::resident(870_121, day(1985, 6, 14), 321).as_str(), "870121198506143216");
        assert_eq!(Code18::resident(870_102, day(1979, 11, 5), 28).as_str(), "87010219791105028X");
        assert_eq!(org_check(b"87000008"), b'X');
        assert_eq!(credit_check(b"91870121MA0X7K2Q5R"), b'R');
        assert_eq!(credit_check(b"52870102MJ05C2D83G"), b'G');
    }
}
