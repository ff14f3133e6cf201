//! Entities that live together.
//!
//! One door is one household, whatever its members are called: a wife has her own surname and telephone. Two families behind
//! one number of a house are told apart by surnames and telephones; whoever has no door of their own goes by household numbers
//! and ties.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    EntityKind,
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
/// Shorter household numbers run within a village and are another household's in the next.
const LONG: usize = 6;

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
    if roster.kind() != EntityKind::Person {
        return (vec![None; entities.len()], Vec::new());
    }
    let mut homes = Homes { of: vec![None; entities.len()], crowds: Vec::new() };
    let members = Grouped::by(entities, entities.len());
    let telling = Telling::of(roster);
    for (door, living) in at_doors(roster, &members) {
        if living.len() > MOST {
            homes.crowd(&living);
        } else if living.len() > 1 {
            families(roster, &members, &telling, door, living).iter().for_each(|family| homes.settle(family));
        }
    }
    let numbered = telling.numbers.iter().flat_map(|f| of_one_number(&roster.fields[*f]));
    let ties: Vec<(u32, u32)> = numbered
        .chain(ties.iter().copied())
        .map(|(a, b)| (entities[a as usize], entities[b as usize]))
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

/// The numbers from 0 on, by the group of each.
struct Grouped {
    numbers: Vec<u32>,
    /// Where each group begins, and the end.
    starts: Vec<u32>,
}

impl Grouped {
    /// Groups by what is said of each number, which is below `groups`.
    fn by(said: &[u32], groups: usize) -> Grouped {
        let mut starts = vec![0; groups + 1];
        said.iter().for_each(|group| starts[*group as usize + 1] += 1);
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let (mut next, mut numbers) = (starts.clone(), vec![0; said.len()]);
        for (group, number) in said.iter().zip(0..) {
            numbers[next[*group as usize] as usize] = number;
            next[*group as usize] += 1;
        }
        Grouped { numbers, starts }
    }

    fn of(&self, group: u32) -> &[u32] {
        &self.numbers[self.starts[group as usize] as usize..self.starts[group as usize + 1] as usize]
    }
}

/// Who lives at each door: an entity at the one that most of its rows name, of several that where more rows are.
fn at_doors(roster: &Roster, members: &Grouped) -> impl Iterator<Item = (Door, Vec<u32>)> {
    let doors = Doors::of(roster);
    let mut rows = vec![0_u32; doors.count()];
    for row in 0..roster.rows() as u32 {
        doors.row(row).for_each(|door| rows[door.number()] += 1);
    }
    let mut named: Vec<Door> = Vec::new();
    let mut living: Vec<(Door, u32)> = Vec::new();
    for entity in 0..roster.rows() as u32 {
        named.clear();
        named.extend(members.of(entity).iter().flat_map(|row| doors.row(*row)));
        named.sort_unstable();
        let said = named.chunk_by(|a, b| a == b);
        let most = said.max_by_key(|same| (same.len(), rows[same[0].number()], same[0]));
        living.extend(most.map(|same| (same[0], entity)));
    }
    living.sort_unstable();
    let mut next = 0;
    std::iter::from_fn(move || {
        let (door, _) = *living.get(next)?;
        let here = living[next..].iter().take_while(|(other, _)| *other == door);
        let here: Vec<u32> = here.map(|(_, entity)| *entity).collect();
        next += here.len();
        Some((door, here))
    })
}

/// Fields that tell the families behind one door apart.
struct Telling {
    numbers: Vec<usize>,
    postcodes: Vec<usize>,
    /// What relatives share.
    kin: Vec<usize>,
}

impl Telling {
    fn of(roster: &Roster) -> Telling {
        let fields = |asked: fn(&Field) -> bool| {
            let all = roster.fields.iter().enumerate();
            all.filter(|(_, field)| asked(field)).map(|(f, _)| f).collect::<Vec<_>>()
        };
        let is_number = |field: &Field| field.role.is_of_household() && field.kind == Kind::Code;
        let is_kin = |field: &Field| matches!(field.role.part, Part::Surname | Part::Phone);
        let is_postcode = |field: &Field| field.role.part == Part::Postcode;
        Telling { numbers: fields(is_number), postcodes: fields(is_postcode), kin: fields(is_kin) }
    }
}

/// The households of those who live at one door. Two household numbers are two households, and two postcodes are two places
/// of one name.
fn families(
    roster: &Roster,
    members: &Grouped,
    telling: &Telling,
    door: Door,
    living: Vec<u32>,
) -> Vec<Vec<u32>> {
    let groups = |fields: &[usize]| alike(roster, members, &living, fields);
    let is_family = |group: &Vec<u32>| group.len() > 1;
    for fields in [&telling.numbers, &telling.postcodes] {
        let parted = groups(fields);
        if parted.len() > 1 {
            return parted.into_iter().filter(is_family).collect();
        }
    }
    let may_be_two = living.len() > 3 && !door.is_flat();
    if living.len() <= BELIEVED && !may_be_two {
        return vec![living];
    }
    let kin: Vec<Vec<u32>> = groups(&telling.kin).into_iter().filter(is_family).collect();
    if living.len() > BELIEVED || kin.len() > 1 { kin } else { vec![living] }
}

/// Ties of the rows that have a household's number with the first of them.
fn of_one_number(field: &Field) -> Vec<(u32, u32)> {
    let mut first: HashMap<u32, u32> = HashMap::new();
    let mut ties = Vec::new();
    for (code, row) in field.codes.iter().zip(0..) {
        let is_number = field.values.get(*code).chars().count() >= LONG;
        if is_number && field.counts[*code as usize] <= LARGEST as u32 {
            ties.push((*first.entry(*code).or_insert(row), row));
        }
    }
    ties
}

/// Entities in groups that share values of some fields; those that have none are in no group. A telephone of very many rows
/// is nobody's.
fn alike(roster: &Roster, members: &Grouped, living: &[u32], fields: &[usize]) -> Vec<Vec<u32>> {
    if fields.is_empty() {
        return Vec::new();
    }
    let says = |f: usize, value: u32| {
        let field = &roster.fields[f];
        value != NONE && (field.role.part != Part::Phone || field.counts[value as usize] <= LARGEST as u32)
    };
    let mut said: Vec<(usize, u32, u32)> = Vec::new();
    for (entity, at) in living.iter().zip(0..) {
        for row in members.of(*entity) {
            let values = roster.values(*row);
            said.extend(fields.iter().map(|f| (*f, values[*f], at)).filter(|(f, value, _)| says(*f, *value)));
        }
    }
    said.sort_unstable();
    let mut union = Union::new(living.len());
    for two in said.windows(2).filter(|two| (two[0].0, two[0].1) == (two[1].0, two[1].1)) {
        union.join(two[0].2, two[1].2);
    }
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); living.len()];
    said.sort_unstable_by_key(|(_, _, at)| *at);
    said.dedup_by_key(|(_, _, at)| *at);
    for (_, _, at) in said {
        groups[union.of(at) as usize].push(living[at as usize]);
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
