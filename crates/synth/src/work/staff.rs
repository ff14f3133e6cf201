use super::{Tenure, Unit, UnitKind};
use crate::{
    base::{Rng, time},
    people::{People, PersonIx, role},
};

/// How somebody is employed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffType {
    CivilServant,
    Institution,
    Contract,
    VillageCadre,
    Retired,
}

impl StaffType {
    /// The word on the payroll.
    pub fn word(self) -> &'static str {
        match self {
            StaffType::CivilServant => "公务员",
            StaffType::Institution => "事业人员",
            StaffType::Contract => "合同制",
            StaffType::VillageCadre => "村干部",
            StaffType::Retired => "退休",
        }
    }
}

/// The grade on the roster of officials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    Division,
    Section,
    Staff,
    Institution,
}

impl Rank {
    /// The word on the roster.
    pub fn word(self) -> &'static str {
        match self {
            Rank::Division => "正科级",
            Rank::Section => "副科级",
            Rank::Staff => "科员",
            Rank::Institution => "事业管理岗",
        }
    }
}

/// A job paid from public money.
#[derive(Debug, Clone)]
pub struct Job {
    /// Who and since when.
    pub tenure: Tenure,
    /// Index of the unit.
    pub unit: usize,
    /// How employed.
    pub staff_type: StaffType,
    /// Grade, for those on the roster of officials.
    pub rank: Option<Rank>,
    /// Post.
    pub position: &'static str,
    /// Whole monthly pay in fen.
    pub pay: i64,
    /// First paid month.
    pub from: i32,
    /// Month after the last paid one.
    pub to: i32,
}

impl Job {
    /// The job of a leader: head or deputy of a unit.
    pub fn leads(&self) -> bool {
        matches!(self.rank, Some(Rank::Division | Rank::Section))
    }
}

/// Fills the units with staff, one in about forty of the people.
pub fn employ(people: &mut People, units: &mut [Unit], seed: u64) -> Vec<Job> {
    let mut rng = Rng::new(seed, "staff");
    let living = people.all.iter().filter(|person| person.alive() && !person.has(role::AWAY)).count() as u32;
    let mut pool: Vec<PersonIx> = people
        .iter()
        .filter(|(_, person)| person.alive() && !person.has(role::AWAY) && (24..59).contains(&person.age()))
        .map(|(ix, _)| ix)
        .collect();
    rng.shuffle(&mut pool);
    let weight: u32 = units.iter().map(|unit| unit.kind.weight()).sum();
    let wanted = living * 26 / 1000;
    let mut jobs = Vec::new();
    for (index, unit) in units.iter_mut().enumerate() {
        let size = (unit.kind.weight() * wanted / weight).max(4);
        unit.staff = size;
        for place in 0..size {
            let Some(person) = pool.pop() else { break };
            let job = hire(people, person, (index, unit.kind), place, &mut rng);
            if place == 0 {
                unit.head = Some(person);
            }
            people.assign(
                person,
                if job.rank.is_some() { role::PAYROLL | role::OFFICIAL } else { role::PAYROLL },
            );
            jobs.push(job);
        }
    }
    retire(people, units.len(), wanted / 25, &mut jobs, &mut rng);
    jobs
}

fn hire(people: &People, person: PersonIx, unit: (usize, UnitKind), place: u32, rng: &mut Rng) -> Job {
    let staff_type = staff_type(unit.1, place, rng);
    let on_roster = staff_type == StaffType::CivilServant || place < 2;
    let (rank, position, base) = match (place, unit.1) {
        (0, UnitKind::School) => (Rank::Institution, "校长", 9_200),
        (0, UnitKind::Hospital) => (Rank::Institution, "院长", 9_600),
        (0, UnitKind::Institution) => (Rank::Institution, "主任", 8_800),
        (0, UnitKind::Party) => (Rank::Division, "主要负责人", 9_000),
        (1 | 2, UnitKind::Party) => (Rank::Section, "班子成员", 8_100),
        (0, UnitKind::Township) => (Rank::Division, "镇长", 8_900),
        (0, _) => (Rank::Division, "局长", 9_000),
        (1 | 2, UnitKind::School | UnitKind::Hospital | UnitKind::Institution) => {
            (Rank::Institution, "副职", 8_000)
        }
        (1 | 2, _) => (Rank::Section, "副局长", 8_100),
        _ => (Rank::Staff, "科员", if staff_type == StaffType::Contract { 3_300 } else { 6_200 }),
    };
    let young = time::birthday(people[person].birth, 23);
    let start = time::plus(young.max(time::day(2008, 1, 6)), rng.range(0, 900)).min(time::day(2022, 5, 9));
    let leaves = place > 2 && rng.per_mille(60);
    let end = leaves.then(|| time::last_day(rng.range(4, 31) as i32));
    let to = end.map_or(time::MONTHS, |day| time::month_of(day) + 1);
    let pay = (base + rng.range(0, 14) * 100) * 100;
    let rank = on_roster.then_some(rank);
    Job { tenure: Tenure { person, start, end }, unit: unit.0, staff_type, rank, position, pay, from: 0, to }
}

fn staff_type(kind: UnitKind, place: u32, rng: &mut Rng) -> StaffType {
    let roll = rng.below(100);
    match kind {
        UnitKind::Party | UnitKind::Government | UnitKind::Township => match roll {
            _ if place < 3 => StaffType::CivilServant,
            0..58 => StaffType::CivilServant,
            58..84 => StaffType::Institution,
            _ => StaffType::Contract,
        },
        _ if place < 3 || roll < 82 => StaffType::Institution,
        _ => StaffType::Contract,
    }
}

fn retire(people: &mut People, units: usize, count: u32, jobs: &mut Vec<Job>, rng: &mut Rng) {
    let old = |person: &crate::people::Person| {
        person.alive() && (61..85).contains(&person.age()) && !person.has(role::AWAY)
    };
    let mut pool: Vec<PersonIx> = people.iter().filter(|(_, person)| old(person)).map(|(ix, _)| ix).collect();
    rng.shuffle(&mut pool);
    for person in pool.into_iter().take(count as usize) {
        people.assign(person, role::PAYROLL);
        let start = time::birthday(people[person].birth, 60);
        let from = time::month_of(start).max(0);
        jobs.push(Job {
            tenure: Tenure { person, start, end: None },
            unit: rng.index(units),
            staff_type: StaffType::Retired,
            rank: None,
            position: "退休",
            pay: (4_200 + rng.range(0, 20) * 100) * 100,
            from,
            to: time::MONTHS,
        });
    }
}
