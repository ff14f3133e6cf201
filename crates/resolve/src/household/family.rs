//! The families behind one door.

use crate::{
    household::{door::Door, grouped::Grouped},
    pairs::block::LARGEST,
    roster::{
        Roster,
        field::{Field, Kind},
        role::Part,
        values::NONE,
    },
    union::Union,
};

/// So many at one door are believed to be one household without a name or number in common.
const BELIEVED: usize = 8;

/// Fields that tell the families behind one door apart.
pub(crate) struct Telling {
    /// Numbers of households.
    pub(crate) numbers: Vec<usize>,
    postcodes: Vec<usize>,
    /// What relatives share.
    kin: Vec<usize>,
}

impl Telling {
    pub(crate) fn of(roster: &Roster) -> Telling {
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
pub(crate) fn families(
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

/// Whether very many rows have a value.
fn is_of_many(field: &Field, value: u32) -> bool {
    field.counts[value as usize] > LARGEST as u32
}

/// Telephones of very many rows, with their fields. How the families behind a door are told apart depends on which they are.
pub(crate) fn of_many(roster: &Roster) -> Vec<(usize, u32)> {
    let phones = roster.fields.iter().enumerate().filter(|(_, field)| field.role.part == Part::Phone);
    let of_many = |(f, field): (usize, &Field)| {
        let all = (0..field.counts.len() as u32).filter(|value| is_of_many(field, *value));
        all.map(|value| (f, value)).collect::<Vec<_>>()
    };
    phones.flat_map(of_many).collect()
}

/// Entities in groups that share values of some fields; those that have none are in no group. A telephone of very many rows
/// is nobody's.
fn alike(roster: &Roster, members: &Grouped, living: &[u32], fields: &[usize]) -> Vec<Vec<u32>> {
    if fields.is_empty() {
        return Vec::new();
    }
    let says = |f: usize, value: u32| {
        let field = &roster.fields[f];
        value != NONE && !(field.role.part == Part::Phone && is_of_many(field, value))
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
