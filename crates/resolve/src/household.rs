//! Entities that live together.
//!
//! One door is one household, whatever its members are called: a wife has her own surname and telephone. Two families behind
//! one number of a house are told apart by surnames and telephones; whoever has no door of their own goes by ties.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    block::LARGEST,
    door::{Door, Doors},
    field::{Field, Kind},
    role::Part,
    roster::Roster,
    union::Union,
    values::NONE,
};

/// A household has at most so many; more at one address are a school or a dormitory, which is no household.
const MOST: usize = 20;
/// So many at one door are believed to be one household without a name or number in common.
const BELIEVED: usize = 8;

/// Entities at one place that are too many to be a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crowd {
    /// The smallest of them.
    pub first: u32,
    /// How many they are.
    pub entities: u32,
}

/// The household of each entity, named by its smallest entity, and the groups that are too large for one. `entities` has the
/// entity of each row; `ties` are pairs of rows that look like one household.
pub(crate) fn households(
    roster: &Roster,
    entities: &[u32],
    ties: &[(u32, u32)],
) -> (Vec<Option<u32>>, Vec<Crowd>) {
    let mut homes = Homes { of: vec![None; entities.len()], crowds: Vec::new() };
    let members = Members::of(entities);
    let at_doors = at_doors(roster, entities);
    for door in at_doors.chunk_by(|(a, _), (b, _)| a == b) {
        let (at, living) = (door[0].0, door.iter().map(|(_, entity)| *entity).collect::<Vec<_>>());
        if living.len() > MOST {
            homes.crowd(&living);
        } else if living.len() > 1 {
            families(roster, &members, at, living).iter().for_each(|family| homes.settle(family));
        }
    }
    let ties: Vec<(u32, u32)> = ties
        .iter()
        .map(|(a, b)| (entities[*a as usize], entities[*b as usize]))
        .filter(|(a, b)| a != b)
        .collect();
    homes.follow(&ties);
    let home = |home: &Option<Home>| match home {
        Some(Home::Household(first)) => Some(*first),
        _ => None,
    };
    homes.crowds.sort_unstable_by_key(|crowd| crowd.first);
    (homes.of.iter().map(home).collect(), homes.crowds)
}

/// Entities by the door where each lives: the one that most of its rows name; of several that where more rows are.
fn at_doors(roster: &Roster, entities: &[u32]) -> Vec<(Door, u32)> {
    let doors = Doors::of(roster);
    let mut named: Vec<(u32, Door)> = Vec::with_capacity(entities.len());
    for (row, entity) in entities.iter().enumerate() {
        named.extend(doors.row(row as u32).map(|door| (*entity, door)));
    }
    named.sort_unstable();
    let mut rows: HashMap<Door, u32> = HashMap::new();
    named.iter().for_each(|(_, door)| *rows.entry(*door).or_default() += 1);
    let mut living = Vec::new();
    for entity in named.chunk_by(|(a, _), (b, _)| a == b) {
        let most =
            entity.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), rows[&same[0].1], same[0].1));
        living.extend(most.map(|same| (same[0].1, same[0].0)));
    }
    living.sort_unstable();
    living
}

/// Rows by entity.
struct Members(Vec<(u32, u32)>);

impl Members {
    fn of(entities: &[u32]) -> Members {
        let mut rows: Vec<(u32, u32)> = entities.iter().copied().zip(0..).collect();
        rows.sort_unstable();
        Members(rows)
    }

    fn rows(&self, entity: u32) -> impl Iterator<Item = u32> {
        let from = self.0.partition_point(|(other, _)| *other < entity);
        self.0[from..].iter().take_while(move |(other, _)| *other == entity).map(|(_, row)| *row)
    }
}

/// The households of those who live at one door. Two household numbers are two households, and two postcodes are two places
/// of one name.
fn families(roster: &Roster, members: &Members, door: Door, living: Vec<u32>) -> Vec<Vec<u32>> {
    let is_number = |field: &Field| field.role.part == Part::Household && field.kind == Kind::Code;
    let is_postcode = |field: &Field| field.role.part == Part::Postcode;
    let is_kin = |field: &Field| matches!(field.role.part, Part::Surname | Part::Phone) || is_number(field);
    let family = |group: &Vec<u32>| group.len() > 1;
    for parted in [alike(roster, members, &living, is_number), alike(roster, members, &living, is_postcode)] {
        if parted.len() > 1 {
            return parted.into_iter().filter(family).collect();
        }
    }
    let kin: Vec<Vec<u32>> = alike(roster, members, &living, is_kin).into_iter().filter(family).collect();
    if living.len() > BELIEVED || kin.len() > 1 && !door.is_flat() { kin } else { vec![living] }
}

