use gnomon_kernel::Day;

use super::{Suppliers, Villages};
use crate::base::{Rng, time};

/// A public work of a village.
#[derive(Debug, Clone)]
pub struct Project {
    /// Number.
    pub number: String,
    /// Village.
    pub village: usize,
    /// Name without the village.
    pub name: &'static str,
    /// Index of the contractor among the companies.
    pub contractor: usize,
    /// Contract amount in fen.
    pub fen: i64,
    /// How it was awarded, as the ledger names it.
    pub method: &'static str,
    /// Signed.
    pub signed: Day,
    /// Accepted.
    pub accepted: Option<Day>,
}

pub const WORKS: [(&str, &str); 8] = [
    ("村道硬化工程", "道路"),
    ("灌溉渠维修工程", "水利"),
    ("文化广场建设工程", "文化设施"),
    ("路灯亮化工程", "亮化"),
    ("污水管网改造工程", "环境整治"),
    ("人居环境整治工程", "环境整治"),
    ("党群服务中心修缮工程", "房屋修缮"),
    ("山塘加固工程", "水利"),
];
const PER_VILLAGE: usize = 18;

/// Eighteen works of one village, by builders without relatives in office.
pub fn build(villages: &mut Villages, village: usize, suppliers: &Suppliers, rng: &mut Rng) {
    for rank in 0..PER_VILLAGE {
        let fen = if rng.per_mille(700) { rng.range(8, 95) } else { rng.range(100, 420) } * 100_000;
        let signed = time::day_in(rank as i32 * 2 + rng.range(0, 1) as i32, 1 + rng.below(28));
        villages.projects.push(award(
            format!("XM{:04}-{:03}", village + 1, rank + 1),
            village,
            suppliers.builder(village * 5 + rank),
            fen,
            signed,
            rng,
        ));
    }
}

/// An awarded work; from 100,000 yuan on it is traded openly.
pub fn award(
    number: String,
    village: usize,
    contractor: usize,
    fen: i64,
    signed: Day,
    rng: &mut Rng,
) -> Project {
    let method = match fen {
        10_000_000.. => "公开交易",
        5_000_000.. => "村级招标",
        _ => "询价比价",
    };
    let accepted = Some(time::plus(signed, rng.range(40, 150))).filter(|day| *day <= time::today());
    Project {
        number,
        village,
        name: WORKS[rng.index(WORKS.len())].0,
        contractor,
        fen,
        method,
        signed,
        accepted,
    }
}
