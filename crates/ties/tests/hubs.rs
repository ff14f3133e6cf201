//! Ways between two hubs, and every way there is beside them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::{BTreeMap, BTreeSet};

use gnomon_kernel::{Day, TieKind, Tier};
use gnomon_ties::{Builder, MANY, MOST_SHORTEST, MOST_STRONGEST, NewTie, Question};
use proptest::prelude::*;

/// Parties; the first two are the hubs.
const PARTIES: u8 = 90;
/// Kinds of which everybody may have some; the hubs have many of them.
const KINDS: [TieKind; 6] = [
    TieKind::Employee,
    TieKind::Award,
    TieKind::Sibling,
    TieKind::Spouse,
    TieKind::SharedPhone,
    TieKind::SharedAddress,
];

/// Ends, place of the kind, whether many share it, whether it holds on the day.
type Told = (u8, u8, usize, bool, bool);

/// A way with the strength of each of its steps multiplied.
type Way = (Vec<u8>, f32);

fn name(party: u8) -> String {
    format!("n{party:02}")
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// So many ties of a hub as make a crowd, and sometimes a few less: its kind, and whom it has them with.
fn hub(place: u8) -> impl Strategy<Value = Vec<Told>> {
    let others = prop::collection::btree_set(2..PARTIES, MANY - 5..MANY + 30);
    let turned = any::<bool>();
    (0..KINDS.len(), others, turned).prop_map(move |(kind, others, turned)| {
        let ends = |other| if turned { (place, other) } else { (other, place) };
        others.into_iter().map(|other| (ends(other).0, ends(other).1, kind, false, other % 9 != 0)).collect()
    })
}

fn county() -> impl Strategy<Value = Vec<Told>> {
    let tie = (0..PARTIES, 0..PARTIES, 0..KINDS.len(), prop::bool::weighted(0.1), prop::bool::weighted(0.9));
    let ties = prop::collection::vec(tie, 0..150);
    (hub(0), hub(1), ties).prop_map(|(one, other, ties)| [one, other, ties].concat())
}

/// How strong the step between any two is; what many share leads to and from the ends only, and an agency's nobody.
fn steps(ties: &[Told]) -> BTreeMap<u8, BTreeMap<u8, f32>> {
    let mut near: BTreeMap<(u8, usize), BTreeSet<u8>> = BTreeMap::new();
    for (one, other, kind, ..) in ties.iter().filter(|told| told.0 != told.1) {
        near.entry((*one, *kind)).or_default().insert(*other);
        near.entry((*other, *kind)).or_default().insert(*one);
    }
    let mut steps: BTreeMap<u8, BTreeMap<u8, f32>> = BTreeMap::new();
    for (one, other, kind, many, holds) in ties.iter().filter(|told| told.0 != told.1) {
        let leads = |party: &u8| *party < 2 || near[&(*party, *kind)].len() <= MANY;
        if *many || !holds || !leads(one) || !leads(other) {
            continue;
        }
        for (from, to) in [(*one, *other), (*other, *one)] {
            let step = steps.entry(from).or_default().entry(to).or_default();
            *step = step.max(gnomon_ties::of_kind(KINDS[*kind]));
        }
    }
    steps
}

/// Every way of up to four ties to the second hub on which nobody comes twice.
fn every(steps: &BTreeMap<u8, BTreeMap<u8, f32>>, way: &mut Way, found: &mut Vec<Way>) {
    let last = way.0[way.0.len() - 1];
    if last == 1 {
        found.push(way.clone());
        return;
    }
    for (next, strength) in steps.get(&last).into_iter().flatten() {
        if way.0.len() <= 4 && !way.0.contains(next) {
            let before = way.1;
            way.0.push(*next);
            way.1 *= strength;
            every(steps, way, found);
            way.0.pop();
            way.1 = before;
        }
    }
}

fn strongest(ways: &[Way]) -> f32 {
    ways.iter().map(|way| way.1).fold(0.0, f32::max)
}

proptest! {
    #[test]
    fn two_hubs_have_the_ways_that_trying_all_finds(ties in county()) {
        let (on, ended) = (day("2024-06-01"), day("2024-05-31"));
        let mut builder = Builder::default();
        for (one, other, kind, many, holds) in &ties {
            let (kind, until) = (KINDS[*kind], (!holds).then_some(ended));
            let (tier, from, share, rows, about) = (Tier::Certain, None, None, [None, None], None);
            let (first, second) = (&name(*one), &name(*other));
            let many = *many;
            builder.add(&NewTie { first, second, kind, tier, from, until, share, many, rows, about }).unwrap();
        }
        let graph = builder.finish();
        let mut all = Vec::new();
        every(&steps(&ties), &mut (vec![0], 1.0), &mut all);
        let found = graph.paths(&name(0), &name(1), &Question::on(on)).unwrap();
        let party = |id: &u32| graph.party(*id).number[1..].parse::<u8>().unwrap();
        let told = |path: &gnomon_ties::Path| (path.parties.iter().map(party).collect::<Vec<u8>>(), path.strength);

        let fewest = all.iter().map(|way| way.0.len()).min();
        let mut shortest: Vec<Way> = all.iter().filter(|way| Some(way.0.len()) == fewest).cloned().collect();
        shortest.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        // Of more than so many the strongest are chosen among some of them.
        prop_assume!(shortest.len() <= 400);
        prop_assert_eq!(found.more, shortest.len() > MOST_SHORTEST);
        shortest.truncate(MOST_SHORTEST);
        let is_shortest = found.paths.iter().filter(|path| path.is_shortest).map(told).collect::<Vec<Way>>();
        prop_assert_eq!(is_shortest, shortest);

        let mut is_strongest: Vec<Way> = found.paths.iter().filter(|path| path.is_strongest).map(told).collect();
        is_strongest.sort_by(|a, b| b.1.total_cmp(&a.1));
        prop_assert!(is_strongest.len() <= MOST_STRONGEST);
        let mut left = all;
        for way in &is_strongest {
            prop_assert!((way.1 - strongest(&left)).abs() < 1e-5, "{way:?} of {:?}", strongest(&left));
            prop_assert!(left.iter().any(|other| other.0 == way.0), "{way:?} is used up or is none");
            let between = &way.0[1..way.0.len() - 1];
            left.retain(|other| other.0 != way.0 && !other.0.iter().any(|party| between.contains(party)));
        }
        prop_assert!(is_strongest.len() == MOST_STRONGEST || left.is_empty());
    }
}
