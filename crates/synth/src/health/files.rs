//! Files of the medical insurance bureau.

use super::{Institution, Kind, Sort, Visit, institution::PER_LEVEL};
use crate::{
    SynthError,
    base::{Rng, rng::mix, time},
    county::County,
    people::{PersonIx, role},
    place,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Code, Date, Id, Moment, Money, Name, Text, Word},
        Office, Table, col, req,
    },
};

const INSTITUTIONS: &[Column] = &[
    req(Code, &["医药机构信用代码", "统一社会信用代码"]),
    req(Text, &["医药机构名称", "定点机构名称"]),
    col(Code, &["行政区划代码"]),
    col(Word, &["机构类型", "定点类型"]),
    col(Word, &["医院等级", "机构等级"]),
    col(Date, &["协议起始日期", "协议生效日期"]),
    col(Date, &["协议终止日期", "协议到期日期"]),
    col(Word, &["协议状态"]),
    col(Money, &["年度总额指标"]),
];

const QUALIFICATIONS: &[Column] = &[
    req(Id, &["身份证号", "身份证号码"]),
    col(Name, &["姓名", "人员姓名"]),
    req(Code, &["慢特病病种编码", "病种代码"]),
    col(Date, &["认定日期", "备案日期"]),
    col(Date, &["有效期止"]),
    col(Code, &["定点机构信用代码", "机构信用代码"]),
    col(Code, &["行政区划代码"]),
];

const SETTLEMENTS: &[Column] = &[
    req(Code, &["结算流水号", "结算单号"]),
    req(Id, &["参保人身份证号", "证件号码"]),
    col(Name, &["参保人姓名", "姓名"]),
    col(Code, &["医药机构信用代码", "机构信用代码"]),
    col(Text, &["定点医药机构名称", "医药机构名称"]),
    col(Code, &["就医地区划代码"]),
    col(Word, &["医疗类别", "就诊类型"]),
    col(Moment, &["入院日期", "就诊时间"]),
    col(Moment, &["出院日期", "出院时间"]),
    req(Moment, &["结算时间"]),
    col(Text, &["就诊科室", "科室名称"]),
    col(Code, &["主要诊断代码", "诊断代码"]),
    col(Money, &["医疗总费用", "医疗费总额"]),
    col(Money, &["基金支付总额", "基金支付金额"]),
    col(Money, &["个人负担总金额", "个人支付金额"]),
    col(Word, &["就诊凭证类型"]),
];

pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_institutions(county, office)?;
    write_qualifications(county, office)?;
    let mut clinic = Clinic { county, rng: Rng::new(county.seed, "settlements"), serial: 0 };
    for (first, last) in time::half_years() {
        clinic.write_settlements(office, first, last)?;
    }
    Ok(())
}

fn region<'a>(county: &'a County, institution: &Institution) -> &'a str {
    place::as_text(&county.place.villages[institution.village].code)
}

fn write_institutions(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("medins_institution", Dept::Medical, "医保定点协议机构", INSTITUTIONS)
        .dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    for institution in &county.health.institutions {
        let (sort, level) = institution.sort.words();
        table
            .code(institution.code.as_str())
            .text(&institution.name)
            .code(region(county, institution))
            .text(sort);
        table
            .text(level)
            .date(time::day(2022, 1, 1))
            .date(time::day(2026, 12, 31))
            .text("有效")
            .money(300_000_000);
        table.end_row()?;
    }
    office.end(table)
}

fn write_qualifications(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec =
        FileSpec::csv("chronic_disease_qualification", Dept::Medical, "门诊慢特病资格", QUALIFICATIONS);
    let mut table = office.begin(spec)?;
    for patient in &county.health.patients {
        let person = &county.people[patient.person];
        let institution = &county.health.institutions[patient.institution];
        table
            .id(&person.id)
            .text_with(|out| person.name.push_to(out))
            .code(patient.disease.0)
            .date(patient.since);
        table
            .date(time::birthday(patient.since, 8))
            .code(institution.code.as_str())
            .code(region(county, institution));
        table.end_row()?;
    }
    office.end(table)
}

struct Clinic<'a> {
    county: &'a County,
    rng: Rng,
    serial: u64,
}

