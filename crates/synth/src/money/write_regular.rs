//! Lists of pensions, old-age allowances, farmland subsidies and public welfare posts.

use super::{Grant, PayList, Programme, lists, pensions};
use crate::{
    SynthError,
    base::{rng::mix, time},
    county::County,
    write::{
        Column, Dept, Format,
        Kind::{Account, Code, Date, Id, Money, Month, Name, Number, Text, Word},
        Table, col, req,
    },
};

pub const LISTS: [PayList; 5] = [
    PayList {
        dataset: "elderly_allowance_payment",
        dept: Dept::Civil,
        name: "高龄津贴发放",
        columns: ELDERLY,
        format: Format::Csv,
        programmes: &[Programme::Elderly],
        corrected: Some(30),
        row: elderly,
    },
    PayList {
        dataset: "resident_pension_payment",
        dept: Dept::Labour,
        name: "城乡居民养老保险待遇发放",
        columns: RESIDENT,
        format: Format::Csv,
        programmes: &[Programme::ResidentPension],
        corrected: Some(33),
        row: resident,
    },
    PayList {
        dataset: "employee_pension_payment",
        dept: Dept::Labour,
        name: "职工养老待遇发放",
        columns: EMPLOYEE,
        format: Format::Csv,
        programmes: &[Programme::EmployeePension],
        corrected: None,
        row: employee,
    },
    PayList {
        dataset: "farm_subsidy_payment",
        dept: Dept::Farming,
        name: "耕地地力保护补贴发放",
        columns: LAND,
        format: Format::Csv,
        programmes: &[Programme::LandFertility],
        corrected: Some(28),
        row: land,
    },
    PayList {
        dataset: "public_welfare_post",
        dept: Dept::Labour,
        name: "公益性岗位补贴",
        columns: POSTS,
        format: Format::Xlsx,
        programmes: &[Programme::PublicPost],
        corrected: None,
        row: post,
    },
];

