//! Old people without the allowance they are entitled to.

use std::collections::BTreeSet;

use super::Field;
use crate::{
    base::time::{self, MONTHS},
    money::Programme,
    people::{PersonIx, role},
};

const SEEN: &[&str] = &["population_register", "elderly_allowance_payment"];

/// Some entitled people get nothing; others get nothing because they moved away, died, just arrived or just turned 80.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(22);
    let today = time::today();
    let old =
        |person: &crate::people::Person| person.alive() && person.age() >= 80 && !person.has(role::AWAY);
    let mut elders =
        field.people(|_, _, person| old(person) && time::birthday(person.birth, 80) < time::day(2025, 4, 20));
    let fresh = field.people(|_, _, person| {
        let entitled = time::birthday(person.birth, 80);
        person.alive() && (time::day(2025, 2, 1)..time::day(2025, 5, 25)).contains(&entitled)
    });
    let mut dropped = BTreeSet::new();
    let fresh: Vec<PersonIx> = fresh.into_iter().take(count / 4 + 1).collect();
    elders.retain(|person| !fresh.contains(person));
    let rest = elders.split_off(elders.len().saturating_sub(count - fresh.len().min(count)));
    for (turn, person) in fresh.into_iter().chain(rest).enumerate() {
        forget(field, person, turn, &mut dropped);
    }
    for turn in 0..count {
        let Some(person) = elders.pop() else { break };
        excuse(field, person, turn, &mut dropped);
    }
    let newly = field.people(|_, _, person| {
        let entitled = time::birthday(person.birth, 80);
        person.alive() && entitled > time::day(2025, 6, 1) && entitled <= today
    });
    for person in newly {
        field.take(person);
        dropped.insert(person);
        let answer = field.look_alike(field.id(person)).seen_in(SEEN);
        field.note(answer.says("本月才满80周岁，次月起发放", "turned 80 this month, paid from the next"));
    }
    field
        .county
        .grants
        .retain(|grant| grant.programme != Programme::Elderly || !dropped.contains(&grant.person));
    remember_dead(field, count / 3 + 1);
}

fn forget(field: &mut Field, person: PersonIx, turn: usize, dropped: &mut BTreeSet<PersonIx>) {
    field.take(person);
    let of = &field.county.people[person];
    let (age, entitled) = (of.age(), time::birthday(of.birth, 80));
    let waiting = MONTHS - 1 - time::month_of(entitled);
    let stopped = turn % 4 == 2 && waiting > 12;
    if stopped {
        // Still on the lists of before, but unpaid for the last seven months.
        for grant in
            field.county.grants.iter_mut().filter(|g| g.person == person && g.programme == Programme::Elderly)
        {
            grant.to = grant.to.min(MONTHS - 7);
        }
    } else {
        dropped.insert(person);
    }
    let level = if age >= 90 || waiting >= 6 { "yellow" } else { "blue" };
    let answer = field.problem(field.id(person)).level(level).seen_in(SEEN);
    field.note(answer.says(
        format!("{age}周岁，户籍在册，{}高龄津贴", if stopped { "半年来未领到" } else { "从未领到" }),
        format!(
            "aged {age}, registered, {} the allowance",
            if stopped { "half a year without" } else { "never paid" }
        ),
    ));
}

fn excuse(field: &mut Field, person: PersonIx, turn: usize, dropped: &mut BTreeSet<PersonIx>) {
    field.take(person);
    let answer = field.look_alike(field.id(person)).seen_in(SEEN);
    let answer = match turn % 3 {
        0 => {
            field.county.people.assign(person, role::AWAY);
            field.county.registers.changed.insert(person, time::day(2025, 1, 15));
            for grant in field.county.grants.iter_mut().filter(|grant| grant.person == person) {
                grant.to = grant.to.min(30);
            }
            answer.says("2025年1月迁出本县", "moved out of the county in January 2025")
        }
        1 => {
            field.county.registers.changed.insert(person, time::day(2025, 5, 12));
            dropped.insert(person);
            answer.says("2025年5月才迁入，登记不足三个月", "registered here for less than three months")
        }
        _ => {
            let home = field.county.people[person].village as usize;
            let other = field.far_village(home) as u32;
            for grant in field
                .county
                .grants
                .iter_mut()
                .filter(|g| g.person == person && g.programme == Programme::Elderly)
            {
                grant.village = Some(other);
            }
            answer.says("由居住地乡镇发放", "paid by the township where the person lives")
        }
    };
    field.note(answer);
}

/// Dead by a certificate, still in the population register, rightly no longer paid.
fn remember_dead(field: &mut Field, count: usize) {
    let known: BTreeSet<PersonIx> = field
        .county
        .deaths
        .iter()
        .filter(|record| record.hukou.is_none())
        .map(|record| record.person)
        .collect();
    let dead = field.people(|_, ix, person| known.contains(&ix) && person.age() >= 80);
    for person in dead.into_iter().take(count) {
        field.take(person);
        let answer =
            field.look_alike(field.id(person)).seen_in(&["population_register", "death_certificate"]);
        field.note(answer.says(
            "已死亡，户口尚未注销，津贴已停",
            "deceased, registration not cancelled yet, allowance stopped",
        ));
    }
}
