//! One thing that is compared, with a value for every row.

use gnomon_link::name::Name;
use serde::{Deserialize, Serialize};

use crate::{
    han,
    role::{Part, Role},
    sound,
    tokens::Tokens,
    values::{NONE, Values},
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
    /// How each value sounds, for names.
    #[serde(skip)]
    pub(crate) sounds: Vec<u64>,
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
            sounds: Vec::new(),
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

    /// Counts values anew; after rows were added.
    pub(crate) fn count(&mut self) {
        self.counts = vec![0; self.values.len()];
        for code in &self.codes {
            self.counts[*code as usize] += 1;
        }
        self.counts[NONE as usize] = 0;
        self.filled = self.counts.iter().sum();
        self.coincidence = self.counted_coincidence();
        if self.kind == Kind::Long {
            self.tokens = Tokens::of(&self.values, &self.counts);
        }
        if self.kind == Kind::Name {
            self.sounds = self.values.iter().map(sound::of).collect();
            let surnames = self.role.part == Part::Surname;
            let in_han = self.values.iter().any(|value| !value.is_ascii());
            let values = self.values.iter().filter(|_| in_han);
            self.names = values.map(|value| han::parsed(value, surnames)).collect();
        }
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
