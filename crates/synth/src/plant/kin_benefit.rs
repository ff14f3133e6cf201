//! Relatives of officials on means-tested benefits.

use super::{Declaration, Field, Matter};
use crate::{
    base::time::{self, MONTHS},
    money::{Grant, Programme},
    people::{Kin, PersonIx, role},
    work::Position,
};

const SEEN: &[&str] = &[
    "disabled_two_subsidy_payment",
    "subsistence_allowance_payment",
    "cadre_roster",
    "village_committee_roster",
    "kinship_disclosure",
    "household_register",
    "marriage_register",
    "birth_certificate",
];

/// Undeclared and declared relatives on the list; and relatives too far, too late or of too little to be declared.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(16);
    for turn in 0..count {
        support_relative(field, turn);
    }
    support_relative_of_former(field, count / 4 + 1);
    support_grandparents(field, count / 4 + 1);
    support_briefly(field, count / 4 + 1);
    pay_general_benefits(field, count / 4 + 1);
}

/// A relative on record who may honestly have nothing to do with anything else planted.
fn relative(field: &Field, official: PersonIx) -> Option<(PersonIx, Kin)> {
    let people = &field.county.people;
    let barred = role::PAYROLL
        | role::OFFICIAL
        | role::CADRE
        | role::POOR
        | role::PLANTED
        | role::DISABLED
        | role::BUSINESS;
    field.county.kinship.on_record(people, official).into_iter().find(|(kin, _)| {
        !people[*kin].has(barred) && people[*kin].age() >= 20 && field.officials_near(*kin) == [official]
    })
}

/// Officials in post, handlers of the programme or not, and village cadres in office.
fn official_in_post(field: &mut Field, handler: bool, cadre: bool) -> Option<(PersonIx, PersonIx, Kin)> {
    let candidates: Vec<PersonIx> = if cadre {
        let unpaid = |position: Position| {
            !matches!(position, Position::Secretary | Position::Director | Position::Accountant)
        };
        let terms =
            field.county.terms.iter().filter(|term| term.tenure.end.is_none() && unpaid(term.position));
        terms.map(|term| term.tenure.person).collect()
    } else {
        let units = &field.county.units;
        let jobs = field.county.jobs.iter().filter(|job| job.rank.is_some() && job.to == MONTHS);
        jobs.filter(|job| {
            units[job.unit].domains.contains("living_subsidy") == handler
                && units[job.unit].domains.is_empty() != handler
        })
        .map(|job| job.tenure.person)
        .collect()
    };
    let start = field.rng.index(candidates.len().max(1));
    let turns = candidates.iter().cycle().skip(start).take(candidates.len()).copied();
    for official in turns.collect::<Vec<_>>() {
        if field.county.people[official].has(role::PLANTED) {
            continue;
        }
        if let Some((kin, relation)) = relative(field, official) {
            return Some((official, kin, relation));
        }
    }
    None
}

fn support_relative(field: &mut Field, turn: usize) {
    let (handler, cadre) = (turn.is_multiple_of(4), turn % 4 == 1);
    let Some((official, kin, relation)) = official_in_post(field, handler, cadre) else { return };
    field.take(official);
    field.take(kin);
    let (of_kin, of_official) = (&field.county.people[kin], &field.county.people[official]);
    let code = if cadre && of_kin.village == of_official.village && !of_kin.has(role::PAYROLL_KIN) {
        field.open_case(vec![kin], 26_000, time::day_in(17, 9));
        "dibao"
    } else {
        let months = (field.rng.range(12, 22) as i32, MONTHS);
        field.county.grants.push(Grant::new(kin, Programme::Living, months, 9_000).detail(3));
        "living_subsidy"
    };
    field.county.people.assign(kin, role::POOR);
    let declared = turn % 4 == 3;
    if declared {
        let matter = Matter::Benefit(code);
        for day in [time::day(2024, 1, 18), time::day(2025, 1, 16)] {
            field.county.declarations.push(Declaration {
                official,
                kin,
                relation,
                matter: matter.clone(),
                day,
            });
        }
    }
    let level = if declared {
        "blue"
    } else if handler || cadre {
        "red"
    } else {
        "yellow"
    };
    let answer = field
        .problem(field.id(official))
        .level(level)
        .related([field.id(kin).to_string(), code.to_owned()])
        .seen_in(SEEN);
    let word = relation.word(field.county.people[kin].sex);
    let (zh, en) = if declared {
        ("已申报，供复核", "declared, for review")
    } else {
        ("未见申报", "no declaration found")
    };
    field.note(answer.says(
        format!("干部的{word}享受{code}，{zh}"),
        format!("a relative ({relation:?}) draws {code}; {en}"),
    ));
}

