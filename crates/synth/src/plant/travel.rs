//! Payment texts that point to sightseeing.

use super::Field;
use crate::{base::time, spend::Payment, trade::Line};

const SEEN: &[&str] = &["treasury_payment", "reimbursement_voucher"];
/// Texts, how strong the words are, and the months and days they are booked for.
const TRIPS: [(&str, bool, (i32, u32)); 6] = [
    ("付职工外出三日游费用", true, (27, 3)),
    ("付景点门票及观光车票", true, (22, 2)),
    ("付外出考察旅游大巴租车费", true, (14, 29)),
    ("付温泉度假住宿费", true, (30, 1)),
    ("付旅行社服务费", false, (17, 12)),
    ("付游览讲解服务费", false, (33, 21)),
];
const DUTIES: [(&str, &str, &str); 5] = [
    ("付县文化和旅游局办公楼维修费", "摘要中是旅游局单位名称", "the name of the tourism bureau"),
    ("付旅游厕所改造工程款", "旅游厕所建设属公共服务", "public lavatories, a public work"),
    ("付景区管理制度印刷费", "景区管理业务，属本职工作", "the management of a site, own duty"),
    ("付旅游学院合作培训费", "摘要中是旅游学院", "the name of a college"),
    ("付图书漂流活动书架款", "图书漂流是读书活动", "a book exchange"),
];

/// Trips booked by units, and the daily work of those whose work is tourism.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(16);
    for turn in 0..count {
        let (summary, strong, day) = TRIPS[turn % TRIPS.len()];
        let yuan = 1_800 + field.rng.range(0, 90) * 100;
        let unit = field.unit_for(true);
        book(field, unit, summary, day, yuan, turn % 3 == 2);
        let code = field.county.units[unit].code;
        let answer = field.problem(code).related([summary]).seen_in(SEEN);
        let answer = if strong { answer.level("red") } else { answer.level("yellow") };
        field.note(answer.says(
            format!("支出摘要“{summary}”，{yuan}元"),
            format!("a payment of {yuan} yuan for sightseeing by its text"),
        ));
    }
    for turn in 0..count {
        let (summary, zh, en) = DUTIES[turn % DUTIES.len()];
        let unit = field.unit_for(false);
        book(field, unit, summary, (10 + (turn % 20) as i32, 13), 4_600, turn % 3 == 2);
        let answer = field.look_alike(field.county.units[unit].code).related([summary]).seen_in(SEEN);
        field.note(answer.says(zh, en));
    }
    for turn in 0..count / 4 + 1 {
        let summary = "付讲解培训场馆门票款";
        let unit = field.unit_for(false);
        book(field, unit, summary, (12 + turn as i32 % 20, 16), 120, false);
        let answer = field.look_alike(field.county.units[unit].code).related([summary]).seen_in(SEEN);
        field.note(answer.says("金额120元，低于起点", "120 yuan, below the minimum"));
    }
}

fn book(
    field: &mut Field,
    unit: usize,
    summary: &str,
    (month, date): (i32, u32),
    yuan: i64,
    on_voucher: bool,
) {
    let payee =
        (0..60).filter(|index| field.county.companies[*index].line == Line::Culture).nth(1).unwrap_or(3);
    let time = time::at(time::day_in(month, date), 615 + field.rng.range(0, 300));
    let payment =
        Payment { unit, time, summary: summary.to_owned(), fen: yuan * 100, payee, economic: "30211" };
    if on_voucher {
        field.county.spending.vouchers.push(payment);
    } else {
        field.county.spending.treasury.push(payment);
    }
}
