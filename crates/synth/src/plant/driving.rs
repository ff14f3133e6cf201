//! Official vehicles on the road on rest days.

use gnomon_kernel::Day;

use super::Field;
use crate::{
    base::{
        calendar::{self, EXCHANGED, FEASTS},
        time,
    },
    spend::{Trip, Use, order_for},
};

const SEEN: &[&str] = &["vehicle_gps_trip", "vehicle_dispatch", "official_vehicle"];

/// Trips without an order on feasts and weekends; and on exchanged working days, within an order's slack, of a few
/// hundred metres, or by vehicles always on duty.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(18);
    // Planted and excused trips belong to different units.
    let away = vehicles(field, |used, unit| used == Use::General && unit % 2 == 1);
    let excused = vehicles(field, |used, unit| used == Use::General && unit % 2 == 0);
    let duty = vehicles(field, |used, unit| used.always_on_duty() && unit % 2 == 0);
    if away.is_empty() || excused.is_empty() || duty.is_empty() {
        return;
    }
    for turn in 0..count {
        go_out(field, away[turn % away.len()], turn);
    }
    for turn in 0..count {
        let vehicle = if turn % 4 == 3 { duty[turn % duty.len()] } else { excused[turn % excused.len()] };
        excuse(field, vehicle, turn);
    }
}

fn vehicles(field: &mut Field, fits: impl Fn(Use, usize) -> bool) -> Vec<usize> {
    let vehicles = &field.county.spending.vehicles;
    let mut found: Vec<usize> =
        (0..vehicles.len()).filter(|index| fits(vehicles[*index].used_for, vehicles[*index].unit)).collect();
    field.rng.shuffle(&mut found);
    found
}

fn trip(
    field: &mut Field,
    vehicle: usize,
    day: Day,
    minutes: i64,
    km: i64,
    stop: (&'static str, &'static str),
) -> Trip {
    // Evenings are free of everyday trips and their orders.
    let start = time::at(day, minutes);
    let trip = Trip { vehicle, start, end: start + chrono::TimeDelta::minutes(46), stop, km };
    field.county.spending.trips.push(trip.clone());
    trip
}

/// A weekend day that was certainly free, so many weeks before today.
fn free_saturday(weeks: i64) -> Day {
    let mut day = time::plus(time::day(2025, 6, 21), -7 * weeks);
    while calendar::exchanged(day) || feast_near(day) {
        day = time::plus(day, -7);
    }
    day
}

/// Whether a feast is so near that the day may count as one.
fn feast_near(day: Day) -> bool {
    FEASTS
        .iter()
        .any(|(year, month, date)| time::days_between(time::day(*year, *month, *date), day).abs() < 9)
}

fn go_out(field: &mut Field, vehicle: usize, turn: usize) {
    let (level, days): (_, Vec<Day>) = match turn % 3 {
        0 => {
            let (year, month, date) = FEASTS[field.rng.index(FEASTS.len())];
            ("red", vec![time::day(year, month, date)])
        }
        1 => {
            let first = free_saturday(10 + turn as i64 % 10);
            let days = [0, 7, 14, 21].map(|later| time::plus(first, -later));
            ("red", days.into_iter().filter(|day| !calendar::exchanged(*day)).collect())
        }
        _ => ("yellow", vec![free_saturday(2 + turn as i64 % 30)]),
    };
    let stops =
        [("碧云山景区", "景区"), ("御景花园小区", "小区"), ("临溪饭店", "饭店"), ("城南购物中心", "商场")];
    let stop = stops[turn % stops.len()];
    for day in &days {
        let minutes = 18 * 60 + field.rng.range(30, 120);
        trip(field, vehicle, *day, minutes, 2_600, stop);
    }
    let of = &field.county.spending.vehicles[vehicle];
    let (plate, code) = (of.plate.clone(), field.county.units[of.unit].code);
    let answer = field.problem(code).level(level).related([plate]).seen_in(SEEN);
    field.note(answer.says(
        format!("休息日无派车单出行{}次，停留{}", days.len(), stop.0),
        format!("{} trips on rest days without an order", days.len()),
    ));
}

fn excuse(field: &mut Field, vehicle: usize, turn: usize) {
    let saturday = free_saturday(3 + turn as i64 % 30);
    let (zh, en) = match turn % 4 {
        0 => {
            let (year, month, date) = EXCHANGED[turn / 4 % EXCHANGED.len()];
            trip(field, vehicle, time::day(year, month, date), 19 * 60, 1_900, ("乡镇便民服务站", "单位"));
            ("调休上班日出行", "an exchanged working day")
        }
        1 => {
            let trip = trip(field, vehicle, saturday, 19 * 60 + 20, 3_100, ("市政务服务中心", "单位"));
            let mut order = order_for(&trip, "送取文件");
            order.end = trip.start - chrono::TimeDelta::minutes(55);
            order.start = order.end - chrono::TimeDelta::hours(3);
            field.county.spending.dispatches.push(order);
            ("派车单计划时间后一小时内返回", "back within an hour after the planned time")
        }
        2 => {
            trip(field, vehicle, saturday, 19 * 60 + 40, 120, ("机关停车场", "单位"));
            ("仅挪车一公里余", "moved the car by little more than a kilometre")
        }
        _ => {
            trip(field, vehicle, saturday, 20 * 60, 4_700, ("水库施工现场", "工作现场"));
            ("应急、执法车辆值班出行", "a vehicle for emergencies or enforcement on duty")
        }
    };
    let of = &field.county.spending.vehicles[vehicle];
    let answer = field.look_alike(field.county.units[of.unit].code).related([of.plate.clone()]).seen_in(SEEN);
    field.note(answer.says(zh, en));
}
