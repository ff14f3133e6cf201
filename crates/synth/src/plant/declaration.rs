//! What officials declare about their relatives.

use gnomon_kernel::Day;

use crate::{
    SynthError,
    base::time,
    county::County,
    people::{Kin, PersonIx, role},
    place,
    write::{
        Column, Dept, FileSpec,
        Kind::{Code, Date, Id, Name, Note, Text, Word},
        Office, col, req,
    },
};

/// The matter of a declaration.
#[derive(Debug, Clone)]
pub enum Matter {
    /// Nothing but the relation.
    None,
    /// A benefit, by its programme code.
    Benefit(&'static str),
    /// A company.
    Company,
    /// A contract or project, by its number.
    Project(String),
}

/// One declared relative.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The official.
    pub official: PersonIx,
    /// The relative.
    pub kin: PersonIx,
    /// What the relative is to the official.
    pub relation: Kin,
    /// The matter.
    pub matter: Matter,
    /// Declared.
    pub day: Day,
}

const DECLARATIONS: &[Column] = &[
    req(Code, &["申报编号", "填报编号"]),
    req(Id, &["党员干部身份证号", "申报人身份证号", "干部身份证号"]),
    col(Id, &["亲属身份证号", "亲属证件号码"]),
    col(Name, &["亲属姓名"]),
    req(Word, &["亲属关系", "与本人关系"]),
    col(Text, &["亲属工作单位"]),
    col(Word, &["涉权事项类型", "事项类型"]),
    col(Note, &["事项说明", "事项内容"]),
    col(Code, &["惠民项目代码"]),
    col(Code, &["合同编号"]),
    col(Date, &["申报日期", "填报日期"]),
    col(Date, &["公开日期", "公示日期"]),
    col(Code, &["行政区划代码"]),
];

/// Lets all officials and village cadres who are part of nothing planted declare two relatives at the start of 2025.
pub fn declare(county: &mut County) {
    let officials = county.people.iter().filter(|(_, person)| person.has(role::OFFICIAL | role::CADRE));
    let silent: Vec<PersonIx> =
        officials.filter(|(_, person)| !person.has(role::PLANTED)).map(|(ix, _)| ix).collect();
    for official in silent {
        for (kin, relation) in county.kinship.on_record(&county.people, official).into_iter().take(2) {
            let day = time::day(2025, 1, 6 + (official.index() % 20) as u32);
            county.declarations.push(Declaration { official, kin, relation, matter: Matter::None, day });
        }
    }
    county.declarations.sort_by_key(|declaration| (declaration.day, declaration.official, declaration.kin));
}

/// Writes the declarations.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec =
        FileSpec::csv("kinship_disclosure", Dept::Inspectorate, "党员干部亲属涉权事项公开", DECLARATIONS);
    let mut table = office.begin(spec)?;
    for (index, declaration) in county.declarations.iter().enumerate() {
        let (official, kin) = (&county.people[declaration.official], &county.people[declaration.kin]);
        table.code_with(|out| out.push_str(&format!("SB{:07}", index + 1))).id(&official.id).id(&kin.id);
        table.text_with(|out| kin.name.push_to(out)).text(declaration.relation.word(kin.sex)).empty();
        let (word, detail, programme, contract) = match &declaration.matter {
            Matter::None => ("无", "", "", ""),
            Matter::Benefit(code) => ("享受惠民补贴", "家庭困难，按规定申请", *code, ""),
            Matter::Company => ("经商办企业", "依法登记经营", "", ""),
            Matter::Project(number) => ("承揽工程", "公开竞得，本人回避", "", number.as_str()),
        };
        table.text(word).text(detail).code(programme).code(contract).date(declaration.day);
        table.date(time::plus(declaration.day, 20));
        table.code(place::as_text(&county.place.villages[official.village as usize].code)).end_row()?;
    }
    office.end(table)
}
