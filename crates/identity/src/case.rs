//! The tables of a case as models read them: numbers as an intake makes them, everybody under the number to go by.

use std::collections::BTreeMap;

use gnomon_kernel::{Day, EntityKind, Tier};
use gnomon_library::{
    Library,
    case::{Case, TextTable},
    column::ColumnType,
    dataset::Dataset,
};
use gnomon_link::{idno, name, orgcode, party};

use crate::{DETAILS, Line, Mentions, OfEach, Source, StandIns, group, keys, sources};

/// Gives the tables that a case gives. Rows of datasets go through what rows of deliveries go through: their numbers and names
/// are made canonical, who is who is found out over all of them together, and the number to go by at this certainty takes the
/// place of the delivered one. What the case gives as a view is what the view returns, and stays.
///
/// # Errors
/// A table that is not aligned, or what the linker refuses; in words.
pub fn case_tables(
    library: &Library,
    case: &Case,
    certainty: Tier,
) -> Result<BTreeMap<String, TextTable>, String> {
    let mut tables = BTreeMap::new();
    for (name, text) in &case.given {
        let parsed = TextTable::parse(text).map_err(|(line, what)| format!("{name}, line {line}: {what}"))?;
        let table = match library.datasets.get(name) {
            Some(dataset) => delivered(dataset, parsed, case.run_date()),
            None => parsed,
        };
        tables.insert(name.clone(), table);
    }
    let sources = sources(library);
    let given: Vec<(u16, &Source<'_>)> = (0_u16..)
        .zip(&sources)
        .filter(|(_, source)| tables.get(&source.dataset.key).is_some_and(|table| gives(table, source)))
        .collect();
    let stand_ins = linked(&sources, &given, &tables)?;
    for (_, source) in given {
        let Some(table) = tables.get_mut(&source.dataset.key) else { continue };
        let Some(column) = place_of(table, source.number) else { continue };
        for row in 0..table.rows.len() {
            let found = stand_ins
                .of(source, &line(table, source, row))
                .and_then(|keys| keys[certainty.place()].clone());
            if let Some(key) = found {
                table.rows[row][column] = Some(key.into());
            }
        }
    }
    Ok(tables)
}

/// The table with the numbers and names that an intake would have stored. Made-up numbers with a wrong check, which it would
/// refuse, stay as written: they still tell people apart.
fn delivered(dataset: &Dataset, mut table: TextTable, latest: Day) -> TextTable {
    for (at, name) in table.columns.iter().enumerate() {
        let Some(column) = dataset.column(name) else { continue };
        let canonical = |text: &str| match column.ty {
            ColumnType::Idno => idno::canonical(text, latest).ok(),
            ColumnType::Uscc => orgcode::of_organisation(text).ok(),
            ColumnType::Party => party::canonical(text, latest).ok(),
            ColumnType::Name => Some(name::canonical(text)),
            _ => None,
        };
        for cell in table.rows.iter_mut().filter_map(|row| row[at].as_mut()) {
            if let Some(stored) = canonical(cell) {
                *cell = stored;
            }
        }
    }
    table
}

fn linked(
    sources: &[Source<'_>],
    given: &[(u16, &Source<'_>)],
    tables: &BTreeMap<String, TextTable>,
) -> Result<StandIns, String> {
    let mut mentions = OfEach::<Mentions>::default();
    for (at, source) in given.iter().filter(|(_, source)| source.says_something()) {
        let Some(table) = tables.get(&source.dataset.key) else { continue };
        for row in 0..table.rows.len() {
            source.see(*at, &line(table, source, row), &mut mentions);
        }
    }
    let mut found = OfEach::<BTreeMap<_, _>>::default();
    for kind in EntityKind::ALL {
        let mentions = &mentions[kind as usize];
        let (grouped, _) = group(kind, mentions, sources, &[], None).map_err(|error| error.to_string())?;
        found[kind as usize] = keys(mentions, &grouped).into_iter().collect();
    }
    Ok(StandIns::new(&mentions, &found))
}

fn gives(table: &TextTable, source: &Source<'_>) -> bool {
    place_of(table, source.number).is_some()
}

fn place_of(table: &TextTable, column: &str) -> Option<usize> {
    table.columns.iter().position(|name| name == column)
}

fn line<'t>(table: &'t TextTable, source: &Source<'_>, row: usize) -> Line<'t> {
    let cell = |column: &str| table.rows[row][place_of(table, column)?].as_deref();
    let mut details = [None; DETAILS.len()];
    for (place, column) in &source.details {
        details[usize::from(*place)] = cell(column);
    }
    Line {
        number: cell(source.number),
        name: source.name.as_deref().and_then(cell),
        region: source.region.and_then(cell),
        details,
        rows: 1,
        first: row as i64,
    }
}
