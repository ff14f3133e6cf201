//! The ways in which a number stands in text.

/// A resident number in its two forms.
pub(super) struct Number {
    full: String,
    /// The 15 digits of a number from before 1999.
    old: String,
}

impl Number {
    /// Of a canonical number.
    pub(super) fn new(full: &str) -> Self {
        let old = format!("{}{}", full.get(..6).unwrap_or_default(), full.get(8..17).unwrap_or_default());
        Self { full: full.to_owned(), old }
    }

    /// Whether a cell holds it: in whatever way it is typed, alone or in a sentence. The old form counts only alone, for
    /// longer numbers may hold its digits by chance.
    pub(super) fn stands_in(&self, cell: &str) -> bool {
        // Most cells have no room for it.
        if cell.len() < self.old.len()
            || cell.chars().filter(|sign| sign.is_numeric()).count() < self.old.len()
        {
            return false;
        }
        let folded = gnomon_link::fold(cell);
        folded.contains(&self.full) || folded == self.old
    }

    /// Whether one of the cells holds it.
    pub(super) fn stands_in_any(&self, cells: &[String]) -> bool {
        cells.iter().any(|cell| self.stands_in(cell))
    }

    /// Whether bytes that are no rows hold it as plain digits.
    pub(super) fn stands_in_bytes(&self, bytes: &[u8]) -> bool {
        let holds = |digits: &str| bytes.windows(digits.len()).any(|window| window == digits.as_bytes());
        holds(&self.full) || self.full.strip_suffix('X').is_some_and(|digits| holds(&format!("{digits}x")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_typed() {
        let number = Number::new("87012119560203002X");
        for cell in [
            "87012119560203002X",
            "87012119560203002x",
            "８７０１２１１９５６０２０３００２Ｘ",
            "870121 19560203 002X",
            "870121560203002",
            "证件号：87012119560203002x，本人签字",
        ] {
            assert!(number.stands_in(cell), "{cell}");
        }
        for cell in ["", "张三", "870121195602030038", "99999870121560203002", "2024-01-05"] {
            assert!(!number.stands_in(cell), "{cell}");
        }
    }
}
