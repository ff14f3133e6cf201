//! Settlements after death, and institutions that are dear for chronic patients.

use super::Field;
use crate::{
    base::time,
    health::{Kind, Sort, Visit},
    people::PersonIx,
};

const AFTER: &[&str] = &["medins_settlement", "death_certificate", "cremation_record", "hukou_cancellation"];
const DEAR: &[&str] = &["medins_settlement", "medins_institution", "chronic_disease_qualification"];

/// Visits weeks after death; and bills that were settled late, or on the day itself.
pub fn plant_after_death(field: &mut Field) {
    let count = field.county.scaled(18);
    let mut dead = field
        .people(|_, _, person| person.death.is_some_and(|death| (0..31).contains(&time::month_of(death))));
    for turn in 0..count {
        let Some(person) = dead.pop() else { break };
        visit_after(field, person, turn);
    }
    for turn in 0..count {
        let Some(person) = dead.pop() else { break };
        settle_late(field, person, turn);
    }
}

fn pharmacy(field: &mut Field) -> usize {
    let shops: Vec<usize> = (0..field.county.health.institutions.len())
        .filter(|index| field.county.health.institutions[*index].sort == Sort::Pharmacy)
        .collect();
    shops[field.rng.index(shops.len())]
}

fn visit_after(field: &mut Field, person: PersonIx, turn: usize) {
    let Some(death) = field.county.people[person].death else { return };
    field.take(person);
    let shop = pharmacy(field);
    let day = time::plus(death, field.rng.range(9, 60));
    let (level, visits) = match turn % 3 {
        0 => ("yellow", vec![Visit::short(person, shop, Kind::Pharmacy, day, 16_800, &mut field.rng)]),
        1 => {
            let again = |days| time::plus(day, days);
            let visits = [0, 12, 29]
                .map(|days| Visit::short(person, shop, Kind::Pharmacy, again(days), 21_400, &mut field.rng));
            ("red", visits.to_vec())
        }
        _ => ("red", vec![Visit::stay(person, 2, day, 7, 486_000, &mut field.rng)]),
    };
    let number = visits.len();
    field.county.health.visits.extend(visits);
    let answer = field.problem(field.id(person)).level(level).seen_in(AFTER);
    field.note(answer.says(format!("死亡后医保结算{number}笔"), format!("{number} settlements after death")));
}

fn settle_late(field: &mut Field, person: PersonIx, turn: usize) {
    let Some(death) = field.county.people[person].death else { return };
    field.take(person);
    let (zh, en) = match turn % 3 {
        0 => {
            let mut visit = Visit::stay(person, 1, time::plus(death, -9), 9, 620_000, &mut field.rng);
            visit.discharged = time::at(death, 400);
            visit.settled = time::at(time::plus(death, 12), 640);
            field.county.health.visits.push(visit);
            ("生前住院，出院结算在死亡以后录入", "a stay before death, settled after it")
        }
        1 => {
            let visit = Visit::short(person, 0, Kind::Outpatient, death, 38_000, &mut field.rng);
            field.county.health.visits.push(visit);
            ("死亡当日门诊抢救", "treated on the day of death")
        }
        _ => {
            let shop = pharmacy(field);
            let visit =
                Visit::short(person, shop, Kind::Pharmacy, time::plus(death, 1), 5_200, &mut field.rng);
            field.county.health.visits.push(visit);
            ("死亡次日结算，在一日宽限内", "settled on the day after, within the grace period")
        }
    };
    let answer = field.look_alike(field.id(person)).seen_in(AFTER);
    field.note(answer.says(zh, en));
}

/// One or two institutions of each lower level cost more than twice the usual for months; others cost half as much more.
pub fn plant_dear(field: &mut Field) {
    let many = field.county.scaled(2) > 2;
    for (sort, skip) in [(Sort::Second, 2), (Sort::First, 4)] {
        let of_level: Vec<usize> = (0..field.county.health.institutions.len())
            .filter(|index| field.county.health.institutions[*index].sort == sort)
            .collect();
        let dear = if many { 2 } else { 1 };
        for (rank, institution) in of_level.iter().copied().skip(skip).take(dear + 2).enumerate() {
            let from = field.rng.range(18, 26) as i32;
            let is_dear = rank < dear;
            field.county.health.dear.push((institution, from, from + 6, if is_dear { 240 } else { 145 }));
            let code = field.county.health.institutions[institution].code;
            let answer = if is_dear {
                let answer = field.problem(code).level("yellow");
                answer.says(
                    "慢特病门诊人均费用连续六个月为同级的两倍以上",
                    "cost per chronic patient over twice that of its level for six months",
                )
            } else {
                let answer = field.look_alike(code);
                answer.says(
                    "慢特病人均费用偏高，未超过同级中位数的1.8倍",
                    "dearer than its level, below 1.8 times the median",
                )
            };
            field.note(answer.seen_in(DEAR));
        }
    }
}
