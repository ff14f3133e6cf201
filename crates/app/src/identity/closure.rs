//! Which numbers an entity is known by, as far as pairs in doubt and rulings tell.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_kernel::EntityKind;
use gnomon_library::entity::{Doubt, Ruling};

/// A mention among those of both kinds.
type Key<'a> = (EntityKind, &'a str);

/// For each doubt the numbers of both entities: those of the two mentions, and of all mentions that the linker or a ruling
/// has put together with one of them.
pub fn numbers(doubts: &[Doubt], rulings: &[Ruling]) -> Vec<BTreeSet<String>> {
    let mut groups = Groups::default();
    for doubt in doubts.iter().filter(|doubt| doubt.together) {
        groups.join(key(doubt, 0), key(doubt, 1));
    }
    for ruling in rulings.iter().filter(|ruling| ruling.same) {
        let [one, other] = &ruling.mentions;
        groups.join((ruling.kind, one), (ruling.kind, other));
    }
    let mut known: BTreeMap<Key<'_>, BTreeSet<&str>> = BTreeMap::new();
    for doubt in doubts {
        for side in [0, 1] {
            let numbers = known.entry(groups.head(key(doubt, side))).or_default();
            numbers.extend(doubt.sides[side].number.as_deref());
        }
    }
    let both = |doubt: &Doubt| {
        let of = |side| known.get(&groups.head(key(doubt, side))).into_iter().flatten();
        of(0).chain(of(1)).map(|number| (*number).to_owned()).collect()
    };
    doubts.iter().map(both).collect()
}

fn key(doubt: &Doubt, side: usize) -> Key<'_> {
    (doubt.kind, &doubt.sides[side].id)
}

/// Mentions that belong together; each leads to another of its group, the head to none.
#[derive(Default)]
struct Groups<'a>(BTreeMap<Key<'a>, Key<'a>>);

impl<'a> Groups<'a> {
    fn head(&self, mut key: Key<'a>) -> Key<'a> {
        while let Some(next) = self.0.get(&key) {
            key = *next;
        }
        key
    }

    fn join(&mut self, one: Key<'a>, other: Key<'a>) {
        let (one, other) = (self.head(one), self.head(other));
        if one != other {
            self.0.insert(one, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use gnomon_kernel::Tier;
    use gnomon_library::entity::Mention;

    use super::*;

    fn doubt(one: &str, other: &str, together: bool) -> Doubt {
        let mention = |id: &str| Mention {
            id: id.to_owned(),
            number: Some(id.to_uppercase()).filter(|number| number != "C"),
            name: String::new(),
            details: vec![],
            places: vec![],
        };
        Doubt {
            kind: EntityKind::Person,
            sides: [mention(one), mention(other)],
            probability: 0.6,
            tier: Tier::Possible,
            together,
            comparisons: vec![],
        }
    }

    #[test]
    fn an_entity_is_known_by_the_numbers_of_all_its_mentions() {
        let doubts =
            [doubt("a", "b", true), doubt("b", "c", false), doubt("c", "d", true), doubt("e", "f", false)];
        let told = |rulings: &[Ruling]| -> Vec<String> {
            numbers(&doubts, rulings).into_iter().map(|set| set.into_iter().collect()).collect()
        };
        assert_eq!(told(&[]), ["AB", "ABD", "D", "EF"]);
        let ruling = |same| {
            let mentions = ["d".to_owned(), "e".to_owned()];
            [Ruling { kind: EntityKind::Person, mentions, same }]
        };
        assert_eq!(told(&ruling(true)), ["AB", "ABDE", "DE", "DEF"]);
        assert_eq!(told(&ruling(false)), told(&[]));
    }
}
