//! Purchases cut into pieces below a limit, in villages and in units.

use super::Field;
use crate::{
    base::time::{self, days_between},
    spend::Deal,
    trade::Line,
    village::Purchase,
};

const VILLAGE: &[&str] = &["village_procurement"];
const UNIT: &[&str] = &["procurement_contract"];

/// Pieces of one village purchase within weeks; and small, distant or differently filed purchases.
pub fn plant_village(field: &mut Field) {
    let count = field.county.scaled(14);
    for turn in 0..count {
        let near_limit = turn.is_multiple_of(2);
        let pieces: &[(i64, i64)] = match turn % 4 {
            0 => &[(0, 4_700), (9, 4_850)],
            2 => &[(0, 4_300), (4, 4_600), (11, 4_900)],
            1 => &[(0, 2_600), (14, 2_900)],
            _ => &[(0, 1_900), (10, 2_100), (25, 2_300)],
        };
        let numbers = buy(field, turn, pieces, "维修材料");
        let Some((first, related)) = numbers else { continue };
        let answer = field
            .problem(&first)
            .level(if near_limit { "red" } else { "yellow" })
            .related(related)
            .seen_in(VILLAGE);
        field.note(answer.says(
            format!("同一供应商同类采购{}笔，单笔均低于五千元，合计超过", pieces.len()),
            format!("{} purchases from one supplier, each below 5,000 yuan, together above", pieces.len()),
        ));
    }
    for turn in 0..count {
        let (pieces, category, zh, en): (&[(i64, i64)], _, _, _) = match turn % 3 {
            0 => (
                &[(0, 320), (30, 350), (58, 310)],
                "办公用品",
                "日常办公零星采购，合计远低于限额",
                "everyday office needs, far below the limit",
            ),
            1 => (
                &[(0, 3_600), (110, 3_900)],
                "维修材料",
                "两次采购相隔三个多月",
                "two purchases more than three months apart",
            ),
            _ => (
                &[(0, 6_800), (12, 900)],
                "会议用品",
                "大额一笔已按规定询价",
                "the large one was bought by quotes, as required",
            ),
        };
        let Some((first, related)) = buy(field, turn + 100, pieces, category) else { continue };
        let answer = field.look_alike(&first).related(related).seen_in(VILLAGE);
        field.note(answer.says(zh, en));
    }
}

/// Buys in pieces (days after the first, yuan) from a supplier the village does not otherwise use around that time.
fn buy(
    field: &mut Field,
    turn: usize,
    pieces: &[(i64, i64)],
    category: &'static str,
) -> Option<(String, Vec<String>)> {
    let village = field.village();
    let start = time::day_in(field.rng.range(3, 30) as i32, 4);
    let supplier = quiet_seller(field, |purchase| {
        purchase.village == village && days_between(purchase.day, start).abs() < 260
    })?;
    let numbers: Vec<String> =
        (0..pieces.len()).map(|piece| format!("CG{:04}-9{turn:03}{piece}", village + 1)).collect();
    for ((days, yuan), number) in pieces.iter().zip(&numbers) {
        field.county.villages.purchases.push(Purchase {
            number: number.clone(),
            village,
            day: time::plus(start, *days),
            goods: ("管材及配件", category),
            fen: yuan * 100,
            supplier,
            method: if *yuan >= 5_000 { "询价比价" } else { "直接采购" },
        });
    }
    let org = field.county.villages.collectives[village].code;
    let mut related = vec![org.to_string(), field.county.companies[supplier].code.to_string()];
    related.extend(numbers.iter().skip(1).cloned());
    Some((numbers.first()?.clone(), related))
}

fn quiet_seller(field: &mut Field, busy: impl Fn(&Purchase) -> bool) -> Option<usize> {
    let used: std::collections::BTreeSet<usize> = field
        .county
        .villages
        .purchases
        .iter()
        .filter(|purchase| busy(purchase))
        .map(|purchase| purchase.supplier)
        .collect();
    let sellers: Vec<usize> = (0..field.county.companies.len())
        .filter(|index| {
            field.county.companies[*index].supplier && field.county.companies[*index].line != Line::Building
        })
        .filter(|index| !used.contains(index))
        .collect();
    (!sellers.is_empty()).then(|| sellers[field.rng.index(sellers.len())])
}

/// Contracts of one unit with one supplier within a year, each below the threshold for open procedure.
pub fn plant_unit(field: &mut Field) {
    let count = field.county.scaled(10);
    for turn in 0..count {
        let near = turn.is_multiple_of(2);
        let pieces: &[(i32, i64)] =
            if near { &[(0, 468_000), (3, 487_000)] } else { &[(0, 210_000), (2, 236_000), (7, 198_000)] };
        let Some((first, related)) = contract(field, turn, pieces, "直接采购") else { continue };
        let answer = field.problem(&first).related(related).seen_in(UNIT);
        let answer = if near { answer.level("red") } else { answer };
        field.note(answer.says(
            format!("一年内向同一供应商直接采购{}笔，单笔低于五十万元，合计超过", pieces.len()),
            format!("{} direct contracts with one supplier within a year, each below 500,000 yuan, together above", pieces.len()),
        ));
    }
    for turn in 0..count {
        let (pieces, method, zh, en): (&[(i32, i64)], _, _, _) = match turn % 3 {
            0 => (&[(0, 420_000), (4, 390_000)], "公开招标", "均为公开招标", "both by open tender"),
            1 => (&[(0, 160_000), (5, 140_000)], "询价", "合计低于限额", "together below the threshold"),
            _ => (&[(0, 330_000), (16, 340_000)], "直接采购", "两次采购相隔十六个月", "sixteen months apart"),
        };
        let Some((first, related)) = contract(field, turn + 100, pieces, method) else { continue };
        let answer = field.look_alike(&first).related(related).seen_in(UNIT);
        field.note(answer.says(zh, en));
    }
}

/// Contracts in pieces (months after the first, yuan) with a supplier that the unit does not otherwise use.
fn contract(
    field: &mut Field,
    turn: usize,
    pieces: &[(i32, i64)],
    method: &'static str,
) -> Option<(String, Vec<String>)> {
    let unit = field.rng.index(field.county.units.len());
    let used: std::collections::BTreeSet<usize> = field
        .county
        .spending
        .deals
        .iter()
        .filter(|deal| deal.unit == unit)
        .map(|deal| deal.supplier)
        .collect();
    let sellers: Vec<usize> = (0..field.county.companies.len())
        .filter(|index| field.county.companies[*index].supplier && !used.contains(index))
        .collect();
    if sellers.is_empty() {
        return None;
    }
    let supplier = sellers[field.rng.index(sellers.len())];
    let start = field.rng.range(8, 17) as i32;
    let numbers: Vec<String> =
        (0..pieces.len()).map(|piece| format!("ZC{:03}-9{turn:03}{piece}", unit + 1)).collect();
    for ((months, yuan), number) in pieces.iter().zip(&numbers) {
        field.county.spending.deals.push(Deal {
            number: number.clone(),
            tender: None,
            unit,
            supplier,
            title: ("专用设备采购合同", "货物"),
            fen: yuan * 100,
            method,
            signed: time::day_in(start + months, 15),
        });
    }
    let mut related =
        vec![field.county.units[unit].code.to_string(), field.county.companies[supplier].code.to_string()];
    related.extend(numbers.iter().skip(1).cloned());
    Some((numbers.first()?.clone(), related))
}
