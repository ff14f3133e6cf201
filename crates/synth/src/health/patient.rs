use gnomon_kernel::Day;

use super::{Institution, institution::PER_LEVEL};
use crate::{
    base::{Rng, time},
    people::{People, PersonIx, role},
};

/// A recognised chronic patient.
#[derive(Debug, Clone, Copy)]
pub struct Patient {
    /// Who.
    pub person: PersonIx,
    /// Code of the disease and its usual monthly cost in fen.
    pub disease: (&'static str, i64),
    /// Index of the chosen institution.
    pub institution: usize,
    /// Recognised.
    pub since: Day,
}

const DISEASES: [(&str, i64); 2] = [("M03900", 21_000), ("M01600", 26_000)];

/// Recognises three in a hundred people. In a small county there is one disease only, so that every institution has
/// enough patients to be compared.
pub fn recognise(
    people: &mut People,
    institutions: &[Institution],
    wanted: u32,
    rng: &mut Rng,
) -> Vec<Patient> {
    let diseases = if wanted < 60_000 { 1 } else { DISEASES.len() };
    let wards = institutions.len().min(PER_LEVEL * 2);
    let mut pool: Vec<PersonIx> = people
        .iter()
        .filter(|(_, p)| p.age() >= 45 && !p.has(role::AWAY) && p.last_paid_month() > 6)
        .map(|(ix, _)| ix)
        .collect();
    rng.shuffle(&mut pool);
    pool.truncate((wanted * 3 / 100) as usize);
    let mut patients = Vec::with_capacity(pool.len());
    for (rank, person) in pool.into_iter().enumerate() {
        people.assign(person, role::CHRONIC);
        let since = time::plus(time::day(2019, 3, 1), rng.range(0, 1_190));
        patients.push(Patient {
            person,
            disease: DISEASES[rank % diseases],
            institution: rank / diseases % wards,
            since,
        });
    }
    patients
}
