//! The strongest ways: the largest product of strengths within the allowed number of ties. Each further one avoids every
//! party of those before, so that they are ways of their own and not variations of one.
//!
//! The ways of the fewest ties are known before: what is weaker than the strongest of them that is still open cannot lead to
//! a stronger one and is not followed.
//!
//! From each end the strongest way of exactly 0, 1, 2 … ties to every party is noted, from the end with fewer neighbours
//! further than from the other, and both halves are put together where they meet. Every tie weakens a way, so the strongest never comes to a party twice.

use std::collections::BTreeSet;

use crate::search::{ByPlace, MOST_STRONGEST, Path, Walk};

/// Products of the same strengths differ a little by the order in which they are taken.
const ROUNDING: f32 = 0.999;

/// The strongest half way to a party: its strength, and the party before.
type Reached = ByPlace<(f32, u32)>;

/// The strongest ways, the strongest first. `known` are some ways of this question.
pub(crate) fn find(walk: &Walk<'_>, known: &[Path]) -> Vec<Vec<u32>> {
    let mut found: Vec<Vec<u32>> = Vec::new();
    let mut avoided = Avoided::default();
    while found.len() < MOST_STRONGEST {
        let open = known.iter().filter(|path| avoided.leaves(&path.parties)).map(|path| path.strength);
        avoided.weaker_than = open.fold(0.0, f32::max) * ROUNDING;
        let Some(best) = best(walk, &avoided) else { break };
        match &best[1..best.len() - 1] {
            [] => avoided.direct = true,
            between => avoided.parties.extend(between),
        }
        found.push(best);
    }
    found
}

/// What earlier ways have used up, and what is too weak.
#[derive(Default)]
struct Avoided {
    parties: BTreeSet<u32>,
    /// The tie from end to end.
    direct: bool,
    weaker_than: f32,
}

impl Avoided {
    /// Whether a way is still open.
    fn leaves(&self, way: &[u32]) -> bool {
        (way.len() > 2 || !self.direct) && !way.iter().any(|party| self.parties.contains(party))
    }
}

fn best(walk: &Walk<'_>, avoided: &Avoided) -> Option<Vec<u32>> {
    let [from, to] = walk.ends;
    let mut forward = vec![Reached::from_iter([(from, (1.0, from))])];
    let mut back = vec![Reached::from_iter([(to, (1.0, to))])];
    for _ in 0..walk.most_steps {
        let cost = |layers: &[Reached], far: u32| {
            layers.last().map_or(0, |layer| walk.cost(layer.keys().filter(|party| **party != far)))
        };
        let (layers, ends) = match cost(&forward, to) <= cost(&back, from) {
            true => (&mut forward, [from, to]),
            false => (&mut back, [to, from]),
        };
        let next = layers.last().map(|layer| further(walk, layer, ends, avoided)).unwrap_or_default();
        layers.push(next);
    }
    let mut best: Option<(f32, [usize; 2], u32)> = None;
    for (ahead, near) in forward.iter().enumerate() {
        for (behind, far) in back.iter().enumerate() {
            let (small, large) = if near.len() <= far.len() { (near, far) } else { (far, near) };
            for (party, (one, _)) in small {
                let Some((other, _)) = large.get(party) else { continue };
                let strength = one * other;
                if best.is_none_or(|known| is_better((strength, [ahead, behind], *party), known)) {
                    best = Some((strength, [ahead, behind], *party));
                }
            }
        }
    }
    let (_, [ahead, behind], party) = best?;
    let mut way = trace(&forward, ahead, party);
    way.reverse();
    way.extend(trace(&back, behind, party).into_iter().skip(1));
    Some(way)
}

/// Stronger, or as strong with fewer ties; at last the order of places, so that the answer is always the same.
fn is_better(one: (f32, [usize; 2], u32), known: (f32, [usize; 2], u32)) -> bool {
    let ties = |[ahead, behind]: [usize; 2]| ahead + behind;
    let order = known.0.total_cmp(&one.0).then(ties(one.1).cmp(&ties(known.1)));
    order.then((one.1, one.2).cmp(&(known.1, known.2))).is_lt()
}

/// The strongest way to each party by one tie more. A way comes back to its own end never, and ends at the far one: an end
/// with thousands of ties is reached and not gone through.
fn further(walk: &Walk<'_>, layer: &Reached, [own, far]: [u32; 2], avoided: &Avoided) -> Reached {
    let mut next = Reached::default();
    for (party, (strength, _)) in layer.iter().filter(|(party, _)| **party != far) {
        for (tie, other) in walk.onward(*party) {
            let is_direct = avoided.direct && *party == own && other == far;
            if other == own || is_direct || avoided.parties.contains(&other) {
                continue;
            }
            let reached = (strength * walk.strength(tie), *party);
            if reached.0 < avoided.weaker_than {
                continue;
            }
            let known = next.entry(other).or_insert(reached);
            if reached.0 > known.0 || (reached.0 == known.0 && reached.1 < known.1) {
                *known = reached;
            }
        }
    }
    next
}

/// The half way from a party back to its end.
fn trace(layers: &[Reached], steps: usize, party: u32) -> Vec<u32> {
    let mut way = vec![party];
    let mut at = party;
    for layer in layers[1..=steps].iter().rev() {
        at = layer.get(&at).map_or(at, |(_, before)| *before);
        way.push(at);
    }
    way
}
