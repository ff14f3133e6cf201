//! Entities that live together.
//!
//! One door is one household, whatever its members are called: a wife has her own surname and telephone. Two families behind
//! one number of a house are told apart by surnames and telephones; whoever has no door of their own goes by household numbers
//! and ties.

pub(crate) mod door;
pub(crate) mod family;
pub(crate) mod gazetteer;
pub(crate) mod grouped;
pub(crate) mod homes;

use crate::{
    EntityKind,
    household::{
        door::{Door, Doors, OfRows, Standing},
        family::{Telling, families, of_many},
        grouped::Grouped,
        homes::{Crowd, Home, Homes, MOST},
    },
    pairs::block::LARGEST,
    roster::{Roster, field::Field},
};

/// Shorter household numbers run within a village and are another household's in the next.
const LONG: usize = 6;

/// Who lives where, kept so that only the families are found anew behind whose doors something has changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Households {
    doors: Doors,
    /// The entity of each row.
    entities: Vec<u32>,
    /// By entity: the door where it lives.
    at: Vec<Option<Door>>,
    /// Entities whose rows name two doors equally often: where they live depends on others.
    torn: Vec<u32>,
    /// By entity: what its door says, before ties are followed.
    homes: Vec<Option<Home>>,
    /// Those whose doors are of too many, with the doors.
    crowds: Vec<(Door, Crowd)>,
    /// Telephones of very many rows, in order.
    of_many: Vec<(usize, u32)>,
}

impl Households {
    /// The household of each entity, named by its smallest entity, and the groups that are too large for one. `entities` has
    /// the entity of each row; `ties` are pairs of rows that look like one household.
    pub(crate) fn find(
        &mut self,
        roster: &Roster,
        entities: &[u32],
        ties: &[(u32, u32)],
    ) -> (Vec<Option<u32>>, Vec<Crowd>) {
        if roster.kind() != EntityKind::Person {
            return (vec![None; entities.len()], Vec::new());
        }
        let telling = Telling::of(roster);
        self.settle(roster, entities, &telling);
        let crowds = self.crowds.iter().map(|(_, crowd)| *crowd).collect();
        let mut homes = Homes { of: self.homes.clone(), crowds };
        let numbered = telling.numbers.iter().flat_map(|f| of_one_number(&roster.fields[*f]));
        let entity = |row: u32| entities[row as usize];
        homes.follow(numbered.chain(ties.iter().copied()).map(|(a, b)| (entity(a), entity(b))));
        let home = |home: &Option<Home>| match home {
            Some(Home::Household(first)) => Some(*first),
            _ => None,
        };
        homes.crowds.sort_unstable_by_key(|crowd| crowd.first);
        (homes.of.iter().map(home).collect(), homes.crowds)
    }

    /// Finds the families behind the doors at which something has changed.
    fn settle(&mut self, roster: &Roster, entities: &[u32], telling: &Telling) {
        self.doors.follow(roster);
        let stirred = self.stirred(roster, entities);
        self.entities = entities.to_vec();
        self.at.resize(entities.len(), None);
        let members = Grouped::by(entities, entities.len());
        let open = self.move_house(roster, &members, &stirred);
        self.homes.resize(entities.len(), None);
        self.crowds.retain(|(door, _)| !open[door.number()]);
        let mut homes = Homes { of: std::mem::take(&mut self.homes), crowds: Vec::new() };
        let mut living: Vec<(Door, u32)> = Vec::new();
        for (entity, at) in (0..).zip(&self.at) {
            match at {
                Some(door) if open[door.number()] => living.push((*door, entity)),
                Some(_) => continue,
                None => {}
            }
            homes.of[entity as usize] = None;
        }
        living.sort_unstable();
        for here in living.chunk_by(|(a, _), (b, _)| a == b) {
            let (door, here) = (here[0].0, here.iter().map(|(_, entity)| *entity).collect::<Vec<u32>>());
            if here.len() > MOST {
                homes.crowd(&here);
                self.crowds.extend(homes.crowds.drain(..).map(|crowd| (door, crowd)));
            } else if here.len() > 1 {
                families(roster, &members, telling, door, here)
                    .iter()
                    .for_each(|family| homes.settle(family));
            }
        }
        self.homes = homes.of;
    }

