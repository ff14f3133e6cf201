use chrono::NaiveDateTime;

use super::Spending;
use crate::{
    base::{Rng, calendar, time},
    work::Unit,
};

/// The use a vehicle is registered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    General,
    Confidential,
    Emergency,
    Enforcement,
}

impl Use {
    /// The word in the register.
    pub fn word(self) -> &'static str {
        match self {
            Use::General => "一般公务用车",
            Use::Confidential => "机要通信用车",
            Use::Emergency => "应急保障用车",
            Use::Enforcement => "执法执勤用车",
        }
    }

    /// Whether it may be on the road at any time.
    pub fn always_on_duty(self) -> bool {
        matches!(self, Use::Emergency | Use::Enforcement)
    }
}

/// An official vehicle.
#[derive(Debug, Clone)]
pub struct Vehicle {
    /// Plate.
    pub plate: String,
    /// Index of the unit.
    pub unit: usize,
    /// Registered use.
    pub used_for: Use,
    /// Model.
    pub model: &'static str,
}

/// A trip that the positioning device recorded.
#[derive(Debug, Clone)]
pub struct Trip {
    /// Index of the vehicle.
    pub vehicle: usize,
    /// Ignition on and off.
    pub start: NaiveDateTime,
    /// Ignition off.
    pub end: NaiveDateTime,
    /// Place and sort of the longest stop.
    pub stop: (&'static str, &'static str),
    /// Distance in hundredths of a kilometre.
    pub km: i64,
}

/// An order that sends a vehicle out.
#[derive(Debug, Clone)]
pub struct Dispatch {
    /// Index of the vehicle.
    pub vehicle: usize,
    /// Planned leaving.
    pub start: NaiveDateTime,
    /// Planned return.
    pub end: NaiveDateTime,
    /// What for.
    pub purpose: &'static str,
}

const MODELS: [&str; 4] = ["远行牌YX7150", "砚驰牌YC6480", "澜途牌LT5030", "霁越牌JY7200"];
const STOPS: [(&str, &str); 5] = [
    ("市政务服务中心", "单位"),
    ("乡镇便民服务站", "单位"),
    ("水库施工现场", "工作现场"),
    ("村委会", "单位"),
    ("市人民医院", "医院"),
];
const PURPOSES: [&str; 5] = ["赴市里开会", "下乡调研", "项目现场检查", "送取文件", "走访慰问"];
/// The trips of the last twelve months are on record.
pub const FIRST_MONTH: i32 = time::MONTHS - 12;

/// Two or three vehicles for each unit.
pub fn register(spending: &mut Spending, units: &[Unit], rng: &mut Rng) {
    for unit in 0..units.len() {
        for _ in 0..rng.range(2, 3) {
            let used_for = match rng.below(10) {
                0..7 => Use::General,
                7 => Use::Confidential,
                8 => Use::Emergency,
                _ => Use::Enforcement,
            };
            let plate = plate(spending.vehicles.len());
            spending.vehicles.push(Vehicle { plate, unit, used_for, model: MODELS[rng.index(MODELS.len())] });
        }
    }
}

/// Plates count up through letters and digits.
fn plate(index: usize) -> String {
    const SIGNS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut rest = index * 379 + 20_011;
    let mut tail = [b'0'; 5];
    for place in tail.iter_mut().rev() {
        *place = SIGNS[rest % SIGNS.len()];
        rest /= SIGNS.len();
    }
    format!("澜A{}", String::from_utf8_lossy(&tail))
}

/// A month of honest driving of one vehicle: on days when offices may be closed, only with an order.
pub fn drive(vehicle: usize, used_for: Use, month: i32, rng: &mut Rng) -> Vec<(Trip, Option<Dispatch>)> {
    let count = rng.range(14, 22);
    (0..count)
        .map(|turn| {
            // Trips of a month follow each other; their orders never cover a neighbour.
            let day = time::day_in(month, 1 + (turn * 28 / count) as u32);
            let minutes = 8 * 60 + 20 + rng.range(0, 300);
            let start = time::at(day, minutes);
            let end = time::at(day, minutes + rng.range(25, 190));
            let trip =
                Trip { vehicle, start, end, stop: STOPS[rng.index(STOPS.len())], km: rng.range(300, 9_000) };
            let needs_order = calendar::may_rest(day) && !used_for.always_on_duty();
            let order = (needs_order || rng.per_mille(600))
                .then(|| order_for(&trip, PURPOSES[rng.index(PURPOSES.len())]));
            (trip, order)
        })
        .collect()
}

/// An order that covers a trip.
pub fn order_for(trip: &Trip, purpose: &'static str) -> Dispatch {
    let wide = chrono::TimeDelta::minutes(20);
    Dispatch { vehicle: trip.vehicle, start: trip.start - wide, end: trip.end + wide, purpose }
}
