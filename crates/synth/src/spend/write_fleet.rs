//! Vehicles, trips and orders.

use super::{
    Dispatch, Trip,
    files::Staff,
    fleet::{self, FIRST_MONTH},
};
use crate::{
    SynthError,
    base::{Rng, rng::mix, time},
    county::County,
    place,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Code, Date, Id, Moment, Money, Number, Text, Word},
        Office, Table, col, req,
    },
};

const VEHICLES: &[Column] = &[
    req(Code, &["车牌号码", "号牌号码"]),
    req(Code, &["使用单位信用代码", "车辆单位信用代码"]),
    col(Word, &["车辆用途", "用途分类"]),
    col(Text, &["品牌型号", "厂牌型号"]),
    col(Word, &["燃料类型", "动力类型"]),
    col(Number, &["油箱容积(升)"]),
    col(Number, &["百公里油耗"]),
    col(Code, &["行政区划代码"]),
    col(Word, &["车辆状态"]),
    col(Date, &["入编日期"]),
    col(Money, &["购置价值", "车辆原值"]),
    col(Code, &["定位终端编号", "北斗终端号"]),
];

const TRIPS: &[Column] = &[
    req(Code, &["行程编号", "轨迹编号"]),
    req(Code, &["车牌号", "号牌号码"]),
    col(Code, &["使用单位信用代码"]),
    req(Moment, &["点火时间", "行程开始时间"]),
    req(Moment, &["熄火时间", "行程结束时间"]),
    col(Text, &["起点坐标", "起点经纬度"]),
    col(Text, &["终点坐标", "终点经纬度"]),
    col(Code, &["停留地区划代码"]),
    col(Text, &["最长停留地点"]),
    col(Word, &["停留地点类型"]),
    col(Number, &["停留时长(分钟)", "停留分钟数"]),
    col(Number, &["行驶里程(公里)", "行驶公里数"]),
    col(Number, &["怠速时长(分钟)", "怠速分钟数"]),
    col(Word, &["终端是否在线", "全程在线"]),
];

const ORDERS: &[Column] = &[
    req(Code, &["派车单号", "派车单编号"]),
    req(Code, &["车牌号", "车牌号码"]),
    col(Code, &["用车单位信用代码"]),
    col(Id, &["驾驶员身份证号"]),
    col(Id, &["用车人身份证号"]),
    col(Text, &["用车事由", "出车事由"]),
    req(Moment, &["计划出车时间", "用车开始时间"]),
    req(Moment, &["计划收车时间", "用车结束时间"]),
    col(Code, &["目的地区划代码"]),
    col(Id, &["审批人身份证号"]),
    col(Moment, &["审批时间"]),
];

pub fn write(county: &County, office: &mut Office, staff: &Staff) -> Result<(), SynthError> {
    write_vehicles(county, office)?;
    let mut rng = Rng::new(county.seed, "trips");
    let mut numbers = (0, 0);
    for first in [FIRST_MONTH, FIRST_MONTH + 6] {
        let half = (first, first + 5);
        let (trips, orders) = half_year(county, half, &mut rng);
        let name = time::half_year_name(first);
        let trip_spec =
            FileSpec::csv("vehicle_gps_trip", Dept::Offices, format!("公务用车行驶轨迹_{name}"), TRIPS);
        let mut table = office.begin(trip_spec.months(half.0, half.1).dirt(Dirt::MACHINE))?;
        for trip in &trips {
            numbers.0 += 1;
            write_trip(county, &mut table, trip, numbers.0)?;
        }
        office.end(table)?;
        let order_spec =
            FileSpec::csv("vehicle_dispatch", Dept::Offices, format!("公务用车派车单_{name}"), ORDERS);
        let mut table = office.begin(order_spec.months(half.0, half.1).dirt(Dirt::MACHINE))?;
        for order in &orders {
            numbers.1 += 1;
            write_order(county, &mut table, staff, order, numbers.1)?;
        }
        office.end(table)?;
    }
    Ok(())
}