fn support_relative_of_former(field: &mut Field, count: usize) {
    let former: Vec<(PersonIx, i32)> = field
        .county
        .jobs
        .iter()
        .filter(|job| job.rank.is_some() && job.to < 26)
        .map(|job| (job.tenure.person, job.to))
        .collect();
    let mut done = 0;
    for (official, left) in former {
        if done == count || field.county.people[official].has(role::PLANTED) {
            continue;
        }
        let Some((kin, _)) = relative(field, official) else { continue };
        field.take(official);
        field.take(kin);
        field.county.grants.push(Grant::new(kin, Programme::Living, (left + 4, MONTHS), 9_000).detail(4));
        let answer = field.look_alike(field.id(official)).related([field.id(kin)]).seen_in(SEEN);
        field.note(
            answer.says("干部离任后亲属才享受", "the benefit began after the official had left the post"),
        );
        done += 1;
    }
}

/// Grandparents are relatives of the third degree.
fn support_grandparents(field: &mut Field, count: usize) {
    let officials = field.people(|_, _, person| person.has(role::OFFICIAL) && person.alive());
    let mut done = 0;
    for official in officials {
        if done == count {
            return;
        }
        let people = &field.county.people;
        let parents = [people[official].father, people[official].mother].into_iter().flatten();
        let grandparents: Vec<PersonIx> =
            parents.flat_map(|p| [people[p].father, people[p].mother]).flatten().collect();
        let fit = |ix: &PersonIx| {
            let person = &people[*ix];
            let apart = person.household != people[official].household;
            let barred = role::POOR | role::PLANTED | role::DISABLED | role::AWAY | role::PAYROLL;
            apart && person.alive() && !person.has(barred) && field.officials_near(*ix) == [official]
        };
        let Some(old) = grandparents.into_iter().find(fit) else { continue };
        field.take(official);
        field.take(old);
        field.county.grants.push(Grant::new(old, Programme::Living, (16, MONTHS), 9_000).detail(2));
        let answer = field.look_alike(field.id(official)).related([field.id(old)]).seen_in(SEEN);
        field.note(
            answer.says("祖父母属三代以外申报范围", "a grandparent is outside the circle to be declared"),
        );
        done += 1;
    }
}

fn support_briefly(field: &mut Field, count: usize) {
    for _ in 0..count {
        let Some((official, kin, _)) = official_in_post(field, false, false) else { return };
        field.take(official);
        field.take(kin);
        field.county.grants.push(Grant::new(kin, Programme::Living, (33, 35), 9_000).detail(4));
        let answer = field.look_alike(field.id(official)).related([field.id(kin)]).seen_in(SEEN);
        field.note(answer.says("一年内仅享受180元，未达起点", "180 yuan within the year, below the minimum"));
    }
}

fn pay_general_benefits(field: &mut Field, count: usize) {
    let pensioners = field.grants(|grant, person| {
        person.alive()
            && person.has(role::KIN)
            && grant.programme == Programme::ResidentPension
            && grant.to == MONTHS
    });
    let mut done = 0;
    for index in pensioners {
        let kin = field.county.grants[index].person;
        let free = |official: &PersonIx| !field.county.people[*official].has(role::PLANTED);
        let Some(official) = field.officials_near(kin).into_iter().find(free) else { continue };
        field.take(official);
        field.take(kin);
        let seen = &["resident_pension_payment", "cadre_roster", "village_committee_roster"];
        let answer = field.look_alike(field.id(official)).related([field.id(kin)]).seen_in(seen);
        field.note(
            answer.says("亲属领取的是普惠养老金，不需申报", "the relative draws a pension open to all"),
        );
        done += 1;
        if done == count {
            return;
        }
    }
}
