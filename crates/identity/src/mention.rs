//! What is said of somebody under one number and name, in all tables together.

use std::collections::{BTreeSet, HashMap};

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
    /// The id of what the line says; nothing for a number without a name, and a name alone is nobody.
    pub(crate) fn id(&self, kind: EntityKind) -> Option<u64> {
        let name =
            self.name.filter(|_| self.number.or(self.details.into_iter().flatten().next()).is_some())?;
        let mut hash = Sha256::new();
        hash.update(format!("{kind:?}|{}|{name}", self.number.unwrap_or_default()));
        if self.number.is_none() {
            hash.update(format!("{:?}", self.details));
        }
        let digest: [u8; 32] = hash.finalize().into();
        let [a, b, c, d, e, f, g, h, ..] = digest;
        Some(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
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
    /// Place in [`DETAILS`], value, rows.
    details: Vec<(u8, u32, u64)>,
    places: Vec<(u16, u64, i64)>,
}

/// All mentions of one kind.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In the order in which they were met.
    pub drafts: Vec<Draft>,
    by_id: HashMap<u64, u32>,
    values: Vec<Box<str>>,
    by_value: HashMap<Box<str>, u32>,
    /// Places of the sources that give numbers without a name.
    nameless: BTreeSet<u16>,
}

impl Mentions {
    /// Takes a line of the source with this place among all sources.
    pub(crate) fn see(&mut self, source: u16, kind: EntityKind, registered: bool, line: &Line<'_>) {
        let (Some(id), Some(name)) = (line.id(kind), line.name) else {
            if line.number.is_some() {
                self.nameless.insert(source);
            }
            return;
        };
        let drafts = &mut self.drafts;
        let at = *self.by_id.entry(id).or_insert_with(|| {
            let number = line.number.map(Into::into);
            let (details, places) = (Vec::new(), Vec::new());
            drafts.push(Draft { id, number, name: name.into(), registered, rows: 0, details, places });
            (drafts.len() - 1) as u32
        });
        for (place, value) in line.details.iter().enumerate() {
            if let Some(value) = value {
                let value = self.value(value);
                self.drafts[at as usize].count(place as u8, value, line.rows);
            }
        }
        let draft = &mut self.drafts[at as usize];
        draft.registered |= registered;
        draft.rows += line.rows;
        match draft.places.iter_mut().find(|place| place.0 == source) {
            Some(place) => (place.1, place.2) = (place.1 + line.rows, place.2.min(line.first)),
            None => draft.places.push((source, line.rows, line.first)),
        }
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
    pub(crate) fn nameless(&self) -> impl Iterator<Item = u16> + '_ {
        self.nameless.iter().copied()
    }

    /// The place of a mention.
    pub(crate) fn find(&self, id: u64) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// A detail as it was delivered most often; of two equally often, the first in the order of characters.
    pub(crate) fn detail(&self, at: usize, place: usize) -> &str {
        let of_place = self.drafts[at].details.iter().filter(|(detail, ..)| usize::from(*detail) == place);
        let text = |value: u32| self.values[value as usize].as_ref();
        let most = of_place.max_by(|a, b| a.2.cmp(&b.2).then_with(|| text(b.1).cmp(text(a.1))));
        most.map_or("", |(_, value, _)| text(*value))
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

/// An id as it is written.
pub(crate) fn named(id: u64) -> String {
    format!("{id:016x}")
}

/// A written id.
pub(crate) fn id_of(name: &str) -> Option<u64> {
    u64::from_str_radix(name, 16).ok()
}
