//! Entities that live together.

use std::collections::{BTreeMap, HashMap};

use crate::union::Union;

/// A household has at most so many; more at one address are a school or a dormitory, which is no household.
pub(crate) const MOST: usize = 20;

/// The household of each entity that has one, named by its smallest entity. `ties` are pairs of entities.
pub(crate) fn households(ties: &[(u32, u32)]) -> HashMap<u32, u32> {
    let mut homes = Union::default();
    for (a, b) in ties {
        homes.join(*a, *b);
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (entity, home) in homes.settled().joined() {
        members.entry(home).or_insert_with(|| vec![home]).push(entity);
    }
    members
        .into_iter()
        .filter(|(_, entities)| entities.len() <= MOST)
        .flat_map(|(home, entities)| entities.into_iter().map(move |entity| (entity, home)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_hundred_at_one_address_are_no_household() {
        let family = [(1, 2), (2, 5)];
        let school: Vec<(u32, u32)> = (100..500).map(|n| (100, n)).collect();
        let found = households(&[family.to_vec(), school].concat());
        assert_eq!(found.len(), 3);
        assert_eq!(found[&5], 1);
    }
}
