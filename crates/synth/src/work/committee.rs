use super::{Job, StaffType, Tenure, Unit, UnitKind};
use crate::{
    base::{Rng, time},
    people::{Kinship, People, PersonIx, role},
    place::Place,
};

/// A post in a village committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    Secretary,
    Director,
    Deputy,
    Accountant,
    Supervisor,
    Member,
}

impl Position {
    /// The word on the roster.
    pub fn word(self) -> &'static str {
        match self {
            Position::Secretary => "党支部书记",
            Position::Director => "村委会主任",
            Position::Deputy => "副主任",
            Position::Accountant => "会计",
            Position::Supervisor => "监委会主任",
            Position::Member => "委员",
        }
    }
}

const SEATS: [Position; 7] = [
    Position::Secretary,
    Position::Director,
    Position::Deputy,
    Position::Accountant,
    Position::Supervisor,
    Position::Member,
    Position::Member,
];

/// A term in a village committee.
#[derive(Debug, Clone)]
pub struct Term {
    /// Who and when.
    pub tenure: Tenure,
    /// The village.
    pub village: usize,
    /// The post.
    pub position: Position,
}

/// Elects the committees: seven seats since early 2021, and two members of the term before who did not come back.
/// Secretary, director and accountant are paid by the township.
pub fn elect(
    people: &mut People,
    place: &Place,
    units: &[Unit],
    jobs: &mut Vec<Job>,
    seed: u64,
) -> Vec<Term> {
    let mut rng = Rng::new(seed, "committees");
    let mut candidates: Vec<Vec<PersonIx>> = vec![Vec::new(); place.villages.len()];
    for (ix, person) in people.iter() {
        if person.alive() && (30..61).contains(&person.age()) && !person.has(role::PAYROLL | role::AWAY) {
            candidates[person.village as usize].push(ix);
        }
    }
    let offices: Vec<usize> =
        (0..units.len()).filter(|unit| units[*unit].kind == UnitKind::Township).collect();
    let mut terms = Vec::new();
    for (village, pool) in candidates.iter_mut().enumerate() {
        rng.shuffle(pool);
        for position in SEATS {
            let Some(person) = pool.pop() else { break };
            let start = time::plus(time::day(2021, 1, 8), rng.range(0, 40));
            terms.push(Term { tenure: Tenure { person, start, end: None }, village, position });
            if matches!(position, Position::Secretary | Position::Director | Position::Accountant) {
                let unit = offices[place.villages[village].township];
                jobs.push(village_job(person, unit, position, start, &mut rng));
                people.assign(person, role::PAYROLL);
            }
        }
        for position in [Position::Secretary, Position::Accountant] {
            let Some(person) = pool.pop() else { break };
            let end = time::plus(time::day(2020, 12, 20), rng.range(0, 18));
            let tenure = Tenure { person, start: time::day(2018, 3, 12), end: Some(end) };
            terms.push(Term { tenure, village, position });
        }
    }
    for term in &terms {
        people.assign(term.tenure.person, role::CADRE);
    }
    terms
}

fn village_job(
    person: PersonIx,
    unit: usize,
    position: Position,
    start: gnomon_kernel::Day,
    rng: &mut Rng,
) -> Job {
    Job {
        tenure: Tenure { person, start, end: None },
        unit,
        staff_type: StaffType::VillageCadre,
        rank: None,
        position: position.word(),
        pay: (2_800 + rng.range(0, 10) * 100) * 100,
        from: 0,
        to: time::MONTHS,
    }
}

/// Marks everybody near an official or village cadre, and everybody close to somebody on a public payroll.
pub fn mark_relatives(people: &mut People, kinship: &Kinship) {
    let marked: Vec<(PersonIx, u32)> = people.iter().map(|(ix, person)| (ix, person.roles)).collect();
    for (ix, roles) in marked {
        if roles & (role::OFFICIAL | role::CADRE) != 0 {
            for kin in kinship.near(people, ix) {
                people.assign(kin, role::KIN);
            }
        }
        if roles & role::PAYROLL != 0 {
            let house = kinship.members(people[ix].household).iter().copied();
            let close: Vec<PersonIx> = house.chain(kinship.first_degree(people, ix)).collect();
            for kin in close {
                people.assign(kin, role::PAYROLL_KIN);
            }
        }
    }
}
