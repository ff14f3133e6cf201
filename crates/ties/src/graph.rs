//! The graph as it lies in memory: 44 bytes for a tie, 16 more for one that rests on two records, and 36 or so for a party
//! with its number and name. Ties are sorted by their first party; those of a second party are listed beside.

use std::{cmp::Reverse, hint::black_box, ops::Range};

use gnomon_kernel::{Day, EntityKind, RowRef, TieKind, Tier};

use crate::{build::MANY, days, strength};

/// What a tie's byte of flags and its other small fields mean.
pub(crate) mod flag {
    use gnomon_kernel::Tier;

    /// Rests on a value that many share.
    pub(crate) const MANY: u8 = 1 << 2;
    /// One of many of its kind at the first, the second end.
    pub(crate) const CROWD: [u8; 2] = [1 << 3, 1 << 4];
    /// No share is known.
    pub(crate) const NO_SHARE: u16 = u16::MAX;
    /// No record.
    pub(crate) const NO_ROW: i64 = -1;

    /// The two lowest bits.
    pub(crate) fn of_tier(tier: Tier) -> u8 {
        match tier {
            Tier::Certain => 0,
            Tier::Probable => 1,
            Tier::Possible => 2,
        }
    }

    pub(crate) fn tier(flags: u8) -> Tier {
        match flags & 3 {
            0 => Tier::Certain,
            1 => Tier::Probable,
            _ => Tier::Possible,
        }
    }

    /// Hundredths of a percent.
    pub(crate) fn share(percent: f64) -> u16 {
        (percent.clamp(0.0, 100.0) * 100.0).round() as u16
    }
}

/// Texts one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    text: String,
    ends: Vec<u32>,
}

impl Numbers {
    pub(crate) fn with_capacity(count: usize) -> Numbers {
        Numbers { text: String::with_capacity(count * 18), ends: Vec::with_capacity(count) }
    }

    /// Texts beyond four thousand million bytes are left empty.
    pub(crate) fn push(&mut self, text: &str) {
        let last = self.ends.last().copied().unwrap_or_default();
        match u32::try_from(self.text.len() + text.len()) {
            Ok(end) => {
                self.text.push_str(text);
                self.ends.push(end);
            }
            Err(_) => self.ends.push(last),
        }
    }

    fn get(&self, at: u32) -> &str {
        let at = at as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(at).map_or("", |end| &self.text[start as usize..*end as usize])
    }

    fn find(&self, number: &str) -> Option<u32> {
        let (mut low, mut high) = (0, u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle).cmp(number) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// What a question reads of a tie. It lies side by side: a question jumps from tie to tie, and each jump is one wait for
/// memory instead of one for every field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    /// The first and the second party.
    pub(crate) ends: [u32; 2],
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) from: u16,
    pub(crate) until: u16,
    /// As of [`flag::share`].
    pub(crate) share: u16,
}

/// A tie at its second party, with all that a question reads of it: thousands of ties of one party are then read one after
/// the other, where they would be waited for one by one.
#[derive(Debug, Clone, Copy)]
struct Back {
    tie: u32,
    edge: Edge,
}

/// A tie as it leads on from a party.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Onward<'g> {
    pub(crate) tie: u32,
    /// Whom it leads to.
    pub(crate) other: u32,
    pub(crate) edge: &'g Edge,
}

/// Persons, organisations and the ties between them.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    numbers: Numbers,
    names: Numbers,
    persons: Vec<bool>,
    /// Where the ties of a first party begin; those of a second party, in `back`.
    starts: Vec<[u32; 2]>,
    /// The strongest of each party first.
    back: Vec<Back>,
    edges: Vec<Edge>,
    rows: Vec<i64>,
    /// Second records, by tie.
    more_rows: Vec<(u32, i64)>,
    /// Ties that are about something, and what.
    told: Vec<u32>,
    subjects: Numbers,
}

/// A person or organisation of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party<'g> {
    /// Its place in the graph.
    pub id: u32,
    /// Its number.
    pub number: &'g str,
    /// Its name, where known.
    pub name: Option<&'g str>,
    /// What it is.
    pub kind: EntityKind,
}

/// A tie of the graph. Its kind says which way it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// Its place in the graph.
    pub id: u32,
    /// Place of the first party.
    pub first: u32,
    /// Place of the second party.
    pub second: u32,
    /// What ties them.
    pub kind: TieKind,
    /// How certain it is.
    pub tier: Tier,
    /// First day, where known.
    pub from: Option<Day>,
    /// Last day, where it has ended.
    pub until: Option<Day>,
    /// Percent held, where known.
    pub share: Option<f64>,
    /// Whether it rests on a value that many share, or is one of many of its kind at one end.
    pub many: bool,
    /// The records that tell it.
    pub rows: [Option<RowRef>; 2],
    /// Between 0 and 1; what many share is not weakened by it here.
    pub strength: f32,
}

