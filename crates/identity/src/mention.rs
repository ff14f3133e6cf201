//! What is said of somebody under one number and name, in all tables together.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, RandomState},
    mem,
};

use gnomon_kernel::{EntityKind, RowRef};
use gnomon_library::entity::{Mention, MentionPlace};
use hashbrown::HashTable;
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::{
    line::{Line, Words, named},
    source::{DETAILS, Source},
};

/// A mention, while lines are still coming.
#[derive(Debug, Serialize, Deserialize)]
pub struct Draft {
    /// The same in every run.
    pub id: u64,
    /// Canonical number.
    pub number: Option<Box<str>>,
    /// As delivered.
    pub name: Box<str>,
    said: Vec<Said>,
    details: Vec<Detail>,
}

/// What one source says of a mention.
#[derive(Debug, Serialize, Deserialize)]
struct Said {
    source: u16,
    /// Whether the source is the register of everybody.
    registered: bool,
    rows: u64,
    first: i64,
    region: Option<Region>,
}

/// A value that a source gives, in so many rows.
#[derive(Debug, Serialize, Deserialize)]
struct Detail {
    source: u16,
    /// In [`DETAILS`].
    place: u8,
    value: u32,
    rows: u64,
}

/// Where somebody is, as the line says that counts most: a register's, then that of most rows.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Region {
    registered: bool,
    rows: u64,
    /// A value.
    place: u32,
}

/// All mentions of one kind. What each source says is told apart: when its table changes it is forgotten and read anew.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Mentions {
    /// In the order in which they were met, until [`Mentions::settle`].
    pub drafts: Vec<Draft>,
    /// Numbers that came without a name, in which sources, and where those are: they are no mentions.
    bare: BTreeMap<Box<str>, Vec<(u16, Option<Region>)>>,
    values: IndexSet<Box<str>>,
    /// Places of drafts.
    #[serde(skip)]
    by_words: HashTable<u32>,
    #[serde(skip)]
    hasher: RandomState,
}

impl Mentions {
    /// Takes a line of the source with this place among all sources.
    pub(crate) fn see(&mut self, source: u16, kind: EntityKind, registered: bool, line: &Line<'_>) {
        let region = line.region.map(|region| {
            let place = self.value(region);
            Region { registered, rows: line.rows, place }
        });
        let Some(at) = self.draft(kind, line) else {
            return self.see_bare(source, line, region);
        };
        for (place, value) in (0..).zip(&line.details) {
            if let Some(value) = value {
                let value = self.value(value);
                self.drafts[at].count(source, place, value, line.rows);
            }
        }
        // A source's lines come together.
        let Some(place) = self.drafts[at].said.iter().rposition(|said| said.source == source) else {
            let said = Said { source, registered, rows: line.rows, first: line.first, region };
            return self.drafts[at].said.push(said);
        };
        let region = self.better(self.drafts[at].said[place].region, region);
        let said = &mut self.drafts[at].said[place];
        (said.region, said.rows, said.first) = (region, said.rows + line.rows, said.first.min(line.first));
    }

    /// The place of the draft of a line that is a mention.
    fn draft(&mut self, kind: EntityKind, line: &Line<'_>) -> Option<usize> {
        let words = line.words()?;
        let hash = self.hasher.hash_one(words);
        let is_it = |at: &u32| words_of(&self.drafts[*at as usize], &self.values) == words;
        if let Some(at) = self.by_words.find(hash, is_it) {
            return Some(*at as usize);
        }
        let at = self.drafts.len();
        let (number, name) = (words.number.map(Into::into), words.name.into());
        // Most stand in one place: a larger beginning would be felt in a county of a million.
        let (said, details) = (Vec::with_capacity(1), Vec::new());
        self.drafts.push(Draft { id: words.id(kind), number, name, said, details });
        self.note(at as u32, hash);
        Some(at)
    }

    /// Notes where a draft is.
    fn note(&mut self, at: u32, hash: u64) {
        let (drafts, values, hasher) = (&self.drafts, &self.values, &self.hasher);
        let again = |at: &u32| hasher.hash_one(words_of(&drafts[*at as usize], values));
        self.by_words.insert_unique(hash, at, again);
    }

