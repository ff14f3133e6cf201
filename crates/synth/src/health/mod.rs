//! Medical institutions, recognised chronic diseases, and settlements.

mod files;
mod institution;
mod patient;
mod visit;

pub use files::write;
pub use institution::{Institution, Sort};
pub use patient::Patient;
pub use visit::{Kind, Visit};

use crate::{base::Rng, people::People, place::Place};

/// The medical side of the county.
#[derive(Debug, Clone, Default)]
pub struct Health {
    /// Institutions; those that treat chronic diseases first.
    pub institutions: Vec<Institution>,
    /// Recognised chronic patients.
    pub patients: Vec<Patient>,
    /// Planted visits.
    pub visits: Vec<Visit>,
    /// Costs of an institution for chronic patients, in hundredths of the usual: institution, first month, month after
    /// the last one, factor.
    pub dear: Vec<(usize, i32, i32, i64)>,
}

/// Opens the institutions and recognises the chronic patients.
pub fn open(people: &mut People, place: &Place, wanted: u32, seed: u64) -> Health {
    let institutions = institution::agree(place, wanted);
    let patients = patient::recognise(people, &institutions, wanted, &mut Rng::new(seed, "patients"));
    Health { institutions, patients, visits: Vec::new(), dear: Vec::new() }
}
