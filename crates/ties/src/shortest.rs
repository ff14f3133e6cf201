//! The ways of the fewest ties, looked for from both ends at once.

use std::collections::hash_map::Entry;

use crate::{
    graph::Onward,
    search::{ByPlace, MOST_SHORTEST, Path, Walk},
};

/// So many ways are looked at; the strongest of them are told. There can be thousands between two large organisations.
const MOST_LOOKED_AT: usize = 400;

/// How far from one end parties are.
struct Side {
    end: u32,
    distance: ByPlace<u8>,
    frontier: Vec<u32>,
    steps: u8,
}

impl Side {
    fn new(end: u32) -> Side {
        Side { end, distance: ByPlace::from_iter([(end, 0)]), frontier: vec![end], steps: 0 }
    }

    /// One step further. Gives back the parties where it meets the other side, ascending; once there is one, those that
    /// are no meeting are left out.
    fn advance(&mut self, walk: &Walk<'_>, far: &Side) -> Vec<u32> {
        self.steps += 1;
        let (mut next, mut meeting) = (Vec::new(), Vec::new());
        for party in std::mem::take(&mut self.frontier) {
            for Onward { other, .. } in walk.onward(party) {
                let is_wanted = meeting.is_empty() || far.distance.contains_key(&other);
                if !is_wanted {
                    continue;
                }
                if let Entry::Vacant(place) = self.distance.entry(other) {
                    place.insert(self.steps);
                    next.push(other);
                    if !meeting.is_empty() || far.distance.contains_key(&other) {
                        meeting.push(other);
                    }
                }
            }
        }
        self.frontier = next;
        meeting.sort_unstable();
        meeting
    }

    /// The parties that stand one step nearer to this side's end, each once, ascending.
    fn nearer(&self, walk: &Walk<'_>, party: u32) -> Vec<u32> {
        let wanted = self.distance.get(&party).and_then(|distance| distance.checked_sub(1));
        let is_nearer = |other: &u32| wanted.is_some() && self.distance.get(other).copied() == wanted;
        let mut found: Vec<u32> = walk.onward(party).map(|onward| onward.other).filter(is_nearer).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The ways from a party to this side's end, at most so many.
    fn ways(&self, walk: &Walk<'_>, party: u32, most: usize) -> Vec<Vec<u32>> {
        let mut ways = vec![vec![party]];
        while ways.first().is_some_and(|way| way.last() != Some(&self.end)) {
            let mut longer = Vec::new();
            for way in ways {
                let last = way.last().copied().unwrap_or(self.end);
                for nearer in self.nearer(walk, last) {
                    if longer.len() >= most {
                        break;
                    }
                    let mut on = way.clone();
                    on.push(nearer);
                    longer.push(on);
                }
            }
            ways = longer;
        }
        ways
    }
}

/// The strongest of the shortest ways, and whether there are more.
pub(crate) fn find(walk: &Walk<'_>) -> (Vec<Vec<u32>>, bool) {
    let [from, to] = walk.ends;
    let mut sides = [Side::new(from), Side::new(to)];
    for _ in 0..walk.most_steps {
        let [near, far] = &mut sides;
        let meeting = match walk.is_cheaper(near.frontier.iter().copied(), far.frontier.iter().copied()) {
            true => near.advance(walk, far),
            false => far.advance(walk, near),
        };
        if !meeting.is_empty() {
            return choose(walk, all(walk, &sides, &meeting));
        }
    }
    (Vec::new(), false)
}

/// All ways through the parties where both sides meet, up to [`MOST_LOOKED_AT`] and one.
fn all(walk: &Walk<'_>, [near, far]: &[Side; 2], meeting: &[u32]) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    for party in meeting {
        let left = MOST_LOOKED_AT + 1 - found.len();
        let starts = near.ways(walk, *party, left);
        let ends = far.ways(walk, *party, left);
        let ways = starts.iter().flat_map(|start| ends.iter().map(move |end| (start, end)));
        found.extend(
            ways.take(left)
                .map(|(start, end)| start.iter().rev().chain(&end[1..]).copied().collect::<Vec<u32>>()),
        );
        if found.len() > MOST_LOOKED_AT {
            break;
        }
    }
    found
}

/// The strongest; of equally strong ones those whose parties come first.
fn choose(walk: &Walk<'_>, found: Vec<Vec<u32>>) -> (Vec<Vec<u32>>, bool) {
    let more = found.len() > MOST_SHORTEST;
    let mut paths: Vec<Path> = found.into_iter().map(|parties| walk.path(parties, true)).collect();
    paths.sort_by(|a, b| b.strength.total_cmp(&a.strength).then_with(|| a.parties.cmp(&b.parties)));
    paths.truncate(MOST_SHORTEST);
    (paths.into_iter().map(|path| path.parties).collect(), more)
}
