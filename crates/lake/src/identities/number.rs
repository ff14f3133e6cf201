//! Numbers of entities, which stay.

use std::cmp::Reverse;

use gnomon_kernel::EntityKind;
use gnomon_library::entity::EntityChange;

/// The entity of each mention, and the next free number. A number is never used twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Mention id and entity, ascending.
    pub of: Vec<(u64, u64)>,
    pub next: u64,
}

/// Mentions of a group that were one entity before.
struct Part {
    group: u32,
    old: u64,
    /// Whether the number stays with them.
    keeps: bool,
}

/// Numbers groups of mentions, which come as group and mention id, sorted: each keeps the smallest number that its mentions
/// had, unless a larger part of that entity keeps it; who has none gets the next.
pub(super) fn number(
    kind: EntityKind,
    before: &Numbers,
    members: &[(u32, u64)],
) -> (Numbers, Vec<EntityChange>) {
    let mut after = Numbers { of: Vec::with_capacity(members.len()), next: before.next.max(1) };
    let mut changes = Vec::new();
    let parts = parts(before, members);
    let mut parts = parts.chunk_by(|a, b| a.group == b.group).peekable();
    for members in members.chunk_by(|a, b| a.0 == b.0) {
        let parts = parts.next_if(|parts| parts[0].group == members[0].0).unwrap_or_default();
        let own = parts.iter().find(|part| part.keeps).map(|part| part.old).unwrap_or_else(|| {
            after.next += 1;
            after.next - 1
        });
        for Part { old, keeps, .. } in parts.iter().filter(|part| part.old != own) {
            changes.push(match keeps {
                true => EntityChange::Merged { kind, from: *old, into: own },
                false => EntityChange::Split { kind, from: *old, into: own },
            });
        }
        after.of.extend(members.iter().map(|(_, id)| (*id, own)));
    }
    after.of.sort_unstable();
    (after, changes)
}

/// What the groups are made of, by group and then by the number before. Sorted and gone through side by side, a million is
/// faster than asked for one by one.
fn parts(before: &Numbers, members: &[(u32, u64)]) -> Vec<Part> {
    let mut ids: Vec<(u64, u32)> = members.iter().map(|(group, id)| (*id, *group)).collect();
    ids.sort_unstable();
    let mut known = before.of.iter().peekable();
    let had = ids.into_iter().filter_map(|(id, group)| {
        while known.next_if(|(known, _)| *known < id).is_some() {}
        let (_, old) = known.peek().filter(|(known, _)| *known == id)?;
        Some((*old, group))
    });
    let mut had: Vec<(u64, u32)> = had.collect();
    had.sort_unstable();
    let sizes = had.chunk_by(|a, b| a == b).map(|part| (part[0].0, Reverse(part.len()), part[0].1));
    let mut sizes: Vec<(u64, Reverse<usize>, u32)> = sizes.collect();
    sizes.sort_unstable();
    let of_entity = sizes.chunk_by(|a, b| a.0 == b.0);
    let parts = of_entity.flat_map(|parts| {
        // The largest part of an entity keeps its number.
        parts.iter().enumerate().map(|(at, (old, _, group))| Part {
            group: *group,
            old: *old,
            keeps: at == 0,
        })
    });
    let mut parts: Vec<Part> = parts.collect();
    parts.sort_unstable_by_key(|part| (part.group, part.old));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(before: &Numbers, all: &[&[u64]]) -> (Numbers, Vec<EntityChange>) {
        let members = (0..).zip(all).flat_map(|(group, ids)| ids.iter().map(move |id| (group, *id)));
        number(EntityKind::Person, before, &members.collect::<Vec<_>>())
    }

    #[test]
    fn numbers_stay_whoever_comes_and_in_whatever_order() {
        let (first, none) = numbered(&Numbers::default(), &[&[10], &[20, 21]]);
        assert_eq!((first.of.as_slice(), none.len()), ([(10, 1), (20, 2), (21, 2)].as_slice(), 0));
        let (then, none) = numbered(&first, &[&[5], &[20, 21, 22], &[10]]);
        assert_eq!(then.of, [(5, 3), (10, 1), (20, 2), (21, 2), (22, 2)]);
        assert_eq!(none, []);
    }

    #[test]
    fn of_two_that_merge_the_older_stays_and_the_other_number_is_not_used_again() {
        let (first, _) = numbered(&Numbers::default(), &[&[10], &[20]]);
        let (then, changes) = numbered(&first, &[&[10, 20]]);
        assert_eq!(then.of, [(10, 1), (20, 1)]);
        assert_eq!(changes, [EntityChange::Merged { kind: EntityKind::Person, from: 2, into: 1 }]);
        let (later, _) = numbered(&then, &[&[10, 20], &[30]]);
        assert_eq!(later.of, [(10, 1), (20, 1), (30, 3)]);
    }

    #[test]
    fn of_one_that_parts_the_larger_part_keeps_the_number() {
        let (first, _) = numbered(&Numbers::default(), &[&[10, 11, 12]]);
        let (then, changes) = numbered(&first, &[&[10], &[11, 12]]);
        assert_eq!(then.of, [(10, 2), (11, 1), (12, 1)]);
        assert_eq!(changes, [EntityChange::Split { kind: EntityKind::Person, from: 1, into: 2 }]);
    }
}
