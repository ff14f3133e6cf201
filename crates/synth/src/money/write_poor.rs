//! Lists of the civil affairs bureau for those in need.

use super::{Case, Grant, PayList, Programme, lists};
use crate::{
    SynthError,
    base::rng::mix,
    county::County,
    place,
    write::{
        Column, Dept, FileSpec, Format,
        Kind::{Account, Code, Date, Id, Money, Month, Name, Number, Text, Word},
        Office, Table, col, req,
    },
};

pub const LISTS: [PayList; 4] = [
    PayList {
        dataset: "subsistence_allowance_payment",
        dept: Dept::Civil,
        name: "低保金发放",
        columns: DIBAO,
        format: Format::Csv,
        programmes: &[Programme::Dibao],
        corrected: Some(32),
        row: dibao,
    },
    PayList {
        dataset: "extreme_poverty_payment",
        dept: Dept::Civil,
        name: "特困供养资金发放",
        columns: EXTREME,
        format: Format::Xlsx,
        programmes: &[Programme::ExtremePoverty],
        corrected: None,
        row: extreme_poverty,
    },
    PayList {
        dataset: "disabled_two_subsidy_payment",
        dept: Dept::Civil,
        name: "残疾人两项补贴发放",
        columns: DISABLED,
        format: Format::Csv,
        programmes: &[Programme::Living, Programme::Nursing],
        corrected: None,
        row: disabled,
    },
    PayList {
        dataset: "children_in_distress_payment",
        dept: Dept::Civil,
        name: "困境儿童基本生活费发放",
        columns: CHILDREN,
        format: Format::Xlsx,
        programmes: &[Programme::Orphan],
        corrected: None,
        row: child,
    },
];

const MEMBERS: &[Column] = &[
    req(Code, &["低保证号", "低保编号"]),
    col(Id, &["申请人身份证号"]),
    col(Code, &["户号", "家庭户号"]),
    req(Id, &["家庭成员身份证号", "保障对象身份证号"]),
    col(Name, &["成员姓名", "家庭成员姓名"]),
    col(Code, &["行政区划代码", "区划代码"]),
    col(Word, &["低保类别", "保障类别"]),
    col(Number, &["保障人数"]),
    col(Money, &["家庭月人均收入", "月人均收入"]),
    req(Date, &["批准日期", "审核确认日期"]),
    col(Date, &["停保日期", "停发日期"]),
    col(Text, &["停保原因", "停发原因"]),
    col(Id, &["经办人身份证号"]),
    col(Word, &["是否近亲属备案", "近亲属备案"]),
];