    fn see_bare(&mut self, source: u16, line: &Line<'_>, region: Option<Region>) {
        let Some(number) = line.number else { return };
        let mut said = self.bare.remove(number).unwrap_or_default();
        match said.iter_mut().find(|(known, _)| *known == source) {
            Some((_, known)) => *known = self.better(*known, region),
            None => said.push((source, region)),
        }
        self.bare.insert(number.into(), said);
    }

    fn better(&self, one: Option<Region>, other: Option<Region>) -> Option<Region> {
        one.into_iter().chain(other).max_by(|a, b| self.compare(a, b))
    }

    /// Which of two counts more; of two that count the same, the first in the order of characters.
    pub fn compare(&self, a: &Region, b: &Region) -> Ordering {
        let by_weight = (a.registered, a.rows).cmp(&(b.registered, b.rows));
        by_weight.then_with(|| self.text(b.place).cmp(self.text(a.place)))
    }

    /// The place as it was delivered.
    pub fn place(&self, region: &Region) -> &str {
        self.text(region.place)
    }

    /// A value as it was delivered.
    fn text(&self, value: u32) -> &str {
        &self.values[value as usize]
    }

    fn value(&mut self, text: &str) -> u32 {
        let known = self.values.get_index_of(text);
        known.unwrap_or_else(|| self.values.insert_full(text.into()).0) as u32
    }

    /// Keeps what has been said by sources that are still the same, under their new places, and forgets the rest.
    pub fn keep(&mut self, place: impl Fn(u16) -> Option<u16>) {
        let kept = |source: &mut u16| place(*source).map(|now| *source = now).is_some();
        for draft in &mut self.drafts {
            draft.said.retain_mut(|said| kept(&mut said.source));
            draft.details.retain_mut(|detail| kept(&mut detail.source));
        }
        self.drafts.retain(|draft| !draft.said.is_empty());
        self.bare.values_mut().for_each(|said| said.retain_mut(|(source, _)| kept(source)));
        self.bare.retain(|_, said| !said.is_empty());
        self.forget_values();
        self.by_words = HashTable::with_capacity(self.drafts.len());
        for at in 0..self.drafts.len() {
            let hash = self.hasher.hash_one(words_of(&self.drafts[at], &self.values));
            self.note(at as u32, hash);
        }
    }

