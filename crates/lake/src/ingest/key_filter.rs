//! Which natural keys may have been seen: a few bits for each, never wrong about a key that it says is new.

use parquet::bloom_filter::Sbbf;

/// Keys that a part holds at least.
const FIRST: u64 = 65_536;
/// How many times as many the next part holds.
const GROWTH: u64 = 4;
/// Keys in the largest part: as many as the library gives bits for.
const LARGEST: u64 = 100_000_000;

/// Bloom filters, each larger than the one before, of ten bits or more for each key: about one new key in a hundred is taken
/// for one that was there.
pub(crate) struct KeyFilter {
    parts: Vec<Sbbf>,
    /// Keys that the last part still has room for.
    room: u64,
    size: u64,
}

impl KeyFilter {
    pub(crate) fn new() -> Self {
        Self { parts: Vec::new(), room: 0, size: 0 }
    }

    /// Makes room for so many more keys in one part.
    pub(crate) fn reserve(&mut self, keys: u64) {
        if keys > self.room {
            self.size = keys.clamp(FIRST, LARGEST);
            self.parts.push(part(self.size));
            self.room = self.size;
        }
    }

    /// Adds a key; whether it may have been there before.
    pub(crate) fn insert(&mut self, key: i64) -> bool {
        if self.parts.iter().any(|part| part.check(&key)) {
            return true;
        }
        if self.room == 0 {
            self.reserve((self.size * GROWTH).max(FIRST));
        }
        self.room -= 1;
        if let Some(last) = self.parts.last_mut() {
            last.insert(&key);
        }
        false
    }
}

fn part(keys: u64) -> Sbbf {
    Sbbf::new_with_num_of_bytes(usize::try_from(keys + keys / 4).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that looks like a hash.
    fn key(n: i64) -> i64 {
        n.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64).rotate_left(29)
    }

    #[test]
    fn a_key_that_was_there_is_always_known_and_a_new_one_nearly_always_new() {
        let mut filter = KeyFilter::new();
        let keys = 3 * FIRST as i64;
        let doubted = (0..keys).filter(|n| filter.insert(key(*n))).count();
        assert!(doubted < keys as usize / 50, "{doubted} of {keys}");
        assert!((0..keys).all(|n| filter.insert(key(n))));
        assert_eq!(filter.parts.len(), 2);
    }
}
