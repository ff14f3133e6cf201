//! Files of the organisation department, the finance bureau and the civil affairs bureau about public staff.

use super::{Job, Rank, StaffType};
use crate::{
    SynthError,
    base::{rng::mix, time},
    county::County,
    place,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Account, Code, Date, Id, Money, Month, Name, Number, Phone, Text, Word},
        Office, col, req,
    },
};

const ROSTER: &[Column] = &[
    req(Id, &["身份证号", "公民身份号码"]).under("基本信息"),
    col(Name, &["姓名", "人员姓名"]).under("基本信息"),
    req(Code, &["单位统一社会信用代码", "统一社会信用代码"]).under("任职信息"),
    col(Text, &["任职单位", "工作单位", "所在单位"]).under("任职信息"),
    col(Code, &["行政区划代码", "区划代码"]).under("任职信息"),
    col(Text, &["现任职务", "职务"]).under("任职信息"),
    col(Word, &["职务层次", "职级"]).under("任职信息"),
    col(Word, &["人员类别", "人员身份"]).under("任职信息"),
    col(Text, &["分管领域", "分管业务"]).under("任职信息"),
    col(Date, &["任职时间", "任职日期"]),
    col(Date, &["免职时间", "免职日期"]),
    col(Word, &["是否党员", "中共党员"]),
    col(Phone, &["联系电话", "手机号码"]),
];

const COMMITTEE: &[Column] = &[
    req(Id, &["身份证号码", "身份证号"]),
    col(Name, &["姓名"]),
    req(Code, &["村级区划代码", "村(社区)区划代码"]),
    req(Word, &["职务", "任职岗位"]),
    col(Date, &["任职日期", "当选日期"]),
    col(Date, &["离任日期", "任期结束"]),
    col(Phone, &["联系电话", "手机号"]),
];

const PAYROLL: &[Column] = &[
    req(Id, &["身份证号", "身份证号码", "公民身份号码"]),
    col(Name, &["姓名", "人员姓名"]),
    col(Code, &["单位统一社会信用代码", "发放单位信用代码"]),
    col(Text, &["单位名称", "工资发放单位"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Month, &["工资月份", "工资年月"]),
    col(Word, &["人员类别", "编制类型"]),
    col(Money, &["基本工资", "基础工资"]),
    col(Money, &["津贴补贴", "津补贴"]),
    col(Money, &["奖金", "绩效"]),
    req(Money, &["应发合计", "应发工资"]),
    col(Money, &["公务交通补贴", "车补"]),
    col(Account, &["工资账号", "银行账号"]),
];

const UNITS: &[Column] = &[
    req(Code, &["统一社会信用代码", "单位信用代码"]),
    req(Text, &["预算单位名称", "单位名称"]),
    col(Code, &["行政区划代码", "区划代码"]),
    col(Word, &["单位性质", "单位类型"]),
    col(Code, &["主管部门信用代码"]),
    col(Number, &["编制人数", "核定编制数"]),
    col(Number, &["实有人数", "在职人数"]),
    col(Id, &["单位负责人身份证号", "法定代表人身份证号"]),
    col(Phone, &["联系电话", "电话"]),
    col(Text, &["单位地址", "地址"]),
    col(Date, &["生效日期", "启用日期"]),
];

/// Writes the units, the rosters and the payroll.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_units(county, office)?;
    write_roster(county, office)?;
    write_committees(county, office)?;
    for (first, last) in time::half_years() {
        write_payroll(county, office, first, last)?;
    }
    Ok(())
}

