//! The same programme twice.

use super::Field;
use crate::{
    base::time::MONTHS,
    money::{Grant, Payee, Programme},
};

const SEEN: &[&str] = &[
    "resident_pension_payment",
    "elderly_allowance_payment",
    "disabled_two_subsidy_payment",
    "region_code_table",
];

/// Paid in two townships or on two lists of one month; or moved from one to the other without an overlap.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(14);
    let wanted = [Programme::ResidentPension, Programme::Elderly, Programme::Nursing];
    let mut steady = field.grants(|grant, person| {
        person.alive() && wanted.contains(&grant.programme) && grant.from <= 6 && grant.to == MONTHS
    });
    for turn in 0..count {
        let Some(index) = steady.pop() else { break };
        pay_twice(field, index, turn);
    }
    for turn in 0..count {
        let Some(index) = steady.pop() else { break };
        move_honestly(field, index, turn);
    }
}

fn pay_twice(field: &mut Field, index: usize, turn: usize) {
    let grant = field.county.grants[index].clone();
    field.take(grant.person);
    let from = field.rng.range(10, 20) as i32;
    let to = from + field.rng.range(3, 12) as i32;
    let home = field.county.people[grant.person].village as usize;
    let two_regions = turn % 3 != 2;
    let village = two_regions.then(|| field.far_village(home) as u32);
    let payee = if turn.is_multiple_of(4) { Payee::SecondCard } else { grant.payee };
    field.county.grants.push(Grant {
        from,
        to,
        village,
        payee,
        batch: u8::from(!two_regions),
        ..grant.clone()
    });
    let (zh, en) = grant.programme.words();
    let answer =
        field.problem(field.id(grant.person)).level(if two_regions { "red" } else { "yellow" }).seen_in(SEEN);
    let (place_zh, place_en) =
        if two_regions { ("两个乡镇", "by two townships") } else { ("两个批次", "on two lists") };
    field.note(answer.says(
        format!("{zh}在{place_zh}重复发放{}个月", to - from),
        format!("{en} paid {place_en} for {} months", to - from),
    ));
}

fn move_honestly(field: &mut Field, index: usize, turn: usize) {
    let grant = field.county.grants[index].clone();
    field.take(grant.person);
    let home = field.county.people[grant.person].village as usize;
    let answer = field.look_alike(field.id(grant.person)).seen_in(SEEN);
    let answer = if turn.is_multiple_of(2) {
        let month = field.rng.range(10, 26) as i32;
        let before = field.far_village(home) as u32;
        field.county.grants[index].from = month;
        field.county.grants.push(Grant { to: month, village: Some(before), ..grant });
        answer
            .says("迁入后改由新乡镇发放，月份不重叠", "paid by the new township after moving, no month twice")
    } else {
        let township = field.county.place.villages[home].township;
        let old = (field.county.place.villages.len() + township) as u32;
        field.county.grants[index].from = 18;
        field.county.grants[index].village = Some(field.county.place.abolished[township].successor as u32);
        field.county.grants.push(Grant { to: 18, village: Some(old), ..grant });
        answer.says(
            "村庄合并，2024年起改用新区划代码",
            "the village was merged; the new code is used since 2024",
        )
    };
    field.note(answer);
}
