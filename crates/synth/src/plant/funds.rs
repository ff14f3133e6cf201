//! Bills cut below an approval level.

use super::Field;
use crate::{
    base::time::{self, days_between},
    trade::{Company, Line},
    village::Request,
};

const SEEN: &[&str] = &["reimbursement_request"];

/// Bills of one payee within days that together pass the next level; and small, distant or separate bills.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(14);
    for turn in 0..count {
        let strong = turn % 3 != 2;
        let pieces: &[(i64, i64)] = match turn % 3 {
            0 => &[(0, 4_600), (2, 4_780), (6, 4_450)],
            1 => &[(0, 930), (1, 960)],
            _ => &[(0, 2_100), (5, 1_800), (11, 1_700)],
        };
        let step = if turn % 3 == 2 { 37 } else { 1 };
        let village = field.village_for(true);
        let Some((org, related)) = hand_in(field, village, pieces, step, "付维修材料款") else {
            continue;
        };
        let answer =
            field.problem(org).level(if strong { "red" } else { "yellow" }).related(related).seen_in(SEEN);
        field.note(answer.says(
            format!("同一收款人{}笔报账，单笔低于审批额度，合计超过", pieces.len()),
            format!("{} bills of one payee, each below the approval level, together above", pieces.len()),
        ));
    }
    for turn in 0..count {
        let (pieces, summary, zh, en): (&[(i64, i64)], _, _, _) = match turn % 3 {
            0 => (
                &[(0, 150), (0, 170), (0, 160)],
                "付电费（三块电表）",
                "三块电表的电费，合计未达上一级",
                "three electricity meters, together below the level",
            ),
            1 => (&[(0, 3_900), (45, 3_600)], "付宣传栏制作费", "两笔相隔四十五天", "forty-five days apart"),
            _ => (&[(0, 210), (6, 330)], "付保洁劳务费", "合计不足一千元", "together less than 1,000 yuan"),
        };
        let village = field.village_for(false);
        let Some((org, related)) = hand_in(field, village, pieces, 53, summary) else { continue };
        let answer = field.look_alike(org).related(related).seen_in(SEEN);
        field.note(answer.says(zh, en));
    }
}

/// Hands in bills (days after the first, yuan) of a payee whom the village does not otherwise pay around that time.
fn hand_in(
    field: &mut Field,
    village: usize,
    pieces: &[(i64, i64)],
    invoice_step: u32,
    summary: &'static str,
) -> Option<(String, Vec<String>)> {
    let start = time::day_in(field.rng.range(2, 32) as i32, 6);
    let requests = &field.county.villages.requests;
    let used: std::collections::BTreeSet<usize> = requests
        .iter()
        .filter(|request| request.village == village && days_between(request.time.date(), start).abs() < 120)
        .map(|request| request.payee)
        .collect();
    let payees: Vec<usize> = (0..field.county.companies.len())
        .filter(|index| {
            field.county.companies[*index].supplier && field.county.companies[*index].line != Line::Building
        })
        .filter(|index| !used.contains(index))
        .collect();
    if payees.is_empty() {
        return None;
    }
    let payee = payees[field.rng.index(payees.len())];
    let first_invoice = 90_000_000 + requests.len() as u32 % 9_000_000;
    let mut related = vec![Company::account(payee).as_str().to_owned()];
    for (rank, (days, yuan)) in pieces.iter().enumerate() {
        // Seven in the morning: no everyday bill of the village is handed in then.
        let request = Request {
            village,
            time: time::at(time::plus(start, *days), 421 + rank as i64 * 9),
            summary,
            fen: yuan * 100,
            payee,
            invoice: first_invoice + rank as u32 * invoice_step,
        };
        related.push(request.number());
        field.county.villages.requests.push(request);
    }
    Some((field.county.villages.collectives[village].code.to_string(), related))
}
