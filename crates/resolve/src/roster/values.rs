//! Distinct texts of a column, each kept once.

use serde::{Deserialize, Serialize};

use crate::hash;

/// The number of the empty value.
pub(crate) const NONE: u32 = 0;
const FREE: u32 = u32::MAX;

/// Distinct values under numbers from 1; 0 is "nothing".
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub(crate) struct Values {
    bytes: String,
    ends: Vec<usize>,
    slots: Vec<u32>,
}

/// What is written down of [`Values`]; the slots are found again.
#[derive(Serialize, Deserialize)]
struct Kept {
    bytes: String,
    ends: Vec<usize>,
}

impl From<Kept> for Values {
    fn from(kept: Kept) -> Self {
        let mut values = Self { bytes: kept.bytes, ends: kept.ends, slots: Vec::new() };
        values.grow();
        values
    }
}

impl From<Values> for Kept {
    fn from(values: Values) -> Self {
        Self { bytes: values.bytes, ends: values.ends }
    }
}

impl Default for Values {
    fn default() -> Self {
        Self { bytes: String::new(), ends: vec![0], slots: vec![FREE; 16] }
    }
}

impl Values {
    /// How many numbers are given, the empty value's among them.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text under a number.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> &str {
        let end = number as usize;
        if end == 0 { "" } else { &self.bytes[self.ends[end - 1]..self.ends[end]] }
    }

    /// All texts in the order of their numbers, the empty one first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.iter_from(0)
    }

    /// The texts from a number on.
    pub(crate) fn iter_from(&self, start: usize) -> impl Iterator<Item = &str> {
        (start..self.len()).map(|number| self.get(number as u32))
    }

    /// The number of a text, given now if it is new.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        if self.ends.len() * 3 > self.slots.len() * 2 {
            self.grow();
        }
        let slot = self.slot(text);
        if self.slots[slot] == FREE {
            self.slots[slot] = self.ends.len() as u32;
            self.bytes.push_str(text);
            self.ends.push(self.bytes.len());
        }
        self.slots[slot]
    }

    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash::text(text) as usize >> 1 & mask;
        while self.slots[slot] != FREE && self.get(self.slots[slot]) != text {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; (self.ends.len() * 3).next_power_of_two().max(16)];
        for number in 1..self.ends.len() as u32 {
            let slot = self.slot(self.get(number));
            self.slots[slot] = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_number_also_after_it_was_written_down() {
        let mut values = Values::default();
        let first: Vec<u32> = (0..1000).map(|n| values.number(&format!("v{}", n % 400))).collect();
        assert_eq!(values.len(), 401);
        assert_eq!(values.number(""), NONE);
        let text = serde_json::to_string(&values).unwrap();
        let mut again: Values = serde_json::from_str(&text).unwrap();
        let second: Vec<u32> = (0..1000).map(|n| again.number(&format!("v{}", n % 400))).collect();
        assert_eq!(first, second);
        assert_eq!(again.get(first[399]), "v399");
    }
}
