//! Village works by contractors tied to village cadres.

use gnomon_kernel::Day;

use super::{Declaration, Field, Matter};
use crate::{
    answers::Answer,
    base::time,
    people::{Kin, PersonIx, role},
    trade::{Line, Role, Share, Spell, Stake},
    village::Project,
    work::{Position, Tenure, Term},
};

const EMPLOYER: &[&str] = &["village_project", "social_insurance_contribution", "village_committee_roster"];
const OWNER: &[&str] = &[
    "village_project",
    "enterprise_register",
    "enterprise_officer",
    "enterprise_shareholder",
    "village_committee_roster",
    "kinship_disclosure",
];

/// Village cadres' former employers build in the village; others build elsewhere, or employed the cadre too briefly.
pub fn plant_employer(field: &mut Field) {
    let count = field.county.scaled(12);
    let mut terms = terms(field, |term| term.tenure.end.is_none());
    for turn in 0..count {
        let Some(term) = terms.pop() else { break };
        employ_and_award(field, &term, turn);
    }
    for turn in 0..count / 2 + 1 {
        let Some(term) = terms.pop() else { break };
        employ_harmlessly(field, &term, turn);
    }
    let former = self::terms(field, |term| term.tenure.end.is_some());
    for term in former.into_iter().take(count / 2 + 1) {
        let company = builder_in(field, term.village, true);
        work_for(field, term.tenure.person, company, (0, 10));
        let answer = field
            .look_alike(field.id(term.tenure.person))
            .related([field.county.companies[company].code])
            .seen_in(EMPLOYER);
        field.note(answer.says(
            "离任一年半以后才承揽",
            "the work was awarded more than a year after the cadre had left office",
        ));
    }
}

/// Terms of people who are part of nothing planted, in random order, one for each person.
fn terms(field: &mut Field, fits: impl Fn(&Term) -> bool) -> Vec<Term> {
    let people = &field.county.people;
    let mut found: Vec<Term> = field
        .county
        .terms
        .iter()
        .filter(|term| {
            fits(term) && !people[term.tenure.person].has(role::PLANTED | role::BUSINESS | role::EMPLOYEE)
        })
        .cloned()
        .collect();
    field.rng.shuffle(&mut found);
    found
}

fn work_for(field: &mut Field, person: PersonIx, company: usize, months: (i16, i16)) {
    field.take(person);
    field.county.people.assign(person, role::EMPLOYEE);
    let spell = Spell { person, company: company as u32, from: months.0, to: months.1, base: 450_000 };
    field.county.spells.push(spell);
}

/// A builder that has, or has not, worked in a village.
fn builder_in(field: &mut Field, village: usize, has_worked: bool) -> usize {
    let worked = |company: usize| {
        field
            .county
            .villages
            .projects
            .iter()
            .any(|project| project.village == village && project.contractor == company)
    };
    let builders: Vec<usize> = (0..field.county.companies.len())
        .filter(|index| {
            field.county.companies[*index].supplier && field.county.companies[*index].line == Line::Building
        })
        .filter(|index| worked(*index) == has_worked)
        .collect();
    if builders.is_empty() { 0 } else { builders[field.rng.index(builders.len())] }
}

fn project(field: &mut Field, village: usize, company: usize, yuan: i64, signed: Day) -> String {
    let number = format!("XM{:04}-{:03}", village + 1, 500 + field.county.villages.projects.len() % 400);
    let number = unused(field, number);
    field.county.villages.projects.push(Project {
        number: number.clone(),
        village,
        name: "村道硬化工程",
        contractor: company,
        fen: yuan * 100,
        method: if yuan >= 100_000 { "公开交易" } else { "询价比价" },
        signed,
        accepted: Some(time::plus(signed, 75)).filter(|day| *day <= time::today()),
    });
    number
}

/// The number, with a letter when the village has it already.
fn unused(field: &Field, number: String) -> String {
    let taken = |number: &str| field.county.villages.projects.iter().any(|project| project.number == number);
    if taken(&number) { format!("{number}B{}", field.county.villages.projects.len()) } else { number }
}

fn employ_and_award(field: &mut Field, term: &Term, turn: usize) {
    let person = term.tenure.person;
    let company = builder_in(field, term.village, false);
    let months = field.rng.range(5, 14) as i16;
    work_for(field, person, company, (0, months));
    let large = turn.is_multiple_of(3);
    let signed = time::day_in(field.rng.range(15, 33) as i32, 11);
    let number = project(field, term.village, company, if large { 126_000 } else { 46_000 }, signed);
    let leads = matches!(term.position, Position::Secretary | Position::Director);
    let answer = field.problem(&number).level(if leads || large { "red" } else { "yellow" });
    let code = field.county.companies[company].code;
    let answer = answer.related([field.id(person), code]).seen_in(EMPLOYER);
    field.note(answer.says(
        format!("{}曾在承包单位参保，本村工程由该单位承建", term.position.word()),
        "the contractor once insured a cadre of the village as its employee",
    ));
}

fn employ_harmlessly(field: &mut Field, term: &Term, turn: usize) {
    let person = term.tenure.person;
    let brief = turn.is_multiple_of(2);
    let company = builder_in(field, term.village, brief);
    work_for(field, person, company, if brief { (0, 2) } else { (0, 12) });
    let answer =
        field.look_alike(field.id(person)).related([field.county.companies[company].code]).seen_in(EMPLOYER);
    let (zh, en) = if brief {
        ("在承包单位参保仅两个月", "insured by the contractor for two months only")
    } else {
        ("原单位未承揽本村工程", "the former employer has not worked in the village")
    };
    field.note(answer.says(zh, en));
}

