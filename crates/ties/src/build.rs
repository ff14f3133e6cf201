//! From ties as they are told to a graph.

use std::collections::HashMap;

use gnomon_kernel::{Day, EntityKind, RowRef, TieKind, Tier};

use crate::{
    days,
    graph::{Edge, Graph, Numbers, flag},
    search::TieError,
};

/// More parties than this at one end of ties of one kind are many: the value, book or employer that they share says little
/// about two of them.
pub const MANY: usize = 50;

/// A tie as it is told. Its kind says which way it is read.
#[derive(Debug, Clone, Copy)]
pub struct NewTie<'t> {
    /// Number of the first party.
    pub first: &'t str,
    /// Number of the second party.
    pub second: &'t str,
    /// What ties them.
    pub kind: TieKind,
    /// How certain it is.
    pub tier: Tier,
    /// First day; `None` when it is not known, and it holds from ever.
    pub from: Option<Day>,
    /// Last day; `None` when it still holds.
    pub until: Option<Day>,
    /// Percent that a shareholder holds, where known.
    pub share: Option<f64>,
    /// Whether it rests on a value that many share.
    pub many: bool,
    /// The records that tell it.
    pub rows: [Option<RowRef>; 2],
    /// What it is about, where it is about something: the project of a deal.
    pub about: Option<&'t str>,
}

/// Ties that were told and are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Of a party to itself: a marriage to oneself, a company that is its own shareholder.
    pub selves: u64,
    /// That ended before they began.
    pub reversed: u64,
    /// Without a number at an end.
    pub nameless: u64,
}

/// A tie with numbers in place of names.
struct Raw {
    edge: Edge,
    rows: [i64; 2],
    /// Place in [`Builder::subjects`].
    about: Option<u32>,
}

/// Takes ties and makes a [`Graph`] of them.
#[derive(Default)]
pub struct Builder {
    ids: HashMap<Box<str>, u32>,
    persons: Vec<bool>,
    ties: Vec<Raw>,
    subjects: Vec<Box<str>>,
    dropped: Dropped,
}

impl Builder {
    /// Takes one tie. What cannot be one is counted and left out.
    ///
    /// # Errors
    ///
    /// [`TieError::Full`] beyond four thousand million parties or ties.
    pub fn add(&mut self, tie: &NewTie<'_>) -> Result<(), TieError> {
        if tie.first.is_empty() || tie.second.is_empty() {
            self.dropped.nameless += 1;
        } else if tie.first == tie.second {
            self.dropped.selves += 1;
        } else if tie.from.zip(tie.until).is_some_and(|(from, until)| until < from) {
            self.dropped.reversed += 1;
        } else {
            let [first, second] = tie.kind.parties();
            let ends = [self.party(tie.first, first)?, self.party(tie.second, second)?];
            u32::try_from(self.ties.len()).map_err(|_| TieError::Full)?;
            let about = self.subject(tie.about)?;
            let edge = Edge {
                ends,
                kind: tie.kind.index(),
                flags: flag::of_tier(tie.tier) | if tie.many { flag::MANY } else { 0 },
                from: days::start(tie.from),
                until: days::end(tie.until),
                share: tie.share.map_or(flag::NO_SHARE, flag::share),
            };
            let rows = tie.rows.map(|row| row.map_or(flag::NO_ROW, RowRef::pack));
            self.ties.push(Raw { edge, rows, about });
        }
        Ok(())
    }

    fn subject(&mut self, about: Option<&str>) -> Result<Option<u32>, TieError> {
        let Some(about) = about.filter(|about| !about.is_empty()) else { return Ok(None) };
        let place = u32::try_from(self.subjects.len()).map_err(|_| TieError::Full)?;
        self.subjects.push(about.into());
        Ok(Some(place))
    }

    /// What was left out so far.
    pub fn dropped(&self) -> Dropped {
        self.dropped
    }

