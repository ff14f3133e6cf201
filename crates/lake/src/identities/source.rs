//! Which columns of which dataset speak of somebody.

use gnomon_kernel::{EntityKind, is_organisation_name};
use gnomon_library::{
    Library,
    column::{Column, ColumnType},
    dataset::Dataset,
};

/// What beside number and name tells people and organisations apart, and how the linker calls it.
pub(super) const DETAILS: [&str; 5] = ["birth_date", "sex", "phone", "address", "mail"];

/// A number column with the columns that tell the name, the place and the details of whose number it is.
#[derive(Debug)]
pub(super) struct Source<'l> {
    pub dataset: &'l Dataset,
    pub number: &'l str,
    pub name: Option<String>,
    pub region: Option<&'l str>,
    /// Place in [`DETAILS`] and column.
    pub details: Vec<(u8, &'l str)>,
}

/// The sources of a library, in the order of its datasets.
pub(super) fn sources(library: &Library) -> Vec<Source<'_>> {
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
    numbers.filter_map(move |number| {
        let (name, is_main, details) = source(number);
        let region = dataset.region.as_deref().filter(|_| is_main);
        let says_something = name.is_some() || region.is_some();
        says_something.then_some(Source { dataset, number: &number.name, name, region, details })
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
    /// Whose number or name this is: a column of either decides by its content.
    pub(super) fn kind(&self, number: Option<&str>, name: &str) -> EntityKind {
        let of_column = self.dataset.column(self.number).map(|column| column.ty);
        match (of_column, number) {
            (Some(ColumnType::Idno), _) => EntityKind::Person,
            (Some(ColumnType::Uscc), _) => EntityKind::Organisation,
            (_, Some(number)) if is_person(number) => EntityKind::Person,
            (_, Some(_)) => EntityKind::Organisation,
            (_, None) if is_organisation_name(name) => EntityKind::Organisation,
            (_, None) => EntityKind::Person,
        }
    }

    /// The query that gives each number, name and details with how many rows say so: number, name, place, details as in
    /// [`DETAILS`], rows, and the first of them.
    pub(super) fn tally(&self) -> String {
        let columns = self.columns();
        let groups: Vec<String> = (1..=columns.len()).map(|place| place.to_string()).collect();
        let (columns, groups) = (columns.join(", "), groups.join(", "));
        let filter = self.filter();
        format!("select {columns}, count(*), min(\"_row\") from t where {filter} group by {groups}")
    }

    /// The query that gives the same of every row: its reference last.
    pub(super) fn each_row(&self) -> String {
        format!("select {}, \"_row\" from t where {}", self.columns().join(", "), self.filter())
    }

    fn columns(&self) -> Vec<String> {
        let text = |column: Option<&str>| match column {
            Some(column) => format!("cast(\"{column}\" as varchar)"),
            None => "cast(null as varchar)".to_owned(),
        };
        let detail = |place: usize| {
            let found = self.details.iter().find(|(detail, _)| usize::from(*detail) == place);
            text(found.map(|(_, column)| *column))
        };
        let own = [Some(self.number), self.name.as_deref(), self.region].map(text);
        let all = own.into_iter().chain((0..DETAILS.len()).map(detail)).enumerate();
        all.map(|(place, column)| format!("{column} as c{place}")).collect()
    }

    /// A name alone is nobody; with a detail it may be somebody.
    fn filter(&self) -> String {
        let mut filter = format!("\"{}\" is not null", self.number);
        if let Some(name) = self.name.as_deref().filter(|_| !self.details.is_empty()) {
            let details: Vec<String> =
                self.details.iter().map(|(_, column)| format!("\"{column}\" is not null")).collect();
            filter = format!("{filter} or \"{name}\" is not null and ({})", details.join(" or "));
        }
        filter
    }
}

/// Codes of state organs and public institutions may be all digits; their check tells them from a person's number.
fn is_person(number: &str) -> bool {
    let is_org = gnomon_link::uscc::canonical(number).is_ok() && gnomon_link::idno::birth(number).is_none();
    number.len() == 18 && number.bytes().take(17).all(|b| b.is_ascii_digit()) && !is_org
}
