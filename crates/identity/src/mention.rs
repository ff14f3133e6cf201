//! What is said of somebody under one number and name, in all tables together.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use gnomon_kernel::{EntityKind, RowRef};
use gnomon_library::entity::{Mention, MentionPlace};
use sha2::{Digest, Sha256};

use crate::source::{DETAILS, Source};

/// One line of a source: a row, or all rows that say the same.
#[derive(Debug, Clone, Copy)]
pub struct Line<'r> {
    /// Canonical number.
    pub number: Option<&'r str>,
    /// Whose it is.
    pub name: Option<&'r str>,
    /// Where the row says that they are.
    pub region: Option<&'r str>,
    /// As in [`DETAILS`].
    pub details: [Option<&'r str>; DETAILS.len()],
    /// How many rows say so.
    pub rows: u64,
    /// The smallest of them, packed as `kernel::RowRef`.
    pub first: i64,
}

impl Line<'_> {
    /// Whether it says who somebody is: a number alone does not, and a name alone is nobody.
    pub(crate) fn is_mention(&self) -> bool {
        self.name.is_some() && self.number.or(self.details.into_iter().flatten().next()).is_some()
    }

    /// The id of what a mention says.
    pub(crate) fn id(&self, kind: EntityKind) -> Option<u64> {
        let name = self.name.filter(|_| self.is_mention())?;
        let mut said = format!("{kind:?}|{}|{name}", self.number.unwrap_or_default());
        if self.number.is_none() {
            said += &format!("{:?}", self.details);
        }
        Some(short_hash(&said))
    }
}

/// A mention, while lines are still coming.
#[derive(Debug)]
pub struct Draft {
    /// The same in every run.
    pub id: u64,
    /// Canonical number.
    pub number: Option<Box<str>>,
    /// As delivered.
    pub name: Box<str>,
    /// Whether the register of everybody has it.
    pub registered: bool,
    /// Rows in all tables.
    pub rows: u64,
    /// Where that is.
    pub region: Option<Region>,
    /// Place in [`DETAILS`], value, rows.
    details: Vec<(u8, u32, u64)>,
    places: Vec<(u16, u64, i64)>,
}

/// Where somebody is, as the line says that counts most: a register's, then that of most rows.
#[derive(Debug, Clone, Copy)]
pub struct Region {
    registered: bool,
    rows: u64,
    /// A value.
    pub place: u32,
}

/// All mentions of one kind.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In the order in which they were met.
    pub drafts: Vec<Draft>,
    /// Numbers that came without a name, and where those are: they are no mentions.
    pub bare: BTreeMap<Box<str>, Option<Region>>,
    by_id: HashMap<u64, u32>,
    values: Vec<Box<str>>,
    by_value: HashMap<Box<str>, u32>,
    /// Places of the sources that give numbers without a name.
    bare_in: BTreeSet<u16>,
}

impl Mentions {
    /// Takes a line of the source with this place among all sources.
    pub(crate) fn see(&mut self, source: u16, kind: EntityKind, registered: bool, line: &Line<'_>) {
        let region = line.region.map(|region| {
            let place = self.value(region);
            Region { registered, rows: line.rows, place }
        });
        let (Some(id), Some(name)) = (line.id(kind), line.name) else {
            return self.see_bare(source, line, region);
        };
        let drafts = &mut self.drafts;
        let at = *self.by_id.entry(id).or_insert_with(|| {
            let number = line.number.map(Into::into);
            // Most stand in one place: a larger beginning would be felt in a county of a million.
            let (details, places) = (Vec::new(), Vec::with_capacity(1));
            let name = name.into();
            drafts.push(Draft { id, number, name, registered, rows: 0, region: None, details, places });
            (drafts.len() - 1) as u32
        });
        for (place, value) in line.details.iter().enumerate() {
            if let Some(value) = value {
                let value = self.value(value);
                self.drafts[at as usize].count(place as u8, value, line.rows);
            }
        }
        let region = self.better(self.drafts[at as usize].region, region);
        let draft = &mut self.drafts[at as usize];
        draft.region = region;
        draft.registered |= registered;
        draft.rows += line.rows;
        match draft.places.iter_mut().find(|place| place.0 == source) {
            Some(place) => (place.1, place.2) = (place.1 + line.rows, place.2.min(line.first)),
            None => draft.places.push((source, line.rows, line.first)),
        }
    }

