//! Files of the market administration and the insurance contributions of companies' staff.

use super::{Company, Spell};
use crate::{
    SynthError,
    base::{rng::mix, time},
    county::County,
    place,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Code, Date, Id, Money, Month, Name, Note, Number, Phone, Text, Word},
        Office, Table, col, req,
    },
};

const REGISTER: &[Column] = &[
    req(Code, &["统一社会信用代码", "社会信用代码"]),
    req(Text, &["企业名称", "市场主体名称"]),
    col(Id, &["法定代表人身份证号", "法定代表人证件号码"]),
    col(Name, &["法定代表人", "法定代表人姓名"]),
    col(Code, &["登记机关区划代码", "行政区划代码"]),
    col(Text, &["住所", "注册地址"]),
    col(Phone, &["联系电话", "手机号码"]),
    col(Text, &["电子邮箱", "企业邮箱"]),
    col(Number, &["注册资本(万元)"]),
    col(Date, &["成立日期", "设立日期"]),
    col(Date, &["注销日期", "吊销日期"]),
    col(Word, &["登记状态", "经营状态"]),
    col(Note, &["经营范围"]),
    col(Code, &["行业代码", "国民经济行业代码"]),
];

const SHARES: &[Column] = &[
    req(Code, &["统一社会信用代码", "企业信用代码"]),
    col(Id, &["股东身份证号", "自然人股东证件号码"]),
    col(Code, &["法人股东信用代码", "机构股东信用代码"]),
    col(Number, &["持股比例(%)", "出资比例"]),
    col(Date, &["出资日期", "入股日期"]),
    col(Date, &["退出日期", "退股日期"]),
];

const OFFICERS: &[Column] = &[
    req(Code, &["企业统一社会信用代码", "统一社会信用代码"]),
    req(Id, &["身份证号", "证件号码"]),
    col(Name, &["姓名"]),
    col(Word, &["任职职务", "职务"]),
    col(Date, &["任职起始日期", "任职日期"]),
    col(Date, &["任职终止日期", "免职日期"]),
];

const CONTRIBUTIONS: &[Column] = &[
    req(Id, &["身份证号码", "公民身份号码", "证件号码"]),
    col(Name, &["姓名", "人员姓名"]),
    col(Code, &["参保单位信用代码"]),
    col(Text, &["参保单位名称", "缴费单位"]),
    col(Code, &["参保地区划代码"]),
    req(Word, &["险种", "险种类型"]),
    req(Month, &["费款所属期", "缴费月份"]),
    col(Money, &["缴费基数"]),
    col(Money, &["缴费金额", "实缴金额"]),
    col(Word, &["缴费类型", "缴费方式"]),
];

/// Writes the company registers and the contributions.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_register(county, office)?;
    write_roles(county, office)?;
    for (first, last) in time::half_years() {
        write_contributions(county, office, first, last)?;
    }
    Ok(())
}

fn write_register(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let mut table =
        office.begin(FileSpec::csv("enterprise_register", Dept::Market, "企业登记信息", REGISTER))?;
    for (index, company) in county.companies.iter().enumerate() {
        let owner = company.legal_rep();
        let village = &county.place.villages[company.village];
        table.code(company.code.as_str()).text(&company.name);
        table.id_or_empty(owner.map(|owner| &county.people[owner].id));
        table.text_with(|out| {
            if let Some(owner) = owner {
                county.people[owner].name.push_to(out);
            }
        });
        table.code(place::as_text(&place::Place::county_code())).text_with(|out| {
            out.push_str(&format!(
                "砚溪县{}{}{}号",
                county.place.township_of(company.village).name,
                village.name,
                index + 1
            ));
        });
        table.phone(owner.map_or(index as u32, |owner| county.people.phone(owner)));
        table.text_with(|out| out.push_str(&format!("co{index}@mail.example")));
        table.int(company.capital).date(company.established).date_or_empty(company.cancelled);
        let (scope, industry) = company.scope();
        table
            .text(if company.cancelled.is_some() { "注销" } else { "存续" })
            .text(scope)
            .code(industry)
            .end_row()?;
    }
    office.end(table)
}

fn write_roles(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("enterprise_shareholder", Dept::Market, "企业股东出资信息", SHARES);
    let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
    for company in &county.companies {
        for share in &company.shares {
            table.code(company.code.as_str()).id(&county.people[share.person].id).empty();
            table.hundredths(share.basis_points).date(share.from).date_or_empty(share.to).end_row()?;
        }
    }
    office.end(table)?;
    let spec = FileSpec::csv("enterprise_officer", Dept::Market, "企业主要人员信息", OFFICERS);
    let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
    for company in &county.companies {
        for stake in &company.stakes {
            let person = &county.people[stake.person];
            table.code(company.code.as_str()).id(&person.id).text_with(|out| person.name.push_to(out));
            table.text(stake.role.word()).date(stake.from).date_or_empty(stake.to).end_row()?;
        }
    }
    office.end(table)
}

fn write_contributions(
    county: &County,
    office: &mut Office,
    first: i32,
    last: i32,
) -> Result<(), SynthError> {
    let name = format!("社会保险缴费明细_{}", time::half_year_name(first));
    let spec = FileSpec::csv("social_insurance_contribution", Dept::Labour, name, CONTRIBUTIONS);
    let mut table = office.begin(spec.dirt(Dirt::MACHINE).months(first, last))?;
    for month in first..=last {
        for spell in
            county.spells.iter().filter(|spell| (i32::from(spell.from)..i32::from(spell.to)).contains(&month))
        {
            let company = &county.companies[spell.company as usize];
            contribution(county, &mut table, spell, company, ("企业职工基本养老保险", 24), month)?;
            if mix(spell.person.index() as u64 + 99).is_multiple_of(2) {
                contribution(county, &mut table, spell, company, ("职工基本医疗保险", 10), month)?;
            }
        }
    }
    office.end(table)
}

fn contribution(
    county: &County,
    table: &mut Table,
    spell: &Spell,
    company: &Company,
    kind: (&str, i64),
    month: i32,
) -> Result<(), SynthError> {
    let person = &county.people[spell.person];
    table
        .id(&person.id)
        .text_with(|out| person.name.push_to(out))
        .code(company.code.as_str())
        .text(&company.name);
    table.code("870121000000").text(kind.0).month(month);
    table.money(i64::from(spell.base)).money(i64::from(spell.base) * kind.1 / 100).text("单位缴费").end_row()
}
