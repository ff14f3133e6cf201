//! Levels of a pair packed into one number, counted.

use std::collections::HashMap;

use crate::{pairs::compare::Levels, roster::MOST_FIELDS};

const BITS: usize = 3;

/// How often each combination of levels was seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patterns(HashMap<u64, f64>);

impl Patterns {
    /// Counts one pair.
    pub(crate) fn add(&mut self, levels: &Levels) {
        let packed =
            levels.iter().enumerate().fold(0, |packed, (f, level)| packed | u64::from(*level) << (f * BITS));
        *self.0.entry(packed).or_default() += 1.0;
    }

    /// Puts several together; their order does not matter, for counts are whole numbers.
    pub(crate) fn joined(parts: Vec<Patterns>) -> Patterns {
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_default();
        for part in parts {
            for (packed, count) in part.0 {
                *all.0.entry(packed).or_default() += count;
            }
        }
        all
    }

    /// All combinations with their counts, in a fixed order.
    pub(crate) fn into_sorted(self) -> Vec<(Levels, f64)> {
        let mut all: Vec<(u64, f64)> = self.0.into_iter().collect();
        all.sort_unstable_by_key(|(packed, _)| *packed);
        all.into_iter().map(|(packed, count)| (unpacked(packed), count)).collect()
    }
}

fn unpacked(packed: u64) -> Levels {
    let mut levels = [0; MOST_FIELDS];
    for (f, level) in levels.iter_mut().enumerate() {
        *level = (packed >> (f * BITS)) as u8 & 7;
    }
    levels
}
