//! One hash for all of the crate: the same on every machine and in every version, for ids and blocks rest on it.

use std::hash::{BuildHasherDefault, Hasher};

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
const SEED: u64 = 0x2545_F491_4F6C_DD1D;

/// Mixes a word into a hash.
pub(crate) fn mix(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word ^ SEED) * u128::from(MULTIPLIER);
    let folded = (product as u64) ^ ((product >> 64) as u64);
    folded.rotate_left(23).wrapping_mul(MULTIPLIER)
}

/// Hash of bytes.
pub(crate) fn bytes(text: &[u8]) -> u64 {
    let mut state = text.len() as u64;
    for chunk in text.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = mix(state, u64::from_le_bytes(word));
    }
    mix(state, MULTIPLIER)
}

/// Hash of a text, never 0.
pub(crate) fn text(text: &str) -> u64 {
    bytes(text.as_bytes()) | 1
}

/// For maps whose keys are hashes already.
pub(crate) type Ready = BuildHasherDefault<ReadyHasher>;

/// Puts hashes together that are ready.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ReadyHasher(u64);

impl Hasher for ReadyHasher {
    fn finish(&self) -> u64 {
        // Maps look at the highest bits and at the lowest, and the lowest of a text's hash says nothing.
        self.0.wrapping_mul(MULTIPLIER).rotate_left(32)
    }

    fn write(&mut self, text: &[u8]) {
        self.write_u64(bytes(text));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = self.0.rotate_left(29) ^ hash;
    }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`, which is at least 1.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(MULTIPLIER);
        let drawn = mix(self.0, SEED);
        ((u128::from(drawn) * bound as u128) >> 64) as usize
    }
}
