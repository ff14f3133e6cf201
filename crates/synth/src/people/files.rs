//! Files of the household police, the health commission and the civil affairs bureau about lives.

mod columns;
mod deaths;

use std::collections::BTreeMap;

use gnomon_kernel::Day;

use super::{People, PersonIx, Sex, has_certificate, push_household, relation_to_head, role};
use crate::{
    SynthError,
    base::time,
    county::County,
    place,
    write::{Dept, Dirt, FileSpec, Office},
};

/// What the registers say beyond the lives themselves.
#[derive(Debug, Clone, Default)]
pub struct Registers {
    /// Days on which a registration changed, where that matters.
    pub changed: BTreeMap<PersonIx, Day>,
    /// Cancellations of living people: who, why (a word of the household police), when.
    pub cancelled: Vec<(PersonIx, &'static str, Day)>,
}

/// Writes the registers of people.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let mut order: Vec<PersonIx> = county.people.ixs().collect();
    order.sort_by_key(|ix| (county.people[*ix].village, county.people[*ix].household, *ix));
    let half = county.place.villages.len() as u32 / 2;
    let split = order.partition_point(|ix| county.people[*ix].village < half);
    for (part, people) in [("东片", &order[..split]), ("西片", &order[split..])] {
        write_population(county, office, part, people)?;
        write_households(county, office, part, people)?;
    }
    deaths::write(county, office)?;
    write_births(county, office)?;
    write_marriages(county, office)
}

/// Dead people stay in the register, as cancelled, when they died since 2019.
fn status(county: &County, ix: PersonIx) -> Option<(&'static str, Day)> {
    let person = &county.people[ix];
    if let Some(death) = person.death {
        let record = county.death_record(ix)?;
        return Some(
            record.hukou.map_or(("正常", person.birth), |(_, cancelled)| ("注销", cancelled.max(death))),
        );
    }
    let settled = match (person.sex, person.married) {
        (Sex::Woman, Some(day)) => day,
        _ => person.birth,
    };
    let since = county.registers.changed.get(&ix).copied();
    if person.has(role::AWAY) {
        return Some((
            "迁出",
            since.unwrap_or(time::plus(time::birthday(person.birth, 19), 40).min(time::today())),
        ));
    }
    Some(("正常", since.unwrap_or(settled)))
}

fn write_population(
    county: &County,
    office: &mut Office,
    part: &str,
    people: &[PersonIx],
) -> Result<(), SynthError> {
    let name = format!("户籍人口登记_{part}");
    let spec = FileSpec::csv("population_register", Dept::Police, name, columns::POPULATION);
    let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
    for ix in people {
        let Some((status, since)) = status(county, *ix) else { continue };
        let person = &county.people[*ix];
        let village = &county.place.villages[person.village as usize];
        table.id(&person.id).text_with(|out| person.name.push_to(out));
        table
            .text(if person.sex == Sex::Man { "男" } else { "女" })
            .date(person.birth)
            .code(place::as_text(&village.code));
        table
            .text_with(|out| push_address(out, county, *ix))
            .code_with(|out| push_household(out, person.household));
        table.text(if village.urban { "非农业" } else { "农业" }).text(status).date(since);
        if person.alive() && person.age() >= 12 {
            table.phone(county.people.phone(*ix));
        } else {
            table.empty();
        }
        table.end_row()?;
    }
    office.end(table)
}

fn push_address(out: &mut String, county: &County, ix: PersonIx) {
    let person = &county.people[ix];
    out.push_str(place::COUNTY_NAME);
    out.push_str(&county.place.township_of(person.village as usize).name);
    out.push_str(&county.place.villages[person.village as usize].name);
    out.push_str(["一组", "二组", "三组", "四组", "五组", "六组"][person.household as usize % 6]);
    out.push_str(&(person.household % 180 + 1).to_string());
    out.push('号');
}

fn write_households(
    county: &County,
    office: &mut Office,
    part: &str,
    people: &[PersonIx],
) -> Result<(), SynthError> {
    let name = format!("户籍家庭成员_{part}");
    let spec = FileSpec::csv("household_register", Dept::Police, name, columns::HOUSEHOLDS);
    let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
    for ix in people.iter().filter(|ix| county.people[**ix].alive()) {
        let person = &county.people[*ix];
        let Some(head) = county.people.heads[person.household as usize] else { continue };
        let joined = match (person.sex, person.married) {
            (Sex::Woman, Some(day)) => day,
            _ => person.birth,
        };
        let left = person.has(role::AWAY).then(|| status(county, *ix).map(|(_, since)| since)).flatten();
        table.code_with(|out| push_household(out, person.household)).id(&person.id);
        table.text_with(|out| person.name.push_to(out));
        table.text(relation_to_head(&county.people, *ix, head).word(person.sex)).id(&county.people[head].id);
        table.code(place::as_text(&county.place.villages[person.village as usize].code));
        table.date(joined).date_or_empty(left).end_row()?;
    }
    office.end(table)
}

fn write_births(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("birth_certificate", Dept::Health, "出生医学证明", columns::BIRTHS);
    let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
    let people = &county.people;
    for (ix, child) in people.iter().filter(|(_, person)| has_certificate(person)) {
        table
            .code_with(|out| out.push_str(&format!("E87{:08}", ix.index() + 1_000)))
            .id(&child.id)
            .date(child.birth);
        table.id_or_empty(child.mother.map(|mother| &people[mother].id));
        table.id_or_empty(child.father.map(|father| &people[father].id));
        table.code(county.hospital().code.as_str());
        table.code(place::as_text(&county.place.villages[child.village as usize].code)).end_row()?;
    }
    office.end(table)
}

fn write_marriages(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let mut events: Vec<(Day, PersonIx, PersonIx, &str)> = couples(&county.people);
    for divorce in &county.people.divorces {
        events.push((divorce.married, divorce.husband, divorce.wife, "结婚登记"));
        events.push((divorce.day, divorce.husband, divorce.wife, "离婚登记"));
    }
    events.retain(|(day, ..)| *day >= time::day(1980, 1, 1));
    events.sort_by_key(|(day, husband, ..)| (*day, *husband));
    let spec =
        FileSpec::csv("marriage_register", Dept::Civil, "婚姻登记", columns::MARRIAGES).dirt(Dirt::OLD);
    let mut table = office.begin(spec)?;
    for (number, (day, husband, wife, kind)) in events.into_iter().enumerate() {
        table.code_with(|out| out.push_str(&format!("J870121-{:07}", number + 1)));
        table.id(&county.people[husband].id).id(&county.people[wife].id).text(kind).date(day);
        table.code(place::as_text(&place::Place::county_code())).end_row()?;
    }
    office.end(table)
}

fn couples(people: &People) -> Vec<(Day, PersonIx, PersonIx, &'static str)> {
    let husbands = people.iter().filter(|(_, person)| person.sex == Sex::Man);
    husbands.filter_map(|(ix, person)| Some((person.married?, ix, person.spouse?, "结婚登记"))).collect()
}
