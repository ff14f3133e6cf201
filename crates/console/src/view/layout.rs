//! Proposals for headers, what a person made of them, and layouts in force.

use std::collections::BTreeMap;

use gnomon_app::{HeaderProposal, KeptLayout};
use gnomon_kernel::Lang;
use gnomon_library::{
    column::{ColumnType, MoneyUnit},
    dataset::{Dataset, Delivery},
    layout::{CellMeaning, CellProposal, OPERATION, Reason},
};
use gnomon_ui::{
    Basis, Choice, Filled, LayoutCell, LayoutPage, LayoutRow, LayoutSheet, Shell, comma, operation_column,
    text,
};

use super::data::kind;

/// What the cells of one header are said to mean.
pub type Meanings = Vec<Option<CellMeaning>>;

/// More headers and wider ones than any file that can be read in earnest.
const MOST_SHEETS: usize = 256;
const MOST_CELLS: usize = 2_000;

/// What the headers of a refused delivery may mean.
pub fn page(shell: Shell, proposal: &HeaderProposal<'_>, filled: Filled) -> LayoutPage {
    let (lang, dataset, batch) = (shell.lang, proposal.dataset, &proposal.batch);
    let sheets = proposal.sheets.iter().map(|sheet| LayoutSheet {
        names: sheet.sheets.join(&comma(lang)),
        line: sheet.line.map(u64::from),
        cells: sheet.cells.iter().map(|one| cell(one, dataset, lang)).collect(),
    });
    LayoutPage {
        shell,
        id: batch.id.to_string(),
        number: u64::from(batch.number),
        file: batch.name.clone(),
        key: batch.dataset.clone(),
        dataset: dataset.title.get(lang).to_owned(),
        sheets: sheets.collect(),
        choices: choices(dataset, lang),
        filled,
    }
}

fn cell(cell: &CellProposal, dataset: &Dataset, lang: Lang) -> LayoutCell {
    let column = cell.column.clone().unwrap_or_default();
    let ty = dataset.column(&column).map(|column| column.ty);
    let may_be_money = match ty {
        Some(ty) => ty == ColumnType::Money,
        None => cell.column.is_none() && cell.samples.iter().any(|text| text.contains(char::is_numeric)),
    };
    LayoutCell {
        header: cell.header.clone(),
        samples: cell.samples.clone(),
        title: title(dataset, &column, lang),
        column,
        confidence: u64::from(cell.confidence),
        basis: basis(cell.reason),
        asks_unit: may_be_money && cell.unit.is_none(),
    }
}

fn basis(reason: Reason) -> Basis {
    match reason {
        Reason::Confirmed => Basis::Confirmed,
        Reason::Words => Basis::Words,
        Reason::Alike => Basis::Alike,
        Reason::Values { percent } => Basis::Values(u64::from(percent)),
        Reason::Several => Basis::Several,
        Reason::NoValues => Basis::NoValues,
        Reason::Nothing => Basis::Nothing,
    }
}

fn choices(dataset: &Dataset, lang: Lang) -> Vec<Choice> {
    let mut choices = Vec::with_capacity(dataset.columns.len() + 1);
    for column in &dataset.columns {
        let required = match column.required {
            true => format!(" · {}", text(lang, "column-required", &[])),
            false => String::new(),
        };
        let label = format!("{} · {}{required}", column.title.get(lang), kind(column, lang));
        choices.push(Choice::new(&column.name, label));
    }
    if dataset.delivery == Delivery::Change {
        choices.push(Choice::new(OPERATION, operation_column(lang)));
    }
    choices
}

/// The column's title; its name where the dataset has it no more.
fn title(dataset: &Dataset, column: &str, lang: Lang) -> String {
    match dataset.column(column) {
        Some(column) => column.title.get(lang).to_owned(),
        None if column == OPERATION => operation_column(lang).into_owned(),
        None => column.to_owned(),
    }
}

/// What a person chose, from the fields `column-<sheet>-<cell>` and `unit-<sheet>-<cell>`.
pub fn meanings(fields: &BTreeMap<String, String>) -> Vec<Meanings> {
    let mut sheets: Vec<Meanings> = Vec::new();
    for (name, column) in fields {
        let Some((sheet, cell)) = name.strip_prefix("column-").and_then(place) else { continue };
        if sheets.len() <= sheet {
            sheets.resize(sheet + 1, Meanings::new());
        }
        if sheets[sheet].len() <= cell {
            sheets[sheet].resize(cell + 1, None);
        }
        let unit = match fields.get(&format!("unit-{sheet}-{cell}")).map(String::as_str) {
            Some("wan") => Some(MoneyUnit::Wan),
            Some("yuan") => Some(MoneyUnit::Yuan),
            _ => None,
        };
        let column = column.trim();
        sheets[sheet][cell] = (!column.is_empty()).then(|| CellMeaning { column: column.to_owned(), unit });
    }
    sheets
}

fn place(text: &str) -> Option<(usize, usize)> {
    let (sheet, cell) = text.split_once('-')?;
    let (sheet, cell) = (sheet.parse().ok()?, cell.parse().ok()?);
    (sheet < MOST_SHEETS && cell < MOST_CELLS).then_some((sheet, cell))
}

/// A layout in force, on its dataset's page.
pub fn row(kept: &KeptLayout, dataset: &Dataset, lang: Lang) -> LayoutRow {
    let words = kept.layout.header.iter().zip(&kept.layout.columns).map(|(header, meaning)| {
        let means = meaning.as_ref().map(|meaning| title(dataset, &meaning.column, lang));
        (header.clone(), means.unwrap_or_default())
    });
    LayoutRow {
        id: kept.id.to_string(),
        words: words.collect(),
        by: (!kept.by_name.is_empty()).then(|| kept.by_name.clone()),
        at: kept.at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_by_their_places() {
        let fields = [
            ("column-0-0", "person_id"),
            ("column-0-2", "amount"),
            ("unit-0-2", "wan"),
            ("column-1-0", ""),
            ("column-1-99999999", "amount"),
            ("column-x", "amount"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let amount = CellMeaning { column: "amount".into(), unit: Some(MoneyUnit::Wan) };
        let first = vec![Some(CellMeaning::of("person_id")), None, Some(amount)];
        assert_eq!(meanings(&fields), [first, vec![None]]);
    }
}
