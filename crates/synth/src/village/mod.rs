//! The collectives of the villages: what they own, let, build, buy, and whom they pay.

mod asset;
mod contract;
mod daily;
mod project;
mod write_assets;
mod write_daily;
mod write_works;

pub use asset::{Asset, Stocktake};
pub use contract::{Contract, Receivable, Status, lease, pay_in_time};
pub use daily::{Labour, Purchase, Request, invoice_number};
pub use project::Project;

use crate::{
    SynthError,
    base::{Account, Code18, Rng, account::Holder},
    county::County,
    people::{People, Person, PersonIx, role},
    place::{COUNTY, COUNTY_NAME, Place},
    trade::{Company, Line},
    work::{Position, Term},
    write::Office,
};

/// A village's economic organisation.
#[derive(Debug, Clone)]
pub struct Collective {
    /// Credit code.
    pub code: Code18,
    /// Name.
    pub name: String,
    /// Chair: the secretary of the village.
    pub chair: Option<PersonIx>,
    /// Accountant.
    pub accountant: Option<PersonIx>,
}

impl Collective {
    /// The account of the collective of a village; the numbers below 100,000 are those of budget units.
    pub fn account(village: usize) -> Account {
        Account::of(Holder::Unit, 100_000 + village as u32)
    }
}

/// All collectives and their doings; the collective of a village has the village's index.
#[derive(Debug, Clone, Default)]
pub struct Villages {
    /// Collectives.
    pub collectives: Vec<Collective>,
    /// Assets.
    pub assets: Vec<Asset>,
    /// Contracts.
    pub contracts: Vec<Contract>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Purchases.
    pub purchases: Vec<Purchase>,
    /// Labour.
    pub labours: Vec<Labour>,
    /// Requests for reimbursement.
    pub requests: Vec<Request>,
}

/// Sets up the collectives and lets them run honestly for three years.
pub fn run(people: &mut People, place: &Place, companies: &[Company], terms: &[Term], seed: u64) -> Villages {
    let mut rng = Rng::new(seed, "villages");
    let hands = villagers(people, place);
    let suppliers = Suppliers::of(companies);
    let mut villages = Villages::default();
    for (village, hands) in hands.iter().enumerate() {
        let seat = |position: Position| {
            terms
                .iter()
                .filter(|term| term.village == village && term.tenure.end.is_none())
                .find(|term| term.position == position)
                .map(|term| term.tenure.person)
        };
        villages.collectives.push(Collective {
            code: Code18::credit(b"N2", COUNTY, 70_000_000 + village as u32 * 131),
            name: format!(
                "{COUNTY_NAME}{}{}股份经济合作社",
                place.township_of(village).name,
                place.villages[village].name
            ),
            chair: seat(Position::Secretary),
            accountant: seat(Position::Accountant),
        });
        asset::acquire(&mut villages, village, &mut rng);
        contract::let_out(&mut villages, people, village, hands, &mut rng);
        project::build(&mut villages, village, &suppliers, &mut rng);
        daily::keep_house(&mut villages, village, hands, &suppliers, &mut rng);
    }
    villages
}

/// Grown villagers who may be tenants and workers: nobody in office, nobody near an office.
fn villagers(people: &People, place: &Place) -> Vec<Vec<PersonIx>> {
    let barred = role::PAYROLL | role::CADRE | role::OFFICIAL | role::KIN | role::AWAY | role::BUSINESS;
    let fit = |person: &Person| person.alive() && (25..66).contains(&person.age()) && !person.has(barred);
    let mut hands = vec![Vec::new(); place.villages.len()];
    for (ix, _) in people.iter().filter(|(_, person)| fit(person)) {
        hands[people[ix].village as usize].push(ix);
    }
    hands
}

/// The companies that sell to villages and units, by what they do.
pub struct Suppliers {
    builders: Vec<usize>,
    sellers: Vec<usize>,
}

impl Suppliers {
    /// Those among the companies that are suppliers.
    pub fn of(companies: &[Company]) -> Suppliers {
        let (mut builders, mut sellers) = (Vec::new(), Vec::new());
        for (index, company) in companies.iter().enumerate().filter(|(_, company)| company.supplier) {
            match company.line {
                Line::Building => builders.push(index),
                _ => sellers.push(index),
            }
        }
        Suppliers { builders, sellers }
    }

    /// A builder; the same again only after all others had a turn.
    pub fn builder(&self, turn: usize) -> usize {
        self.builders[turn % self.builders.len()]
    }

    /// Any other supplier, likewise.
    pub fn seller(&self, turn: usize) -> usize {
        self.sellers[turn % self.sellers.len()]
    }
}

/// Writes the files of the agriculture bureau about collectives.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_assets::write(county, office)?;
    write_works::write(county, office)?;
    write_daily::write(county, office)
}
