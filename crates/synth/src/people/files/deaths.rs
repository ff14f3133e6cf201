use super::columns;
use crate::{
    SynthError,
    base::{rng::mix, time},
    county::County,
    people::Person,
    place,
    write::{Dept, Dirt, FileSpec, Office, Table},
};

/// Credit code of the county's funeral home, which is no budget unit.
const FUNERAL_HOME: u32 = 900_001;

/// Writes certificates, cremations and cancellations, in the order of their days.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_certificates(county, office)?;
    write_cremations(county, office)?;
    write_cancellations(county, office)
}

fn who(table: &mut Table, person: &Person) {
    table.id(&person.id).text_with(|out| person.name.push_to(out));
}

fn region(county: &County, table: &mut Table, person: &Person) {
    table.code(place::as_text(&county.place.villages[person.village as usize].code));
}

fn write_certificates(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("death_certificate", Dept::Health, "死亡医学证明", columns::CERTIFICATES);
    let mut table = office.begin(spec)?;
    let mut records: Vec<_> =
        county.deaths.iter().filter_map(|record| Some((record.certificate?, record.person))).collect();
    records.sort();
    for (day, ix) in records {
        let person = &county.people[ix];
        who(&mut table, person);
        table.date(day).text(if mix(ix.index() as u64).is_multiple_of(3) {
            "医疗卫生机构"
        } else {
            "家中"
        });
        table.code(county.hospital().code.as_str());
        region(county, &mut table, person);
        table.date(time::plus(day, 2).min(time::today())).end_row()?;
    }
    office.end(table)
}

fn write_cremations(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec =
        FileSpec::csv("cremation_record", Dept::Civil, "火化记录", columns::CREMATIONS).dirt(Dirt::OLD);
    let mut table = office.begin(spec)?;
    let home = crate::base::Code18::credit(b"12", place::COUNTY, FUNERAL_HOME);
    let mut records: Vec<_> =
        county.deaths.iter().filter_map(|record| Some((record.cremation?, record.person))).collect();
    records.sort();
    for (day, ix) in records {
        let person = &county.people[ix];
        who(&mut table, person);
        table.date(day).date(time::plus(day, 2).min(time::today())).code(home.as_str());
        region(county, &mut table, person);
        let family = county
            .kinship
            .first_degree(&county.people, ix)
            .into_iter()
            .find(|kin| county.people[*kin].alive());
        table.text_with(|out| {
            if let Some(kin) = family {
                county.people[kin].name.push_to(out);
            }
        });
        table.money(98_000).end_row()?;
    }
    office.end(table)
}

fn write_cancellations(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec =
        FileSpec::csv("hukou_cancellation", Dept::Police, "户口注销", columns::CANCELLATIONS).dirt(Dirt::OLD);
    let mut table = office.begin(spec)?;
    let dead = county.deaths.iter().filter_map(|record| {
        let (event, cancelled) = record.hukou?;
        Some((cancelled, record.person, "死亡", event))
    });
    let others =
        county.registers.cancelled.iter().map(|(person, reason, day)| (*day, *person, *reason, *day));
    let mut records: Vec<_> = dead.chain(others).collect();
    records.sort();
    for (cancelled, ix, reason, event) in records {
        let person = &county.people[ix];
        who(&mut table, person);
        table.text(reason).date(cancelled).date(event);
        region(county, &mut table, person);
        table.end_row()?;
    }
    office.end(table)
}
