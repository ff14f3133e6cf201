use chrono::NaiveDateTime;
use gnomon_kernel::Day;

use super::{Suppliers, Villages};
use crate::{
    base::{Account, Rng, time},
    people::PersonIx,
    trade::Company,
};

/// A purchase of a village.
#[derive(Debug, Clone)]
pub struct Purchase {
    /// Number.
    pub number: String,
    /// Village.
    pub village: usize,
    /// When.
    pub day: Day,
    /// What, and its category.
    pub goods: (&'static str, &'static str),
    /// Amount in fen.
    pub fen: i64,
    /// Index of the supplier among the companies.
    pub supplier: usize,
    /// How it was bought, as the ledger names it.
    pub method: &'static str,
}

/// Work paid by the day.
#[derive(Debug, Clone)]
pub struct Labour {
    /// Village.
    pub village: usize,
    /// Who worked.
    pub person: PersonIx,
    /// At what.
    pub task: &'static str,
    /// When.
    pub day: Day,
    /// Days worked.
    pub days: i64,
    /// Pay of a day in fen.
    pub rate: i64,
    /// Who wrote it down, when not the accountant.
    pub recorder: Option<PersonIx>,
}

/// A bill handed in for payment.
#[derive(Debug, Clone)]
pub struct Request {
    /// Village.
    pub village: usize,
    /// When.
    pub time: NaiveDateTime,
    /// What for.
    pub summary: &'static str,
    /// Amount in fen.
    pub fen: i64,
    /// Index of the payee among the companies.
    pub payee: usize,
    /// Running number of the invoice.
    pub invoice: u32,
}

impl Request {
    /// The account that is paid.
    pub fn account(&self) -> Account {
        Company::account(self.payee)
    }

    /// The number of the request with that place in the sorted ledger of its village: it follows the time of filing.
    pub fn number(&self) -> String {
        format!("BZ{:04}{}", self.village + 1, self.time.format("%Y%m%d%H%M"))
    }

    /// The invoice number as printed.
    pub fn invoice_number(&self) -> String {
        invoice_number(self.invoice)
    }
}

/// An invoice number of 20 digits.
pub fn invoice_number(serial: u32) -> String {
    format!("258700000000{serial:08}")
}

pub const GOODS: [(&str, &str); 8] = [
    ("打印纸、墨盒", "办公用品"),
    ("水泥、黄沙", "维修材料"),
    ("水管及配件", "维修材料"),
    ("扫帚、垃圾袋", "清洁用品"),
    ("防汛沙袋", "防汛物资"),
    ("绿化苗木", "绿化"),
    ("会议桌椅", "办公家具"),
    ("宣传展板", "宣传用品"),
];
pub const TASKS: [&str; 6] = ["清理河道", "村道保洁", "绿化养护", "灌溉看水", "搬运物资", "修补围墙"];
const BILLS: [&str; 6] =
    ["付办公用品款", "付保洁劳务费", "付维修材料款", "付电费", "付宣传栏制作费", "付防汛物资款"];
const PURCHASES: usize = 96;
const LABOURS: usize = 280;
const REQUESTS: usize = 340;

/// Three years of small purchases, odd jobs and bills of one village. A supplier comes again only after all others,
/// so that no two honest bills look like one that was cut.
pub fn keep_house(
    villages: &mut Villages,
    village: usize,
    hands: &[PersonIx],
    suppliers: &Suppliers,
    rng: &mut Rng,
) {
    for rank in 0..PURCHASES {
        let day = time::plus(time::day(2022, 7, 2), rank as i64 * 11 + rng.range(0, 6));
        let fen = amount(rng, 500_000);
        let number = format!("CG{:04}-{:04}", village + 1, rank + 1);
        let goods = GOODS[rng.index(GOODS.len())];
        let method = if fen >= 500_000 { "询价比价" } else { "直接采购" };
        let supplier = suppliers.seller(village * 11 + rank);
        villages.purchases.push(Purchase { number, village, day, goods, fen, supplier, method });
    }
    if !hands.is_empty() {
        for _ in 0..LABOURS {
            let day = time::plus(time::day(2022, 7, 1), rng.range(0, 1_085));
            let (person, task) = (hands[rng.index(hands.len())], TASKS[rng.index(TASKS.len())]);
            let days = rng.range(1, 4);
            villages.labours.push(Labour { village, person, task, day, days, rate: 12_000, recorder: None });
        }
    }
    for rank in 0..REQUESTS {
        let minutes = 8 * 60 + rng.range(0, 540);
        let day = time::plus(time::day(2022, 7, 1), (rank * 1_085 / REQUESTS) as i64);
        villages.requests.push(Request {
            village,
            time: time::at(day, minutes),
            summary: BILLS[rng.index(BILLS.len())],
            fen: amount(rng, 500_000),
            payee: suppliers.seller(village * 13 + rank),
            invoice: 20_000_000 + (village * 1_000 + rank) as u32 * 7,
        });
    }
}

/// Mostly small sums, some near the limit for quotes, few above it.
fn amount(rng: &mut Rng, limit: i64) -> i64 {
    match rng.below(10) {
        0..6 => rng.range(80, 900) * 100,
        6..9 => rng.range(1_000, 4_600) * 100,
        _ => limit + rng.range(2, 240) * 10_000,
    }
}