const DIBAO: &[Column] = &[
    col(Code, &["低保证号", "低保编号"]),
    req(Id, &["户主身份证号", "领取人身份证号"]),
    col(Name, &["户主姓名", "领取人姓名"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Month, &["发放月份", "所属月份"]),
    req(Money, &["低保金额", "保障金"]),
    col(Account, &["银行账号", "一卡通账号"]),
    col(Id, &["开户人身份证号"]),
    col(Name, &["开户人姓名", "户名"]),
    col(Date, &["发放日期", "打卡日期"]),
    col(Code, &["发放批次号", "批次号"]),
];

const EXTREME: &[Column] = &[
    col(Code, &["特困证号", "救助供养证号"]),
    req(Id, &["身份证号", "身份证号码"]).under("供养对象"),
    col(Name, &["姓名"]).under("供养对象"),
    col(Code, &["行政区划代码", "区划代码"]).under("供养对象"),
    req(Month, &["发放月份", "所属月份"]),
    col(Word, &["供养项目", "发放项目"]),
    req(Money, &["发放金额", "供养金"]),
    col(Account, &["银行账号", "一卡通账号"]).under("领取账户"),
    col(Id, &["开户人身份证号", "持卡人身份证号"]).under("领取账户"),
    col(Date, &["发放日期"]),
    col(Code, &["发放批次号", "批次号"]),
];

const DISABLED: &[Column] = &[
    req(Id, &["残疾人身份证号", "身份证号"]),
    col(Name, &["残疾人姓名", "姓名"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Month, &["发放月份", "所属月份"]),
    req(Word, &["补贴类型", "补贴类别"]),
    col(Number, &["残疾等级"]),
    col(Code, &["残疾证号", "残疾人证号"]),
    req(Money, &["补贴金额", "发放金额"]),
    col(Account, &["银行账号", "社保卡银行账号"]),
    col(Id, &["开户人身份证号"]),
    col(Name, &["开户人姓名", "户名"]),
    col(Date, &["发放日期", "发放时间"]),
    col(Code, &["批次号", "发放批次号"]),
    col(Id, &["经办人身份证号"]),
];

const CHILDREN: &[Column] = &[
    col(Code, &["儿童档案号", "困境儿童编号"]),
    req(Id, &["儿童身份证号"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Month, &["发放月份", "所属月份"]),
    req(Money, &["基本生活费", "发放金额"]),
    col(Account, &["银行账号", "银行卡号"]).under("领取账户"),
    col(Id, &["监护人身份证号", "开户人身份证号"]).under("领取账户"),
    col(Name, &["监护人姓名", "开户人姓名"]).under("领取账户"),
    col(Date, &["发放日期"]),
    col(Code, &["发放批次号", "批次号"]),
];

/// Writes the recognised members of all cases.
pub fn write_members(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("subsistence_allowance_member", Dept::Civil, "低保对象认定", MEMBERS);
    let mut table = office.begin(spec)?;
    for case in &county.cases {
        for member in &case.members {
            write_member(county, &mut table, case, *member)?;
        }
    }
    office.end(table)
}

fn write_member(
    county: &County,
    table: &mut Table,
    case: &Case,
    member: crate::people::PersonIx,
) -> Result<(), SynthError> {
    let (people, person) = (&county.people, &county.people[member]);
    table.code(&case.number).id(&people[case.applicant].id);
    table.code_with(|out| crate::people::push_household(out, person.household));
    table.id(&person.id).text_with(|out| person.name.push_to(out));
    table.code(place::as_text(&county.place.villages[case.village as usize].code));
    table
        .text(if case.urban { "城市低保" } else { "农村低保" })
        .int(case.members.len() as i64)
        .money(case.income);
    table.date(case.approved).date_or_empty(case.stopped.map(|(day, _)| day));
    table.text(case.stopped.map_or("", |(_, reason)| reason));
    table.id(&people[case.handler].id).yes(case.kin_declared).end_row()
}

fn dibao(
    county: &County,
    table: &mut Table,
    grant: &Grant,
    month: i32,
    wrong: i64,
) -> Result<(), SynthError> {
    table.code(&county.cases[grant.detail as usize].number);
    lists::recipient(county, table, grant);
    lists::region(county, table, grant);
    table.month(month).money(grant.fen + wrong);
    lists::account(county, table, grant, true);
    table.date(grant.pay_day(month));
    lists::batch(table, "DB", grant, month);
    table.end_row()
}

fn extreme_poverty(
    county: &County,
    table: &mut Table,
    grant: &Grant,
    month: i32,
    wrong: i64,
) -> Result<(), SynthError> {
    let nursing = [0, 20_000, 20_000][grant.detail as usize % 3];
    for (item, fen) in [("基本生活费", grant.fen + wrong), ("照料护理费", nursing)] {
        if fen == 0 {
            continue;
        }
        table.code_with(|out| out.push_str(&format!("TK870121{:06}", grant.person.index())));
        lists::recipient(county, table, grant);
        lists::region(county, table, grant);
        table.month(month).text(item).money(fen);
        lists::account(county, table, grant, false);
        table.date(grant.pay_day(month));
        lists::batch(table, "TK", grant, month);
        table.end_row()?;
    }
    Ok(())
}

fn disabled(
    county: &County,
    table: &mut Table,
    grant: &Grant,
    month: i32,
    wrong: i64,
) -> Result<(), SynthError> {
    lists::recipient(county, table, grant);
    lists::region(county, table, grant);
    let word = if grant.programme == Programme::Living {
        "困难残疾人生活补贴"
    } else {
        "重度残疾人护理补贴"
    };
    table.month(month).text(word).int(i64::from(grant.detail)).code_with(|out| {
        out.push_str(county.people[grant.person].id.as_str());
        out.push_str(["1", "3", "4", "5"][(mix(grant.person.index() as u64) % 4) as usize]);
        out.push_str(&grant.detail.to_string());
    });
    table.money(grant.fen + wrong);
    lists::account(county, table, grant, true);
    table.date(grant.pay_day(month));
    lists::batch(table, "CJ", grant, month);
    let handler =
        county.handlers[(mix(grant.person.index() as u64) % county.handlers.len().max(1) as u64) as usize];
    table.id(&county.people[handler].id).end_row()
}

fn child(
    county: &County,
    table: &mut Table,
    grant: &Grant,
    month: i32,
    wrong: i64,
) -> Result<(), SynthError> {
    let person = &county.people[grant.person];
    table.code_with(|out| out.push_str(&format!("ET870121{:06}", grant.person.index()))).id(&person.id);
    lists::region(county, table, grant);
    table.month(month).money(grant.fen + wrong);
    lists::account(county, table, grant, true);
    table.date(grant.pay_day(month));
    lists::batch(table, "ET", grant, month);
    table.end_row()
}
