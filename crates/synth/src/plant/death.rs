//! Benefits after death.

use std::collections::BTreeMap;

use super::Field;
use crate::{
    base::time,
    money::{Grant, Programme},
    people::{Name, PersonIx},
};

const SEEN: &[&str] = &[
    "elderly_allowance_payment",
    "resident_pension_payment",
    "employee_pension_payment",
    "disabled_two_subsidy_payment",
    "death_certificate",
    "cremation_record",
    "hukou_cancellation",
];

/// Some recipients stay on the list for months after their death; others only until the month after it, or are paid
/// arrears, or are mistaken for a namesake.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(26);
    let ended_by_death = |grant: &Grant, last: i32| {
        let stops =
            !matches!(grant.programme, Programme::LandFertility | Programme::PublicPost | Programme::Dibao);
        stops && grant.to == last && (4..28).contains(&last) && grant.from < last
    };
    let mut ended = field
        .grants(|grant, person| person.death.is_some() && ended_by_death(grant, person.last_paid_month()));
    for turn in 0..count {
        let Some(index) = ended.pop() else { break };
        pay_on(field, index, turn);
    }
    for turn in 0..count {
        let Some(index) = ended.pop() else { break };
        stop_honestly(field, index, turn);
    }
    pay_land_to_heirs(field, count / 4 + 1);
    spare_namesakes(field, count / 4 + 1);
    cancel_duplicates(field, count / 4 + 1);
}

fn pay_on(field: &mut Field, index: usize, turn: usize) {
    let grant = field.county.grants[index].clone();
    let months = match turn % 5 {
        0 => 2,
        1 => 3,
        _ => field.rng.range(6, 15) as i32,
    };
    let to = (grant.to + months).min(time::MONTHS);
    field.county.grants[index].to = to;
    field.take(grant.person);
    let conflict = turn % 8 == 1 && sources_disagree(field, grant.person);
    let (zh, en) = grant.programme.words();
    let wrong = to - grant.to - 1;
    let level = match (conflict, grant.programme, wrong) {
        (true, ..) => "blue",
        (
            _,
            Programme::Elderly | Programme::Living | Programme::Nursing | Programme::ResidentPension,
            ..3,
        ) => "yellow",
        _ => "red",
    };
    let answer =
        field.problem(field.id(grant.person)).level(level).related([grant.programme.dataset()]).seen_in(SEEN);
    field.note(answer.says(
        format!(
            "死亡后{zh}又发放了{}个月{}",
            to - grant.to,
            if conflict { "，各来源死亡日期相差两个月以上" } else { "" }
        ),
        format!(
            "{en} went on for {} months after death{}",
            to - grant.to,
            if conflict { "; sources differ by over two months" } else { "" }
        ),
    ));
}

/// Lets the household police report the death ten weeks later than the certificate.
fn sources_disagree(field: &mut Field, person: PersonIx) -> bool {
    let Some(record) = field.county.deaths.iter_mut().find(|record| record.person == person) else {
        return false;
    };
    let Some(death) = record.certificate.or(record.cremation) else { return false };
    record.certificate = Some(death);
    record.hukou = Some((time::plus(death, 70), time::plus(death, 85)));
    true
}

fn stop_honestly(field: &mut Field, index: usize, turn: usize) {
    let grant = field.county.grants[index].clone();
    field.take(grant.person);
    let (zh, en) = match turn % 3 {
        0 => ("发放至死亡当月为止", "paid up to the month of death"),
        1 => {
            field.county.grants[index].to += 1;
            (
                "死亡次月名单已封，多发一个月，在宽限期内",
                "the list was closed: one month more, within the grace period",
            )
        }
        _ => {
            let late = Grant { from: grant.to - 1, late: 3, batch: 1, ..grant.clone() };
            field.county.grants[index].to -= 1;
            field.county.grants.push(late);
            ("生前月份的待遇在死亡后补发", "arrears for a month alive, paid after death")
        }
    };
    let answer = field.look_alike(field.id(grant.person)).seen_in(SEEN);
    field.note(answer.says(zh, en));
}

/// The farmland subsidy follows the land, not the person.
fn pay_land_to_heirs(field: &mut Field, count: usize) {
    let heads = field.people(|_, _, person| {
        person.death.is_some_and(|death| (18..26).contains(&time::month_of(death))) && person.age() > 50
    });
    for person in heads.into_iter().take(count) {
        field.take(person);
        let grant = Grant::new(person, Programme::LandFertility, (28, 29), 60_000).detail(500);
        field.county.grants.push(grant);
        let answer =
            field.look_alike(field.id(person)).seen_in(&["farm_subsidy_payment", "death_certificate"]);
        field.note(answer.says(
            "耕地地力保护补贴随地发放，死亡不停发，属变更户主未办理",
            "the farmland subsidy follows the land and does not stop at death; the holder is still to be changed",
        ));
    }
}

fn spare_namesakes(field: &mut Field, count: usize) {
    let mut dead: BTreeMap<Name, PersonIx> = BTreeMap::new();
    for record in &field.county.deaths {
        dead.insert(field.county.people[record.person].name, record.person);
    }
    let living = field.grants(|grant, person| {
        person.alive() && grant.programme == Programme::ResidentPension && dead.contains_key(&person.name)
    });
    for index in living.into_iter().take(count) {
        let person = field.county.grants[index].person;
        field.take(person);
        let namesake = dead.get(&field.county.people[person].name).map(|dead| field.id(*dead));
        let answer = field.look_alike(field.id(person)).related(namesake).seen_in(SEEN);
        field.note(
            answer.says("与一名死者同名，号码不同", "has the name of a deceased person and another number"),
        );
    }
}

fn cancel_duplicates(field: &mut Field, count: usize) {
    let living = field.grants(|grant, person| {
        person.alive() && grant.programme == Programme::ResidentPension && grant.from == 0
    });
    for (turn, index) in living.into_iter().take(count).enumerate() {
        let person = field.county.grants[index].person;
        field.take(person);
        let day = time::day_in(6 + (turn % 12) as i32, 14);
        field.county.registers.cancelled.push((person, "重户注销", day));
        let answer =
            field.look_alike(field.id(person)).seen_in(&["hukou_cancellation", "resident_pension_payment"]);
        field.note(answer.says(
            "户口因重复登记注销一条，本人健在",
            "one of two registrations was cancelled; the person lives",
        ));
    }
}
