//! Contracts that ended while the tenant stayed, and rent that did not come.

use gnomon_kernel::Day;

use super::Field;
use crate::{
    base::{Rng, time},
    people::{PersonIx, role},
    village::{Asset, Contract, Receivable, Status, Stocktake, lease, pay_in_time},
};

const EXPIRED: &[&str] = &["collective_contract", "collective_asset", "asset_inventory"];
const OVERDUE: &[&str] = &["collective_contract", "contract_receivable", "village_committee_roster"];

/// Tenants who stayed on; and renewals, returns and contracts that ended days ago.
pub fn plant_expired(field: &mut Field) {
    let count = field.county.scaled(16);
    for turn in 0..count {
        let Some(tenant) = field.bystander() else { break };
        let long = turn % 3 != 2;
        let days = if long { field.rng.range(200, 800) } else { field.rng.range(40, 150) };
        let yuan = if long { field.rng.range(6, 40) } else { field.rng.range(2, 5) } * 1_000;
        let status = if turn.is_multiple_of(2) { Status::Active } else { Status::Expired };
        let number = let_asset(field, tenant, (turn, "A"), time::plus(time::today(), -days), yuan, status);
        mark_asset(field, "出租", None);
        let answer = field
            .problem(&number)
            .level(if long { "red" } else { "yellow" })
            .related([field.id(tenant)])
            .seen_in(EXPIRED);
        field.note(answer.says(
            format!("合同到期{days}天，未续签也未收回，资产仍出租"),
            format!("ended {days} days ago, neither renewed nor returned, still let"),
        ));
    }
    for turn in 0..count {
        let Some(tenant) = field.bystander() else { break };
        excuse_expired(field, tenant, turn);
    }
}

/// Lets a fresh asset of a village for three years up to a day; rent was paid while the contract ran.
fn let_asset(
    field: &mut Field,
    tenant: PersonIx,
    (turn, letter): (usize, &str),
    end: Day,
    yuan: i64,
    status: Status,
) -> String {
    let village = field.village();
    field.county.people.assign(tenant, role::TENANT);
    let object = format!("ZC{:04}{letter}{turn:03}", village + 1);
    let stocktakes = [time::day(2022, 12, 14), time::day(2023, 12, 13), time::day(2024, 12, 12)];
    field.county.villages.assets.push(Asset {
        number: object.clone(),
        village,
        name: "沿街商铺",
        category: "房屋",
        acquired: time::day(2012, 5, 6),
        value: 23_000_000,
        area: 12_000,
        use_status: "出租",
        stocktakes: stocktakes.map(|day| Stocktake { day, matches: true }).to_vec(),
    });
    let start = time::plus(time::birthday(time::plus(end, 1), -3), 0);
    let number = format!("HT{:04}-{letter}{turn:03}", village + 1);
    let mut contract = lease(number.clone(), village, (object, false), tenant, (start, 3), yuan * 100);
    contract.end = end;
    contract.status = status;
    contract.receivables = pay_in_time(&contract, &mut Rng::new(field.county.seed, &number));
    field.county.villages.contracts.push(contract);
    number
}

/// Sets the use of the asset just let, and a last stocktake.
fn mark_asset(field: &mut Field, use_status: &'static str, counted: Option<Day>) {
    if let Some(asset) = field.county.villages.assets.last_mut() {
        asset.use_status = use_status;
        asset.stocktakes.extend(counted.map(|day| Stocktake { day, matches: true }));
    }
}

fn excuse_expired(field: &mut Field, tenant: PersonIx, turn: usize) {
    let ago = |days: i64| time::plus(time::today(), -days);
    let (number, zh, en) = match turn % 4 {
        0 => {
            let end = ago(260);
            let number = let_asset(field, tenant, (turn, "B"), end, 9_000, Status::Expired);
            renew(field, end);
            (number, "到期前已续签", "renewed before it ended")
        }
        1 => {
            let number = let_asset(field, tenant, (turn, "B"), ago(18), 12_000, Status::Active);
            (number, "到期未满三十天，正在办理", "ended less than thirty days ago, in hand")
        }
        2 => {
            let number = let_asset(field, tenant, (turn, "B"), ago(300), 14_000, Status::Expired);
            mark_asset(field, "闲置", Some(ago(280)));
            (number, "到期后盘点确认已收回，现闲置", "a stocktake after the end found it returned, now idle")
        }
        _ => {
            let number = let_asset(field, tenant, (turn, "B"), ago(420), 11_000, Status::Archived);
            mark_asset(field, "自用", Some(ago(400)));
            (number, "合同已归档，资产转为自用", "archived; the asset is used by the village itself")
        }
    };
    let answer = field.look_alike(&number).related([field.id(tenant)]).seen_in(EXPIRED);
    field.note(answer.says(zh, en));
}