/// Entities in groups that share values of some fields; those that have none are in no group. What very many rows have is
/// nobody's.
fn alike(
    roster: &Roster,
    members: &Members,
    living: &[u32],
    asked: impl Fn(&Field) -> bool,
) -> Vec<Vec<u32>> {
    let mut union = Union::new(living.len());
    let mut first: HashMap<(usize, u32), u32> = HashMap::new();
    let mut has_any = vec![false; living.len()];
    for (f, field) in roster.fields.iter().enumerate().filter(|(_, field)| asked(field)) {
        let is_shared = |value: u32| {
            let is_one_home =
                field.role.part != Part::Phone || field.counts[value as usize] <= LARGEST as u32;
            value != NONE && is_one_home
        };
        for (entity, at) in living.iter().zip(0..) {
            for value in members.rows(*entity).map(|row| field.codes[row as usize]).filter(|v| is_shared(*v))
            {
                union.join(*first.entry((f, value)).or_insert(at), at);
                has_any[at as usize] = true;
            }
        }
    }
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); living.len()];
    for (entity, at) in living.iter().zip(0..).filter(|(_, at)| has_any[*at as usize]) {
        groups[union.of(at) as usize].push(*entity);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    Household(u32),
    Crowd,
}

/// Who lives where, by entity.
struct Homes {
    of: Vec<Option<Home>>,
    crowds: Vec<Crowd>,
}

impl Homes {
    fn settle(&mut self, family: &[u32]) {
        let Some(first) = family.iter().min() else { return };
        family.iter().for_each(|entity| self.of[*entity as usize] = Some(Home::Household(*first)));
    }

    fn crowd(&mut self, living: &[u32]) {
        let Some(first) = living.iter().min() else { return };
        living.iter().for_each(|entity| self.of[*entity as usize] = Some(Home::Crowd));
        self.crowds.push(Crowd { first: *first, entities: living.len() as u32 });
    }

    /// Those without a home go where most of their ties lead; where they lead to others without one, they are a household.
    fn follow(&mut self, ties: &[(u32, u32)]) {
        let mut union = Union::new(self.of.len());
        let lone = |of: &[Option<Home>], entity: u32| of[entity as usize].is_none();
        for (a, b) in ties.iter().filter(|(a, b)| lone(&self.of, *a) && lone(&self.of, *b)) {
            union.join(*a, *b);
        }
        let mut groups: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut leads: HashMap<(u32, u32), u32> = HashMap::new();
        for (a, b) in ties.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).filter(|(a, _)| lone(&self.of, *a))
        {
            let group = union.of(a);
            groups.entry(group).or_default().push(a);
            if let Some(Home::Household(home)) = self.of[b as usize] {
                *leads.entry((group, home)).or_default() += 1;
            }
        }
        let mut best: HashMap<u32, (u32, u32)> = HashMap::new();
        for ((group, home), ties) in leads {
            let kept = best.entry(group).or_insert((ties, home));
            if (ties, std::cmp::Reverse(home)) > (kept.0, std::cmp::Reverse(kept.1)) {
                *kept = (ties, home);
            }
        }
        self.take_in(groups, &best);
    }

    fn take_in(&mut self, groups: HashMap<u32, Vec<u32>>, best: &HashMap<u32, (u32, u32)>) {
        let mut sizes: HashMap<u32, usize> = HashMap::new();
        for home in self.of.iter().flatten() {
            if let Home::Household(home) = home {
                *sizes.entry(*home).or_default() += 1;
            }
        }
        let mut renamed: HashMap<u32, u32> = HashMap::new();
        let mut groups: Vec<(u32, Vec<u32>)> = groups.into_iter().collect();
        groups.sort_unstable();
        for (group, mut living) in groups {
            living.sort_unstable();
            living.dedup();
            match best.get(&group) {
                _ if living.len() > MOST => self.crowd(&living),
                Some((_, home)) => {
                    let size = sizes.entry(*home).or_default();
                    if *size + living.len() <= MOST {
                        *size += living.len();
                        living.iter().for_each(|one| self.of[*one as usize] = Some(Home::Household(*home)));
                        let name = renamed.entry(*home).or_insert(*home);
                        *name = (*name).min(living[0]);
                    }
                }
                None => self.settle(&living),
            }
        }
        for home in self.of.iter_mut().flatten() {
            if let Home::Household(home) = home {
                *home = renamed.get(home).copied().unwrap_or(*home);
            }
        }
    }
}