/// Contractors owned by cadres or their relatives; and contracts from before the term, or after the share was sold.
pub fn plant_owner(field: &mut Field) {
    let count = field.county.scaled(12);
    let mut terms =
        terms(field, |term| term.tenure.end.is_none() && term.tenure.start < time::day(2022, 1, 1));
    // A cadre near another official would make the works a matter of that official too.
    terms.retain(|term| !field.county.people[term.tenure.person].has(role::KIN));
    for turn in 0..count {
        let Some(term) = terms.pop() else { break };
        own_and_award(field, &term, turn);
    }
    for _ in 0..count / 2 + 1 {
        let Some(term) = terms.pop() else { break };
        sell_before(field, &term);
    }
    elect_later(field, count / 2 + 1);
}

fn own_and_award(field: &mut Field, term: &Term, turn: usize) {
    let cadre = term.tenure.person;
    let kin = if turn.is_multiple_of(3) { None } else { relative(field, cadre) };
    let Some(other) = field.bystander() else { return };
    let owner = kin.map_or(cadre, |(kin, _)| kin);
    field.take(cadre);
    field.take(owner);
    let company = field.found_company(owner, other, Line::Building, time::day(2019, 8, 7));
    let declared = turn % 6 == 5 && kin.is_some();
    let signed = time::day_in(field.rng.range(6, 33) as i32, 19);
    let yuan = if declared { 138_000 } else { 52_000 + turn as i64 * 1_000 };
    let number = project(field, term.village, company, yuan, signed);
    if let (true, Some((kin, relation))) = (declared, kin) {
        let (day, matter) = (time::plus(signed, -30), Matter::Project(number.clone()));
        field.county.declarations.push(Declaration { official: cadre, kin, relation, matter, day });
    }
    let level = match kin {
        _ if declared => "blue",
        Some((_, relation)) if relation.degree() > 1 => "yellow",
        _ => "red",
    };
    let code = field.county.companies[company].code;
    let numbers = [field.id(cadre), field.id(owner), code];
    let answer = field.problem(&number).level(level).related(numbers).seen_in(OWNER);
    let who = kin.map_or("本人", |(kin, relation)| relation.word(field.county.people[kin].sex));
    field.note(answer.says(
        format!("承包单位由村干部{who}控制{}", if declared { "，已申报并公开交易" } else { "" }),
        format!(
            "the contractor is run by {}",
            if kin.is_some() { "a relative of a village cadre" } else { "a village cadre" }
        ),
    ));
    if kin.is_some() {
        let answer =
            Answer::problem("KR-BUS-003", field.id(cadre)).related(numbers).optional().seen_in(OWNER);
        field.note(
            answer.says(
                "同一工程，若把村干部视为领导职务",
                "the same works, if village cadres count as leaders",
            ),
        );
    }
}

fn relative(field: &Field, cadre: PersonIx) -> Option<(PersonIx, Kin)> {
    let people = &field.county.people;
    let barred = role::PAYROLL | role::OFFICIAL | role::CADRE | role::POOR | role::BUSINESS | role::PLANTED;
    let on_record = field.county.kinship.on_record(people, cadre).into_iter();
    on_record
        .filter(|(kin, _)| !people[*kin].has(barred) && (22..66).contains(&people[*kin].age()))
        .find(|(kin, _)| field.officials_near(*kin) == [cadre])
}

fn sell_before(field: &mut Field, term: &Term) {
    let cadre = term.tenure.person;
    let (Some(owner), Some(other)) = (field.bystander(), field.bystander()) else { return };
    field.take(cadre);
    let company = field.found_company(owner, other, Line::Building, time::day(2015, 8, 7));
    let sold = Some(time::day(2020, 11, 2));
    let of = &mut field.county.companies[company];
    of.stakes.push(Stake { person: cadre, role: Role::Manager, from: of.established, to: sold });
    of.shares.push(Share { person: cadre, basis_points: 2_000, from: of.established, to: sold });
    let code = of.code;
    let month = field.rng.range(8, 30) as i32;
    let number = project(field, term.village, company, 61_000, time::day_in(month, 5));
    let answer = field.look_alike(&number).related([field.id(cadre), code]).seen_in(OWNER);
    field.note(
        answer.says("签约前两年以上已退股卸任", "share and role were given up years before the contract"),
    );
}

/// A villager whose firm built before he was elected at a by-election.
fn elect_later(field: &mut Field, count: usize) {
    let barred = role::KIN
        | role::PAYROLL
        | role::OFFICIAL
        | role::CADRE
        | role::POOR
        | role::BUSINESS
        | role::AWAY
        | role::EMPLOYEE;
    let fit = field
        .people(|_, _, person| person.alive() && (32..55).contains(&person.age()) && !person.has(barred));
    let mut done = 0;
    for person in fit {
        if done == count {
            return;
        }
        if !field.clean_circle(person) {
            continue;
        }
        let Some(other) = field.bystander() else { return };
        let village = field.county.people[person].village as usize;
        field.take(person);
        field.county.people.assign(person, role::CADRE);
        let company = field.found_company(person, other, Line::Building, time::day(2018, 3, 7));
        let number = project(field, village, company, 57_000, time::day_in(8, 23));
        let tenure = Tenure { person, start: time::day(2024, 4, 16), end: None };
        // Odd jobs for the village would be another matter.
        field.county.villages.labours.retain(|labour| labour.person != person);
        field.county.terms.push(Term { tenure, village, position: Position::Member });
        let answer = field
            .look_alike(&number)
            .related([field.id(person), field.county.companies[company].code])
            .seen_in(OWNER);
        field.note(
            answer.says("合同签于当选之前一年", "the contract is a year older than the term of office"),
        );
        done += 1;
    }
}