impl Graph {
    pub(crate) fn empty(numbers: Numbers, persons: Vec<bool>, ties: usize) -> Graph {
        let mut graph = Graph { numbers, persons, ..Graph::default() };
        graph.edges.reserve_exact(ties);
        graph.rows.reserve_exact(ties);
        graph
    }

    /// Takes the next tie, in the order of first parties.
    pub(crate) fn push(&mut self, id: u32, edge: Edge, [row, more]: [i64; 2]) {
        self.edges.push(edge);
        self.rows.push(row);
        if more != flag::NO_ROW {
            self.more_rows.push((id, more));
        }
    }

    /// Notes what the tie that was taken last is about.
    pub(crate) fn tell(&mut self, id: u32, about: &str) {
        self.told.push(id);
        self.subjects.push(about);
    }

    /// Takes where the ties of second parties begin, and those ties.
    pub(crate) fn close(&mut self, back_starts: Vec<u32>, back: Vec<u32>) {
        let mut back: Vec<Back> = back.into_iter().map(|tie| Back { tie, edge: *self.edge(tie) }).collect();
        for of_party in back_starts.windows(2) {
            back[of_party[0] as usize..of_party[1] as usize]
                .sort_unstable_by_key(|back| (Reverse(back.edge.strength().to_bits()), back.tie));
        }
        let mut starts = vec![0_u32; self.persons.len() + 1];
        for edge in &self.edges {
            starts[edge.ends[0] as usize + 1] += 1;
        }
        for at in 0..self.persons.len() {
            starts[at + 1] += starts[at];
        }
        self.starts = starts.into_iter().zip(back_starts).map(|(first, second)| [first, second]).collect();
        self.back = back;
    }

