use serde::{Deserialize, Serialize};

/// A calendar month, stored as the number `YYYYMM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Month(i32);

impl Month {
    /// From the number `YYYYMM`; `None` when the month is not 01 to 12 or the year not 1880 to 2100.
    pub fn new(yyyymm: i32) -> Option<Month> {
        let (year, month) = (yyyymm / 100, yyyymm % 100);
        ((1880..=2100).contains(&year) && (1..=12).contains(&month)).then_some(Month(yyyymm))
    }

    /// The number `YYYYMM`.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The month that lies `months` later (earlier when negative).
    pub fn plus(self, months: i32) -> Month {
        let running = (self.0 / 100) * 12 + self.0 % 100 - 1 + months;
        Month(running.div_euclid(12) * 100 + running.rem_euclid(12) + 1)
    }
}

/// `2024-03`.
impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_over_the_turn_of_the_year() {
        let december = Month::new(202312).unwrap();
        assert_eq!(december.plus(1).number(), 202401);
        assert_eq!(december.plus(-12).number(), 202212);
        assert_eq!(december.to_string(), "2023-12");
        assert!(Month::new(202313).is_none());
        assert!(Month::new(202300).is_none());
    }
}
