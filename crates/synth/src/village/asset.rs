use gnomon_kernel::Day;

use super::Villages;
use crate::base::{Rng, time};

/// The result of one stocktake of an asset.
#[derive(Debug, Clone, Copy)]
pub struct Stocktake {
    /// When.
    pub day: Day,
    /// Whether it was found as booked.
    pub matches: bool,
}

/// Something a collective owns.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Number.
    pub number: String,
    /// Village.
    pub village: usize,
    /// Name.
    pub name: &'static str,
    /// Category, as the register names it.
    pub category: &'static str,
    /// Acquired.
    pub acquired: Day,
    /// Original value in fen.
    pub value: i64,
    /// Floor area in hundredths of a square metre.
    pub area: i64,
    /// Use, as the register names it.
    pub use_status: &'static str,
    /// Stocktakes.
    pub stocktakes: Vec<Stocktake>,
}

const KINDS: [(&str, &str, i64); 8] = [
    ("沿街商铺", "房屋", 26_000_000),
    ("标准厂房", "厂房", 82_000_000),
    ("旧村部办公楼", "房屋", 41_000_000),
    ("冷库", "房屋", 55_000_000),
    ("农机停放棚", "房屋", 9_000_000),
    ("收割机", "设备", 12_000_000),
    ("灌溉泵站", "基础设施", 18_000_000),
    ("仓库", "房屋", 21_000_000),
];
/// How many of a village's assets are buildings that can be let.
pub const LETTABLE: usize = 20;
const OWNED: usize = 34;

/// The assets of one village, counted at the end of each year.
pub fn acquire(villages: &mut Villages, village: usize, rng: &mut Rng) {
    for rank in 0..OWNED {
        let lettable = [0, 1, 2, 3, 7][rank % 5];
        let (name, category, value) = KINDS[if rank < LETTABLE { lettable } else { 4 + rank % 3 }];
        let acquired = time::plus(time::day(2006, 4, 1), rng.range(0, 4_700));
        let stocktakes = [time::day(2022, 12, 12), time::day(2023, 12, 11), time::day(2024, 12, 10)];
        villages.assets.push(Asset {
            number: format!("ZC{:04}{:03}", village + 1, rank + 1),
            village,
            name,
            category,
            acquired,
            value: value + rng.range(0, 400) * 10_000,
            area: rng.range(60, 900) * 100,
            use_status: "自用",
            stocktakes: stocktakes
                .map(|day| Stocktake { day: time::plus(day, rng.range(0, 12)), matches: true })
                .to_vec(),
        });
    }
}