    fn see_bare(&mut self, source: u16, line: &Line<'_>, region: Option<Region>) {
        let Some(number) = line.number else { return };
        self.bare_in.insert(source);
        let known = self.bare.get(number).copied().flatten();
        let region = self.better(known, region);
        self.bare.insert(number.into(), region);
    }

    fn better(&self, one: Option<Region>, other: Option<Region>) -> Option<Region> {
        one.into_iter().chain(other).max_by(|a, b| self.compare(a, b))
    }

    /// Which of two counts more; of two that count the same, the first in the order of characters.
    pub fn compare(&self, a: &Region, b: &Region) -> Ordering {
        let by_weight = (a.registered, a.rows).cmp(&(b.registered, b.rows));
        by_weight.then_with(|| self.text(b.place).cmp(self.text(a.place)))
    }

    /// A value as it was delivered.
    pub fn text(&self, value: u32) -> &str {
        &self.values[value as usize]
    }

    fn value(&mut self, text: &str) -> u32 {
        if let Some(known) = self.by_value.get(text) {
            return *known;
        }
        let number = self.values.len() as u32;
        self.values.push(text.into());
        self.by_value.insert(text.into(), number);
        number
    }

    /// Places of the sources that give numbers without a name.
    pub(crate) fn bare_in(&self) -> impl Iterator<Item = u16> + '_ {
        self.bare_in.iter().copied()
    }

    /// The place of a mention.
    pub(crate) fn find(&self, id: u64) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// A detail as it was delivered most often; of two equally often, the first in the order of characters.
    pub(crate) fn detail(&self, at: usize, place: usize) -> &str {
        let of_place = self.drafts[at].details.iter().filter(|(detail, ..)| usize::from(*detail) == place);
        let most = of_place.max_by(|a, b| a.2.cmp(&b.2).then_with(|| self.text(b.1).cmp(self.text(a.1))));
        most.map_or("", |(_, value, _)| self.text(*value))
    }

    /// A mention as people see it.
    pub(crate) fn shown(&self, at: usize, sources: &[Source<'_>]) -> Mention {
        let draft = &self.drafts[at];
        let detail = |place: usize| (DETAILS[place].to_owned(), self.detail(at, place).to_owned());
        let place = |(source, rows, sample): &(u16, u64, i64)| {
            let source = &sources[usize::from(*source)];
            let (dataset, column) = (source.dataset.key.clone(), source.number.to_owned());
            MentionPlace { dataset, column, rows: *rows, sample: RowRef::unpack(*sample) }
        };
        Mention {
            id: named(draft.id),
            number: draft.number.as_deref().map(str::to_owned),
            name: draft.name.to_string(),
            details: (0..DETAILS.len()).map(detail).filter(|(_, value)| !value.is_empty()).collect(),
            places: draft.places.iter().map(place).collect(),
        }
    }
}

impl Draft {
    /// Places of the sources that it stands in.
    pub(crate) fn sources(&self) -> impl Iterator<Item = u16> + '_ {
        self.places.iter().map(|(source, ..)| *source)
    }

    fn count(&mut self, place: u8, value: u32, rows: u64) {
        match self.details.iter_mut().find(|(detail, known, _)| (*detail, *known) == (place, value)) {
            Some((.., count)) => *count += rows,
            None => self.details.push((place, value, rows)),
        }
    }
}

/// The beginning of a hash that stays the same from run to run and from build to build.
pub(crate) fn short_hash(text: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(text).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// An id as it is written.
pub(crate) fn named(id: u64) -> String {
    format!("{id:016x}")
}

/// A written id.
pub(crate) fn id_of(name: &str) -> Option<u64> {
    u64::from_str_radix(name, 16).ok()
}
