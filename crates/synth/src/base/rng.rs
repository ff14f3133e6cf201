//! Chance that repeats itself: SplitMix64, one stream per purpose, so that a change in one part of the county leaves
//! the other parts as they were.

/// A stream of numbers that depends on nothing but the seed and the purpose.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// The stream for one purpose.
    pub fn new(seed: u64, purpose: &str) -> Rng {
        let mut state = seed ^ 0x6A09_E667_F3BC_C908;
        for byte in purpose.bytes() {
            state = mix(state ^ u64::from(byte));
        }
        Rng(state)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// An index into something that long.
    pub fn index(&mut self, length: usize) -> usize {
        self.below(length as u32) as usize
    }

    /// A number of `low..=high`.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        low + i64::from(self.below((high - low + 1) as u32))
    }

    /// True in so many cases of a thousand.
    pub fn per_mille(&mut self, cases: u32) -> bool {
        self.below(1000) < cases
    }

    /// A number of `0.0..1.0`.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of the items, each as likely as the others. The slice is never empty: it is a table of this crate.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.index(items.len())]
    }

    /// Puts the items in a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }
}

/// The finaliser of SplitMix64, also good as a hash of one number.
pub fn mix(value: u64) -> u64 {
    let a = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    b ^ (b >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let mut one = Rng::new(7, "people");
        let mut same = Rng::new(7, "people");
        let mut other = Rng::new(7, "villages");
        let a: Vec<u64> = (0..8).map(|_| one.bits()).collect();
        assert_eq!(a, (0..8).map(|_| same.bits()).collect::<Vec<_>>());
        assert_ne!(a, (0..8).map(|_| other.bits()).collect::<Vec<_>>());
        assert!((0..1000).all(|_| (3..=5).contains(&one.range(3, 5))));
    }
}