    /// Whether each entity has other rows than before, or of its rows any says something else by what is known now.
    fn stirred(&mut self, roster: &Roster, entities: &[u32]) -> Vec<bool> {
        let mut stirred = vec![false; entities.len()];
        let known = self.entities.len();
        for (before, now) in self.entities.iter().zip(entities).filter(|(before, now)| before != now) {
            stirred[*before as usize] = true;
            stirred[*now as usize] = true;
        }
        entities[known..].iter().for_each(|entity| stirred[*entity as usize] = true);
        for column in self.doors.of_rows(roster) {
            column.turned().for_each(|row| stirred[entities[row] as usize] = true);
        }
        let of_many = of_many(roster);
        for (f, value) in of_many.iter().filter(|phone| self.of_many.binary_search(phone).is_err()) {
            let rows = roster.fields[*f].codes.iter().zip(entities).filter(|(code, _)| *code == value);
            rows.for_each(|(_, entity)| stirred[*entity as usize] = true);
        }
        self.of_many = of_many;
        stirred
    }

    /// Finds out where entities live that may have moved. Says of each door whether others live there, or the same who are
    /// others than they were.
    fn move_house(&mut self, roster: &Roster, members: &Grouped, stirred: &[bool]) -> Vec<bool> {
        let standing = self.doors.standing();
        let columns = self.doors.of_rows(roster);
        let mut open = vec![false; standing.len()];
        let mut torn = Vec::new();
        let mut named = Vec::new();
        self.torn.retain(|entity| !stirred[*entity as usize]);
        let stirred = (0..).zip(stirred).filter(|(_, stirred)| **stirred).map(|(entity, _)| (entity, true));
        for (entity, is_stirred) in stirred.chain(self.torn.iter().map(|entity| (*entity, false))) {
            let (door, is_torn) = home_of(members.of(entity), &columns, &standing, &mut named);
            torn.extend(is_torn.then_some(entity));
            let before = std::mem::replace(&mut self.at[entity as usize], door);
            if is_stirred || door != before {
                [before, door].into_iter().flatten().for_each(|door| open[door.number()] = true);
            }
        }
        self.torn = torn;
        open
    }
}

/// The door where an entity of these rows lives: the one that most of them name, of several that where more rows are. Tells
/// too whether there were several. `named` is room to count in.
fn home_of(
    rows: &[u32],
    columns: &[OfRows<'_>],
    standing: &[Standing],
    named: &mut Vec<Door>,
) -> (Option<Door>, bool) {
    named.clear();
    named.extend(rows.iter().flat_map(|row| columns.iter().filter_map(|column| column.door(*row))));
    named.sort_unstable();
    let said = |same: &[Door]| (same.len(), standing[same[0].number()]);
    let doors = named.chunk_by(|a, b| a == b);
    let most = doors.max_by_key(|same| said(same));
    let often = most.map_or(0, <[Door]>::len);
    let is_torn = named.chunk_by(|a, b| a == b).filter(|same| same.len() == often).count() > 1;
    (most.map(|same| same[0]), is_torn)
}

/// Ties of the rows that have a household's number with the first of them.
fn of_one_number(field: &Field) -> Vec<(u32, u32)> {
    let is_number = |value: u32| {
        let rows = field.counts[value as usize];
        rows <= LARGEST as u32 && field.values.get(value).chars().count() >= LONG
    };
    let mut first: Vec<Option<u32>> = vec![None; field.values.len()];
    let mut ties = Vec::new();
    for (code, row) in field.codes.iter().zip(0..) {
        match first[*code as usize] {
            Some(before) => ties.push((before, row)),
            None if is_number(*code) => first[*code as usize] = Some(row),
            None => {}
        }
    }
    ties
}
