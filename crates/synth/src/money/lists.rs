use super::{Grant, Programme, write_poor, write_regular};
use crate::{
    SynthError,
    base::{rng::mix, time},
    county::County,
    place,
    write::{Column, Dept, Dirt, FileSpec, Format, Office, Table},
};

/// A payment list: what it is called, who sends it, how it is laid out.
pub struct PayList {
    /// Dataset.
    pub dataset: &'static str,
    /// Department.
    pub dept: Dept,
    /// File name before the period.
    pub name: &'static str,
    /// Columns.
    pub columns: &'static [Column],
    /// Format.
    pub format: Format,
    /// Programmes paid by it.
    pub programmes: &'static [Programme],
    /// Month for which a correction is delivered.
    pub corrected: Option<i32>,
    /// Writes the row of one grant and month; the amount is wrong by so many fen until corrected.
    pub row: fn(&County, &mut Table, &Grant, i32, i64) -> Result<(), SynthError>,
}

/// Writes the payments of all programmes, half-year by half-year, and the corrections that came later.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_poor::write_members(county, office)?;
    for list in write_poor::LISTS.iter().chain(&write_regular::LISTS) {
        let mut grants: Vec<&Grant> =
            county.grants.iter().filter(|grant| list.programmes.contains(&grant.programme)).collect();
        grants.sort_by_key(|grant| {
            (grant.paying_village(&county.people), grant.person, grant.from, grant.batch)
        });
        for (first, last) in time::half_years() {
            write_half_year(county, office, list, &grants, (first, last))?;
        }
        if let Some(month) = list.corrected {
            write_correction(county, office, list, &grants, month)?;
        }
    }
    Ok(())
}

fn write_half_year(
    county: &County,
    office: &mut Office,
    list: &PayList,
    grants: &[&Grant],
    (first, last): (i32, i32),
) -> Result<(), SynthError> {
    let any = grants.iter().any(|grant| grant.from <= last && grant.to > first);
    if !any {
        return Ok(());
    }
    let name = format!("{}_{}", list.name, time::half_year_name(first));
    let mut table = office.begin(spec(list, name, (first, last)))?;
    for month in first..=last {
        for grant in grants.iter().filter(|grant| grant.pays(month)) {
            let wrong = if list.corrected == Some(month) && is_corrected(grant) { 1_000 } else { 0 };
            (list.row)(county, &mut table, grant, month, wrong)?;
        }
    }
    office.end(table)
}

fn write_correction(
    county: &County,
    office: &mut Office,
    list: &PayList,
    grants: &[&Grant],
    month: i32,
) -> Result<(), SynthError> {
    let number = time::yyyymm(month);
    let name = format!("{}_更正_{}年{:02}月", list.name, number / 100, number % 100);
    let clean = Dirt { near: 0, broken: 0, ..Dirt::TIDY };
    let mut table = office.begin(spec(list, name, (month, month)).dirt(clean))?;
    for grant in grants.iter().filter(|grant| grant.pays(month) && is_corrected(grant)) {
        (list.row)(county, &mut table, grant, month, 0)?;
    }
    office.end(table)
}

fn spec(list: &PayList, name: String, months: (i32, i32)) -> FileSpec {
    let spec = FileSpec::csv(list.dataset, list.dept, name, list.columns);
    FileSpec { format: list.format, ..spec }.dirt(Dirt::PAYMENTS).months(months.0, months.1)
}

/// One honest payment in sixty was first listed with a wrong amount.
fn is_corrected(grant: &Grant) -> bool {
    grant.batch == 0 && mix(grant.person.index() as u64 ^ 0xC0).is_multiple_of(60)
}

/// Cells shared by all lists.
pub fn region(county: &County, table: &mut Table, grant: &Grant) {
    table.code(place::as_text(county.place.code_of(grant.paying_village(&county.people))));
}

/// Number and name of the recipient.
pub fn recipient(county: &County, table: &mut Table, grant: &Grant) {
    let person = &county.people[grant.person];
    table.id(&person.id).text_with(|out| person.name.push_to(out));
}

/// Account, holder's number and, where the list has it, holder's name.
pub fn account(county: &County, table: &mut Table, grant: &Grant, with_name: bool) {
    let (account, holder) = grant.account(&county.people);
    let holder = &county.people[holder];
    table.account(&account).id(&holder.id);
    if with_name {
        table.text_with(|out| holder.name.push_to(out));
    }
}

/// Number of the payment batch.
pub fn batch(table: &mut Table, letters: &str, grant: &Grant, month: i32) {
    table.code_with(|out| {
        out.push_str(letters);
        out.push_str(&time::yyyymm(month).to_string());
        out.push_str(["-01", "-02", "-03"][usize::from(grant.batch.min(2))]);
    });
}