const ELDERLY: &[Column] = &[
    req(Id, &["身份证号", "老人身份证号", "公民身份号码"]),
    col(Name, &["姓名", "老人姓名"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Month, &["发放月份", "所属月份", "年月"]),
    col(Word, &["年龄段", "津贴档次", "享受档次"]),
    req(Money, &["津贴金额", "发放金额"]),
    col(Account, &["银行账号", "银行卡号", "一卡通账号"]),
    col(Id, &["开户人身份证号", "持卡人身份证号"]),
    col(Name, &["开户人姓名", "户名"]),
    col(Date, &["发放日期", "支付日期"]),
    col(Code, &["发放批次号", "批次"]),
    col(Date, &["首次申请日期", "申请日期"]),
];

const RESIDENT: &[Column] = &[
    req(Id, &["身份证号", "公民身份号码", "证件号码"]),
    col(Name, &["姓名", "人员姓名"]),
    col(Code, &["行政区划代码", "区划编码"]),
    req(Month, &["发放月份", "所属期"]),
    col(Money, &["基础养老金"]),
    col(Money, &["个人账户养老金"]),
    req(Money, &["养老金合计", "发放金额"]),
    col(Account, &["社保卡银行账号", "银行账号"]),
    col(Id, &["开户人身份证号"]),
    col(Name, &["户名", "开户人姓名"]),
    col(Date, &["发放日期", "打卡日期"]),
    col(Code, &["发放批次号", "批次号"]),
    col(Date, &["资格认证日期", "认证日期"]),
];

const EMPLOYEE: &[Column] = &[
    req(Id, &["身份证号", "居民身份证号码"]),
    col(Name, &["姓名"]),
    col(Code, &["行政区划代码"]),
    col(Word, &["险种", "养老保险类型"]),
    req(Month, &["发放月份", "发放年月"]),
    req(Money, &["养老金", "发放金额"]),
    col(Account, &["银行账号", "卡号"]),
    col(Id, &["开户人身份证号"]),
    col(Date, &["发放日期", "支付日期"]),
    col(Date, &["资格认证日期", "最近认证日期"]),
];

const LAND: &[Column] = &[
    req(Id, &["农户身份证号", "补贴对象身份证号"]),
    col(Name, &["农户姓名", "补贴对象"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Number, &["补贴年度", "年度"]),
    req(Code, &["补贴项目代码", "项目代码"]),
    col(Text, &["种植作物", "作物品种"]),
    col(Number, &["补贴面积(亩)", "申报面积"]),
    req(Money, &["补贴金额", "发放金额"]),
    col(Account, &["一卡通账号", "银行账号"]),
    col(Id, &["开户人身份证号"]),
    col(Name, &["户名", "开户人姓名"]),
    col(Date, &["发放日期", "打卡日期"]),
    col(Code, &["发放批次号", "批次号"]),
];

const POSTS: &[Column] = &[
    req(Id, &["身份证号"]).under("上岗人员"),
    col(Name, &["姓名"]).under("上岗人员"),
    col(Code, &["用人单位信用代码"]),
    col(Text, &["岗位名称"]),
    col(Code, &["行政区划代码"]),
    req(Month, &["发放月份", "所属月份"]),
    req(Money, &["岗位补贴"]),
    col(Money, &["社保补贴"]),
    col(Number, &["出勤天数"]),
    col(Account, &["银行账号"]).under("领取账户"),
    col(Id, &["开户人身份证号"]).under("领取账户"),
    col(Date, &["发放日期"]),
    col(Date, &["上岗日期"]),
];

fn elderly(
    county: &County,
    table: &mut Table,
    grant: &Grant,
    month: i32,
    wrong: i64,
) -> Result<(), SynthError> {
    let (fen, band) = pensions::elderly_allowance(&county.people, grant.person, month);
    lists::recipient(county, table, grant);
    lists::region(county, table, grant);
    table.month(month).text(band).money(fen + wrong);
    lists::account(county, table, grant, true);
    table.date(grant.pay_day(month));
    lists::batch(table, "GL", grant, month);
    table.date_or_empty(grant.applied).end_row()
}

/// The basic part rises every July.
fn basic_pension(month: i32) -> i64 {
    12_300 + i64::from((month + 6) / 12) * 500
}

fn resident(
    county: &County,
    table: &mut Table,
    grant: &Grant,
    month: i32,
    wrong: i64,
) -> Result<(), SynthError> {
    let basic = basic_pension(month);
    lists::recipient(county, table, grant);
    lists::region(county, table, grant);
    table.month(month).money(basic).money(grant.fen).money(basic + grant.fen + wrong);
    lists::account(county, table, grant, true);
    table.date(grant.pay_day(month));
    lists::batch(table, "JM", grant, month);
    table.date(certified(grant, month)).end_row()
}

fn employee(
    county: &County,
    table: &mut Table,
    grant: &Grant,
    month: i32,
    wrong: i64,
) -> Result<(), SynthError> {
    lists::recipient(county, table, grant);
    lists::region(county, table, grant);
    let public = mix(grant.person.index() as u64).is_multiple_of(4);
    table.text(if public { "机关事业养老" } else { "企业职工养老" });
    table.month(month).money(grant.fen + wrong);
    lists::account(county, table, grant, false);
    table.date(grant.pay_day(month)).date(certified(grant, month)).end_row()
}

/// Proof of life is given once a year, in a month that depends on the person.
fn certified(grant: &Grant, month: i32) -> gnomon_kernel::Day {
    let spread = mix(grant.person.index() as u64);
    let due = (spread % 12) as i32;
    time::day_in(month - (month - due).rem_euclid(12), 1 + (spread >> 8) as u32 % 28)
}

fn land(county: &County, table: &mut Table, grant: &Grant, month: i32, wrong: i64) -> Result<(), SynthError> {
    lists::recipient(county, table, grant);
    lists::region(county, table, grant);
    let crop = ["水稻", "玉米", "油菜", "小麦"][(mix(grant.person.index() as u64) % 4) as usize];
    table.int(i64::from(time::yyyymm(month) / 100)).code("land_fertility").text(crop);
    table.hundredths(i64::from(grant.detail)).money(grant.fen + wrong);
    lists::account(county, table, grant, true);
    table.date(grant.pay_day(month));
    lists::batch(table, "GD", grant, month);
    table.end_row()
}

fn post(county: &County, table: &mut Table, grant: &Grant, month: i32, wrong: i64) -> Result<(), SynthError> {
    lists::recipient(county, table, grant);
    let village = grant.paying_village(&county.people);
    let spread = mix(grant.person.index() as u64);
    table.code(county.township_office(village).code.as_str());
    table.text(["乡村保洁员", "公路养护员", "护河员", "村级协管员"][(spread % 4) as usize]);
    lists::region(county, table, grant);
    table.month(month).money(grant.fen + wrong).money(40_000).int(20 + (spread >> 4) as i64 % 3);
    lists::account(county, table, grant, false);
    table.date(grant.pay_day(month)).date(time::day_in(grant.from, 1)).end_row()
}
