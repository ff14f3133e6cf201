//! What weights alone must not decide: a wrong merge accuses somebody.

use serde::{Deserialize, Serialize};

use crate::{
    EntityKind,
    compare::{DIFFERENT, Levels, MISSING, NEAR, SAME},
    field::{Field, Group},
    model::Model,
    role::Part,
    roster::Roster,
};

/// How rare an agreement has to be to stand for a number of one's own.
const OF_ONES_OWN: f64 = 0.001;

/// Why two persons are kept apart whatever the weights say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Apart {
    /// Nothing agrees but what a household shares.
    OnlyTheHousehold,
    /// The given names are others, and too few rows are the same to learn how often that is an error.
    OtherName,
}

/// Whether two rows are kept apart.
pub(crate) fn apart(roster: &Roster, model: &Model, levels: &Levels) -> Option<Apart> {
    let compared = || roster.fields.iter().zip(levels).filter(|(_, level)| **level != MISSING);
    let is_personal = |field: &Field| field.group() == Group::Personal;
    if roster.kind() != EntityKind::Person || !roster.fields.iter().any(is_personal) {
        return None;
    }
    if !compared().any(|(field, level)| field.group() != Group::Family && *level != DIFFERENT) {
        return Some(Apart::OnlyTheHousehold);
    }
    let is_number = |field: &Field, level: u8| {
        let is_own = field.role.part == Part::IdNo || field.coincidence() < OF_ONES_OWN;
        let is_no_day = field.group() != Group::Family && field.role.part != Part::BirthDate;
        is_own && is_no_day && (SAME..=NEAR).contains(&level)
    };
    let another = compared().any(|(field, level)| field.role.part == Part::GivenName && *level == DIFFERENT);
    let unlearnt = model.taught_little && !compared().any(|(field, level)| is_number(field, *level));
    (another && unlearnt).then_some(Apart::OtherName)
}
