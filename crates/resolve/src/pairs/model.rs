use serde::{Deserialize, Serialize};

use crate::{
    pairs::compare::{ALIKE, DIFFERENT, LEVELS, MISSING, NEAR, SAME, SWAPPED},
    roster::{
        field::{Field, Group},
        role::Part,
    },
};

/// What a pair of rows may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Class {
    /// One person or organisation.
    Same,
    /// Two members of one household.
    Household,
    /// Two members of one household of one birthday.
    Twins,
    /// Two members of one household of one name, such as father and son.
    Namesakes,
    /// Nothing to do with each other.
    Strangers,
}

impl Class {
    /// All classes; the order of tables over them.
    pub const ALL: [Class; 5] =
        [Class::Same, Class::Household, Class::Twins, Class::Namesakes, Class::Strangers];

    /// The word in locales and files.
    pub fn word(self) -> &'static str {
        match self {
            Class::Same => "same",
            Class::Household => "household",
            Class::Twins => "twins",
            Class::Namesakes => "namesakes",
            Class::Strangers => "strangers",
        }
    }
}

/// How probable each level of a field is, by what the pair is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FieldModel {
    pub(crate) part: Part,
    pub(crate) group: Group,
    /// Among pairs that are the same.
    pub(crate) same: [f64; LEVELS],
    /// Among members of one household; of what households share.
    pub(crate) kin: [f64; LEVELS],
    /// Among strangers.
    pub(crate) chance: [f64; LEVELS],
}

/// A Fellegi-Sunter model with five explanations of a pair.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Model {
    pub(crate) fields: Vec<FieldModel>,
    /// Share of each class among all pairs of rows, in the order of [`Class::ALL`].
    pub(crate) prior: [f64; 5],
    /// Whether households can be seen at all: something is compared that they share, besides the surname.
    pub(crate) kin: bool,
    /// Whether too few pairs were the same to learn how often their fields differ.
    pub(crate) taught_little: bool,
}

impl FieldModel {
    pub(crate) fn new(field: &Field, chance: [f64; LEVELS]) -> Self {
        let group = field.group();
        Self { part: field.role.part, group, same: usual_same(field.role.part), kin: usual_kin(), chance }
    }

    /// The table that holds for a class.
    pub(crate) fn table(&self, class: Class) -> &[f64; LEVELS] {
        match (class, self.group, self.part) {
            (Class::Same, ..)
            | (Class::Twins, _, Part::BirthDate)
            | (Class::Namesakes, _, Part::GivenName) => &self.same,
            (Class::Household | Class::Twins | Class::Namesakes, Group::Family, _) => &self.kin,
            _ => &self.chance,
        }
    }

    /// Whether a class explains that the values agree, so that agreement on a rare value says more.
    pub(crate) fn explains(&self, class: Class) -> bool {
        !std::ptr::eq(self.table(class), &self.chance)
    }
}

/// What is expected of pairs that are the same before data speak.
pub(crate) fn usual_same(part: Part) -> [f64; LEVELS] {
    let swapped = if part == Part::GivenName { 0.01 } else { 0.0 };
    levels(&[(SAME, 0.83 - swapped), (SWAPPED, swapped), (NEAR, 0.07), (ALIKE, 0.03), (DIFFERENT, 0.07)])
}

/// What is expected of households.
pub(crate) fn usual_kin() -> [f64; LEVELS] {
    levels(&[(SAME, 0.75), (NEAR, 0.06), (ALIKE, 0.03), (DIFFERENT, 0.16)])
}

fn levels(said: &[(u8, f64)]) -> [f64; LEVELS] {
    let mut table = [0.0; LEVELS];
    table[MISSING as usize] = 1.0;
    for (level, share) in said {
        table[*level as usize] = *share;
    }
    table
}
