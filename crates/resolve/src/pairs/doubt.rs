//! Pairs that somebody should look at.

use std::collections::{BTreeSet, HashMap};

use crate::{
    Apart, Linked, Roster, Tier,
    cluster::{Edge, by_strength},
    pairs::score::{Scorer, probability},
    union::Union,
};

/// Rows apart are in doubt as long as no more than two to one is laid against their being one.
const LEAST: f32 = 1.0 / 3.0;

/// Two rows of which it is not certain whether they are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The row that came first.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// How probable it is that they are one, by what was compared.
    pub probability: f32,
    /// The tier of that.
    pub tier: Tier,
    /// Whether they share an entity.
    pub together: bool,
    /// What keeps the pair apart whatever its weights say.
    pub apart: Option<Apart>,
}

/// Pairs in doubt, the most probable first and at most `most` of them: joints without which an entity would fall apart and
/// that are not certain, and of two entities the pair that says most for their being one, where it is near the line or only
/// caution or the rows beside it keep it apart. What a ruling decides is in no doubt.
pub fn doubts(roster: &Roster, linked: &Linked, most: usize) -> Vec<Pair> {
    let mut found: Vec<(Edge, bool)> = joints(linked).into_iter().map(|edge| (edge, true)).collect();
    found.extend(nearly(linked).into_iter().map(|edge| (edge, false)));
    found.sort_unstable_by(|(x, _), (y, _)| by_strength(x, y));
    found.truncate(most);
    let scorer = Scorer::new(roster, &linked.model);
    let pair = |(Edge { a, b, bits }, together): (Edge, bool)| {
        let probability = probability(bits);
        let apart = scorer.judge(a, b, &scorer.score(a, b)).apart;
        Pair { a, b, probability, tier: Tier::of(probability), together, apart }
    };
    found.into_iter().map(pair).collect()
}

fn entity(linked: &Linked, row: u32) -> u32 {
    linked.rows[row as usize].entity
}

/// The strongest edges that hold entities together, less those that are certain.
fn joints(linked: &Linked) -> Vec<Edge> {
    let is_inside = |edge: &&Edge| entity(linked, edge.a) == entity(linked, edge.b);
    let weak = |edge: &&Edge| Tier::of(probability(edge.bits)) < Tier::Certain;
    let loose: BTreeSet<u32> = linked
        .evidence
        .edges
        .iter()
        .filter(is_inside)
        .filter(weak)
        .map(|edge| entity(linked, edge.a))
        .collect();
    let mut edges: Vec<&Edge> = linked
        .evidence
        .edges
        .iter()
        .filter(is_inside)
        .filter(|edge| loose.contains(&entity(linked, edge.a)))
        .collect();
    edges.sort_unstable_by(|x, y| by_strength(x, y));
    let mut held = Union::new(linked.rows.len());
    for (a, b) in &linked.decided.rulings.same {
        held.join(*a, *b);
    }
    edges.into_iter().filter(|edge| held.join(edge.a, edge.b) && weak(edge)).copied().collect()
}

/// The strongest pair of each two entities that are nearly one.
fn nearly(linked: &Linked) -> Vec<Edge> {
    let entities = |a: u32, b: u32| {
        let (x, y) = (entity(linked, a), entity(linked, b));
        (x.min(y), x.max(y))
    };
    let ruled: BTreeSet<(u32, u32)> =
        linked.decided.rulings.apart.iter().map(|(a, b)| entities(*a, *b)).collect();
    let mut strongest: HashMap<(u32, u32), Edge> = HashMap::new();
    for edge in linked.evidence.edges.iter().chain(&linked.evidence.cautious) {
        let between = entities(edge.a, edge.b);
        if between.0 == between.1 || ruled.contains(&between) || probability(edge.bits) < LEAST {
            continue;
        }
        let kept = strongest.entry(between).or_insert(*edge);
        if by_strength(edge, kept).is_lt() {
            *kept = *edge;
        }
    }
    strongest.into_values().collect()
}
