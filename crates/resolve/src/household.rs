//! Entities that live together.

use std::collections::HashMap;

/// A household has at most so many; more at one address are a school or a dormitory, which is no household.
pub(crate) const MOST: usize = 20;

/// The household of each entity that has one, named by its smallest entity. `ties` are pairs of entities.
pub(crate) fn households(ties: &[(u32, u32)]) -> HashMap<u32, u32> {
    let mut parent: HashMap<u32, u32> = HashMap::new();
    for (a, b) in ties {
        let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
        parent.insert(a.max(b), a.min(b));
    }
    let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
    let all: Vec<u32> = parent.keys().copied().collect();
    for entity in all {
        let root = root(&mut parent, entity);
        members.entry(root).or_default().push(entity);
    }
    members
        .into_iter()
        .filter(|(_, entities)| (2..=MOST).contains(&entities.len()))
        .flat_map(|(root, entities)| entities.into_iter().map(move |entity| (entity, root)))
        .collect()
}

fn root(parent: &mut HashMap<u32, u32>, entity: u32) -> u32 {
    let mut at = entity;
    loop {
        match *parent.entry(at).or_insert(at) {
            above if above == at => break,
            above => at = above,
        }
    }
    parent.insert(entity, at);
    at
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
