//! The strongest ways: the largest product of strengths within the allowed number of ties. Each further one avoids every
//! party of those before, so that they are ways of their own and not variations of one.
//!
//! The ways of the fewest ties are known before: what is weaker than the strongest of them that is still open cannot lead to
//! a stronger one and is not followed.
//!
//! From each end the strongest way of exactly 0, 1, 2 … ties to every party is noted, from the end with fewer neighbours
//! further than from the other, and both halves are put together where they meet. Every tie weakens a way, so the strongest
//! never comes to a party twice. The last step, often the largest by far, notes those only where both halves can meet.

use std::collections::BTreeSet;

use crate::{
    graph::Onward,
    search::{MOST_STRONGEST, Path, Walk},
};

/// Products of the same strengths differ a little by the order in which they are taken.
const ROUNDING: f32 = 0.999;

/// So many parties have their ties fetched at once.
const FETCHED: usize = 64;

/// From one way for so many parties on, a place for every party costs less than to sort the ways.
const MANY_OF_ALL: usize = 32;

/// The strongest half way to a party: its strength, and the party before.
#[derive(Clone, Copy)]
struct Reached {
    party: u32,
    strength: f32,
    before: u32,
}

/// Half ways of the same number of ties, by party. Memory is then walked through from one end to the other.
type Layer = Vec<Reached>;

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
    let start = |party| vec![vec![Reached { party, strength: 1.0, before: party }]];
    let (mut forward, mut back): (Vec<Layer>, Vec<Layer>) = (start(from), start(to));
    for step in 1..=walk.most_steps {
        let is_forward = walk.is_cheaper(outermost(&forward, to), outermost(&back, from));
        let (layers, others, ends) = match is_forward {
            true => (&mut forward, &back, [from, to]),
            false => (&mut back, &forward, [to, from]),
        };
        let met = (step == walk.most_steps).then(|| Places::of(others));
        let next = layers.last().map(|layer| further(walk, layer, ends, avoided, met.as_ref()));
        layers.push(next.unwrap_or_default());
    }
    let mut best: Option<(f32, [usize; 2], u32)> = None;
    for (ahead, near) in forward.iter().enumerate() {
        for (behind, far) in back.iter().enumerate() {
            for (party, strength) in meetings(near, far) {
                let way = (strength, [ahead, behind], party);
                if best.is_none_or(|known| is_better(way, known)) {
                    best = Some(way);
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

/// The parties from which the next step goes on.
fn outermost(layers: &[Layer], far: u32) -> impl Iterator<Item = u32> {
    let parties = layers.last().map(Vec::as_slice).unwrap_or_default().iter().map(|reached| reached.party);
    parties.filter(move |party| *party != far)
}

/// The parties of both layers, each with the strength of the whole way.
fn meetings<'l>(near: &'l Layer, far: &'l Layer) -> impl Iterator<Item = (u32, f32)> {
    let mut rest = far.iter().peekable();
    near.iter().filter_map(move |one| {
        while rest.next_if(|other| other.party < one.party).is_some() {}
        let other = rest.peek().filter(|other| other.party == one.party)?;
        Some((one.party, one.strength * other.strength))
    })
}

/// Stronger, or as strong with fewer ties; at last the order of places, so that the answer is always the same.
fn is_better(one: (f32, [usize; 2], u32), known: (f32, [usize; 2], u32)) -> bool {
    let ties = |[ahead, behind]: [usize; 2]| ahead + behind;
    let order = known.0.total_cmp(&one.0).then(ties(one.1).cmp(&ties(known.1)));
    order.then((one.1, one.2).cmp(&(known.1, known.2))).is_lt()
}

/// The strongest way to each party by one tie more; in the last step, to those only where both halves can meet. A way comes
/// back to its own end never, and ends at the far one: an end with thousands of ties is reached and not gone through.
fn further(
    walk: &Walk<'_>,
    layer: &Layer,
    [own, far]: [u32; 2],
    avoided: &Avoided,
    met: Option<&Places>,
) -> Layer {
    let mut next = Layer::new();
    for some in layer.chunks(FETCHED) {
        walk.graph.fetch(some.iter().map(|reached| reached.party));
        for Reached { party, strength, .. } in some.iter().filter(|reached| reached.party != far) {
            let is_enough = |tie: f32| strength * tie >= avoided.weaker_than;
            for Onward { other, edge, .. } in walk.onward_by(*party, is_enough) {
                let is_direct = avoided.direct && *party == own && other == far;
                let is_met = met.is_none_or(|met| met.may_hold(other));
                if !is_met || other == own || is_direct {
                    continue;
                }
                let strength = strength * walk.strength(edge);
                if strength >= avoided.weaker_than && !avoided.parties.contains(&other) {
                    next.push(Reached { party: other, strength, before: *party });
                }
            }
        }
    }
    strongest_of_each(next, walk.graph.party_count())
}

/// One way to each party, by party: the strongest, of equally strong ones the first.
fn strongest_of_each(mut ways: Layer, party_count: usize) -> Layer {
    if ways.len() < party_count / MANY_OF_ALL {
        // Strengths are above 0: their bits are in their order.
        ways.sort_by_key(|way| u64::from(way.party) << 32 | u64::from(!way.strength.to_bits()));
        ways.dedup_by_key(|way| way.party);
        return ways;
    }
    let mut places = vec![0_u32; party_count];
    for (place, way) in (1..).zip(&ways) {
        let known = &mut places[way.party as usize];
        if *known == 0 || ways[*known as usize - 1].strength < way.strength {
            *known = place;
        }
    }
    places.into_iter().filter(|place| *place != 0).map(|place| ways[place as usize - 1]).collect()
}

/// A set of parties in few bits, which takes some for members that are none.
struct Places {
    bits: Vec<u64>,
}

impl Places {
    fn of(layers: &[Layer]) -> Places {
        let members: usize = layers.iter().map(Vec::len).sum();
        let mut places = Places { bits: vec![0; (members / 8 + 1).next_power_of_two()] };
        for reached in layers.iter().flatten() {
            let (word, bit) = places.bit(reached.party);
            places.bits[word] |= bit;
        }
        places
    }

    fn may_hold(&self, party: u32) -> bool {
        let (word, bit) = self.bit(party);
        self.bits[word] & bit != 0
    }

    /// Word and bit of a party: the lowest bits of its place.
    fn bit(&self, party: u32) -> (usize, u64) {
        ((party as usize / 64) & (self.bits.len() - 1), 1 << (party % 64))
    }
}

/// The half way from a party back to its end.
fn trace(layers: &[Layer], steps: usize, party: u32) -> Vec<u32> {
    let mut way = vec![party];
    let mut at = party;
    for layer in layers[1..=steps].iter().rev() {
        let place = layer.binary_search_by_key(&at, |reached| reached.party);
        at = place.map_or(at, |place| layer[place].before);
        way.push(at);
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_way_to_each_is_the_same_sorted_and_placed() {
        let way = |party, strength, before| Reached { party, strength, before };
        let ways = vec![
            way(7, 0.3, 1),
            way(2, 0.5, 1),
            way(7, 0.4, 2),
            way(2, 0.5, 3),
            way(7, 0.4, 4),
            way(9, 0.1, 5),
        ];
        let few_of_all = strongest_of_each(ways.clone(), 1_000 * MANY_OF_ALL);
        let many_of_all = strongest_of_each(ways, 10);
        for chosen in [few_of_all, many_of_all] {
            let told: Vec<(u32, f32, u32)> =
                chosen.iter().map(|way| (way.party, way.strength, way.before)).collect();
            assert_eq!(told, [(2, 0.5, 1), (7, 0.4, 2), (9, 0.1, 5)]);
        }
    }
}
