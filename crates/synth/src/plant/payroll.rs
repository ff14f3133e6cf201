//! People on public payrolls who draw benefits for the poor, and such people in supported households.

use super::Field;
use crate::{
    answers::Answer,
    base::time::{self, MONTHS},
    money::{Grant, Programme},
    people::{PersonIx, role},
    work::StaffType,
};

const DRAWING: &[&str] =
    &["payroll", "public_welfare_post", "subsistence_allowance_payment", "disabled_two_subsidy_payment"];
const HOUSEHOLDS: &[&str] =
    &["subsistence_allowance_member", "subsistence_allowance_payment", "payroll", "household_register"];

/// Staff on post subsidies or supported themselves; village cadres, one-off fees and former staff are none of that.
pub fn plant_drawing(field: &mut Field) {
    let count = field.county.scaled(12);
    let free = role::OFFICIAL | role::CADRE | role::KIN | role::POOR | role::BUSINESS;
    let staff: Vec<PersonIx> = field
        .county
        .jobs
        .iter()
        .filter(|job| job.to == MONTHS && job.staff_type != StaffType::VillageCadre)
        .map(|job| job.tenure.person)
        .collect();
    let staff: std::collections::BTreeSet<PersonIx> = staff.into_iter().collect();
    let mut free_staff =
        field.people(|_, ix, person| staff.contains(&ix) && person.alive() && !person.has(free));
    for turn in 0..count {
        let Some(person) = free_staff.pop() else { break };
        draw_while_employed(field, person, turn);
    }
    pay_cadres(field, count / 3 + 1);
    pay_fees(field, count / 3 + 1);
    leave_before(field, count / 3 + 1);
}

fn draw_while_employed(field: &mut Field, person: PersonIx, turn: usize) {
    field.take(person);
    let from = field.rng.range(20, 26) as i32;
    let months = if turn % 4 == 3 { 1 } else { field.rng.range(3, 9) as i32 };
    let id = field.id(person);
    let level = if months > 1 { "red" } else { "yellow" };
    if turn % 4 == 2 {
        let case = field.open_case(vec![person], 22_000, time::day_in(19, 20));
        let number = field.county.cases[case].number.clone();
        let answer = field.problem(id).level("red").related([number.clone()]).seen_in(DRAWING);
        field.note(answer.says(
            "财政供养人员本人领取低保金",
            "a person on a public payroll draws the subsistence allowance",
        ));
        let answer = Answer::problem("BF-LIV-002", id).level("red").related([number]).seen_in(HOUSEHOLDS);
        field.note(answer.says("低保对象本人为财政供养人员", "a recognised member is on a public payroll"));
        return;
    }
    field.county.grants.push(Grant::new(person, Programme::PublicPost, (from, from + months), 150_000));
    let answer = field.problem(id).level(level).related(["public_post"]).seen_in(DRAWING);
    field.note(answer.says(
        format!("财政供养人员领取公益性岗位补贴{months}个月"),
        format!("a person on a public payroll draws a post subsidy for {months} months"),
    ));
}

/// Village cadres are not among the staff whom the rule means.
fn pay_cadres(field: &mut Field, count: usize) {
    let paid: std::collections::BTreeSet<PersonIx> = field
        .county
        .jobs
        .iter()
        .filter(|job| job.staff_type == StaffType::VillageCadre)
        .map(|job| job.tenure.person)
        .collect();
    let cadres = field.people(|_, ix, person| {
        paid.contains(&ix) && !person.has(role::KIN | role::BUSINESS | role::PAYROLL_KIN)
    });
    for person in cadres.into_iter().take(count) {
        field.take(person);
        field.county.grants.push(Grant::new(person, Programme::Living, (20, MONTHS), 9_000).detail(3));
        let answer = field.look_alike(field.id(person)).seen_in(DRAWING);
        field.note(answer.says(
            "残疾村干部领取生活补贴，人员类别为村干部",
            "a disabled village cadre with the living subsidy; village cadres are another staff type",
        ));
    }
}

fn pay_fees(field: &mut Field, count: usize) {
    let posts = field.grants(|grant, person| {
        grant.programme == Programme::PublicPost && grant.to == MONTHS && !person.has(role::PAYROLL)
    });
    for index in posts.into_iter().take(count) {
        let person = field.county.grants[index].person;
        field.take(person);
        let month = 30 + field.rng.below(4) as i32;
        field.put_on_payroll(person, StaffType::Contract, (month, month + 1), 800);
        let answer = field.look_alike(field.id(person)).seen_in(DRAWING);
        field.note(
            answer.says("工资表中仅一次性劳务费800元", "a single fee of 800 yuan went through the payroll"),
        );
    }
}

