use chrono::NaiveDateTime;
use gnomon_kernel::Day;

use super::Spending;
use crate::{
    base::{Rng, time},
    trade::Company,
    work::Unit,
};

/// A treasury payment or a voucher line.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Index of the paying unit.
    pub unit: usize,
    /// When.
    pub time: NaiveDateTime,
    /// What for.
    pub summary: String,
    /// Amount in fen.
    pub fen: i64,
    /// Index of the payee among the companies.
    pub payee: usize,
    /// Economic classification.
    pub economic: &'static str,
}

/// A line of an invoice.
#[derive(Debug, Clone)]
pub struct Line {
    /// Goods, unit, tax class.
    pub goods: (&'static str, &'static str, &'static str),
    /// Quantity.
    pub quantity: i64,
    /// Price of one in fen.
    pub price: i64,
}

/// An invoice.
#[derive(Debug, Clone)]
pub struct Invoice {
    /// Running number.
    pub serial: u32,
    /// When.
    pub time: NaiveDateTime,
    /// Index of the seller among the companies.
    pub seller: usize,
    /// Who bought.
    pub buyer: Buyer,
    /// Lines.
    pub lines: Vec<Line>,
    /// Whether it was declared void.
    pub void: bool,
}

/// The buyer on an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Buyer {
    /// A budget unit, by index.
    Unit(usize),
    /// A company, by index.
    Company(usize),
}

/// A meal for visitors.
#[derive(Debug, Clone)]
pub struct Reception {
    /// Index of the host unit.
    pub unit: usize,
    /// When.
    pub day: Day,
    /// Lunch or dinner.
    pub dinner: bool,
    /// Visitors and hosts at the table.
    pub people: (i64, i64),
    /// Running number.
    pub serial: u32,
}

/// What units buy day by day: purpose, economic classification.
pub const PURPOSES: [(&str, &str); 14] = [
    ("付办公用品费", "30201"),
    ("付文件印刷费", "30202"),
    ("付水费", "30205"),
    ("付电费", "30206"),
    ("付电话及网络费", "30207"),
    ("付差旅费", "30211"),
    ("付办公设备维修费", "30213"),
    ("付会议室租用费", "30215"),
    ("付业务培训费", "30216"),
    ("付专用材料款", "30218"),
    ("付保洁劳务费", "30226"),
    ("付委托业务费", "30227"),
    ("付公务用车维修费", "30231"),
    ("付邮寄费", "30207"),
];

/// What is on everyday invoices: goods, unit, tax class, price of one in fen.
pub const GOODS: [(&str, &str, &str, i64); 12] = [
    ("*纸制品*A4复印纸", "包", "1060105", 2_200),
    ("*打印耗材*硒鼓", "个", "1090511", 28_000),
    ("*家具*办公椅", "把", "1050201", 36_000),
    ("*清洁用品*垃圾袋", "卷", "1070601", 900),
    ("*电线电缆*网线", "箱", "1090401", 42_000),
    ("*计算机配套*键盘", "个", "1090512", 9_500),
    ("*印刷品*宣传折页", "份", "1060202", 150),
    ("*物业管理*保洁服务", "次", "3040801", 60_000),
    ("*设计服务*展板制作", "块", "3040501", 18_000),
    ("*劳务*设备维修", "次", "2020000", 32_000),
    ("*软饮料*饮用水", "桶", "1030307", 1_500),
    ("*水泥*普通硅酸盐水泥", "吨", "1080101", 46_000),
];

/// Units host visitors in about every second month.
pub fn host(spending: &mut Spending, units: &[Unit], rng: &mut Rng) {
    let mut serial = 0;
    for unit in 0..units.len() {
        for month in 0..time::MONTHS {
            if !rng.per_mille(420) {
                continue;
            }
            serial += 1;
            let day = time::day_in(month, 1 + rng.below(28));
            let guests = rng.range(2, 9);
            let people = (guests, (guests / 3).max(1));
            spending.receptions.push(Reception { unit, day, dinner: rng.per_mille(400), people, serial });
        }
    }
}

/// An everyday payment of a unit.
pub fn everyday(unit: usize, month: i32, payee: usize, rng: &mut Rng) -> Payment {
    let (summary, economic) = PURPOSES[rng.index(PURPOSES.len())];
    let day = time::day_in(month, 1 + rng.below(28));
    let fen = if rng.per_mille(850) { rng.range(90, 4_800) * 100 } else { rng.range(5_000, 18_000) * 100 };
    let time = time::at(day, 8 * 60 + 30 + rng.range(0, 510));
    Payment { unit, time, summary: summary.to_owned(), fen, payee, economic }
}

/// An everyday invoice to a unit.
pub fn everyday_invoice(unit: usize, month: i32, seller: usize, serial: u32, rng: &mut Rng) -> Invoice {
    let day = time::day_in(month, 1 + rng.below(28));
    let lines = (0..=rng.below(2))
        .map(|_| {
            let (goods, measure, class, price) = GOODS[rng.index(GOODS.len())];
            Line {
                goods: (goods, measure, class),
                quantity: rng.range(1, 20),
                price: price + rng.range(0, 30) * 10,
            }
        })
        .collect();
    let time = time::at(day, 9 * 60 + rng.range(0, 480));
    Invoice { serial, time, seller, buyer: Buyer::Unit(unit), lines, void: false }
}

impl Invoice {
    /// Sum of the lines in fen, without tax.
    pub fn net(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity * line.price).sum()
    }

    /// Name and code of the buyer.
    pub fn buyer_of<'a>(&self, units: &'a [Unit], companies: &'a [Company]) -> (&'a str, &'a str) {
        match self.buyer {
            Buyer::Unit(unit) => (&units[unit].name, units[unit].code.as_str()),
            Buyer::Company(company) => (&companies[company].name, companies[company].code.as_str()),
        }
    }
}
