//! Firms of relatives that win public contracts in an official's area.

use super::{Declaration, Field, Matter};
use crate::{
    base::time::{self, MONTHS},
    people::{Kin, PersonIx, role},
    spend::Deal,
    trade::Line,
};

const SEEN: &[&str] = &[
    "procurement_contract",
    "enterprise_register",
    "enterprise_officer",
    "cadre_roster",
    "marriage_register",
    "kinship_disclosure",
];

/// Relatives of leaders sell to the leader's unit; others sell little, elsewhere, long ago, or are related to somebody
/// who leads nothing.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(10);
    let mut leaders = relatives_of(field, true);
    let mut others = relatives_of(field, false);
    for turn in 0..count {
        let Some(tie) = leaders.pop() else { break };
        win(field, tie, turn);
    }
    for turn in 0..count {
        let tie = if turn % 3 == 2 { others.pop() } else { leaders.pop() };
        let Some(tie) = tie else { break };
        lose(field, tie, turn);
    }
}

struct Tie {
    official: PersonIx,
    unit: usize,
    kin: PersonIx,
    relation: Kin,
}

/// Officials in post with a relative on record who has no other tie to an office.
fn relatives_of(field: &mut Field, leading: bool) -> Vec<Tie> {
    let barred = role::PAYROLL | role::OFFICIAL | role::CADRE | role::POOR | role::BUSINESS | role::PLANTED;
    let jobs = field
        .county
        .jobs
        .iter()
        .filter(|job| job.rank.is_some() && job.to == MONTHS && job.leads() == leading);
    let mut ties = Vec::new();
    for job in jobs {
        let (official, people) = (job.tenure.person, &field.county.people);
        if people[official].has(role::PLANTED) {
            continue;
        }
        let on_record = field.county.kinship.on_record(people, official).into_iter();
        let fit = |(kin, _): &(PersonIx, Kin)| {
            !people[*kin].has(barred)
                && (22..64).contains(&people[*kin].age())
                && field.officials_near(*kin) == [official]
        };
        if let Some((kin, relation)) = on_record.into_iter().find(fit) {
            ties.push(Tie { official, unit: job.unit, kin, relation });
        }
        if ties.len() > 400 {
            break;
        }
    }
    field.rng.shuffle(&mut ties);
    ties
}

fn sell(field: &mut Field, company: usize, unit: usize, sales: &[(i32, i64)]) {
    for (month, yuan) in sales {
        field.county.spending.deals.push(Deal {
            number: format!("QT{company:06}-{month:02}").replace('-', "X"),
            tender: None,
            unit,
            supplier: company,
            title: ("食堂食材配送合同", "货物"),
            fen: yuan * 100,
            method: "竞争性磋商",
            signed: time::day_in(*month, 12),
        });
    }
}

fn win(field: &mut Field, tie: Tie, turn: usize) {
    let Some(other) = field.bystander() else { return };
    field.take(tie.official);
    field.take(tie.kin);
    let company = field.found_company(tie.kin, other, Line::Trading, time::day(2021, 2, 25));
    let first = field.rng.range(6, 12) as i32;
    sell(field, company, tie.unit, &[(first, 64_000), (first + 9, 92_000), (first + 17, 138_000)]);
    let declared = turn % 4 == 3;
    if declared {
        let (official, kin, relation) = (tie.official, tie.kin, tie.relation);
        let day = time::day(2023, 1, 12);
        field.county.declarations.push(Declaration { official, kin, relation, matter: Matter::Company, day });
    }
    let code = field.county.companies[company].code;
    let answer = field.problem(field.id(tie.official)).related([field.id(tie.kin), code]).seen_in(SEEN);
    let answer = if declared { answer } else { answer.level("red") };
    let word = tie.relation.word(field.county.people[tie.kin].sex);
    field.note(answer.says(
        format!(
            "领导干部{word}的企业承揽本单位合同三笔共294000元{}",
            if declared { "，已申报企业" } else { "，未申报" }
        ),
        format!(
            "the firm of a relative sold to the official's unit for 294,000 yuan, {}",
            if declared { "declared" } else { "undeclared" }
        ),
    ));
}

fn lose(field: &mut Field, tie: Tie, turn: usize) {
    let Some(other) = field.bystander() else { return };
    field.take(tie.official);
    field.take(tie.kin);
    let company = field.found_company(tie.kin, other, Line::Trading, time::day(2017, 2, 25));
    let (zh, en) = match turn % 3 {
        0 => {
            sell(field, company, tie.unit, &[(22, 6_800)]);
            ("亲属企业仅一笔6800元，未达起点", "a single sale of 6,800 yuan, below the minimum")
        }
        1 => {
            sell(field, company, tie.unit, &[(-8, 150_000)]);
            ("合同签于三年以前", "the contract is more than three years old")
        }
        _ => {
            sell(field, company, tie.unit, &[(18, 72_000), (27, 58_000)]);
            ("干部为一般工作人员，不担任领导职务", "the official holds no leading post")
        }
    };
    let answer = field
        .look_alike(field.id(tie.official))
        .related([field.county.companies[company].code])
        .seen_in(SEEN);
    field.note(answer.says(zh, en));
}
