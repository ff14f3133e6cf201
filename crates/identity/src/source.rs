//! Which columns of which dataset speak of somebody.

use gnomon_kernel::{EntityKind, is_organisation_name};
use gnomon_library::{
    Library,
    column::{Column, ColumnType},
    dataset::Dataset,
};

use crate::{Line, Mentions, OfEach};

/// What beside number and name tells people and organisations apart, and how the linker calls it.
pub const DETAILS: [&str; 5] = ["birth_date", "sex", "phone", "address", "mail"];

/// The registers of everybody.
const REGISTERS: [&str; 2] = ["population_register", "enterprise_register"];

/// A number column with the columns that tell the name, the place and the details of whose number it is.
#[derive(Debug)]
pub struct Source<'l> {
    /// The dataset.
    pub dataset: &'l Dataset,
    /// Its column of numbers.
    pub number: &'l str,
    /// The column of names that goes with it.
    pub name: Option<String>,
    /// The column of places, where it speaks of whose number this is.
    pub region: Option<&'l str>,
    /// Place in [`DETAILS`] and column.
    pub details: Vec<(u8, &'l str)>,
}

/// The sources of a library, in the order of its datasets.
pub fn sources(library: &Library) -> Vec<Source<'_>> {
    library.datasets.values().flat_map(of_dataset).collect()
}

/// `person_id` goes with `person_name`, `org_id` with `org_name`, and so on; the place goes with the row's main numbers, the
/// details with the one that the row is about.
fn of_dataset(dataset: &Dataset) -> impl Iterator<Item = Source<'_>> {
    let mains: Vec<&String> = [&dataset.person, &dataset.org].into_iter().flatten().collect();
    let mut about = mains.iter().filter(|main| dataset.natural_key.contains(main));
    let about = about.next().filter(|_| about.next().is_none()).map(|main| main.as_str());
    let numbers = dataset.columns.iter().filter(|column| is_number(column));
    let source = move |number: &'_ Column| {
        let name = number.name.strip_suffix("_id").map(|stem| format!("{stem}_name"));
        let name = name.filter(|name| dataset.column(name).is_some());
        let is_main = mains.iter().any(|main| **main == number.name);
        let details = match about == Some(number.name.as_str()) {
            true => dataset.columns.iter().filter_map(detail).collect(),
            false => Vec::new(),
        };
        (name, is_main, details)
    };
    numbers.map(move |number| {
        let (name, is_main, details) = source(number);
        let region = dataset.region.as_deref().filter(|_| is_main);
        Source { dataset, number: &number.name, name, region, details }
    })
}

fn is_number(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Idno | ColumnType::Uscc | ColumnType::Party)
}

fn detail(column: &Column) -> Option<(u8, &str)> {
    let word = match (column.ty, column.name.as_str()) {
        (ColumnType::Phone, "phone" | "contact_phone") => "phone",
        (_, "birth_date") => "birth_date",
        (_, "sex") => "sex",
        (_, "address") => "address",
        (_, "email" | "contact_email") => "mail",
        _ => return None,
    };
    let place = DETAILS.iter().position(|known| *known == word)?;
    Some((place as u8, &column.name))
}

impl Source<'_> {
    /// Whether more than bare numbers can be learnt from it.
    pub fn says_something(&self) -> bool {
        self.name.is_some() || self.region.is_some()
    }

    /// Whether this is one of the registers that say best who somebody is and where.
    fn is_register(&self) -> bool {
        let mains = [&self.dataset.person, &self.dataset.org];
        let is_main = mains.into_iter().flatten().any(|main| main == self.number);
        is_main && REGISTERS.contains(&self.dataset.key.as_str())
    }

    /// Adds what a line says to the mentions of the kind that it speaks of. `at` is this source's place.
    pub fn see(&self, at: u16, line: &Line<'_>, mentions: &mut OfEach<Mentions>) {
        let kind = self.kind(line);
        mentions[kind as usize].see(at, kind, self.is_register(), line);
    }

    /// Whose number or name this is: a column of either decides by its content.
    pub(crate) fn kind(&self, line: &Line<'_>) -> EntityKind {
        let of_column = self.dataset.column(self.number).map(|column| column.ty);
        match (of_column, line.number) {
            (Some(ColumnType::Idno), _) => EntityKind::Person,
            (Some(ColumnType::Uscc), _) => EntityKind::Organisation,
            (_, Some(number)) if is_person(number) => EntityKind::Person,
            (_, Some(_)) => EntityKind::Organisation,
            (_, None) if line.name.is_some_and(is_organisation_name) => EntityKind::Organisation,
            (_, None) => EntityKind::Person,
        }
    }
}

/// Codes of state organs and public institutions may be all digits; their check tells them from a person's number.
fn is_person(number: &str) -> bool {
    let is_org = gnomon_link::uscc::canonical(number).is_ok() && gnomon_link::idno::birth(number).is_none();
    number.len() == 18 && number.bytes().take(17).all(|b| b.is_ascii_digit()) && !is_org
}
