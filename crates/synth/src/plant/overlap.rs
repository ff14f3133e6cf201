//! Two programmes that exclude each other.

use super::Field;
use crate::{
    base::time::{self, MONTHS},
    money::{Grant, Programme},
};

const SEEN: &[&str] = &[
    "resident_pension_payment",
    "employee_pension_payment",
    "subsistence_allowance_payment",
    "extreme_poverty_payment",
    "disabled_two_subsidy_payment",
    "public_welfare_post",
];

/// Overlaps of several months, and changes from one programme to the other without any.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(14);
    let mut residents = field.grants(|grant, person| {
        person.alive()
            && grant.programme == Programme::ResidentPension
            && grant.from <= 8
            && grant.to == MONTHS
    });
    for turn in 0..count * 2 / 3 {
        let Some(index) = residents.pop() else { break };
        add_employee_pension(field, index, turn);
    }
    add_to_extreme_poverty(field, count / 3 + 1);
    for turn in 0..count {
        let Some(index) = residents.pop() else { break };
        change_over(field, index, turn);
    }
}

fn add_employee_pension(field: &mut Field, index: usize, turn: usize) {
    let person = field.county.grants[index].person;
    let from = field.rng.range(10, 24) as i32;
    let months = if turn.is_multiple_of(2) { field.rng.range(7, 12) } else { field.rng.range(3, 5) } as i32;
    field.county.grants.push(Grant::new(person, Programme::EmployeePension, (from, from + months), 268_000));
    field.take(person);
    let answer =
        field.problem(field.id(person)).level(if months >= 6 { "red" } else { "yellow" }).seen_in(SEEN);
    field.note(answer.related(["employee_pension", "resident_pension"]).says(
        format!("城乡居民养老金与职工养老金同时发放{months}个月"),
        format!("resident and employee pension paid together for {months} months"),
    ));
}

fn add_to_extreme_poverty(field: &mut Field, count: usize) {
    let supported = field.grants(|grant, person| {
        person.alive()
            && grant.programme == Programme::ExtremePoverty
            && grant.from < 20
            && grant.to == MONTHS
    });
    for (turn, index) in supported.into_iter().take(count).enumerate() {
        let person = field.county.grants[index].person;
        field.take(person);
        let other = if turn.is_multiple_of(2) {
            field.open_case(vec![person], 30_000, time::day_in(24, 6));
            "dibao"
        } else {
            let months = (20, 20 + field.rng.range(3, 14) as i32);
            field.county.grants.push(Grant::new(person, Programme::Nursing, months, 12_000).detail(1));
            "nursing_subsidy"
        };
        let answer = field.problem(field.id(person)).related(["extreme_poverty", other]).seen_in(SEEN);
        let zh = if other == "dibao" {
            "特困供养与低保同时享受"
        } else {
            "特困供养与护理补贴同时享受"
        };
        field.note(answer.says(zh, format!("extreme poverty support together with {other}")));
    }
}

fn change_over(field: &mut Field, index: usize, turn: usize) {
    let person = field.county.grants[index].person;
    field.take(person);
    let answer = field.look_alike(field.id(person)).seen_in(SEEN);
    let answer = if turn.is_multiple_of(2) {
        let month = field.rng.range(12, 26) as i32;
        field.county.grants[index].to = month;
        field.county.grants.push(Grant::new(person, Programme::EmployeePension, (month, MONTHS), 251_000));
        answer.says(
            "由居民养老转为职工养老，前后衔接无重叠",
            "changed from resident to employee pension without an overlap",
        )
    } else {
        let months = (14, MONTHS);
        field.county.grants.push(Grant::new(person, Programme::Nursing, months, 12_000).detail(2));
        answer.says("养老金与护理补贴可以同时享受", "a pension and the nursing subsidy may be drawn together")
    };
    field.note(answer);
}
