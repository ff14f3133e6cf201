//! Alcohol, tobacco and gifts on invoices of units.

use super::Field;
use crate::{
    base::time,
    spend::{Buyer, Invoice, Line as InvoiceLine},
    work::UnitKind,
};

const SEEN: &[&str] = &["invoice_header", "invoice_line", "reception_register"];
type Goods = (&'static str, &'static str, &'static str);
const DEAR: [(Goods, i64); 3] = [
    (("*酒*53度白酒礼盒", "瓶", "1030302"), 128_000),
    (("*烟草制品*软中华香烟", "条", "1030402"), 70_000),
    (("*酒*陈酿黄酒礼盒", "箱", "1030305"), 52_000),
];
const CHEAP: [(Goods, i64); 2] =
    [(("*酒*桶装白酒", "桶", "1030302"), 8_800), (("*酒*红酒", "瓶", "1030306"), 12_600)];
const HARMLESS: [(Goods, &str, &str); 3] = [
    (("*调味品*料酒", "瓶", "1030201"), "食堂烹饪用料酒", "cooking wine for the canteen"),
    (("*医药*75%酒精消毒液", "瓶", "1070304"), "消毒用酒精", "alcohol for disinfection"),
    (("*餐具*一次性水杯", "箱", "1070602"), "一次性水杯", "paper cups"),
];

/// Units that buy such things again and again; and cooking wine, void invoices, tiny sums and private buyers.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(16);
    let mut units: Vec<usize> = (0..field.county.units.len())
        .filter(|unit| field.county.units[*unit].kind != UnitKind::School)
        .collect();
    field.rng.shuffle(&mut units);
    for turn in 0..count {
        let unit = units[turn % (units.len() / 2)];
        buy_again(field, unit, turn);
    }
    let others = units.split_off(units.len() / 2);
    for turn in 0..count {
        excuse(field, others[turn % others.len()], turn);
    }
}

fn invoice(
    field: &mut Field,
    buyer: Buyer,
    (month, date): (i32, u32),
    line: InvoiceLine,
    void: bool,
) -> String {
    let serial = 95_000_000 + field.county.spending.invoices.len() as u32 * 3;
    let time = time::at(time::day_in(month, date), 655);
    let invoice = Invoice { serial, time, seller: 1, buyer, lines: vec![line], void };
    field.county.spending.invoices.push(invoice);
    crate::village::invoice_number(serial)
}

fn buy_again(field: &mut Field, unit: usize, turn: usize) {
    let dear = turn % 3 != 2;
    let (goods, price) = if dear { DEAR[turn % DEAR.len()] } else { CHEAP[turn % CHEAP.len()] };
    let first = field.rng.range(12, 18) as i32;
    let numbers: Vec<String> = (0..4)
        .map(|round| {
            let month = first + round * 4;
            let line = InvoiceLine { goods, quantity: 2 + i64::from(round), price };
            if !dear {
                // Without visitors in those months only the price speaks.
                field.county.spending.receptions.retain(|r| r.unit != unit || time::month_of(r.day) != month);
            }
            invoice(field, Buyer::Unit(unit), (month, 9 + turn as u32 % 15), line, false)
        })
        .collect();
    let answer = field.problem(field.county.units[unit].code).level(if dear { "red" } else { "yellow" });
    let name = goods.0.rsplit('*').next().unwrap_or_default();
    field.note(answer.related(numbers).seen_in(SEEN).says(
        format!("半年多内四次购买“{name}”，单价{}元", price / 100),
        format!("four purchases of drink, tobacco or gifts at {} yuan apiece", price / 100),
    ));
}

fn excuse(field: &mut Field, unit: usize, turn: usize) {
    let (goods, zh, en) = HARMLESS[turn % HARMLESS.len()];
    let month = 14 + turn as i32 % 18;
    let code = field.county.units[unit].code;
    let (numbers, zh, en) = match turn % 4 {
        0 | 1 => {
            let line = || InvoiceLine { goods, quantity: 12, price: 1_500 };
            let numbers =
                [month, month + 2].map(|month| invoice(field, Buyer::Unit(unit), (month, 20), line(), false));
            (numbers.to_vec(), zh, en)
        }
        2 => {
            let line = InvoiceLine { goods: DEAR[0].0, quantity: 2, price: DEAR[0].1 };
            let number = invoice(field, Buyer::Unit(unit), (month, 21), line, true);
            (vec![number], "发票已作废", "the invoice was declared void")
        }
        _ => {
            let line = InvoiceLine { goods: DEAR[1].0, quantity: 6, price: DEAR[1].1 };
            let number = invoice(field, Buyer::Company(2), (month, 22), line, false);
            (vec![number], "购买方是企业，不是单位", "the buyer is a company, not a unit")
        }
    };
    let answer = field.look_alike(code).related(numbers).seen_in(SEEN);
    field.note(answer.says(zh, en));
}
