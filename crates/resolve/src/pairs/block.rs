//! Pairs of rows that share a key, block by block.

use crate::{
    hash::{bytes, mix},
    pairs::keys::{Piece, Plan},
    parallel,
    roster::Roster,
};

/// A larger block is taken apart further, and at last only neighbours within it meet.
pub(crate) const LARGEST: usize = 120;
/// How many neighbours a row meets in a block that stays too large.
const NEIGHBOURS: usize = 6;
/// Pairs that one key may give, per row; a small roster may have more.
const PER_ROW: u64 = 4;
const AT_LEAST: u64 = 300_000;
/// Rows looked at in one piece of work.
const CHUNK: usize = 20_000;

/// Rows under one kind of key.
#[derive(Debug, Clone)]
pub(crate) struct Blocks {
    /// Fields that the key is made of, as bits.
    pub(crate) fields: u32,
    /// The pieces in use.
    pub(crate) pieces: Plan,
    /// Rows, block after block.
    rows: Vec<u32>,
    /// Where each block begins in `rows`, and the end.
    starts: Vec<u32>,
    /// The first block that came out of a block too large.
    crowded: usize,
}

/// The key of a row under some pieces, 0 for none.
pub(crate) fn key(pieces: &[Piece], roster: &Roster, row: u32) -> u32 {
    let mut state = 1;
    for piece in pieces {
        match piece.hash(roster, row) {
            0 => return 0,
            hash => state = mix(state, hash),
        }
    }
    (state >> 32) as u32 | 1
}

impl Blocks {
    /// Blocks of a plan: as many of its pieces as keep the number of pairs in bounds.
    /// `keep` is given each row whose block is not too large, and its key.
    pub(crate) fn of(plan: &Plan, roster: &Roster, keep: impl FnMut(u32, u32)) -> Blocks {
        let rows = roster.rows();
        let bound = (rows as u64 * PER_ROW).max(AT_LEAST);
        let mut used = 1;
        loop {
            let pieces = &plan[..used];
            let sorted = sorted(pieces, roster);
            if used == plan.len() || pairs(&sorted) <= bound {
                return Self::from_sorted(pieces, roster, &sorted, keep);
            }
            used += 1;
        }
    }

    fn from_sorted(
        pieces: &[Piece],
        roster: &Roster,
        sorted: &[u64],
        mut keep: impl FnMut(u32, u32),
    ) -> Blocks {
        let fields = pieces.iter().flat_map(|piece| piece.fields()).fold(0, |bits, f| bits | 1 << f);
        let mut blocks = Blocks {
            fields,
            pieces: pieces.to_vec(),
            rows: Vec::with_capacity(sorted.len()),
            starts: vec![0],
            crowded: 0,
        };
        let mut crowds: Vec<&[u64]> = Vec::new();
        for block in sorted.chunk_by(|a, b| a >> 32 == b >> 32) {
            for entry in block.iter().filter(|_| block.len() <= LARGEST) {
                keep(*entry as u32, (entry >> 32) as u32);
            }
            match block.len() {
                0 | 1 => {}
                2..=LARGEST => blocks.push(block.iter().map(|entry| *entry as u32)),
                _ => crowds.push(block),
            }
        }
        blocks.crowded = blocks.starts.len() - 1;
        for crowd in crowds {
            blocks.take_apart(roster, crowd);
        }
        blocks
    }

    fn push(&mut self, rows: impl Iterator<Item = u32>) {
        self.rows.extend(rows);
        self.starts.push(self.rows.len() as u32);
    }

    /// A block too large: rows that say the same in all fields but one stand beside each other.
    fn take_apart(&mut self, roster: &Roster, crowd: &[u64]) {
        let mut rows: Vec<(u64, u32)> =
            crowd.iter().map(|entry| (fingerprint(roster, *entry as u32), *entry as u32)).collect();
        rows.sort_unstable();
        self.push(rows.into_iter().map(|(_, row)| row));
    }

    /// How many pairs all blocks have.
    pub(crate) fn pairs(&self) -> u64 {
        (0..self.len()).map(|block| self.pairs_of(block)).sum()
    }