impl Clinic<'_> {
    fn write_settlements(&mut self, office: &mut Office, first: i32, last: i32) -> Result<(), SynthError> {
        let name = format!("医保结算_{}", time::half_year_name(first));
        let spec = FileSpec::csv("medins_settlement", Dept::Medical, name, SETTLEMENTS).months(first, last);
        let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
        for month in first..=last {
            let mut visits = self.honest_month(month);
            let planted = self.county.health.visits.iter();
            visits.extend(planted.filter(|visit| time::month_of(visit.settled.date()) == month).cloned());
            visits.sort_by_key(|visit| (visit.settled, visit.person));
            for visit in &visits {
                self.serial += 1;
                self.row(&mut table, visit)?;
            }
        }
        office.end(table)
    }

    /// Whether the person can come on that day and leave after so many days.
    fn can_come(&self, person: PersonIx, day: gnomon_kernel::Day, days: i64) -> bool {
        let person = &self.county.people[person];
        let left = time::plus(day, days);
        person.birth <= day && person.alive_on(left) && left <= time::today() && !person.has(role::AWAY)
    }

    fn honest_month(&mut self, month: i32) -> Vec<Visit> {
        let mut visits = Vec::new();
        for patient in &self.county.health.patients {
            let day = time::day_in(month, 1 + self.rng.below(28));
            if patient.since <= day && self.can_come(patient.person, day, 0) {
                let (disease, usual) = patient.disease;
                let fen =
                    usual * self.rng.range(85, 115) / 100 * self.factor(patient.institution, month) / 100;
                let visit =
                    Visit::short(patient.person, patient.institution, Kind::Chronic, day, fen, &mut self.rng);
                visits.push(Visit { diagnosis: disease, ..visit });
            }
        }
        for _ in 0..self.county.wanted * 56 / 1000 {
            visits.extend(self.random_visit(month));
        }
        visits
    }

    fn factor(&self, institution: usize, month: i32) -> i64 {
        let dear = self.county.health.dear.iter();
        let here = dear.filter(|(at, from, to, _)| *at == institution && (*from..*to).contains(&month));
        here.map(|(.., factor)| *factor).max().unwrap_or(100)
    }

    fn random_visit(&mut self, month: i32) -> Option<Visit> {
        let rng = &mut self.rng;
        let person = PersonIx::at(rng.index(self.county.people.all.len()));
        let day = time::day_in(month, 1 + rng.below(28));
        let (roll, days) = (rng.below(100), rng.range(3, 14));
        let stay = if roll < 9 { days } else { 0 };
        if !self.can_come(person, day, stay) {
            return None;
        }
        let rng = &mut self.rng;
        let village = self.county.people[person].village as usize;
        let visit = match roll {
            0..9 => Visit::stay(
                person,
                rng.index(PER_LEVEL * 2 + 1),
                day,
                days,
                rng.range(1_800, 14_000) * 100,
                rng,
            ),
            9..55 => Visit::short(
                person,
                rng.index(PER_LEVEL * 2 + 1),
                Kind::Outpatient,
                day,
                rng.range(40, 420) * 100,
                rng,
            ),
            55..80 => {
                let room = PER_LEVEL * 2 + 1 + village;
                Visit::short(person, room, Kind::Outpatient, day, rng.range(15, 90) * 100, rng)
            }
            _ => {
                let first = PER_LEVEL * 2 + 1 + self.county.place.villages.len();
                let shop = first + rng.index(self.county.health.institutions.len() - first);
                Visit::short(person, shop, Kind::Pharmacy, day, rng.range(20, 260) * 100, rng)
            }
        };
        Some(visit)
    }

    fn row(&self, table: &mut Table, visit: &Visit) -> Result<(), SynthError> {
        let person = &self.county.people[visit.person];
        let institution = &self.county.health.institutions[visit.institution];
        let share = match (visit.kind, institution.sort) {
            (Kind::Inpatient, Sort::First) => 85,
            (Kind::Inpatient, _) => 68,
            (Kind::Chronic, _) => 70,
            (Kind::Outpatient | Kind::Pharmacy, _) => 50,
        };
        let fund = visit.fen * share / 100;
        let department = ["内科", "外科", "中医科", "全科"][(mix(self.serial) % 4) as usize];
        table.code_with(|out| out.push_str(&format!("JS{:010}", self.serial))).id(&person.id);
        table
            .text_with(|out| person.name.push_to(out))
            .code(institution.code.as_str())
            .text(&institution.name);
        table.code(region(self.county, institution)).text(visit.kind.word());
        table.moment(visit.admitted).moment(visit.discharged).moment(visit.settled);
        table.text(if visit.kind == Kind::Pharmacy { "" } else { department }).code(visit.diagnosis);
        table.money(visit.fen).money(fund).money(visit.fen - fund).text(visit.read).end_row()
    }
}
