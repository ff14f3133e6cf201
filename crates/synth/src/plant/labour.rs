//! Village cadres who are paid as workers.

use super::Field;
use crate::{
    base::time,
    people::{PersonIx, role},
    village::Labour,
    work::Position,
};

const SEEN: &[&str] = &["village_labour", "village_committee_roster"];

/// Cadres on the labour list; and former cadres, very small sums, relatives and namesakes.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(14);
    let mut serving = members(field, true);
    for turn in 0..count {
        let Some((person, village, position)) = serving.pop() else { break };
        work(field, person, village, position, turn);
    }
    for turn in 0..count / 2 + 1 {
        let Some((person, village, _)) = serving.pop() else { break };
        work_little(field, person, village, turn);
    }
    let former = members(field, false);
    for (person, village, _) in former.into_iter().take(count / 2 + 1) {
        field.take(person);
        add(field, person, village, (0, 9), 3, None);
        let answer = field.look_alike(field.id(person)).seen_in(SEEN);
        field.note(answer.says("已离任，以村民身份务工", "left office; worked as a villager"));
    }
}

fn members(field: &mut Field, serving: bool) -> Vec<(PersonIx, usize, Position)> {
    let people = &field.county.people;
    let mut found: Vec<(PersonIx, usize, Position)> = field
        .county
        .terms
        .iter()
        .filter(|term| term.tenure.end.is_none() == serving && !people[term.tenure.person].has(role::PLANTED))
        .filter(|term| term.tenure.start < time::day(2022, 1, 1))
        .map(|term| (term.tenure.person, term.village, term.position))
        .collect();
    field.rng.shuffle(&mut found);
    found
}

fn add(
    field: &mut Field,
    person: PersonIx,
    village: usize,
    (month, date): (i32, u32),
    days: i64,
    recorder: Option<PersonIx>,
) {
    let (task, rate) = ("清理河道", 12_000);
    let day = time::day_in(20 + month, date);
    field.county.villages.labours.push(Labour { village, person, task, day, days, rate, recorder });
}

fn work(field: &mut Field, person: PersonIx, village: usize, position: Position, turn: usize) {
    field.take(person);
    let (months, days, recorder) = match turn % 3 {
        0 => (8, 6, None),
        1 => (1, 3, None),
        _ => (2, 4, Some(person)),
    };
    for month in 0..months {
        add(field, person, village, (month, 8), days, recorder);
    }
    // The accountant writes the list, so an accountant on it recorded himself.
    let own_record = recorder.is_some() || position == Position::Accountant;
    let level = if own_record || months == 8 { "red" } else { "yellow" };
    let org = field.county.villages.collectives[village].code;
    let answer = field.problem(field.id(person)).level(level).related([org]).seen_in(SEEN);
    let yuan = i64::from(months) * days * 120;
    field.note(answer.says(
        format!("在任{}领取劳务费{yuan}元{}", position.word(), if own_record { "，由本人记工" } else { "" }),
        format!(
            "a cadre in office drew labour pay of {yuan} yuan{}",
            if own_record { ", recorded by the same person" } else { "" }
        ),
    ));
}

fn work_little(field: &mut Field, person: PersonIx, village: usize, turn: usize) {
    let barred = role::PAYROLL | role::CADRE | role::OFFICIAL | role::AWAY | role::PLANTED;
    let people = &field.county.people;
    let child = field.county.kinship.children(person).iter().copied().find(|child| {
        let child = &people[*child];
        child.alive() && (19..55).contains(&child.age()) && !child.has(barred)
    });
    field.take(person);
    match child.filter(|_| turn % 2 == 1) {
        Some(child) => {
            field.take(child);
            add(field, child, village, (4, 12), 4, None);
            let answer = field.look_alike(field.id(child)).related([field.id(person)]).seen_in(SEEN);
            field.note(answer.says(
                "务工者是干部的成年子女，本人并非干部",
                "the worker is a grown child of a cadre, not a cadre",
            ));
        }
        None => {
            add(field, person, village, (3, 15), 1, None);
            let answer = field.look_alike(field.id(person)).seen_in(SEEN);
            field.note(answer.says("仅一日120元，低于起点", "one day of 120 yuan, below the minimum"));
        }
    }
}