    /// Puts everybody in an order that does not depend on that of the lines, when all of them have been seen: the same rows
    /// give the same result, and mentions of one number are together.
    pub fn settle(&mut self) {
        self.by_words = HashTable::new();
        fn order(draft: &Draft) -> impl Ord + '_ {
            (draft.number.as_deref(), draft.name.as_ref(), draft.id)
        }
        self.drafts.sort_by(|a, b| order(a).cmp(&order(b)));
    }

    /// Forgets values that nobody gives any more.
    fn forget_values(&mut self) {
        let mut places: Vec<&mut u32> = Vec::new();
        for draft in &mut self.drafts {
            places.extend(draft.details.iter_mut().map(|detail| &mut detail.value));
            places.extend(draft.said.iter_mut().filter_map(|said| Some(&mut said.region.as_mut()?.place)));
        }
        let bare = self.bare.values_mut().flatten();
        places.extend(bare.filter_map(|(_, region)| Some(&mut region.as_mut()?.place)));
        let mut given = vec![false; self.values.len()];
        places.iter().for_each(|value| given[**value as usize] = true);
        let mut asked = given.iter();
        self.values.retain(|_| asked.next() == Some(&true));
        let now = given.iter().scan(0, |next, given| Some(mem::replace(next, *next + u32::from(*given))));
        let now: Vec<u32> = now.collect();
        places.into_iter().for_each(|value| *value = now[*value as usize]);
    }

    /// Numbers that came without a name, and where those are.
    pub fn bare(&self) -> impl Iterator<Item = (&str, Option<Region>)> {
        self.bare.iter().map(|(number, said)| {
            let regions = said.iter().filter_map(|(_, region)| *region);
            (number.as_ref(), regions.max_by(|a, b| self.compare(a, b)))
        })
    }

    /// Places of the sources that give numbers without a name.
    pub(crate) fn bare_in(&self) -> BTreeSet<u16> {
        self.bare.values().flatten().map(|(source, _)| *source).collect()
    }

    /// Where somebody is.
    pub fn region(&self, draft: &Draft) -> Option<Region> {
        draft.said.iter().filter_map(|said| said.region).max_by(|a, b| self.compare(a, b))
    }

    /// A detail as it was delivered most often; of two equally often, the first in the order of characters.
    pub(crate) fn detail(&self, at: usize, place: usize) -> &str {
        let of_place = self.drafts[at].details.iter().filter(|detail| usize::from(detail.place) == place);
        let (Some(first), mut others) = (of_place.clone().next(), of_place.clone()) else { return "" };
        // Nearly always.
        if others.all(|other| other.value == first.value) {
            return self.text(first.value);
        }
        let of_value = |value: u32| of_place.clone().filter(move |detail| detail.value == value);
        let rows = |value: u32| of_value(value).map(|detail| detail.rows).sum::<u64>();
        let said = of_place.clone().map(|detail| (rows(detail.value), Reverse(self.text(detail.value))));
        said.max().map_or("", |(_, Reverse(text))| text)
    }

    /// A mention as people see it.
    pub(crate) fn shown(&self, at: usize, sources: &[Source<'_>]) -> Mention {
        let draft = &self.drafts[at];
        let detail = |place: usize| (DETAILS[place].to_owned(), self.detail(at, place).to_owned());
        let place = |said: &&Said| {
            let source = &sources[usize::from(said.source)];
            let (dataset, column) = (source.dataset.key.clone(), source.number.to_owned());
            MentionPlace { dataset, column, rows: said.rows, sample: RowRef::unpack(said.first) }
        };
        let mut said: Vec<&Said> = draft.said.iter().collect();
        said.sort_unstable_by_key(|said| said.source);
        Mention {
            id: named(draft.id),
            number: draft.number.as_deref().map(str::to_owned),
            name: draft.name.to_string(),
            details: (0..DETAILS.len()).map(detail).filter(|(_, value)| !value.is_empty()).collect(),
            places: said.iter().map(place).collect(),
        }
    }
}

impl Draft {
    /// Whether a register of everybody has it.
    pub fn registered(&self) -> bool {
        self.said.iter().any(|said| said.registered)
    }

    /// Rows in all tables.
    pub fn rows(&self) -> u64 {
        self.said.iter().map(|said| said.rows).sum()
    }

    /// Places of the sources that it stands in.
    pub(crate) fn sources(&self) -> impl Iterator<Item = u16> + '_ {
        self.said.iter().map(|said| said.source)
    }

    fn count(&mut self, source: u16, place: u8, value: u32, rows: u64) {
        let is_it =
            |detail: &&mut Detail| (detail.source, detail.place, detail.value) == (source, place, value);
        match self.details.iter_mut().rev().find(is_it) {
            Some(detail) => detail.rows += rows,
            None => self.details.push(Detail { source, place, value, rows }),
        }
    }
}