fn half_year(county: &County, (first, last): (i32, i32), rng: &mut Rng) -> (Vec<Trip>, Vec<Dispatch>) {
    let (mut trips, mut orders) = (Vec::new(), Vec::new());
    for month in first..=last {
        for (index, vehicle) in county.spending.vehicles.iter().enumerate() {
            for (trip, order) in fleet::drive(index, vehicle.used_for, month, rng) {
                trips.push(trip);
                orders.extend(order);
            }
        }
    }
    let within = |moment: chrono::NaiveDateTime| (first..=last).contains(&time::month_of(moment.date()));
    trips.extend(county.spending.trips.iter().filter(|trip| within(trip.start)).cloned());
    orders.extend(county.spending.dispatches.iter().filter(|order| within(order.start)).cloned());
    trips.sort_by_key(|trip| (trip.start, trip.vehicle));
    orders.sort_by_key(|order| (order.start, order.vehicle));
    (trips, orders)
}

fn write_vehicles(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("official_vehicle", Dept::Offices, "公务用车登记", VEHICLES).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    for (index, vehicle) in county.spending.vehicles.iter().enumerate() {
        let unit = &county.units[vehicle.unit];
        let spread = mix(index as u64);
        table.code(&vehicle.plate).code(unit.code.as_str()).text(vehicle.used_for.word()).text(vehicle.model);
        table
            .text(if spread.is_multiple_of(4) { "柴油" } else { "汽油" })
            .int(55)
            .hundredths(780 + (spread % 200) as i64);
        table.code(place::as_text(&unit.region)).text("在用").date(time::day(
            2017 + (spread % 6) as i32,
            5,
            9,
        ));
        table
            .money(14_800_000 + (spread % 40) as i64 * 100_000)
            .code_with(|out| out.push_str(&format!("BD{:06}", index + 1)));
        table.end_row()?;
    }
    office.end(table)
}

fn write_trip(county: &County, table: &mut Table, trip: &Trip, number: u32) -> Result<(), SynthError> {
    let vehicle = &county.spending.vehicles[trip.vehicle];
    let unit = &county.units[vehicle.unit];
    let spread = mix(u64::from(number));
    let push_place = |out: &mut String, shift: u64| {
        out.push_str(&format!(
            "118.{:05},29.{:05}",
            (spread >> shift) % 40_000,
            (spread >> (shift + 16)) % 40_000
        ));
    };
    let minutes = trip.end.signed_duration_since(trip.start).num_minutes();
    table
        .code_with(|out| out.push_str(&format!("XC{number:08}")))
        .code(&vehicle.plate)
        .code(unit.code.as_str());
    table
        .moment(trip.start)
        .moment(trip.end)
        .text_with(|out| push_place(out, 0))
        .text_with(|out| push_place(out, 24));
    table
        .code(place::as_text(&unit.region))
        .text(trip.stop.0)
        .text(trip.stop.1)
        .int(minutes / 3)
        .hundredths(trip.km);
    table.int(minutes / 12).yes(true).end_row()
}

fn write_order(
    county: &County,
    table: &mut Table,
    staff: &Staff,
    order: &Dispatch,
    number: u32,
) -> Result<(), SynthError> {
    let vehicle = &county.spending.vehicles[order.vehicle];
    let unit = &county.units[vehicle.unit];
    let id = |turn: usize| staff.member(vehicle.unit, turn).map(|person| &county.people[person].id);
    table
        .code_with(|out| out.push_str(&format!("PC{number:07}")))
        .code(&vehicle.plate)
        .code(unit.code.as_str());
    table
        .id_or_empty(id(3))
        .id_or_empty(id(number as usize))
        .text(order.purpose)
        .moment(order.start)
        .moment(order.end);
    table.code("870102000000").id_or_empty(id(0));
    table.moment(order.start - chrono::TimeDelta::hours(14)).end_row()
}