    /// Marks the ties of a party that has many of one kind to different others.
    pub(crate) fn mark_crowds(&mut self) {
        for party in 0..u32::try_from(self.persons.len()).unwrap_or(u32::MAX) {
            let mut near: Vec<(u8, u32)> =
                self.ties_at(party).map(|onward| (onward.edge.kind, onward.other)).collect();
            if near.len() <= MANY {
                continue;
            }
            near.sort_unstable();
            near.dedup();
            let crowded: Vec<u8> = near
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|kind| kind.len() > MANY)
                .map(|kind| kind[0].0)
                .collect();
            let ties: Vec<u32> = self.ties_at(party).map(|onward| onward.tie).collect();
            for tie in ties {
                let edge = &mut self.edges[tie as usize];
                if crowded.contains(&edge.kind) {
                    edge.flags |= flag::CROWD[usize::from(edge.ends[1] == party)];
                }
            }
        }
        for back in &mut self.back {
            back.edge = self.edges[back.tie as usize];
        }
    }

    /// The same graph with names, as far as they are known.
    #[must_use]
    pub fn named<'n>(mut self, name: impl Fn(&str) -> Option<&'n str>) -> Graph {
        let mut names = Numbers::with_capacity(self.persons.len());
        for number in self.numbers() {
            names.push(name(number).unwrap_or_default());
        }
        self.names = names;
        self
    }

    /// All numbers, ascending.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        (0_u32..).zip(&self.persons).map(|(at, _)| self.numbers.get(at))
    }

    /// How many persons and organisations there are.
    pub fn party_count(&self) -> usize {
        self.persons.len()
    }

    /// How many ties there are.
    pub fn tie_count(&self) -> usize {
        self.edges.len()
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        let texts = |texts: &Numbers| texts.text.capacity() + texts.ends.capacity() * 4;
        let ties = self.edges.capacity() * size_of::<Edge>()
            + self.back.capacity() * size_of::<Back>()
            + self.rows.capacity() * 8
            + self.more_rows.capacity() * 16
            + self.told.capacity() * 4;
        let parties = self.persons.capacity() + self.starts.capacity() * 8;
        ties + parties + texts(&self.numbers) + texts(&self.names) + texts(&self.subjects)
    }

    /// The party of a number.
    pub fn find(&self, number: &str) -> Option<Party<'_>> {
        Some(self.party(self.numbers.find(number)?))
    }

    /// The party at a place.
    pub fn party(&self, id: u32) -> Party<'_> {
        let is_person = self.persons.get(id as usize).copied().unwrap_or(true);
        let kind = if is_person { EntityKind::Person } else { EntityKind::Organisation };
        Party {
            id,
            number: self.numbers.get(id),
            name: Some(self.names.get(id)).filter(|name| !name.is_empty()),
            kind,
        }
    }

    /// The tie at a place, which comes from this graph.
    pub fn tie(&self, id: u32) -> Tie {
        let edge = &self.edges[id as usize];
        let more =
            self.more_rows.binary_search_by_key(&id, |(tie, _)| *tie).ok().map(|at| self.more_rows[at].1);
        let row = |packed: i64| (packed != flag::NO_ROW).then(|| RowRef::unpack(packed));
        Tie {
            id,
            first: edge.ends[0],
            second: edge.ends[1],
            kind: edge.kind(),
            tier: flag::tier(edge.flags),
            from: days::read(edge.from),
            until: days::read(edge.until),
            share: edge.percent(),
            many: edge.flags & (flag::MANY | flag::CROWD[0] | flag::CROWD[1]) != 0,
            rows: [row(self.rows[id as usize]), more.and_then(row)],
            strength: edge.strength(),
        }
    }

    /// What a tie of this graph is about, where it is about something.
    pub fn about(&self, tie: u32) -> Option<&str> {
        let place = self.told.binary_search(&tie).ok()?;
        Some(self.subjects.get(u32::try_from(place).ok()?))
    }

    /// All ties between two parties, the strongest first.
    pub fn between(&self, one: u32, other: u32) -> Vec<Tie> {
        let (few, more) = if self.degree(one) <= self.degree(other) { (one, other) } else { (other, one) };
        let mut ties: Vec<Tie> = self
            .ties_at(few)
            .filter(|onward| onward.other == more)
            .map(|onward| self.tie(onward.tie))
            .collect();
        ties.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.id.cmp(&b.id)));
        ties
    }

    /// The ties of a party, each with the party at its other end.
    pub(crate) fn ties_at(&self, party: u32) -> impl Iterator<Item = Onward<'_>> {
        self.ties_by(party, |_| true)
    }

    /// The ties of a party without those at which it is the second and whose strength is not enough: they come in the order
    /// of their strength, and the first that is not enough ends them. A stronger one has to be enough wherever a weaker is.
    pub(crate) fn ties_by(
        &self,
        party: u32,
        is_enough: impl Fn(f32) -> bool,
    ) -> impl Iterator<Item = Onward<'_>> {
        let [forward, back] = self.ranges(party);
        let (first, back) = (self.starts[party as usize][0], self.back[back].iter());
        let forward = (first..).zip(&self.edges[forward]);
        let back = back.take_while(move |back| is_enough(back.edge.strength()));
        let forward = forward.map(|(tie, edge)| Onward { tie, other: edge.ends[1], edge });
        forward.chain(back.map(|back| Onward { tie: back.tie, other: back.edge.ends[0], edge: &back.edge }))
    }

    pub(crate) fn degree(&self, party: u32) -> usize {
        self.ranges(party).iter().map(ExactSizeIterator::len).sum()
    }

    /// Has the first ties of some parties brought from memory all at once, and not one after the other when it is their turn.
    pub(crate) fn fetch(&self, parties: impl Iterator<Item = u32>) {
        let first = |party| {
            let [forward, back] = self.ranges(party).map(|range| range.start);
            let kinds = [self.edges.get(forward), self.back.get(back).map(|back| &back.edge)];
            kinds.map(|edge| edge.map_or(0, |edge| usize::from(edge.kind)))
        };
        black_box(parties.flat_map(first).sum::<usize>());
    }

    /// Where the ties of a party lie, at which it is the first and the second.
    fn ranges(&self, party: u32) -> [Range<usize>; 2] {
        let [starts, ends] = [party as usize, party as usize + 1].map(|at| self.starts[at]);
        [0, 1].map(|side| starts[side] as usize..ends[side] as usize)
    }

    /// What a question reads of a tie of this graph.
    pub(crate) fn edge(&self, tie: u32) -> &Edge {
        &self.edges[tie as usize]
    }
}

impl Edge {
    /// Whether it holds on a day of [`days::asked`].
    pub(crate) fn holds(&self, day: u16) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether it rests on what many share, seen by somebody who stands at neither of the ends that have many of them.
    pub(crate) fn is_of_many(&self, ends: [u32; 2]) -> bool {
        let crowded = |side: usize| self.flags & flag::CROWD[side] != 0 && !ends.contains(&self.ends[side]);
        self.flags & flag::MANY != 0 || crowded(0) || crowded(1)
    }

    pub(crate) fn strength(&self) -> f32 {
        strength::of(self.kind(), flag::tier(self.flags), self.percent())
    }

    fn kind(&self) -> TieKind {
        TieKind::ALL[usize::from(self.kind)]
    }

    fn percent(&self) -> Option<f64> {
        (self.share != flag::NO_SHARE).then(|| f64::from(self.share) / 100.0)
    }
}
