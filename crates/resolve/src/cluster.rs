//! From pairs to entities: the strongest first, and never against what the other pairs of two clusters say.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{
    pairs::{
        caution::{Apart, ByNumber, Verdict},
        score::Scorer,
    },
    rulings::Rulings,
    union::Union,
};

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

impl Edge {
    /// The rows, the one that came first before the other.
    pub(crate) fn pair(&self) -> (u32, u32) {
        (self.a, self.b)
    }
}

/// The order in which edges are heard: the strongest first.
pub(crate) fn by_strength(x: &Edge, y: &Edge) -> std::cmp::Ordering {
    y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b)))
}

/// Clusters of rows that grow together. Those that a ruling ties are one entity and stay clusters of their own: how the rows
/// of one look says nothing about those of the other.
pub(crate) struct Clusters {
    grown: Union,
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
        Self {
            grown: Union::new(rows),
            next: (0..rows as u32).collect(),
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
        self.grown.of(row)
    }

    fn rows(&self, root: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(root), move |row| {
            let next = self.next[*row as usize];
            (next != root).then_some(next)
        })
    }

    /// Obeys rulings; before anything grows.
    pub(crate) fn rule(&mut self, rulings: &Rulings) {
        if !rulings.same.is_empty() {
            self.tied = Union::new(self.next.len());
        }
        for (a, b) in &rulings.same {
            let (a, b) = (self.cluster(*a), self.cluster(*b));
            self.tied.join(a, b);
            self.ruled.extend([a, b]);
        }
        for (a, b) in &rulings.apart {
            for (inside, outside) in [(*a, *b), (*b, *a)] {
                let entity = self.of(inside);
                self.barred.entry(entity).or_default().push(outside);
            }
        }
    }

    /// Puts clusters together along edges, strongest first, where the pairs between them speak for it on the whole.
    pub(crate) fn grow(&mut self, mut edges: Vec<Edge>, scorer: &Scorer<'_>) {
        edges.retain(|edge| edge.bits > 0.0);
        edges.sort_unstable_by(by_strength);
        for edge in &edges {
            let (a, b) = (self.cluster(edge.a), self.cluster(edge.b));
            if a != b && !self.are_barred(a, b) && self.agree(edge, scorer) {
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
        self.grown.join(keep, go);
        self.next.swap(keep as usize, go as usize);
        if self.ruled.remove(&go) | self.ruled.contains(&keep) {
            self.tied.join(keep, go);
            self.ruled.insert(keep);
        }
        let outside: Vec<u32> =
            [entity_a, entity_b].iter().filter_map(|entity| self.barred.remove(entity)).flatten().collect();
        if !outside.is_empty() {
            let entity = self.tied.of(keep);
            self.barred.insert(entity, outside);
        }
    }

    /// Whether the mean of the pairs between the clusters of an edge speaks for it, each heard but none above all others.
    /// A number that decides is not outvoted, and of two numbers that do not go together one is enough against it.
    fn agree(&mut self, edge: &Edge, scorer: &Scorer<'_>) -> bool {
        let (a, b) = (self.cluster(edge.a), self.cluster(edge.b));
        if self.next[a as usize] == a && self.next[b as usize] == b {
            return true;
        }
        let judge = |x: u32, y: u32| scorer.judge(x, y, &scorer.score(x, y));
        let (rows_a, rows_b): (Vec<u32>, Vec<u32>) = (self.rows(a).collect(), self.rows(b).collect());
        let pairs = rows_a.len() * rows_b.len();
        let looked = pairs.min(LOOKED_AT);
        let mut sum = 0.0;
        for n in (0..looked).map(|i| i * pairs / looked) {
            let Verdict { bits, apart, .. } = judge(rows_a[n / rows_b.len()], rows_b[n % rows_b.len()]);
            sum += match apart {
                Some(Apart::OtherNumber | Apart::Branch) => return false,
                Some(Apart::SharedNumber) => -LOUDEST,
                _ => bits.clamp(-LOUDEST, LOUDEST),
            };
        }
        sum > 0.0 || judge(edge.a, edge.b).by_number == Some(ByNumber::One)
    }
}
