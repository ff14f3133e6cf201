//! Questions to the graph, and what both searches share.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use gnomon_kernel::Day;

use crate::{
    days,
    graph::{Edge, Graph, Onward},
    shortest, strength, strongest,
};

/// The most ways of the fewest ties that an answer holds; the strongest stay.
pub const MOST_SHORTEST: usize = 10;
/// The most ways that an answer holds for their strength. No two of them have a party in common but the two ends.
pub const MOST_STRONGEST: usize = 3;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TieError {
    /// No tie names this number.
    #[error("no tie names this number")]
    Unknown,
    /// Both ends are the same.
    #[error("both ends are the same")]
    Same,
    /// More parties or ties than a graph can hold.
    #[error("more parties or ties than a graph can hold")]
    Full,
}

/// What is asked of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The day on which every tie has to hold; on whatever day when absent.
    pub on: Option<Day>,
    /// The most ties one after the other.
    pub most_steps: usize,
    /// Whether ways may lead through what many share.
    pub through_many: bool,
}

impl Question {
    /// What holds on a day, up to four ties, past what many share.
    pub fn on(day: Day) -> Question {
        Question { on: Some(day), most_steps: 4, through_many: false }
    }
}

/// A way from one party to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Places of the parties, both ends included.
    pub parties: Vec<u32>,
    /// The product of the strengths of its ties, each step counted by its strongest.
    pub strength: f32,
    /// Whether no other way has fewer ties.
    pub is_shortest: bool,
    /// Whether it is among the strongest.
    pub is_strongest: bool,
    /// Whether a step rests on nothing but what many share.
    pub through_many: bool,
}

/// Ways from one party to another: the strongest of the shortest first, then longer ones that are stronger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paths {
    /// The ways.
    pub paths: Vec<Path>,
    /// Whether there are more ways of the fewest ties than are told.
    pub more: bool,
}

impl Graph {
    /// How two numbers are tied to each other. No way is an empty answer.
    ///
    /// # Errors
    ///
    /// [`TieError::Same`] for a number asked against itself, [`TieError::Unknown`] for one that no tie names.
    pub fn paths(&self, from: &str, to: &str, question: &Question) -> Result<Paths, TieError> {
        if from == to {
            return Err(TieError::Same);
        }
        let end = |number| self.find(number).map(|party| party.id).ok_or(TieError::Unknown);
        let walk = Walk::new(self, [end(from)?, end(to)?], question);
        let (shortest, more) = shortest::find(&walk);
        let mut paths: Vec<Path> = shortest.into_iter().map(|parties| walk.path(parties, true)).collect();
        for parties in strongest::find(&walk, &paths) {
            match paths.iter_mut().find(|known| known.parties == parties) {
                Some(known) => known.is_strongest = true,
                None => paths.push(Path { is_strongest: true, ..walk.path(parties, false) }),
            }
        }
        Ok(Paths { paths, more })
    }
}

/// One question on its way through the graph.
pub(crate) struct Walk<'g> {
    pub(crate) graph: &'g Graph,
    /// Between whom.
    pub(crate) ends: [u32; 2],
    pub(crate) most_steps: usize,
    on: Option<u16>,
    through_many: bool,
}

impl<'g> Walk<'g> {
    pub(crate) fn new(graph: &'g Graph, ends: [u32; 2], question: &Question) -> Walk<'g> {
        let on = question.on.map(days::asked);
        let most_steps = question.most_steps;
        Walk { graph, ends, most_steps, on, through_many: question.through_many }
    }

    /// The ties that lead on from a party: the tie and whom it leads to. One party may come more than once.
    pub(crate) fn onward(&self, party: u32) -> impl Iterator<Item = Onward<'g>> {
        self.graph.ties_at(party).filter(|onward| self.leads(onward.edge))
    }

    /// The ties that lead on from a party; those may be left out whose strength before crowds weaken it is not enough. The
    /// strongest come first where a party has the many that register it, so that most of them are not even looked at.
    pub(crate) fn onward_by(
        &self,
        party: u32,
        is_enough: impl Fn(f32) -> bool,
    ) -> impl Iterator<Item = Onward<'g>> {
        self.graph.ties_by(party, is_enough).filter(|onward| self.leads(onward.edge))
    }

    /// Whether no more ties have to be looked at to get one step on from these parties than from those. The fewer parties
    /// are counted first and the others no further than it takes to tell.
    pub(crate) fn is_cheaper(
        &self,
        these: impl Iterator<Item = u32>,
        those: impl Iterator<Item = u32>,
    ) -> bool {
        if these.size_hint().1 <= those.size_hint().1 {
            let cost = self.cost(these, usize::MAX);
            cost <= self.cost(those, cost)
        } else {
            let cost = self.cost(those, usize::MAX);
            self.cost(these, cost) <= cost
        }
    }

    /// How many ties these parties have; beyond `most` some number above it.
    fn cost(&self, parties: impl Iterator<Item = u32>, most: usize) -> usize {
        let mut cost = 0;
        for party in parties {
            cost += self.graph.degree(party);
            if cost > most {
                break;
            }
        }
        cost
    }

    pub(crate) fn leads(&self, edge: &Edge) -> bool {
        self.on.is_none_or(|day| edge.holds(day)) && (self.through_many || !edge.is_of_many(self.ends))
    }

    /// The strength of a tie in this question: less where it is one of many.
    pub(crate) fn strength(&self, edge: &Edge) -> f32 {
        strength::in_way(edge.strength(), edge.is_of_many(self.ends))
    }

    /// The strength of the step from one party to the next, and whether it rests on what many share.
    fn step(&self, from: u32, to: u32) -> (f32, bool) {
        let ties = self.graph.between(from, to).into_iter().map(|tie| self.graph.edge(tie.id));
        ties.filter(|edge| self.leads(edge)).fold((0.0, true), |(best, many), edge| {
            (self.strength(edge).max(best), many && edge.is_of_many(self.ends))
        })
    }

    pub(crate) fn path(&self, parties: Vec<u32>, is_shortest: bool) -> Path {
        let steps = parties.windows(2).map(|step| self.step(step[0], step[1]));
        let (strength, through_many) =
            steps.fold((1.0, false), |(product, any), (strength, many)| (product * strength, any || many));
        Path { parties, strength, is_shortest, is_strongest: false, through_many }
    }
}

/// Places of parties are small numbers of our own: mixing their bits is enough.
#[derive(Default)]
pub(crate) struct PlaceHasher(u64);

impl Hasher for PlaceHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, place: u32) {
        let mixed = (self.0 ^ u64::from(place)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

/// What is known of parties by their place.
pub(crate) type ByPlace<T> = HashMap<u32, T, BuildHasherDefault<PlaceHasher>>;
