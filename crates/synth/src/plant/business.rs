//! Officials with roles in companies.

use super::Field;
use crate::{
    base::time::{self, MONTHS},
    people::{PersonIx, role},
    spend::{Buyer, Invoice, Line as InvoiceLine},
    trade::{Line, Role, Share, Stake},
};

const SEEN: &[&str] = &[
    "cadre_roster",
    "enterprise_register",
    "enterprise_officer",
    "enterprise_shareholder",
    "invoice_header",
];

/// Officials in post who run or own a company; and such whose role ended, is too small, or is a namesake's.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(12);
    let mut serving = officials(field, |to| to == MONTHS);
    for turn in 0..count {
        let Some(official) = serving.pop() else { break };
        do_business(field, official, turn);
    }
    for turn in 0..count / 2 + 1 {
        let Some(official) = serving.pop() else { break };
        end_business(field, official, turn);
    }
    let former = officials(field, |to| to < MONTHS - 2);
    for official in former.into_iter().take(count / 4 + 1) {
        retire_into_business(field, official);
    }
    run_shop(field, count / 4 + 1);
    mistake_namesakes(field, count / 4 + 1);
}

fn officials(field: &mut Field, leaves: impl Fn(i32) -> bool) -> Vec<PersonIx> {
    let staff: std::collections::BTreeSet<PersonIx> = field
        .county
        .jobs
        .iter()
        .filter(|job| job.rank.is_some() && leaves(job.to))
        .map(|job| job.tenure.person)
        .collect();
    field.people(|_, ix, person| staff.contains(&ix) && !person.has(role::BUSINESS))
}

fn do_business(field: &mut Field, official: PersonIx, turn: usize) {
    let Some(other) = field.bystander() else { return };
    field.take(official);
    let since = time::day_in(field.rng.range(-10, 14) as i32, 9);
    let runs = turn.is_multiple_of(2);
    let (owner, second) = if runs { (official, other) } else { (other, official) };
    let company = field.found_company(owner, second, Line::Trading, since);
    if runs {
        sell(field, company, turn);
    }
    let code = field.county.companies[company].code;
    let answer = field
        .problem(field.id(official))
        .level(if runs { "red" } else { "yellow" })
        .related([code])
        .seen_in(SEEN);
    let (zh, en) = if runs {
        ("担任法定代表人，近一年有销售", "is legal representative; sales within the year")
    } else {
        ("持股40%并任监事", "holds 40 percent and is supervisor")
    };
    field.note(answer.says(format!("在职干部在企业中{zh}"), format!("an official in post {en}")));
}

/// Sells to another company, so that no unit is touched.
fn sell(field: &mut Field, company: usize, turn: usize) {
    let buyer = Buyer::Company(field.rng.index(80));
    for month in [26, 29, 33] {
        let goods = ("*办公设备*文件柜", "个", "1050203");
        let serial = 50_000_000 + (company * 40 + month as usize) as u32;
        let lines = vec![InvoiceLine { goods, quantity: 4 + turn as i64, price: 42_000 }];
        let time = time::at(time::day_in(month, 17), 620);
        field.county.spending.invoices.push(Invoice {
            serial,
            time,
            seller: company,
            buyer,
            lines,
            void: false,
        });
    }
}

fn end_business(field: &mut Field, official: PersonIx, turn: usize) {
    let Some(other) = field.bystander() else { return };
    field.take(official);
    let company = field.found_company(other, other, Line::Trading, time::day(2013, 4, 18));
    let of = &mut field.county.companies[company];
    let until = Some(time::day(2020, 6, 1));
    let (zh, en) = match turn % 3 {
        0 => {
            of.cancelled = until;
            of.stakes.iter_mut().for_each(|stake| stake.to = until);
            of.shares.iter_mut().for_each(|share| share.to = until);
            of.stakes.push(Stake { person: official, role: Role::Manager, from: of.established, to: until });
            ("任职企业已于2020年注销", "the company was struck off in 2020")
        }
        1 => {
            of.shares.push(Share { person: official, basis_points: 50, from: of.established, to: None });
            ("仅持股0.5%", "holds half a percent only")
        }
        _ => {
            of.stakes.push(Stake { person: official, role: Role::Director, from: of.established, to: until });
            ("2020年已辞去企业职务", "gave the role up in 2020")
        }
    };
    let code = of.code;
    let answer = field.look_alike(field.id(official)).related([code]).seen_in(SEEN);
    field.note(answer.says(zh, en));
}

fn retire_into_business(field: &mut Field, official: PersonIx) {
    let Some(other) = field.bystander() else { return };
    field.take(official);
    let company = field.found_company(official, other, Line::Trading, time::day(2025, 5, 20));
    let answer =
        field.look_alike(field.id(official)).related([field.county.companies[company].code]).seen_in(SEEN);
    field.note(answer.says("离任后才办企业", "founded the company after leaving the post"));
}

/// Village cadres may trade; the rule means other categories.
fn run_shop(field: &mut Field, count: usize) {
    let cadres = field.people(|_, _, person| person.has(role::CADRE) && !person.has(role::BUSINESS));
    for cadre in cadres.into_iter().take(count) {
        let Some(other) = field.bystander() else { return };
        field.take(cadre);
        let company = field.found_company(cadre, other, Line::Farming, time::day(2016, 9, 3));
        let answer =
            field.look_alike(field.id(cadre)).related([field.county.companies[company].code]).seen_in(SEEN);
        field.note(answer.says(
            "村干部经营农业公司，不属公务员和事业人员",
            "a village cadre runs a farm company; the rule is for other categories",
        ));
    }
}

fn mistake_namesakes(field: &mut Field, count: usize) {
    let names: std::collections::BTreeMap<_, _> = field
        .county
        .companies
        .iter()
        .filter(|company| company.cancelled.is_none())
        .filter_map(|company| Some((field.county.people[company.legal_rep()?].name, company.code)))
        .collect();
    let officials =
        field.people(|_, _, person| person.has(role::OFFICIAL) && names.contains_key(&person.name));
    for official in officials.into_iter().take(count) {
        let Some(code) = names.get(&field.county.people[official].name).copied() else { continue };
        field.take(official);
        let answer = field.look_alike(field.id(official)).related([code]).seen_in(SEEN);
        field.note(answer.says(
            "与企业法定代表人同名，号码不同",
            "has the name of a legal representative and another number",
        ));
    }
}