fn leave_before(field: &mut Field, count: usize) {
    let posts = field.grants(|grant, person| {
        grant.programme == Programme::PublicPost && grant.from > 8 && !person.has(role::PAYROLL)
    });
    for index in posts.into_iter().take(count) {
        let (person, from) = (field.county.grants[index].person, field.county.grants[index].from);
        field.take(person);
        field.put_on_payroll(person, StaffType::Contract, (0, from - 1), 3_200);
        let answer = field.look_alike(field.id(person)).seen_in(DRAWING);
        field.note(answer.says(
            "离职后才上公益性岗位，月份不重叠",
            "took the post after leaving the job, no month in both",
        ));
    }
}

/// A member of a supported household with public pay; or with a fee, a former job, or a child who lives elsewhere.
pub fn plant_household(field: &mut Field) {
    let count = field.county.scaled(14);
    let mut cases: Vec<usize> = (0..field.county.cases.len())
        .filter(|index| {
            let case = &field.county.cases[*index];
            let untouched =
                case.members.iter().all(|member| !field.county.people[*member].has(role::PLANTED));
            untouched && case.stopped.is_none() && case.months().0 < 16 && case.members.len() >= 2
        })
        .collect();
    field.rng.shuffle(&mut cases);
    let mut turn = 0;
    for case in &cases {
        if turn == count * 2 {
            break;
        }
        let planted =
            if turn < count { employ_member(field, *case, turn) } else { excuse_member(field, *case, turn) };
        turn += usize::from(planted);
    }
    employ_children_elsewhere(field, &cases, count / 2 + 1);
}

/// A grown member other than the applicant.
fn grown_member(field: &Field, case: usize) -> Option<PersonIx> {
    let case = &field.county.cases[case];
    let fit = |ix: &PersonIx| {
        let person = &field.county.people[*ix];
        *ix != case.applicant
            && (23..58).contains(&person.age())
            && !person.has(role::PLANTED | role::EMPLOYEE)
    };
    case.members.iter().copied().find(fit)
}

fn employ_member(field: &mut Field, case: usize, turn: usize) -> bool {
    let Some(person) = grown_member(field, case) else { return false };
    let heads = field.county.cases[case].members.len() as i64;
    // 650 yuan a head is the rural line, 800 the urban one.
    let low = turn % 3 == 1 && heads >= 3;
    let yuan = if low { 1_150 } else { 800 * heads + field.rng.range(700, 2_400) };
    let staff_type = if turn.is_multiple_of(2) { StaffType::Contract } else { StaffType::Institution };
    let from = field.rng.range(20, 30) as i32;
    field.put_on_payroll(person, staff_type, (from, MONTHS), yuan);
    field.take(person);
    let case = &mut field.county.cases[case];
    let unlisted = turn % 4 == 3;
    if unlisted && case.members.len() > 2 && field.county.people[case.applicant].spouse == Some(person) {
        case.members.retain(|member| *member != person);
    }
    let number = case.number.clone();
    let answer = field
        .problem(field.id(person))
        .level(if low { "yellow" } else { "red" })
        .related([number])
        .seen_in(HOUSEHOLDS);
    field.note(answer.says(
        format!("低保家庭成员每月由财政发放工资{yuan}元"),
        format!("a member of a supported household is paid {yuan} yuan a month from public money"),
    ));
    true
}

fn excuse_member(field: &mut Field, case: usize, turn: usize) -> bool {
    let Some(person) = grown_member(field, case) else { return false };
    let approved = time::month_of(field.county.cases[case].approved);
    let answer = field
        .look_alike(field.id(person))
        .related([field.county.cases[case].number.clone()])
        .seen_in(HOUSEHOLDS);
    let answer = if turn.is_multiple_of(2) || approved < 6 {
        let month = 22 + field.rng.below(10) as i32;
        field.put_on_payroll(person, StaffType::Contract, (month, month + 1), 600);
        answer.says("仅一次性领取劳务费600元", "received a single fee of 600 yuan")
    } else {
        field.put_on_payroll(person, StaffType::Contract, (0, approved - 2), 3_100);
        answer.says("低保批准前已离职", "left the job before the case was approved")
    };
    field.take(person);
    field.note(answer);
    true
}

fn employ_children_elsewhere(field: &mut Field, cases: &[usize], count: usize) {
    let mut done = 0;
    for case in cases.iter().rev() {
        let (people, case) = (&field.county.people, &field.county.cases[*case]);
        let child = field.county.kinship.children(case.applicant).iter().copied().find(|child| {
            let child = &people[*child];
            let apart = child.spouse.is_some() && child.household != people[case.applicant].household;
            apart
                && child.alive()
                && (26..56).contains(&child.age())
                && !child.has(role::PLANTED | role::POOR | role::AWAY | role::PAYROLL)
        });
        let number = case.number.clone();
        let Some(child) = child else { continue };
        field.put_on_payroll(child, StaffType::Institution, (0, MONTHS), 5_600);
        field.take(child);
        let answer = field.look_alike(field.id(child)).related([number]).seen_in(HOUSEHOLDS);
        field.note(
            answer.says("已婚子女另户生活，不计入低保家庭", "a married child with a household of its own"),
        );
        done += 1;
        if done == count {
            return;
        }
    }
}