/// What tells a draft from all others.
fn words_of<'d>(draft: &'d Draft, values: &'d IndexSet<Box<str>>) -> Words<'d> {
    let mut details = [None; DETAILS.len()];
    if draft.number.is_none() {
        let given = draft.details.iter().map(|detail| (detail.place, &values[detail.value as usize]));
        given.for_each(|(place, value)| details[usize::from(place)] = Some(value.as_ref()));
    }
    Words { number: draft.number.as_deref(), name: &draft.name, details }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: &str = "870121194001010022";
    const Y: &str = "870121194107150031";
    const FAR: &str = "870121104001";
    const NEAR: &str = "870121104002";

    type Lines = &'static [(
        Option<&'static str>,
        Option<&'static str>,
        Option<&'static str>,
        Option<&'static str>,
        u64,
    )];

    /// Number, name, place, telephone, rows.
    const ROLL: Lines = &[
        (Some(X), Some("岑望"), Some(NEAR), Some("16900000001"), 3),
        (Some(X), Some("岑望"), Some(FAR), Some("16900000002"), 1),
        (Some(Y), Some("陆梅"), None, None, 1),
        (None, Some("岑望"), None, Some("16900000001"), 1),
    ];
    const PAYMENTS: Lines = &[
        (Some(X), Some("岑望"), Some(FAR), Some("16900000002"), 40),
        (Some(X), Some("岑忘"), None, None, 2),
        (Some(Y), None, Some(NEAR), None, 7),
        (None, Some("岑望"), None, Some("16900000001"), 1),
        (None, Some("陆梅"), None, Some("16900000003"), 1),
    ];
    const LATER: Lines = &[
        (Some(X), Some("岑望"), Some(NEAR), Some("16900000004"), 2),
        (Some(Y), None, Some(FAR), None, 1),
        (Some(Y), None, None, None, 1),
        (Some("870121195001010022"), Some("陆舟"), None, None, 1),
    ];

    fn see(mentions: &mut Mentions, source: u16, registered: bool, lines: Lines) {
        for (row, (number, name, region, phone, rows)) in (1..).zip(lines) {
            let (details, first) = ([None, None, *phone, None, None], row);
            let line = Line { number: *number, name: *name, region: *region, details, rows: *rows, first };
            mentions.see(source, EntityKind::Person, registered, &line);
        }
    }

    fn of(sources: &[(bool, Lines)]) -> Mentions {
        let mut mentions = Mentions::default();
        (0..).zip(sources).for_each(|(at, (registered, lines))| see(&mut mentions, at, *registered, lines));
        mentions
    }

    fn read_back(mentions: &Mentions) -> Mentions {
        postcard::from_bytes(&postcard::to_stdvec(mentions).unwrap()).unwrap()
    }

    /// All that is said, in no order.
    fn said(mentions: &Mentions) -> (BTreeSet<String>, Vec<String>, BTreeSet<&str>) {
        let place = |region: Option<Region>| region.map(|region| mentions.place(&region).to_owned());
        let draft = |(at, draft): (usize, &Draft)| {
            let details: Vec<&str> = (0..DETAILS.len()).map(|place| mentions.detail(at, place)).collect();
            let sources: BTreeSet<_> =
                draft.said.iter().map(|said| (said.source, said.rows, said.first)).collect();
            let (rows, registered, region) =
                (draft.rows(), draft.registered(), place(mentions.region(draft)));
            format!(
                "{:x} {:?} {} {details:?} {sources:?} {rows} {registered} {region:?}",
                draft.id, draft.number, draft.name
            )
        };
        let bare = mentions.bare().map(|(number, region)| format!("{number} {:?}", place(region)));
        let values = mentions.values.iter().map(|value| value.as_ref());
        (mentions.drafts.iter().enumerate().map(draft).collect(), bare.collect(), values.collect())
    }

    #[test]
    fn of_two_places_the_one_that_the_register_says_counts_most() {
        let mentions = of(&[(true, ROLL), (false, PAYMENTS)]);
        assert_eq!(mentions.place(&mentions.region(&mentions.drafts[0]).unwrap()), NEAR);
        assert_eq!(mentions.detail(0, 2), "16900000002", "41 rows against 3");
        let mentions = of(&[(false, ROLL), (false, PAYMENTS)]);
        assert_eq!(mentions.place(&mentions.region(&mentions.drafts[0]).unwrap()), FAR);
    }

    #[test]
    fn the_order_of_lines_does_not_matter() {
        let [mut one, mut other] = [of(&[(true, ROLL), (false, PAYMENTS)]), of(&[(true, ROLL)])];
        let reversed: Vec<_> = PAYMENTS.iter().rev().copied().collect();
        see(&mut other, 1, false, reversed.leak());
        [&mut one, &mut other].into_iter().for_each(Mentions::settle);
        let ids = |mentions: &Mentions| mentions.drafts.iter().map(|draft| draft.id).collect::<Vec<_>>();
        assert_eq!(ids(&one), ids(&other));
    }

    #[test]
    fn what_changed_is_read_anew_and_all_is_as_if_everything_had_been() {
        for changed in [PAYMENTS, LATER, &[]] {
            let mut mentions = read_back(&of(&[(true, ROLL), (false, PAYMENTS), (false, LATER)]));
            mentions.keep(|source| [Some(1), None, Some(0)][usize::from(source)]);
            see(&mut mentions, 2, false, changed);
            let anew = of(&[(false, LATER), (true, ROLL), (false, changed)]);
            assert_eq!(said(&mentions), said(&anew));
        }
    }
}