/// A new contract for the asset just let, signed before the old one ended.
fn renew(field: &mut Field, end: Day) {
    let Some(old) = field.county.villages.contracts.last().cloned() else { return };
    let object = (old.object.clone(), old.land);
    let next = lease(
        format!("{}续1", old.number),
        old.village,
        object,
        old.tenant,
        (time::plus(end, 1), 3),
        old.rent,
    );
    let signed = time::plus(end, -25);
    let mut next = Contract { renewal: true, signed, ..next };
    next.receivables = pay_in_time(&next, &mut Rng::new(field.county.seed, &next.number));
    field.county.villages.contracts.push(next);
}

/// Rent overdue for long, in part, or by a cadre; and rent that came late, or is not yet due for long.
pub fn plant_overdue(field: &mut Field) {
    let count = field.county.scaled(16);
    let mut cadres = field.people(|county, ix, person| {
        person.has(role::CADRE)
            && county.terms.iter().any(|term| term.tenure.person == ix && term.tenure.end.is_none())
    });
    for turn in 0..count {
        let cadre = (turn % 4 == 3).then(|| cadres.pop()).flatten();
        let Some(tenant) = cadre.or_else(|| field.bystander()) else { break };
        owe(field, tenant, cadre.is_some(), turn);
    }
    for turn in 0..count {
        let Some(tenant) = field.bystander() else { break };
        excuse_late(field, tenant, turn);
    }
}

/// Changes the instalments of the contract just made.
fn instalments(field: &mut Field, change: impl Fn(usize, usize, &mut Receivable)) {
    if let Some(contract) = field.county.villages.contracts.last_mut() {
        let count = contract.receivables.len();
        for (index, receivable) in contract.receivables.iter_mut().enumerate() {
            change(index, count, receivable);
        }
    }
}

/// An end that puts the last yearly instalment so many days before today.
fn end_for_due(days_ago: i64) -> Day {
    time::plus(time::birthday(time::plus(time::today(), -days_ago), 1), -1)
}

fn owe(field: &mut Field, tenant: PersonIx, cadre: bool, turn: usize) {
    field.take(tenant);
    let (days, yuan) = match turn % 4 {
        0 => (field.rng.range(60, 200), 8_000),
        1 => (field.rng.range(45, 180), 64_000),
        2 => (field.rng.range(60, 300), 15_000),
        _ => (field.rng.range(50, 160), 6_000),
    };
    let number = let_asset(field, tenant, (turn, "C"), end_for_due(days), yuan, Status::Active);
    let years = if turn % 4 == 2 { 2 } else { 1 };
    let in_part = turn.is_multiple_of(8);
    instalments(field, |index, count, receivable| {
        if index + years >= count {
            receivable.received =
                in_part.then_some((time::plus(receivable.due, 10), receivable.fen * 4 / 10));
        }
    });
    let red = years == 2 || yuan >= 50_000 || cadre;
    let answer = field
        .problem(&number)
        .level(if red { "red" } else { "yellow" })
        .related([field.id(tenant)])
        .seen_in(OVERDUE);
    field.note(answer.says(
        format!("租金逾期，最近一期已过{days}天{}", if cadre { "，承租人为村干部" } else { "" }),
        format!(
            "rent overdue, the last instalment by {days} days{}",
            if cadre { "; the tenant is a village cadre" } else { "" }
        ),
    ));
}

fn excuse_late(field: &mut Field, tenant: PersonIx, turn: usize) {
    let (days, zh, en) = match turn % 2 {
        0 => (190, "迟缴两个月，现已缴清", "two months late, paid in full since"),
        _ => (16, "应缴日后未满三十天", "due less than thirty days ago"),
    };
    let number = let_asset(field, tenant, (turn, "D"), end_for_due(days), 13_000, Status::Active);
    let late = turn.is_multiple_of(2);
    instalments(field, |index, count, receivable| {
        if index + 1 == count {
            receivable.received = late.then_some((time::plus(receivable.due, 64), receivable.fen));
        }
    });
    let answer = field.look_alike(&number).related([field.id(tenant)]).seen_in(OVERDUE);
    field.note(answer.says(zh, en));
}
