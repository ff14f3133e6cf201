//! From pairs to entities: the strongest first, and never against what the other pairs of two clusters say.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::score::Scorer;

/// Pairs between two clusters that are looked at before they are put together.
const LOOKED_AT: usize = 48;
/// No single pair says more than this, in bits.
const LOUDEST: f32 = 12.0;

/// A pair that may be one entity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Edge {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// Bits for "the same".
    pub(crate) bits: f32,
}

/// Clusters of rows that grow together.
pub(crate) struct Clusters {
    parent: Vec<u32>,
    members: HashMap<u32, Vec<u32>>,
}

impl Clusters {
    pub(crate) fn new(rows: usize) -> Self {
        Self { parent: (0..rows as u32).collect(), members: HashMap::new() }
    }

    /// The cluster of a row, named by one of its rows.
    pub(crate) fn of(&mut self, row: u32) -> u32 {
        let mut root = row;
        while self.parent[root as usize] != root {
            let above = self.parent[root as usize];
            self.parent[root as usize] = self.parent[above as usize];
            root = above;
        }
        root
    }

    fn rows(&self, root: u32) -> Vec<u32> {
        self.members.get(&root).cloned().unwrap_or_else(|| vec![root])
    }

    /// Puts a single row into the cluster that another row names; for clusters that stay as they are.
    pub(crate) fn put(&mut self, into: u32, row: u32) {
        self.parent[row as usize] = into;
    }

    /// Puts two clusters together; the smaller row's name stays.
    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let (keep, go) = (a.min(b), a.max(b));
        let mut rows = self.rows(keep);
        rows.extend(self.rows(go));
        self.members.remove(&go);
        self.members.insert(keep, rows);
        self.parent[go as usize] = keep;
    }

    /// Puts clusters together along edges, strongest first, where the pairs between them speak for it on the whole.
    pub(crate) fn grow(&mut self, edges: &mut [Edge], scorer: &Scorer<'_>) {
        edges.sort_unstable_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
        for edge in edges.iter().filter(|edge| edge.bits > 0.0) {
            let (a, b) = (self.of(edge.a), self.of(edge.b));
            if a != b && self.agree(a, b, scorer) {
                self.join(a, b);
            }
        }
    }

    /// The mean of the pairs between two clusters, each heard but none above all others.
    fn agree(&self, a: u32, b: u32, scorer: &Scorer<'_>) -> bool {
        let (rows_a, rows_b) = (self.rows(a), self.rows(b));
        let pairs = rows_a.len() * rows_b.len();
        if pairs == 1 {
            return true;
        }
        let looked = pairs.min(LOOKED_AT);
        let sum: f32 = (0..looked)
            .map(|i| i * pairs / looked)
            .map(|n| scorer.score(rows_a[n / rows_b.len()], rows_b[n % rows_b.len()]).odds())
            .map(|bits| bits.clamp(-LOUDEST, LOUDEST))
            .sum();
        sum > 0.0
    }
}
