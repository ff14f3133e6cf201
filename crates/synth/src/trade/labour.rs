use super::Company;
use crate::{
    base::{Rng, time},
    people::{People, PersonIx, role},
};

/// A stretch of insured work for a company.
#[derive(Debug, Clone, Copy)]
pub struct Spell {
    /// Who.
    pub person: PersonIx,
    /// Index of the company.
    pub company: u32,
    /// First month.
    pub from: i16,
    /// Month after the last one.
    pub to: i16,
    /// Contribution base in fen.
    pub base: u32,
}

/// Gives work to one in nine of the people. Village cadres and public staff never work for companies unless planted.
pub fn hire(people: &mut People, companies: &[Company], wanted: u32, seed: u64) -> Vec<Spell> {
    let mut rng = Rng::new(seed, "labour");
    let barred = role::PAYROLL | role::CADRE | role::AWAY;
    let mut pool: Vec<PersonIx> = people
        .iter()
        .filter(|(_, person)| person.alive() && (21..58).contains(&person.age()) && !person.has(barred))
        .map(|(ix, _)| ix)
        .collect();
    rng.shuffle(&mut pool);
    pool.truncate(wanted as usize * 112 / 1000);
    let open: Vec<u32> =
        (0..companies.len() as u32).filter(|c| companies[*c as usize].cancelled.is_none()).collect();
    let mut spells = Vec::with_capacity(pool.len() * 5 / 4);
    for person in pool {
        people.assign(person, role::EMPLOYEE);
        let base = 380_000 + rng.below(50) * 10_000;
        // Squaring makes a few employers large.
        let employer = |rng: &mut Rng| {
            let share = rng.unit();
            open[(share * share * open.len() as f64) as usize]
        };
        let first = Spell { person, company: employer(&mut rng), from: 0, to: time::MONTHS as i16, base };
        if rng.per_mille(220) {
            let change = rng.range(4, 32) as i16;
            spells.push(Spell { to: change, ..first });
            spells.push(Spell { company: employer(&mut rng), from: change, ..first });
        } else {
            spells.push(first);
        }
    }
    spells
}
