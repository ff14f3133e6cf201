//! Numbers of entities, which stay.

use std::collections::{BTreeMap, HashMap};

use gnomon_kernel::EntityKind;
use gnomon_library::entity::EntityChange;
use serde::{Deserialize, Serialize};

/// The entity of each mention, by mention id, and the next free number. A number is never used twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Numbers {
    pub of: HashMap<u64, u64>,
    pub next: u64,
}

/// Numbers groups of mentions: each keeps the smallest number that its mentions had, unless an older part of that entity
/// keeps it; who has none gets the next.
pub(super) fn number(
    kind: EntityKind,
    before: &Numbers,
    groups: &BTreeMap<u32, Vec<u64>>,
) -> (Numbers, Vec<EntityChange>) {
    let mut after = Numbers { of: HashMap::new(), next: before.next.max(1) };
    let mut changes = Vec::new();
    // The largest part of an entity keeps its number.
    let mut keeper: HashMap<u64, (usize, u32)> = HashMap::new();
    // The numbers that the mentions of each group had, ascending, one group after the other.
    let (mut had, mut numbers) = (Vec::new(), Vec::new());
    for (group, ids) in groups {
        numbers.extend(ids.iter().filter_map(|id| before.of.get(id).copied()));
        numbers.sort_unstable();
        for part in numbers.chunk_by(|a, b| a == b) {
            had.push((*group, part[0]));
            let known = keeper.entry(part[0]).or_insert((part.len(), *group));
            if part.len() > known.0 {
                *known = (part.len(), *group);
            }
        }
        numbers.clear();
    }
    let mut had = had.chunk_by(|a, b| a.0 == b.0).peekable();
    for (group, ids) in groups {
        let known = had.next_if(|known| known[0].0 == *group).unwrap_or_default();
        let known = known.iter().map(|(_, old)| *old);
        let keeps = |old: u64| keeper.get(&old).is_some_and(|(_, keeper)| keeper == group);
        let own = known.clone().find(|old| keeps(*old)).unwrap_or_else(|| {
            after.next += 1;
            after.next - 1
        });
        for from in known.filter(|old| *old != own) {
            changes.push(match keeps(from) {
                true => EntityChange::Merged { kind, from, into: own },
                false => EntityChange::Split { kind, from, into: own },
            });
        }
        after.of.extend(ids.iter().map(|id| (*id, own)));
    }
    (after, changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(all: &[&[u64]]) -> BTreeMap<u32, Vec<u64>> {
        all.iter().enumerate().map(|(group, ids)| (group as u32, ids.to_vec())).collect()
    }

    fn numbered(before: &Numbers, all: &[&[u64]]) -> (Numbers, Vec<EntityChange>) {
        number(EntityKind::Person, before, &groups(all))
    }

    #[test]
    fn numbers_stay_whoever_comes_and_in_whatever_order() {
        let (first, none) = numbered(&Numbers::default(), &[&[10], &[20, 21]]);
        assert_eq!((first.of[&10], first.of[&20], first.of[&21], none.len()), (1, 2, 2, 0));
        let (then, none) = numbered(&first, &[&[5], &[20, 21, 22], &[10]]);
        assert_eq!((then.of[&10], then.of[&22], then.of[&5], none.len()), (1, 2, 3, 0));
    }

    #[test]
    fn of_two_that_merge_the_older_stays_and_the_other_number_is_not_used_again() {
        let (first, _) = numbered(&Numbers::default(), &[&[10], &[20]]);
        let (then, changes) = numbered(&first, &[&[10, 20]]);
        assert_eq!((then.of[&10], then.of[&20]), (1, 1));
        assert_eq!(changes, [EntityChange::Merged { kind: EntityKind::Person, from: 2, into: 1 }]);
        let (later, _) = numbered(&then, &[&[10, 20], &[30]]);
        assert_eq!(later.of[&30], 3);
    }

    #[test]
    fn of_one_that_parts_the_larger_part_keeps_the_number() {
        let (first, _) = numbered(&Numbers::default(), &[&[10, 11, 12]]);
        let (then, changes) = numbered(&first, &[&[10], &[11, 12]]);
        assert_eq!((then.of[&10], then.of[&11]), (2, 1));
        assert_eq!(changes, [EntityChange::Split { kind: EntityKind::Person, from: 1, into: 2 }]);
    }
}
