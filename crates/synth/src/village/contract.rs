use chrono::Datelike;
use gnomon_kernel::Day;

use super::{Villages, asset::LETTABLE, asset::Stocktake};
use crate::{
    base::{Rng, time},
    people::{People, PersonIx, role},
};

/// Where a contract stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Active,
    Expired,
    Terminated,
    Archived,
}

impl Status {
    /// The word in the contract ledger.
    pub fn word(self) -> &'static str {
        match self {
            Status::Active => "履行中",
            Status::Expired => "已到期",
            Status::Terminated => "已终止",
            Status::Archived => "已归档",
        }
    }
}

/// One instalment.
#[derive(Debug, Clone, Copy)]
pub struct Receivable {
    /// Due.
    pub due: Day,
    /// Amount due in fen.
    pub fen: i64,
    /// When and how much was received.
    pub received: Option<(Day, i64)>,
}

/// A lease of a building or of land.
#[derive(Debug, Clone)]
pub struct Contract {
    /// Number.
    pub number: String,
    /// Village.
    pub village: usize,
    /// Number of the asset, or of the land.
    pub object: String,
    /// Whether the object is land.
    pub land: bool,
    /// Tenant.
    pub tenant: PersonIx,
    /// Signed.
    pub signed: Day,
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Area in hundredths of a mu.
    pub area: i64,
    /// Yearly rent in fen.
    pub rent: i64,
    /// Whether it follows an earlier contract of the same tenant.
    pub renewal: bool,
    /// Where it stands.
    pub status: Status,
    /// Instalments since mid-2022.
    pub receivables: Vec<Receivable>,
}

const LANDS: usize = 16;
const YEARS: [i32; 6] = [1, 2, 3, 5, 10, 15];

/// Lets out a village's buildings and land. A contract that ended was renewed in time, or the asset came back.
pub fn let_out(
    villages: &mut Villages,
    people: &mut People,
    village: usize,
    hands: &[PersonIx],
    rng: &mut Rng,
) {
    if hands.is_empty() {
        return;
    }
    for rank in 0..LETTABLE + LANDS {
        let tenant = hands[rng.index(hands.len())];
        people.assign(tenant, role::TENANT);
        let land = rank >= LETTABLE;
        let years = YEARS[rng.index(YEARS.len())];
        let start = time::plus(time::day(2021, 1, 1), rng.range(-900, 1_400));
        let object = if land {
            format!("ZY{:04}{:03}", village + 1, rank - LETTABLE + 1)
        } else {
            format!("ZC{:04}{:03}", village + 1, rank + 1)
        };
        let rent = if land { rng.range(8, 90) } else { rng.range(30, 380) } * 10_000;
        let number = format!("HT{:04}-{:03}", village + 1, rank + 1);
        let mut contract = lease(number, village, (object, land), tenant, (start, years), rent);
        contract.area = rng.range(2, 60) * 100;
        if contract.end < time::today() && !land && rng.per_mille(350) {
            give_back(villages, &mut contract);
        } else {
            renew_until_today(villages, &mut contract, rng);
        }
        if !land && contract.status == Status::Active {
            mark_let(villages, &contract.object);
        }
        villages.contracts.push(contract);
    }
    for contract in villages.contracts.iter_mut().rev().take_while(|contract| contract.village == village) {
        contract.receivables = pay_in_time(contract, rng);
    }
}

/// A contract for whole years.
pub fn lease(
    number: String,
    village: usize,
    (object, land): (String, bool),
    tenant: PersonIx,
    (start, years): (Day, i32),
    rent: i64,
) -> Contract {
    let end = time::plus(time::birthday(start, years), -1);
    Contract {
        number,
        village,
        object,
        land,
        tenant,
        signed: time::plus(start, -12),
        start,
        end,
        area: 500,
        rent,
        renewal: false,
        status: Status::Active,
        receivables: Vec::new(),
    }
}

fn give_back(villages: &mut Villages, contract: &mut Contract) {
    contract.status = Status::Terminated;
    let object = &contract.object;
    if let Some(asset) = villages.assets.iter_mut().rev().find(|asset| asset.number == *object) {
        asset.use_status = "闲置";
        asset
            .stocktakes
            .push(Stocktake { day: time::plus(contract.end, 5).min(time::today()), matches: true });
    }
}

fn renew_until_today(villages: &mut Villages, contract: &mut Contract, rng: &mut Rng) {
    let mut renewals = 0;
    while contract.end <= time::plus(time::today(), 20) {
        let years = YEARS[1 + rng.index(YEARS.len() - 1)];
        renewals += 1;
        let stem = contract.number.split('续').next().unwrap_or_default().to_owned();
        let object = (contract.object.clone(), contract.land);
        let start = time::plus(contract.end, 1);
        let next = lease(
            format!("{stem}续{renewals}"),
            contract.village,
            object,
            contract.tenant,
            (start, years),
            contract.rent,
        );
        let mut ended = std::mem::replace(contract, Contract { renewal: true, area: contract.area, ..next });
        contract.signed = time::plus(ended.end, -20).min(time::plus(time::today(), -2));
        ended.status = if renewals % 2 == 0 { Status::Archived } else { Status::Expired };
        villages.contracts.push(ended);
    }
}

fn mark_let(villages: &mut Villages, object: &str) {
    if let Some(asset) = villages.assets.iter_mut().rev().find(|asset| asset.number == object) {
        asset.use_status = "出租";
    }
}

/// Yearly instalments since mid-2022, each received about its day.
pub fn pay_in_time(contract: &Contract, rng: &mut Rng) -> Vec<Receivable> {
    let mut receivables = Vec::new();
    for year in 0.. {
        let due = time::birthday(contract.start, year);
        if due > contract.end || due.year() > 2025 {
            break;
        }
        if due < time::day(2022, 7, 1) {
            continue;
        }
        let received = time::plus(due, rng.range(-15, 24));
        let received = (received <= time::today()).then_some((received, contract.rent));
        receivables.push(Receivable { due, fen: contract.rent, received });
    }
    receivables
}