    fn pairs_of(&self, block: usize) -> u64 {
        let rows = self.block(block).len() as u64;
        if block < self.crowded { rows * (rows - 1) / 2 } else { rows * NEIGHBOURS as u64 }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn block(&self, number: usize) -> &[u32] {
        &self.rows[self.starts[number] as usize..self.starts[number + 1] as usize]
    }

    fn visit(&self, number: usize, visit: &mut impl FnMut(u32, u32)) {
        let rows = self.block(number);
        let reach = if number < self.crowded { rows.len() } else { NEIGHBOURS };
        for (i, a) in rows.iter().enumerate() {
            for b in rows[i + 1..].iter().take(reach) {
                visit(*a.min(b), *a.max(b));
            }
        }
    }
}

/// What orders the rows of a crowd.
fn fingerprint(roster: &Roster, row: u32) -> u64 {
    let telling = roster.fields.iter().filter(|field| field.coincidence() < 0.05);
    let heads = telling.map(|field| field.text(row).bytes().next().map_or(0, u64::from));
    let order = heads.take(7).fold(0, |order, head| order << 8 | head);
    order << 8 | bytes(roster.fields[0].text(row).as_bytes()) & 0xff
}

fn sorted(pieces: &[Piece], roster: &Roster) -> Vec<u64> {
    let rows = roster.rows();
    let chunks = parallel::map(rows.div_ceil(CHUNK), |chunk| {
        let range = chunk * CHUNK..((chunk + 1) * CHUNK).min(rows);
        let keyed = range.filter_map(|row| {
            let key = key(pieces, roster, row as u32);
            (key != 0).then_some(u64::from(key) << 32 | row as u64)
        });
        let mut keyed = keyed.collect::<Vec<u64>>();
        keyed.sort_unstable();
        keyed
    });
    let mut all = chunks.concat();
    // Stable, for it takes the sorted pieces as they are and only merges them.
    all.sort();
    all
}

fn pairs(sorted: &[u64]) -> u64 {
    sorted.chunk_by(|a, b| a >> 32 == b >> 32).map(|block| (block.len() * (block.len() - 1) / 2) as u64).sum()
}

/// All blocks of all plans.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    pub(crate) all: Vec<Blocks>,
    /// Keys of each row, one per plan beside each other; 0 where it has none, or its block is too large.
    keys: Vec<u32>,
}

impl Index {
    /// The blocks of plans.
    pub(crate) fn new(roster: &Roster, plans: Vec<Plan>) -> Index {
        let width = plans.len();
        let mut keys = vec![0; roster.rows() * width];
        let blocks =
            |(number, plan)| Blocks::of(plan, roster, |row, key| keys[row as usize * width + number] = key);
        let all = plans.iter().enumerate().map(blocks).collect();
        Index { all, keys }
    }

    fn keys_of(&self, row: u32) -> &[u32] {
        &self.keys[row as usize * self.all.len()..]
    }

    /// Whether an earlier kind of key brings the pair together too.
    fn met_before(&self, plan: usize, a: u32, b: u32) -> bool {
        let pairs = self.keys_of(a).iter().zip(self.keys_of(b));
        pairs.take(plan).any(|(a, b)| *a != 0 && a == b)
    }

    /// Visits each pair of a kind of key, of a share of the blocks, and says whether no earlier kind of key yields it too.
    /// `fresh` makes what is gathered in one piece of work.
    pub(crate) fn gather<T: Send>(
        &self,
        plan: usize,
        share: f64,
        fresh: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, u32, u32, bool) + Sync,
    ) -> Vec<T> {
        let blocks = &self.all[plan];
        let bounds = bounds(blocks);
        let limit = (share.clamp(0.0, 1.0) * f64::from(u32::MAX)) as u64;
        parallel::map(bounds.len() - 1, |chunk| {
            let mut gathered = fresh();
            for number in bounds[chunk]..bounds[chunk + 1] {
                if mix(number as u64, plan as u64) >> 32 > limit {
                    continue;
                }
                blocks.visit(number, &mut |a, b| visit(&mut gathered, a, b, !self.met_before(plan, a, b)));
            }
            gathered
        })
    }
}

/// Where pieces of work begin, in blocks: each of about as many rows.
fn bounds(blocks: &Blocks) -> Vec<usize> {
    let mut bounds = vec![0];
    let mut begun = 0;
    for number in 0..blocks.len() {
        if blocks.starts[number + 1] - begun >= CHUNK as u32 {
            bounds.push(number + 1);
            begun = blocks.starts[number + 1];
        }
    }
    if bounds.last() != Some(&blocks.len()) {
        bounds.push(blocks.len());
    }
    bounds
}
