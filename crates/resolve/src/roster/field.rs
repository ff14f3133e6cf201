//! One thing that is compared, with a value for every row.

use gnomon_link::{address::Address, name::Name, org::Org};
use serde::{Deserialize, Serialize};

use crate::{
    EntityKind,
    cells::{han, normal, org, sound, tokens::Tokens},
    roster::{
        role::{Part, Role},
        values::{NONE, Values},
    },
};

/// How values of a field are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// A given name or surname.
    Name,
    /// A day.
    Date,
    /// A word out of few.
    Choice,
    /// Letters and digits without meaning of their own.
    Code,
    /// An amount.
    Number,
    /// A few words.
    Short,
    /// Many words.
    Long,
    /// The name of an organisation.
    Organisation,
    /// A whole address.
    Address,
}

impl Kind {
    /// Whether values are compared and looked up by their words too.
    pub(crate) fn has_words(self) -> bool {
        matches!(self, Kind::Long | Kind::Organisation | Kind::Address)
    }
}

/// Whose a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Group {
    /// The person's own: given name, birthday, sex, identity number, mail.
    Personal,
    /// What members of a household share: surname, address, phone.
    Family,
    /// Not known whose; said of the person.
    Other,
}

/// A field with all its values.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Field {
    pub(crate) role: Role,
    pub(crate) kind: Kind,
    pub(crate) values: Values,
    /// The value of each row.
    pub(crate) codes: Vec<u32>,
    /// How many rows have each value.
    pub(crate) counts: Vec<u32>,
    /// How many rows have any.
    pub(crate) filled: u32,
    coincidence: f64,
    /// Words, for long texts.
    #[serde(skip)]
    pub(crate) tokens: Tokens,
    /// Names taken to pieces, where some are in Han characters; else none.
    #[serde(skip)]
    pub(crate) names: Vec<Name>,
    /// Names of organisations taken to pieces.
    #[serde(skip)]
    pub(crate) orgs: Vec<Org>,
    /// Addresses taken to pieces.
    #[serde(skip)]
    pub(crate) places: Vec<Address>,
    /// How each value sounds, for names.
    #[serde(skip)]
    pub(crate) sounds: Vec<u64>,
    /// Which values are numbers whose checks are right.
    #[serde(skip)]
    whole: Vec<bool>,
}

impl Field {
    pub(crate) fn new(role: Role, kind: Kind) -> Self {
        Self {
            role,
            kind,
            values: Values::default(),
            codes: Vec::new(),
            counts: vec![0],
            filled: 0,
            coincidence: 1.0,
            tokens: Tokens::default(),
            names: Vec::new(),
            orgs: Vec::new(),
            places: Vec::new(),
            sounds: Vec::new(),
            whole: Vec::new(),
        }
    }

    pub(crate) fn group(&self) -> Group {
        match self.role.part {
            Part::Surname | Part::Phone | Part::Address | Part::Postcode | Part::Household => Group::Family,
            Part::GivenName | Part::BirthDate | Part::Sex | Part::IdNo | Part::Mail => Group::Personal,
            _ => Group::Other,
        }
    }

    /// The text of a row; empty where there is none.
    pub(crate) fn text(&self, row: u32) -> &str {
        self.values.get(self.codes[row as usize])
    }

    /// Fills rows up to `rows` with nothing.
    pub(crate) fn pad(&mut self, rows: usize) {
        self.codes.resize(rows, NONE);
    }

    /// Counts the values of the rows from `start` on; those before are counted, and their values in pieces.
    pub(crate) fn count(&mut self, kind: EntityKind, start: usize) {
        if start == 0 {
            self.counts.clear();
        }
        self.counts.resize(self.values.len(), 0);
        for code in &self.codes[start..] {
            self.counts[*code as usize] += 1;
        }
        self.counts[NONE as usize] = 0;
        self.filled = self.counts.iter().sum();
        self.coincidence = self.counted_coincidence();
        if self.kind.has_words() {
            self.tokens.take(&self.values, &self.codes[start..], self.filled);
        }
        self.take_apart(kind);
    }

    /// Takes values that are new to pieces, each once, for they are compared often.
    fn take_apart(&mut self, kind: EntityKind) {
        let Self { values, whole, orgs, places, sounds, names, .. } = self;
        if self.role.part == Part::IdNo {
            let is_whole = match kind {
                EntityKind::Person => normal::is_whole_number,
                EntityKind::Organisation => org::is_whole_number,
            };
            whole.extend(values.iter_from(whole.len()).map(is_whole));
        }
        match self.kind {
            Kind::Organisation => orgs.extend(values.iter_from(orgs.len()).map(gnomon_link::org::parse)),
            Kind::Address => places.extend(values.iter_from(places.len()).map(gnomon_link::address::parse)),
            Kind::Name => {
                sounds.extend(values.iter_from(sounds.len()).map(sound::of));
                let surnames = self.role.part == Part::Surname;
                if values.iter_from(names.len()).any(|value| !value.is_ascii()) || !names.is_empty() {
                    names.extend(values.iter_from(names.len()).map(|value| han::parsed(value, surnames)));
                }
            }
            _ => {}
        }
    }

    /// Whether a value is a number whose check is right.
    pub(crate) fn is_whole(&self, value: u32) -> bool {
        self.whole.get(value as usize).copied().unwrap_or_default()
    }

    /// Whether one value names a branch and the other its parent, or another branch of it.
    pub(crate) fn are_branches(&self, a: u32, b: u32) -> bool {
        let value = |row: u32| self.orgs.get(self.codes[row as usize] as usize);
        value(a).zip(value(b)).is_some_and(|(x, y)| org::are_branches(x, y))
    }

    /// How many different values there are.
    pub(crate) fn distinct(&self) -> usize {
        self.counts.iter().filter(|count| **count > 0).count()
    }

    /// How probable it is that two rows which have values have the same, by chance.
    pub(crate) fn coincidence(&self) -> f64 {
        self.coincidence
    }

    fn counted_coincidence(&self) -> f64 {
        let filled = f64::from(self.filled);
        let pairs: f64 = self.counts.iter().map(|count| f64::from(*count) * (f64::from(*count) - 1.0)).sum();
        (pairs / (filled * (filled - 1.0)).max(1.0)).max(0.2 / filled.max(1.0))
    }
}
