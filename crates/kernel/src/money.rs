use serde::{Deserialize, Serialize};

/// An amount in fen (1/100 yuan). No floats near sanctions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

/// Why a text is not an amount in yuan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not of the form `1234.56`.
    #[error("not an amount in yuan")]
    Form,
    /// More than can be counted in fen.
    #[error("amount out of range")]
    Range,
}

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// The amount in fen.
    pub fn fen(self) -> i64 {
        self.0
    }

    /// Adds; `None` on overflow.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// Reads a plain amount in yuan as a form or parameter gives it: `1234`, `1,234.5`, `-3.20`.
    pub fn parse_yuan(text: &str) -> Result<Money, MoneyError> {
        let clean: String = text.trim().chars().filter(|c| *c != ',').collect();
        let (negative, digits) = match clean.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, clean.as_str()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || part.len() > 2 || !plain(whole) || !plain(part) {
            return Err(MoneyError::Form);
        }
        let yuan: i64 = whole.parse().map_err(|_| MoneyError::Range)?;
        let fen: i64 = format!("{part:0<2}").parse().map_err(|_| MoneyError::Form)?;
        let sum = yuan.checked_mul(100).and_then(|y| y.checked_add(fen)).ok_or(MoneyError::Range)?;
        Ok(Money(if negative { -sum } else { sum }))
    }
}

/// `1,234,567.89`, in yuan.
impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fen = self.0.unsigned_abs();
        let digits = (fen / 100).to_string();
        let mut grouped = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{grouped}.{:02}", fen % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_yuan() {
        assert_eq!(Money::parse_yuan("1,234.5"), Ok(Money(123_450)));
        assert_eq!(Money::parse_yuan("-3.20"), Ok(Money(-320)));
        assert_eq!(Money(123_456_789).to_string(), "1,234,567.89");
        assert_eq!(Money(-5).to_string(), "-0.05");
        assert_eq!(Money::parse_yuan("1.234"), Err(MoneyError::Form));
        assert_eq!(Money::parse_yuan(""), Err(MoneyError::Form));
        assert_eq!(Money::parse_yuan("99999999999999999999"), Err(MoneyError::Range));
    }
}
