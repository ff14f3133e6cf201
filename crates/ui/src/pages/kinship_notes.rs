//! Declarations as pages about something else mention them.

use super::{KinArrangement, KinRow, KinState};
use crate::words::Due;

/// A declaration of an official.
#[derive(Debug, Clone)]
pub struct KinNote {
    /// Where it is shown; none for whoever may not see it.
    pub href: Option<String>,
    /// What people call it.
    pub number: String,
    /// The year.
    pub year: i32,
    /// Name of the unit.
    pub unit: String,
    /// Where it stands.
    pub state: KinState,
    /// By when the next step is to be taken.
    pub due: Option<Due>,
    /// Recusals and exits, without their words.
    pub arrangements: Vec<KinArrangement>,
}

/// Somebody in office whom no declaration of the year is about.
#[derive(Debug, Clone)]
pub struct KinPerson {
    /// Name, masked for all but the own unit.
    pub official: String,
    /// Masked number.
    pub person: String,
    /// The post.
    pub post: String,
}

/// Who of a unit has declared in a year, and who has not.
#[derive(Debug, Clone)]
pub struct KinTold {
    /// Where the unit's declarations are.
    pub href: String,
    /// The year.
    pub year: i32,
    /// The declarations.
    pub rows: Vec<KinRow>,
    /// Officials without one.
    pub without: Vec<KinPerson>,
}

impl KinTold {
    /// How many have handed theirs in, and how many have not.
    pub fn counts(&self) -> [u64; 2] {
        counts(&self.rows, &self.without)
    }
}

/// How many officials have handed their yearly declaration in, and how many have not; changes are counted with the former.
pub(super) fn counts(rows: &[KinRow], without: &[KinPerson]) -> [u64; 2] {
    let yearly = || rows.iter().filter(|row| !row.is_change);
    let waiting = yearly().filter(|row| row.state == KinState::Due).count();
    [(yearly().count() - waiting) as u64, (waiting + without.len()) as u64]
}
