//! Entities that live together.

use serde::{Deserialize, Serialize};

use crate::union::Union;

/// A household has at most so many; more at one address are a school or a dormitory, which is no household.
const MOST: u32 = 20;

/// Entities at one place that are too many to be a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crowd {
    /// The smallest of them.
    pub first: u32,
    /// How many they are.
    pub entities: u32,
}

/// The household of each row's entity, named by its smallest entity, and the groups that are too large for one. `ties` are
/// pairs of different entities.
pub(crate) fn households(
    rows: usize,
    ties: impl Iterator<Item = (u32, u32)>,
) -> (Vec<Option<u32>>, Vec<Crowd>) {
    let mut union = Union::new(rows);
    let mut tied = vec![false; rows];
    for (a, b) in ties {
        union.join(a, b);
        tied[a as usize] = true;
        tied[b as usize] = true;
    }
    let mut sizes = vec![0; rows];
    for entity in (0..rows as u32).filter(|entity| tied[*entity as usize]) {
        sizes[union.of(entity) as usize] += 1;
    }
    let home = |entity: u32| {
        let home = union.of(entity);
        (2..=MOST).contains(&sizes[home as usize]).then_some(home)
    };
    let homes = (0..rows as u32).map(home).collect();
    let crowds = sizes.iter().zip(0..).filter(|(entities, _)| **entities > MOST);
    (homes, crowds.map(|(entities, first)| Crowd { first, entities: *entities }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_hundred_at_one_address_are_no_household() {
        let family = [(1, 2), (2, 5)];
        let school = (100..500).map(|n| (99, n));
        let (homes, crowds) = households(600, family.into_iter().chain(school));
        assert_eq!(homes.iter().flatten().count(), 3);
        assert_eq!(homes[5], Some(1));
        assert_eq!(crowds, [Crowd { first: 99, entities: 401 }]);
    }
}
