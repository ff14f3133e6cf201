//! Many recipients on one account.

use super::Field;
use crate::{
    base::time::MONTHS,
    money::{Grant, Payee, Programme},
    people::{PersonIx, role},
};

const SEEN: &[&str] = &[
    "resident_pension_payment",
    "elderly_allowance_payment",
    "household_register",
    "village_committee_roster",
];

/// Strangers are paid into one person's card; families and couples who share a card are not strangers.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(10);
    let mut strangers = field.grants(|grant, person| {
        person.alive()
            && grant.programme == Programme::ResidentPension
            && grant.from <= 10
            && grant.to == MONTHS
    });
    let cadres = field.people(|_, _, person| person.has(role::CADRE) && person.age() < 58);
    for turn in 0..count {
        let cadre = (turn.is_multiple_of(3)).then(|| cadres.get(turn).copied()).flatten();
        collect(field, cadre, turn, &mut strangers);
    }
    share_in_family(field, count);
    share_long_ago(field, count / 2 + 1, &mut strangers);
    share_by_two(field, count / 2 + 1, &mut strangers);
}

/// Takes people of different households off the end of the list.
fn draw(field: &Field, strangers: &mut Vec<usize>, count: usize) -> Vec<PersonIx> {
    let mut drawn: Vec<PersonIx> = Vec::new();
    while drawn.len() < count {
        let Some(index) = strangers.pop() else { break };
        let person = field.county.grants[index].person;
        let household = field.county.people[person].household;
        if drawn.iter().all(|other| field.county.people[*other].household != household) {
            drawn.push(person);
        }
    }
    drawn
}

fn redirect(field: &mut Field, person: PersonIx, payee: Payee) {
    for grant in field.county.grants.iter_mut().filter(|grant| grant.person == person) {
        grant.payee = payee;
    }
    field.take(person);
}

fn collect(field: &mut Field, cadre: Option<PersonIx>, turn: usize, strangers: &mut Vec<usize>) {
    let Some(holder) = cadre.or_else(|| field.bystander()) else { return };
    field.take(holder);
    let size = if turn % 3 == 1 { 5 + turn % 4 } else { 3 + turn % 2 };
    let drawn = draw(field, strangers, size);
    for person in &drawn {
        redirect(field, *person, Payee::Of(holder));
    }
    let level = if cadre.is_some() || drawn.len() >= 5 { "red" } else { "yellow" };
    let account = field.county.people.account(holder);
    let numbers: Vec<_> = drawn.iter().chain([&holder]).map(|person| field.id(*person)).collect();
    let answer = field.problem(account.as_str()).level(level).related(numbers).seen_in(SEEN);
    field.note(answer.says(
        format!(
            "{}名不同家庭的人员待遇进入同一账户{}",
            drawn.len(),
            if cadre.is_some() { "，户主为村干部" } else { "" }
        ),
        format!(
            "{} people of different households paid into one account{}",
            drawn.len(),
            if cadre.is_some() { " of a village cadre" } else { "" }
        ),
    ));
}

fn share_in_family(field: &mut Field, count: usize) {
    let mut by_household: std::collections::BTreeMap<u32, Vec<PersonIx>> = Default::default();
    for grant in &field.county.grants {
        let person = &field.county.people[grant.person];
        if person.alive()
            && grant.to == MONTHS
            && grant.programme == Programme::ResidentPension
            && !person.has(role::PLANTED)
        {
            by_household.entry(person.household).or_default().push(grant.person);
        }
    }
    let large = by_household.into_values().filter(|members| members.len() >= 3).take(count);
    for members in large.collect::<Vec<_>>() {
        let holder = members[0];
        for person in &members {
            redirect(field, *person, Payee::Of(holder));
        }
        let account = field.county.people.account(holder);
        let answer = field.look_alike(account.as_str()).seen_in(SEEN);
        field.note(answer.says("同一户口簿的家人共用一张卡", "members of one household share a card"));
    }
}

fn share_long_ago(field: &mut Field, count: usize, strangers: &mut Vec<usize>) {
    for _ in 0..count {
        let Some(holder) = field.bystander() else { return };
        for person in draw(field, strangers, 3) {
            field.take(person);
            let Some(index) =
                field.county.grants.iter().position(|grant| {
                    grant.person == person && grant.programme == Programme::ResidentPension
                })
            else {
                continue;
            };
            let grant = field.county.grants[index].clone();
            field.county.grants[index].from = 20;
            field.county.grants.push(Grant { to: 20, payee: Payee::Of(holder), ..grant });
        }
        let account = field.county.people.account(holder);
        let answer = field.look_alike(account.as_str()).seen_in(SEEN);
        field.note(answer.says(
            "2024年3月以前由亲友代领，近十二个月已改发本人卡",
            "collected by a friend until early 2024, own cards since",
        ));
    }
}

fn share_by_two(field: &mut Field, count: usize, strangers: &mut Vec<usize>) {
    for _ in 0..count {
        let [first, second] = draw(field, strangers, 2)[..] else { return };
        redirect(field, second, Payee::Of(first));
        field.take(first);
        let account = field.county.people.account(first);
        let answer = field.look_alike(account.as_str()).seen_in(SEEN);
        field.note(
            answer.says("两名老人共用一张卡，人数不足三人", "two old people share a card: fewer than three"),
        );
    }
}
