//! From pairs to entities: the strongest first, and never against what the other pairs of two clusters say.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{rulings::Rulings, score::Scorer, union::Union};

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

/// The order in which edges are heard: the strongest first.
pub(crate) fn by_strength(x: &Edge, y: &Edge) -> std::cmp::Ordering {
    y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b)))
}

/// Clusters of rows that grow together. Those that a ruling ties are one entity and stay clusters of their own: how the rows
/// of one look says nothing about those of the other.
pub(crate) struct Clusters {
    parent: Vec<u32>,
    /// The next row of the same cluster, in a ring.
    next: Vec<u32>,
    /// Clusters that are one entity by a ruling.
    tied: Union,
    /// All clusters of `tied`.
    ruled: HashSet<u32>,
    /// By entity: rows that may not come into it.
    barred: HashMap<u32, Vec<u32>>,
}

impl Clusters {
    pub(crate) fn new(rows: usize) -> Self {
        let alone = || (0..rows as u32).collect();
        Self {
            parent: alone(),
            next: alone(),
            tied: Union::default(),
            ruled: HashSet::new(),
            barred: HashMap::new(),
        }
    }

    /// The entity of a row, named by the smallest of its rows.
    pub(crate) fn of(&mut self, row: u32) -> u32 {
        let cluster = self.cluster(row);
        self.tied.of(cluster)
    }

    fn cluster(&mut self, row: u32) -> u32 {
        let mut root = row;
        while self.parent[root as usize] != root {
            let above = self.parent[root as usize];
            self.parent[root as usize] = self.parent[above as usize];
            root = above;
        }
        root
    }

    fn rows(&self, root: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(root), move |row| {
            let next = self.next[*row as usize];
            (next != root).then_some(next)
        })
    }

    /// Puts a single row into the cluster that another row names; for clusters that stay as they are.
    pub(crate) fn put(&mut self, into: u32, row: u32) {
        self.parent[row as usize] = into;
        self.next.swap(into as usize, row as usize);
    }

    /// Obeys rulings; before anything grows.
    pub(crate) fn rule(&mut self, rulings: &Rulings) {
        for (a, b) in &rulings.same {
            let (a, b) = (self.cluster(*a), self.cluster(*b));
            self.tied.join(a, b);
            self.ruled.extend([a, b]);
        }
        self.tied = std::mem::take(&mut self.tied).settled();
        for (a, b) in &rulings.apart {
            for (inside, outside) in [(*a, *b), (*b, *a)] {
                let entity = self.of(inside);
                self.barred.entry(entity).or_default().push(outside);
            }
        }
    }

    /// Puts clusters together along edges, strongest first, where the pairs between them speak for it on the whole.
    /// The edges come in the order of [`by_strength`].
    pub(crate) fn grow(&mut self, edges: &[Edge], scorer: &Scorer<'_>) {
        for edge in edges.iter().take_while(|edge| edge.bits > 0.0) {
            let (a, b) = (self.cluster(edge.a), self.cluster(edge.b));
            if a != b && !self.are_barred(a, b) && self.agree(a, b, scorer) {
                self.join(a, b);
            }
        }
    }

    /// Whether a ruling keeps the entities of two clusters apart.
    fn are_barred(&mut self, a: u32, b: u32) -> bool {
        if self.barred.is_empty() {
            return false;
        }
        let (a, b) = (self.tied.of(a), self.tied.of(b));
        let outside = self.barred.get(&a).cloned().unwrap_or_default();
        outside.into_iter().any(|row| self.of(row) == b)
    }

    fn join(&mut self, a: u32, b: u32) {
        let (keep, go) = (a.min(b), a.max(b));
        let (entity_a, entity_b) = (self.tied.of(a), self.tied.of(b));
        self.parent[go as usize] = keep;
        self.next.swap(keep as usize, go as usize);
        if self.ruled.remove(&go) | self.ruled.contains(&keep) {
            self.tied.join(keep, go);
            self.ruled.insert(keep);
        }
        let outside: Vec<u32> =
            [entity_a, entity_b].iter().filter_map(|entity| self.barred.remove(entity)).flatten().collect();
        if !outside.is_empty() {
            self.barred.insert(self.tied.of(keep), outside);
        }
    }

    /// The mean of the pairs between two clusters, each heard but none above all others.
    fn agree(&self, a: u32, b: u32, scorer: &Scorer<'_>) -> bool {
        if self.next[a as usize] == a && self.next[b as usize] == b {
            return true;
        }
        let (rows_a, rows_b): (Vec<u32>, Vec<u32>) = (self.rows(a).collect(), self.rows(b).collect());
        let pairs = rows_a.len() * rows_b.len();
        let looked = pairs.min(LOOKED_AT);
        let sum: f32 = (0..looked)
            .map(|i| i * pairs / looked)
            .map(|n| scorer.score(rows_a[n / rows_b.len()], rows_b[n % rows_b.len()]).odds())
            .map(|bits| bits.clamp(-LOUDEST, LOUDEST))
            .sum();
        sum > 0.0
    }
}
