//! Projects of the villages.

use super::{Project, project::WORKS};
use crate::{
    SynthError,
    base::{rng::mix, time},
    county::County,
    place,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Code, Date, Money, Text, Word},
        Office, Table, col, req,
    },
};

const PROJECTS: &[Column] = &[
    req(Code, &["项目编号", "工程编号"]),
    req(Code, &["集体经济组织信用代码", "村集体信用代码"]),
    col(Code, &["行政区划代码"]),
    req(Text, &["工程名称", "项目名称"]),
    col(Money, &["预算金额", "控制价"]),
    col(Word, &["资金来源"]),
    col(Word, &["发包方式", "招标方式"]),
    col(Code, &["承包方证件号", "承包方统一社会信用代码"]).under("承包单位"),
    col(Text, &["承包方名称", "施工单位"]).under("承包单位"),
    col(Money, &["合同金额"]),
    col(Money, &["结算金额", "审定金额"]),
    col(Money, &["已付金额"]),
    col(Code, &["会议纪要编号", "四议两公开编号"]),
    col(Date, &["签订日期", "合同签订日期"]),
    col(Date, &["开工日期"]),
    col(Date, &["计划完工日期"]),
    col(Date, &["验收日期"]),
    col(Text, &["工程类别"]),
    col(Text, &["实施地点"]),
];

pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec =
        FileSpec::xlsx("village_project", Dept::Farming, "村级工程项目台账", PROJECTS).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    let mut projects: Vec<&Project> = county.villages.projects.iter().collect();
    projects.sort_by_key(|project| (project.village, project.signed));
    for project in projects {
        write_project(county, &mut table, project)?;
    }
    office.end(table)
}

fn write_project(county: &County, table: &mut Table, project: &Project) -> Result<(), SynthError> {
    let village = &county.place.villages[project.village];
    let contractor = &county.companies[project.contractor];
    let spread = mix(project.fen as u64 ^ project.village as u64);
    table.code(&project.number).code(county.villages.collectives[project.village].code.as_str());
    table.code(place::as_text(&village.code)).text_with(|out| {
        out.push_str(&village.name);
        out.push_str(project.name);
    });
    table.money(project.fen * 104 / 100 / 100 * 100);
    table.text(["财政补助", "村集体资金", "财政加自筹"][(spread % 3) as usize]).text(project.method);
    table.code(contractor.code.as_str()).text(&contractor.name).money(project.fen);
    if project.accepted.is_some() {
        table.money(project.fen).money(project.fen * 97 / 100);
    } else {
        table.empty().money(project.fen * 3 / 10);
    }
    table.code_with(|out| {
        out.push_str(&format!("HY{:04}-{}", project.village + 1, project.signed.format("%Y%m%d")))
    });
    table.date(project.signed).date(time::plus(project.signed, 9)).date(time::plus(project.signed, 100));
    table.date_or_empty(project.accepted);
    let category = WORKS.iter().find(|(name, _)| *name == project.name).map_or("", |(_, category)| *category);
    table.text(category).text(&village.name).end_row()
}
