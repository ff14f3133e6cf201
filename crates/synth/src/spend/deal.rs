use gnomon_kernel::Day;

use super::{Spending, Tender};
use crate::{
    base::{Rng, time},
    village::Suppliers,
    work::Unit,
};

/// A contract of a unit with a supplier.
#[derive(Debug, Clone)]
pub struct Deal {
    /// Number.
    pub number: String,
    /// Number of its tender, when there was one.
    pub tender: Option<String>,
    /// Index of the buying unit.
    pub unit: usize,
    /// Index of the supplier among the companies.
    pub supplier: usize,
    /// Title and category.
    pub title: (&'static str, &'static str),
    /// Amount in fen.
    pub fen: i64,
    /// How it came about, as the finance bureau names it.
    pub method: &'static str,
    /// Signed.
    pub signed: Day,
}

const TITLES: [(&str, &str); 5] = [
    ("办公设备采购合同", "货物"),
    ("印刷服务合同", "服务"),
    ("宣传品制作合同", "服务"),
    ("办公家具采购合同", "货物"),
    ("零星维修合同", "工程"),
];
const METHODS: [&str; 3] = ["直接采购", "询价", "网上商城"];
const PER_UNIT: usize = 14;

impl Deal {
    /// The contract that follows an award.
    pub fn of_tender(tender: &Tender) -> Option<Deal> {
        let winner = tender.bids.first()?;
        let signed = time::plus(tender.awarded()?.date(), 9);
        (signed <= time::today()).then(|| Deal {
            number: format!("CG{}", &tender.number[2..]),
            tender: Some(tender.number.clone()),
            unit: tender.unit,
            supplier: winner.company,
            title: tender.title,
            fen: winner.fen,
            method: tender.method,
            signed,
        })
    }
}

/// Small contracts without a tender, each with another supplier.
pub fn buy_directly(spending: &mut Spending, units: &[Unit], suppliers: &Suppliers, rng: &mut Rng) {
    for unit in 0..units.len() {
        for rank in 0..PER_UNIT {
            let signed = time::day_in((rank * 35 / PER_UNIT) as i32, 1 + rng.below(28));
            spending.deals.push(Deal {
                number: format!("ZC{:03}-{:03}", unit + 1, rank + 1),
                tender: None,
                unit,
                supplier: suppliers.seller(unit * 19 + rank),
                title: TITLES[rng.index(TITLES.len())],
                fen: rng.range(50, 800) * 10_000,
                method: METHODS[rng.index(METHODS.len())],
                signed,
            });
        }
    }
}