fn write_units(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("budget_unit", Dept::Finance, "预算单位名录", UNITS).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    let parent = |township: usize| county.units.iter().find(|unit| unit.township == Some(township));
    for (index, unit) in county.units.iter().enumerate() {
        table
            .code(unit.code.as_str())
            .text(&unit.name)
            .code(place::as_text(&unit.region))
            .text(unit.kind.word());
        let above = unit.township.and_then(parent).filter(|above| above.code != unit.code);
        table.code(above.map_or("", |above| above.code.as_str()));
        table.int(i64::from(unit.staff) + 2).int(i64::from(unit.staff));
        table.id_or_empty(unit.head.map(|head| &county.people[head].id));
        table.phone(880_000 + index as u32 * 13).text_with(|out| {
            out.push_str(place::COUNTY_NAME);
            out.push_str("文渊路");
            out.push_str(&(index * 2 + 1).to_string());
            out.push('号');
        });
        table.date(time::day(2019, 1, 1)).end_row()?;
    }
    office.end(table)
}

fn write_roster(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("cadre_roster", Dept::Organisation, "公职人员名册", ROSTER).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    for job in &county.jobs {
        let Some(rank) = job.rank else { continue };
        let (person, unit) = (&county.people[job.tenure.person], &county.units[job.unit]);
        table
            .id(&person.id)
            .text_with(|out| person.name.push_to(out))
            .code(unit.code.as_str())
            .text(&unit.name);
        table
            .code(place::as_text(&unit.region))
            .text(position(job, unit.township.is_some()))
            .text(rank.word());
        table.text(category(job, rank)).text(domains(job, unit.domains));
        table.date(job.tenure.start).date_or_empty(job.tenure.end);
        table.yes(mix(job.tenure.person.index() as u64) % 100 < 78);
        table.phone(county.people.phone(job.tenure.person)).end_row()?;
    }
    office.end(table)
}

fn position(job: &Job, in_township: bool) -> &'static str {
    match (job.position, in_township) {
        ("副局长", true) => "副镇长",
        (position, _) => position,
    }
}

fn category(job: &Job, rank: Rank) -> &'static str {
    match (job.staff_type, rank) {
        (StaffType::CivilServant, _) => "公务员",
        (_, Rank::Institution) | (StaffType::Institution, _) => "事业编制",
        _ => "合同制",
    }
}

/// Leaders answer for all programmes of the unit; of the others a third handle them.
fn domains(job: &Job, of_unit: &'static str) -> &'static str {
    let handles = job.leads() || mix(job.tenure.person.index() as u64 + 5).is_multiple_of(3);
    if handles { of_unit } else { "" }
}

fn write_committees(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("village_committee_roster", Dept::Civil, "村（社区）两委成员名册", COMMITTEE);
    let mut table = office.begin(spec.dirt(Dirt::TIDY))?;
    for term in &county.terms {
        let person = &county.people[term.tenure.person];
        table.id(&person.id).text_with(|out| person.name.push_to(out));
        table.code(place::as_text(&county.place.villages[term.village].code)).text(term.position.word());
        table.date(term.tenure.start).date_or_empty(term.tenure.end);
        table.phone(county.people.phone(term.tenure.person)).end_row()?;
    }
    office.end(table)
}

fn write_payroll(county: &County, office: &mut Office, first: i32, last: i32) -> Result<(), SynthError> {
    let name = format!("财政供养人员工资_{}", time::half_year_name(first));
    let spec = FileSpec::csv("payroll", Dept::Finance, name, PAYROLL).months(first, last).dirt(Dirt::MACHINE);
    let mut table = office.begin(spec)?;
    for month in first..=last {
        for job in county.jobs.iter().filter(|job| (job.from..job.to).contains(&month)) {
            let (person, unit) = (&county.people[job.tenure.person], &county.units[job.unit]);
            let (base, bonus) = (job.pay * 45 / 100 / 100 * 100, job.pay * 15 / 100 / 100 * 100);
            let transport =
                if job.staff_type == StaffType::CivilServant { 65_000.min(job.pay / 10) } else { 0 };
            table
                .id(&person.id)
                .text_with(|out| person.name.push_to(out))
                .code(unit.code.as_str())
                .text(&unit.name);
            table.code(place::as_text(&unit.region)).month(month).text(job.staff_type.word());
            table.money(base).money(job.pay - base - bonus).money(bonus).money(job.pay).money(transport);
            table.account(&county.people.account(job.tenure.person)).end_row()?;
        }
    }
    office.end(table)
}
