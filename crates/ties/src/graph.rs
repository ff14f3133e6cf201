//! The graph as it lies in memory: 28 bytes for a tie, 16 more for one that rests on two records, and 36 or so for a party
//! with its number and name. Ties are sorted by their first party; those of a second party are listed beside.

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
#[derive(Debug, Default)]
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

/// Persons, organisations and the ties between them.
#[derive(Debug, Default)]
pub struct Graph {
    numbers: Numbers,
    names: Numbers,
    persons: Vec<bool>,
    /// Where the ties of a first party begin; those of a second party, in `back`.
    starts: Vec<u32>,
    back_starts: Vec<u32>,
    back: Vec<u32>,
    firsts: Vec<u32>,
    seconds: Vec<u32>,
    kinds: Vec<u8>,
    flags: Vec<u8>,
    from: Vec<u16>,
    until: Vec<u16>,
    shares: Vec<u16>,
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
        graph.firsts.reserve_exact(ties);
        graph.seconds.reserve_exact(ties);
        graph.kinds.reserve_exact(ties);
        graph.flags.reserve_exact(ties);
        graph.from.reserve_exact(ties);
        graph.until.reserve_exact(ties);
        graph.shares.reserve_exact(ties);
        graph.rows.reserve_exact(ties);
        graph
    }

    /// Takes the next tie, in the order of first parties.
    pub(crate) fn push(
        &mut self,
        id: u32,
        [first, second]: [u32; 2],
        (kind, flags): (u8, u8),
        (from, until): (u16, u16),
        share: u16,
        [row, more]: [i64; 2],
    ) {
        self.firsts.push(first);
        self.seconds.push(second);
        self.kinds.push(kind);
        self.flags.push(flags);
        self.from.push(from);
        self.until.push(until);
        self.shares.push(share);
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

    pub(crate) fn close(&mut self, back_starts: Vec<u32>, back: Vec<u32>) {
        let mut starts = vec![0_u32; self.persons.len() + 1];
        for first in &self.firsts {
            starts[*first as usize + 1] += 1;
        }
        for at in 0..self.persons.len() {
            starts[at + 1] += starts[at];
        }
        (self.starts, self.back_starts, self.back) = (starts, back_starts, back);
    }

    /// Marks the ties of a party that has many of one kind to different others.
    pub(crate) fn mark_crowds(&mut self) {
        for party in 0..u32::try_from(self.persons.len()).unwrap_or(u32::MAX) {
            let mut near: Vec<(u8, u32)> =
                self.ties_at(party).map(|(tie, other)| (self.kinds[tie as usize], other)).collect();
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
            let ties: Vec<u32> = self.ties_at(party).map(|(tie, _)| tie).collect();
            for tie in ties.into_iter().map(|tie| tie as usize) {
                if crowded.contains(&self.kinds[tie]) {
                    self.flags[tie] |= flag::CROWD[usize::from(self.seconds[tie] == party)];
                }
            }
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
        self.firsts.len()
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        let texts = |texts: &Numbers| texts.text.capacity() + texts.ends.capacity() * 4;
        let ties = self.firsts.capacity() * 4
            + self.seconds.capacity() * 4
            + self.back.capacity() * 4
            + self.kinds.capacity()
            + self.flags.capacity()
            + (self.from.capacity() + self.until.capacity() + self.shares.capacity()) * 2
            + self.rows.capacity() * 8
            + self.more_rows.capacity() * 16
            + self.told.capacity() * 4;
        let parties = self.persons.capacity() + (self.starts.capacity() + self.back_starts.capacity()) * 4;
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
        let at = id as usize;
        let kind = TieKind::ALL[usize::from(self.kinds[at])];
        let more =
            self.more_rows.binary_search_by_key(&id, |(tie, _)| *tie).ok().map(|at| self.more_rows[at].1);
        let row = |packed: i64| (packed != flag::NO_ROW).then(|| RowRef::unpack(packed));
        Tie {
            id,
            first: self.firsts[at],
            second: self.seconds[at],
            kind,
            tier: flag::tier(self.flags[at]),
            from: days::read(self.from[at]),
            until: days::read(self.until[at]),
            share: self.share(at),
            many: self.flags[at] & (flag::MANY | flag::CROWD[0] | flag::CROWD[1]) != 0,
            rows: [row(self.rows[at]), more.and_then(row)],
            strength: self.strength(id),
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
        let mut ties: Vec<Tie> =
            self.ties_at(few).filter(|(_, far)| *far == more).map(|(tie, _)| self.tie(tie)).collect();
        ties.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.id.cmp(&b.id)));
        ties
    }

    /// The ties of a party, each with the party at its other end.
    pub(crate) fn ties_at(&self, party: u32) -> impl Iterator<Item = (u32, u32)> {
        let range = |starts: &[u32]| starts[party as usize]..starts[party as usize + 1];
        let forward = range(&self.starts).map(|tie| (tie, self.seconds[tie as usize]));
        let back = range(&self.back_starts).map(|at| self.back[at as usize]);
        forward.chain(back.map(|tie| (tie, self.firsts[tie as usize])))
    }

    pub(crate) fn degree(&self, party: u32) -> u32 {
        let count = |starts: &[u32]| starts[party as usize + 1] - starts[party as usize];
        count(&self.starts) + count(&self.back_starts)
    }

    /// Whether a tie holds on a day of [`days::asked`].
    pub(crate) fn holds(&self, tie: u32, day: u16) -> bool {
        self.from[tie as usize] <= day && day <= self.until[tie as usize]
    }

    /// Whether a tie rests on what many share, seen by somebody who stands at neither of the ends that have many of them.
    pub(crate) fn is_of_many(&self, tie: u32, ends: [u32; 2]) -> bool {
        let flags = self.flags[tie as usize];
        let crowded = |side: usize, party: u32| flags & flag::CROWD[side] != 0 && !ends.contains(&party);
        flags & flag::MANY != 0
            || crowded(0, self.firsts[tie as usize])
            || crowded(1, self.seconds[tie as usize])
    }

    pub(crate) fn strength(&self, tie: u32) -> f32 {
        let at = tie as usize;
        let kind = TieKind::ALL[usize::from(self.kinds[at])];
        strength::of(kind, flag::tier(self.flags[at]), self.share(at))
    }

    fn share(&self, at: usize) -> Option<f64> {
        (self.shares[at] != flag::NO_SHARE).then(|| f64::from(self.shares[at]) / 100.0)
    }
}
