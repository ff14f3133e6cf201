use chrono::NaiveDateTime;

use super::{Deal, Spending};
use crate::{
    base::{Rng, rng::mix, time},
    village::Suppliers,
    work::{Unit, UnitKind},
};

/// Machine traces of an uploaded bid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traces {
    /// Address it came from.
    pub ip: String,
    /// Network card.
    pub mac: String,
    /// Certificate key.
    pub key: String,
    /// Author of the document.
    pub author: String,
    /// Code of the machine on which the document was made.
    pub machine: String,
}

/// A bid.
#[derive(Debug, Clone)]
pub struct Bid {
    /// Index of the bidder among the companies.
    pub company: usize,
    /// Price in fen.
    pub fen: i64,
    /// Uploaded.
    pub submitted: NaiveDateTime,
    /// Traces.
    pub traces: Traces,
    /// Highest likeness with another bid in percent.
    pub likeness: i64,
}

/// A tender with its bids; the first bid wins.
#[derive(Debug, Clone)]
pub struct Tender {
    /// Number.
    pub number: String,
    /// Index of the buying unit.
    pub unit: usize,
    /// Title and category (工程, 货物, 服务).
    pub title: (&'static str, &'static str),
    /// How, as the notice names it.
    pub method: &'static str,
    /// Budget in fen.
    pub budget: i64,
    /// Published.
    pub published: NaiveDateTime,
    /// Bids, the winner first.
    pub bids: Vec<Bid>,
}

const TITLES: [(&str, &str); 8] = [
    ("办公楼维修改造", "工程"),
    ("道路养护", "工程"),
    ("信息化设备采购", "货物"),
    ("教学设备采购", "货物"),
    ("物业管理服务", "服务"),
    ("系统运行维护服务", "服务"),
    ("管网改造", "工程"),
    ("档案数字化服务", "服务"),
];
const PER_UNIT: usize = 11;

/// The traces that a company leaves on every bid of its own.
pub fn traces(company: usize) -> Traces {
    let spread = mix(company as u64 ^ 0x7E4D);
    Traces {
        ip: format!("10.{}.{}.{}", 40 + company / 60_000, company / 240 % 250, company % 240 + 5),
        mac: format!(
            "02:{:02X}:{:02X}:{:02X}:{:02X}:{:02X}",
            spread & 0xFF,
            spread >> 8 & 0xFF,
            company >> 16,
            company >> 8 & 0xFF,
            company & 0xFF
        ),
        key: format!("CA87{company:08}"),
        author: format!("投标部{company}"),
        machine: format!("{:016X}", mix(company as u64 ^ 0xD0C)),
    }
}

/// Tenders of all units over three years, each with bids of its own traces.
pub fn invite(spending: &mut Spending, units: &[Unit], suppliers: &Suppliers, rng: &mut Rng) {
    for (unit, of) in units.iter().enumerate() {
        let count = if of.kind == UnitKind::School { 5 } else { PER_UNIT };
        for rank in 0..count {
            let turn = unit * 3 + rank * 5;
            let month = (rank * 35 / count) as i32;
            let number = format!("ZB{:03}-{:03}", unit + 1, rank + 1);
            let tender = hold(number, unit, month, turn, suppliers, rng);
            spending.deals.extend(Deal::of_tender(&tender));
            spending.tenders.push(tender);
        }
    }
}

/// An honest tender.
pub fn hold(
    number: String,
    unit: usize,
    month: i32,
    turn: usize,
    suppliers: &Suppliers,
    rng: &mut Rng,
) -> Tender {
    let title = TITLES[rng.index(TITLES.len())];
    let budget = rng.range(60, 480) * 1_000_000;
    let published = time::at(time::day_in(month, 1 + rng.below(27)), 9 * 60 + rng.range(0, 400));
    let method = ["公开招标", "公开招标", "竞争性磋商", "竞争性谈判"][rng.index(4)];
    let mut bids: Vec<Bid> = (0..rng.range(3, 5) as usize)
        .map(|place| {
            let turn = turn + place;
            let company = if title.1 == "工程" { suppliers.builder(turn) } else { suppliers.seller(turn) };
            let submitted =
                published + chrono::TimeDelta::minutes(19 * 1_440 + rng.range(0, 1_300) + place as i64 * 45);
            let fen = budget / 1_000 * rng.range(880, 985);
            Bid { company, fen, submitted, traces: traces(company), likeness: rng.range(8, 45) }
        })
        .collect();
    bids.sort_by_key(|bid| (bid.fen, bid.company));
    bids.dedup_by_key(|bid| bid.company);
    Tender { number, unit, title, method, budget, published, bids }
}

impl Tender {
    /// When bids had to be in.
    pub fn deadline(&self) -> NaiveDateTime {
        self.published + chrono::TimeDelta::minutes(21 * 1_440)
    }

    /// When the award was announced, if by today.
    pub fn awarded(&self) -> Option<NaiveDateTime> {
        let day = self.published + chrono::TimeDelta::minutes(26 * 1_440);
        (day.date() <= time::today()).then_some(day)
    }
}