    /// Whoever is a person by one tie is one: it is better masked than told by mistake.
    fn party(&mut self, number: &str, kind: EntityKind) -> Result<u32, TieError> {
        let is_person = kind == EntityKind::Person;
        if let Some(id) = self.ids.get(number) {
            self.persons[*id as usize] |= is_person;
            return Ok(*id);
        }
        let id = u32::try_from(self.persons.len()).map_err(|_| TieError::Full)?;
        self.persons.push(is_person);
        self.ids.insert(number.into(), id);
        Ok(id)
    }

    /// The graph of what was taken.
    pub fn finish(mut self) -> Graph {
        let (numbers, order) = self.number();
        for tie in &mut self.ties {
            tie.edge.ends = tie.edge.ends.map(|end| order[end as usize]);
        }
        self.ties.sort_unstable_by_key(|Raw { edge, rows, .. }| {
            (edge.ends, edge.kind, edge.from, edge.until, *rows)
        });
        let mut persons = vec![false; order.len()];
        for (old, new) in order.iter().enumerate() {
            persons[*new as usize] = self.persons[old];
        }
        let mut graph = self.lay_out(numbers, persons);
        graph.mark_crowds();
        graph
    }

    /// Numbers in order, and the place of each party among them.
    fn number(&mut self) -> (Numbers, Vec<u32>) {
        let mut ids: Vec<(Box<str>, u32)> = std::mem::take(&mut self.ids).into_iter().collect();
        ids.sort_unstable();
        let mut order = vec![0; ids.len()];
        let mut numbers = Numbers::with_capacity(ids.len());
        for (place, (number, id)) in (0..).zip(&ids) {
            order[*id as usize] = place;
            numbers.push(number);
        }
        (numbers, order)
    }

    fn lay_out(&self, numbers: Numbers, persons: Vec<bool>) -> Graph {
        let count = persons.len();
        let mut graph = Graph::empty(numbers, persons, self.ties.len());
        let mut second_ends = vec![0_u32; count + 1];
        for (at, tie) in (0_u32..).zip(&self.ties) {
            graph.push(at, tie.edge, tie.rows);
            if let Some(about) = tie.about {
                graph.tell(at, &self.subjects[about as usize]);
            }
            second_ends[tie.edge.ends[1] as usize + 1] += 1;
        }
        for at in 0..count {
            second_ends[at + 1] += second_ends[at];
        }
        let mut next = second_ends.clone();
        let mut back = vec![0_u32; self.ties.len()];
        for (at, tie) in (0_u32..).zip(&self.ties) {
            let place = &mut next[tie.edge.ends[1] as usize];
            back[*place as usize] = at;
            *place += 1;
        }
        graph.close(second_ends, back);
        graph
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie<'t>(first: &'t str, second: &'t str, kind: TieKind) -> NewTie<'t> {
        NewTie {
            first,
            second,
            kind,
            tier: Tier::Certain,
            from: None,
            until: None,
            share: None,
            many: false,
            rows: [None, None],
            about: None,
        }
    }

    #[test]
    fn what_cannot_be_a_tie_is_counted_and_left_out() {
        let mut builder = Builder::default();
        let day = |text: &str| text.parse().ok();
        let ended =
            NewTie { from: day("2020-01-01"), until: day("2019-12-31"), ..tie("a", "b", TieKind::Spouse) };
        for bad in [
            tie("a", "a", TieKind::Spouse),
            tie("c", "c", TieKind::Holding),
            tie("", "b", TieKind::Parent),
            ended,
        ] {
            builder.add(&bad).unwrap();
        }
        builder.add(&tie("a", "b", TieKind::Parent)).unwrap();
        assert_eq!(builder.dropped(), Dropped { selves: 2, reversed: 1, nameless: 1 });
        let graph = builder.finish();
        assert_eq!((graph.party_count(), graph.tie_count()), (2, 1));
    }

    #[test]
    fn whoever_is_once_a_person_is_a_person() {
        let mut builder = Builder::default();
        builder.add(&tie("x", "y", TieKind::SharedPhone)).unwrap();
        builder.add(&tie("x", "y", TieKind::LegalRep)).unwrap();
        let graph = builder.finish();
        let kinds: Vec<EntityKind> = ["x", "y"].map(|number| graph.find(number).unwrap().kind).into();
        assert_eq!(kinds, [EntityKind::Person, EntityKind::Organisation]);
    }
}
