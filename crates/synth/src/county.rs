use crate::{
    CountySpec, SynthError,
    base::time,
    health::{self, Health},
    money::{self, Case, Grant, Programme},
    people::{self, DeathRecord, Kinship, People, PersonIx, Registers, role},
    place::{self, Place},
    plant::{self, Declaration},
    spend::{self, Spending},
    trade::{self, Company, Spell},
    village::{self, Villages},
    work::{self, Job, Term, Unit, UnitKind},
    write::Office,
};

/// Everything that is true in the county, honest or planted, before it is written down.
pub struct County {
    /// The seed that everything follows from.
    pub seed: u64,
    /// How many people were asked for.
    pub wanted: u32,
    /// Townships and villages.
    pub place: Place,
    /// People.
    pub people: People,
    /// Families and households.
    pub kinship: Kinship,
    /// Deaths since 2019, in the order of persons.
    pub deaths: Vec<DeathRecord>,
    /// Changes of registration.
    pub registers: Registers,
    /// Budget units.
    pub units: Vec<Unit>,
    /// Jobs paid from public money.
    pub jobs: Vec<Job>,
    /// Terms in village committees.
    pub terms: Vec<Term>,
    /// Companies.
    pub companies: Vec<Company>,
    /// Work for companies.
    pub spells: Vec<Spell>,
    /// Runs of benefit payments.
    pub grants: Vec<Grant>,
    /// Subsistence allowance cases.
    pub cases: Vec<Case>,
    /// What officials declared about their relatives.
    pub declarations: Vec<Declaration>,
    /// Officers who handle civil affairs.
    pub handlers: Vec<PersonIx>,
    /// Collectives with what they own, let, buy and build.
    pub villages: Villages,
    /// What units spend, drive, tender and host, as far as it is not made up while writing.
    pub spending: Spending,
    /// Medical institutions and patients.
    pub health: Health,
}

impl County {
    /// Makes an honest county: nothing in it calls for a finding.
    pub fn raise(spec: &CountySpec) -> County {
        let (seed, wanted) = (spec.seed, spec.people);
        let place = Place::lay_out(wanted, seed);
        let mut people = people::raise(&place, wanted, seed);
        let kinship = Kinship::of(&people);
        let deaths = people::register_deaths(&people, seed);
        let mut units = work::found(&place);
        let mut jobs = work::employ(&mut people, &mut units, seed);
        let terms = work::elect(&mut people, &place, &units, &mut jobs, seed);
        work::mark_relatives(&mut people, &kinship);
        let companies = trade::found(&mut people, &place, wanted, seed);
        let spells = trade::hire(&mut people, &companies, wanted, seed);
        let handlers = money::handlers(&units, &jobs);
        let (grants, cases) = pay(&mut people, &kinship, &place, &handlers, spec);
        let villages = village::run(&mut people, &place, &companies, &terms, seed);
        let spending = spend::run(&units, &companies, seed);
        let health = health::open(&mut people, &place, wanted, seed);
        County {
            seed,
            wanted,
            place,
            people,
            kinship,
            deaths,
            registers: Registers::default(),
            units,
            jobs,
            terms,
            companies,
            spells,
            grants,
            cases,
            declarations: Vec::new(),
            handlers,
            villages,
            spending,
            health,
        }
    }

    /// Writes all files of all departments.
    pub fn write(&self, office: &mut Office) -> Result<(), SynthError> {
        place::write(self, office)?;
        people::write(self, office)?;
        work::write(self, office)?;
        plant::write(self, office)?;
        money::write(self, office)?;
        trade::write(self, office)?;
        village::write(self, office)?;
        spend::write(self, office)?;
        health::write(self, office)
    }

    /// What is on record about a death since 2019.
    pub fn death_record(&self, person: PersonIx) -> Option<&DeathRecord> {
        self.deaths.binary_search_by_key(&person, |record| record.person).ok().map(|at| &self.deaths[at])
    }

    /// The county hospital.
    pub fn hospital(&self) -> &Unit {
        self.units.iter().find(|unit| unit.kind == UnitKind::Hospital).unwrap_or(&self.units[0])
    }

    /// The office of the township to which a village belongs.
    pub fn township_office(&self, village: usize) -> &Unit {
        let township = self.place.villages[village].township;
        let office = |unit: &&Unit| unit.township == Some(township) && unit.kind == UnitKind::Township;
        self.units.iter().find(office).unwrap_or(&self.units[0])
    }

    /// What is left of a number of everyday rows in a county too small for all its offices.
    pub fn share_of(&self, rows: usize) -> usize {
        (rows * self.wanted.min(60_000) as usize / 60_000).max(1)
    }

    /// How many problems of one kind a county of this size has: so many in 100,000 people, at least two.
    pub fn scaled(&self, per_hundred_thousand: u32) -> usize {
        ((u64::from(self.wanted) * u64::from(per_hundred_thousand) / 100_000) as usize).max(2)
    }
}

fn pay(
    people: &mut People,
    kinship: &Kinship,
    place: &Place,
    handlers: &[PersonIx],
    spec: &CountySpec,
) -> (Vec<Grant>, Vec<Case>) {
    let mut grants = Vec::new();
    money::pay_pensions(people, &mut grants, spec.seed);
    money::allow_elderly(people, &mut grants);
    money::care_for_the_poor(people, kinship, &mut grants, spec.people, spec.seed);
    let cases = money::support_households(people, kinship, place, handlers, spec.people, spec.seed);
    for (index, case) in cases.iter().enumerate() {
        let grant =
            Grant::new(case.applicant, Programme::Dibao, case.months(), case.amount()).detail(index as u32);
        if grant.from < grant.to {
            grants.push(grant);
        }
    }
    money::subsidise_land(people, place, &mut grants, spec.seed);
    debug_assert!(
        grants.iter().all(|grant| grant.to <= time::MONTHS && !people[grant.person].has(role::AWAY))
    );
    (grants, cases)
}
