use crate::base::code::digits;

/// A bank card of the fictional county: 19 digits under the prefix 999999, the last one the Luhn check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account([u8; 19]);

/// Whose account it is; keeps the number ranges apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A person's benefit card.
    Person,
    /// A second card of a person.
    SecondCard,
    /// A company.
    Company,
    /// A village collective or a public unit.
    Unit,
}

impl Account {
    /// The account number of the holder with that running number.
    pub fn of(holder: Holder, number: u32) -> Account {
        let range = match holder {
            Holder::Person => 6,
            Holder::SecondCard => 7,
            Holder::Company => 2,
            Holder::Unit => 1,
        };
        // 104729 is a prime, so the numbers of a range stay different while neighbours look unlike.
        let spread = (u64::from(number) * 104_729 + 31_337) % 100_000_000_000;
        let serial = range * 100_000_000_000 + spread;
        let mut code = [b'9'; 19];
        digits(&mut code[6..12], (serial / 1_000_000) as u32);
        digits(&mut code[12..18], (serial % 1_000_000) as u32);
        code[18] = luhn(&code);
        Account(code)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn luhn(code: &[u8; 19]) -> u8 {
    let mut sum = 0;
    for (place, digit) in code[..18].iter().rev().enumerate() {
        let value = u32::from(digit - b'0');
        let doubled = if place % 2 == 0 { value * 2 } else { value };
        sum += doubled / 10 + doubled % 10;
    }
    b'0' + ((10 - sum % 10) % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhn_follows_the_standard() {
        assert_eq!(luhn(b"9999990000012345670"), b'0');
        assert_ne!(Account::of(Holder::Person, 1), Account::of(Holder::Person, 2));
        assert!(Account::of(Holder::Company, 9).as_str().starts_with("999999"));
    }
}
