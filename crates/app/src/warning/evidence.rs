//! What a finding rests on: its cells, its parties, its chain, its source rows.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_domain::{Action, Actor};
use gnomon_kernel::{BatchId, Instant, Money, Month, RowRef, WarningId, Words};
use gnomon_library::{
    analytics::TableRow,
    column::ColumnType,
    dataset::Dataset,
    model::{Model, Subject},
};
use gnomon_store::{Batch, Finding, Warning};

use crate::{
    App, Result,
    kinship::clue,
    warning::{
        Evidence, Trend,
        shown::{Places, Shown, subject_kind},
    },
};

/// A named value.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Name of the column.
    pub name: String,
    /// Word for people.
    pub title: Words,
    /// Type of the column, where known.
    pub ty: Option<ColumnType>,
    /// The value as it may be shown.
    pub value: Shown,
}

/// One link of the chain that a model draws.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainNode {
    /// What it is.
    pub cell: Cell,
    /// Word on the line that leads here; `None` for the first.
    pub edge: Option<Words>,
}

/// Whether a party is a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// A natural person.
    Person,
    /// A company or unit.
    Org,
}

/// Somebody a warning speaks of; masked. [`App::reveal`] opens one.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// `subject` or the name of a column; what `reveal` takes.
    pub key: String,
    /// Person or organisation.
    pub kind: PartyKind,
    /// The part played, in words; `None` for the subject.
    pub role: Option<Words>,
    /// Name, masked.
    pub name: Option<String>,
    /// Number, masked.
    pub number: String,
}

/// One source row.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceRow {
    /// Where it stands.
    pub row: RowRef,
    /// Key of the dataset.
    pub dataset: String,
    /// Title of the dataset.
    pub title: Words,
    /// Department that delivered it.
    pub owner: Words,
    /// Name of the file.
    pub file: String,
    /// The delivery.
    pub batch: BatchId,
    /// When it came.
    pub received_at: Instant,
    /// What its time column says.
    pub when: Shown,
    /// What its amount column says.
    pub amount: Option<Money>,
    /// Its cells, in the order of the dataset; empty ones are left out.
    pub cells: Vec<Cell>,
}

/// A person's number would be masked by now.
fn shows_organisation(value: &Shown) -> bool {
    matches!(value, Shown::Text(number) if gnomon_kernel::is_organisation_code(number))
}

impl App {
    /// All that a finding says, by the names that a model's sentence uses.
    pub(crate) fn facts(&self, finding: &Finding, places: &Places) -> Vec<(String, Shown)> {
        let kind = subject_kind(self.library().models.get(&finding.model));
        let subject = Shown::Text(Shown::subject(kind, &finding.subject));
        let name = finding.subject_name.as_deref();
        let name = name.map_or(Shown::Empty, |name| Shown::Text(Shown::subject_name(kind, name)));
        let place = finding.region_code.as_ref();
        let place =
            place.map_or(Shown::Empty, |code| Shown::Place { code: code.clone(), name: places.name(code) });
        let own = [
            ("subject", subject),
            ("subject_name", name),
            ("fen", finding.money.map_or(Shown::Empty, Shown::Money)),
            ("happened_on", finding.happened_on.map_or(Shown::Empty, Shown::Day)),
            ("region_code", place),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        let cells = self.cells(finding, places);
        own.into_iter().chain(cells.into_iter().map(|cell| (cell.name, cell.value))).collect()
    }

    /// The evidence in the order the model writes it.
    pub(crate) fn cells(&self, finding: &Finding, places: &Places) -> Vec<Cell> {
        let model = self.library().models.get(&finding.model);
        let cell = |(name, value): &(String, serde_json::Value)| {
            let handed_on =
                (finding.model == clue::CLUE).then(|| clue::column(self.library(), name)).flatten();
            let word = match model {
                Some(model) => self.library().evidence_word(model, name),
                None => handed_on.map(|column| (column.ty, &column.title)),
            };
            let ty = word.map(|(ty, _)| ty);
            let title = word.map_or_else(|| plain(name), |(_, title)| title.clone());
            let words = |code: &str| match model {
                Some(model) => self.library().code_words(model, name, code),
                None => handed_on?.choice(code),
            };
            let value = Shown::named(value, words).unwrap_or_else(|| Shown::cell(ty, value, places));
            Cell { name: name.clone(), title, ty, value }
        };
        finding.evidence.iter().map(cell).collect()
    }

    /// The chain that the model draws; empty when it draws none or a link is missing.
    pub(crate) fn chain(&self, model: &Model, finding: &Finding, cells: &[Cell]) -> Vec<ChainNode> {
        let Some(graph) = &model.graph else { return Vec::new() };
        let node = |name: &String| {
            if name != "subject" {
                return cells.iter().find(|cell| cell.name == *name && cell.value != Shown::Empty).cloned();
            }
            let shown = match &finding.subject_name {
                Some(name) => Shown::subject_name(Some(model.subject), name),
                None => Shown::subject(Some(model.subject), &finding.subject),
            };
            Some(Cell { name: name.clone(), title: plain(name), ty: None, value: Shown::Text(shown) })
        };
        let nodes: Option<Vec<Cell>> = graph.chain.iter().map(node).collect();
        let edges = std::iter::once(None).chain(graph.edges.iter().cloned().map(Some));
        nodes
            .unwrap_or_default()
            .into_iter()
            .zip(edges)
            .map(|(cell, edge)| ChainNode { cell, edge })
            .collect()
    }

    /// Whom a warning speaks of: its subject, and every person's or organisation's number in its evidence.
    pub(crate) fn parties(&self, finding: &Finding, cells: &[Cell]) -> Vec<Party> {
        let kind = subject_kind(self.library().models.get(&finding.model));
        let own = match kind {
            Some(Subject::Org | Subject::Unit) => Some(PartyKind::Org),
            Some(Subject::Person | Subject::Account) | None => Some(PartyKind::Person),
            Some(Subject::Contract | Subject::Asset) => None,
        };
        let subject = own.map(|own| Party {
            key: "subject".into(),
            kind: own,
            role: None,
            name: finding.subject_name.as_deref().map(|name| Shown::subject_name(kind, name)),
            number: Shown::subject(kind, &finding.subject),
        });
        let others = cells.iter().filter_map(|cell| {
            let Shown::Text(number) = &cell.value else { return None };
            let party = match cell.ty? {
                ColumnType::Party if shows_organisation(&cell.value) => PartyKind::Org,
                ColumnType::Idno | ColumnType::Party | ColumnType::Bankacct => PartyKind::Person,
                ColumnType::Uscc => PartyKind::Org,
                _ => return None,
            };
            let name = name_beside(&cell.name, finding).map(|name| match party {
                PartyKind::Person => gnomon_kernel::mask_name(name),
                PartyKind::Org => name.to_owned(),
            });
            let role = Some(cell.title.clone());
            Some(Party { key: cell.name.clone(), kind: party, role, name, number: number.clone() })
        });
        subject.into_iter().chain(others).collect()
    }

    /// The source rows of a warning as they stand in their tables, and the sums of their amounts by month.
    pub async fn evidence(&self, actor: &Actor, id: &WarningId) -> Result<Evidence> {
        let tx = self.parts.store.read().await?;
        let warning = self.visible(&tx, actor, Action::ViewWarning, id).await?;
        let finding = self.finding_of(&tx, &warning).await?;
        let numbers: BTreeSet<u32> = finding.rows.iter().map(|row| row.batch).collect();
        let batches = tx.batches_numbered(&numbers.into_iter().collect::<Vec<_>>()).await?;
        let batches: BTreeMap<u32, Batch> = batches.into_iter().map(|batch| (batch.number, batch)).collect();
        let wanted: Vec<(String, RowRef)> = finding
            .rows
            .iter()
            .filter_map(|row| Some((batches.get(&row.batch)?.dataset.clone(), *row)))
            .collect();
        let rows = self.parts.analytics.rows(&wanted).await?;
        let codes = rows.iter().flat_map(|row| self.codes_of_row(row));
        let places = Places::load(&tx, codes).await?;
        let shown =
            rows.iter().filter_map(|row| self.evidence_row(row, batches.get(&row.row.batch)?, &places));
        let rows: Vec<EvidenceRow> = shown.collect();
        Ok(Evidence { trend: trend(&rows), rows, row_count: finding.row_count })
    }

    pub(crate) fn codes_of_row<'a>(&'a self, row: &'a TableRow) -> Vec<&'a str> {
        let Some(dataset) = self.library().datasets.get(&row.dataset) else { return Vec::new() };
        let is_region =
            |name: &str| dataset.column(name).is_some_and(|column| column.ty == ColumnType::Region);
        row.cells.iter().filter(|(name, _)| is_region(name)).filter_map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn evidence_row(&self, row: &TableRow, batch: &Batch, places: &Places) -> Option<EvidenceRow> {
        let dataset = self.library().datasets.get(&row.dataset)?;
        let cells = row_cells(dataset, row, places);
        let of = |column: &Option<String>| {
            let name = column.as_ref()?;
            cells.iter().find(|cell| cell.name == *name).map(|cell| cell.value.clone())
        };
        let amount = match of(&dataset.amount) {
            Some(Shown::Money(amount)) => Some(amount),
            _ => None,
        };
        Some(EvidenceRow {
            row: row.row,
            dataset: row.dataset.clone(),
            title: dataset.title.clone(),
            owner: dataset.owner.clone(),
            file: batch.name.clone(),
            batch: batch.id.clone(),
            received_at: batch.received_at,
            when: of(&dataset.time).unwrap_or(Shown::Empty),
            amount,
            cells,
        })
    }

    pub(crate) async fn finding_of(&self, tx: &gnomon_store::Tx, warning: &Warning) -> Result<Finding> {
        let found = tx.findings_numbered(&[warning.finding]).await?.into_iter().next();
        found.ok_or_else(|| crate::Error::internal(format!("{} has lost its finding", warning.id)))
    }
}

/// The cells of a table's row in the order of its dataset, without empty ones.
pub(crate) fn row_cells(dataset: &Dataset, row: &TableRow, places: &Places) -> Vec<Cell> {
    let cell = |column: &gnomon_library::column::Column| {
        let (_, value) = row.cells.iter().find(|(name, _)| *name == column.name)?;
        Some(column_cell(column, value, places)).filter(|cell| cell.value != Shown::Empty)
    };
    dataset.columns.iter().filter_map(cell).collect()
}

/// One cell of a table.
pub(crate) fn column_cell(
    column: &gnomon_library::column::Column,
    value: &serde_json::Value,
    places: &Places,
) -> Cell {
    let named = Shown::named(value, |code| column.choice(code));
    let value = named.unwrap_or_else(|| Shown::cell(Some(column.ty), value, places));
    Cell { name: column.name.clone(), title: column.title.clone(), ty: Some(column.ty), value }
}

/// The name that belongs to a number: `kin_name` beside `kin_id`.
pub(crate) fn name_beside<'a>(column: &str, finding: &'a Finding) -> Option<&'a str> {
    let stem = ["_id", "_no", "_code", "_uscc"]
        .iter()
        .find_map(|ending| column.strip_suffix(ending))
        .unwrap_or(column);
    let wanted = format!("{stem}_name");
    let (_, value) = finding.evidence.iter().find(|(name, _)| *name == wanted)?;
    value.as_str()
}

fn trend(rows: &[EvidenceRow]) -> Option<Trend> {
    let mut sums: BTreeMap<&str, (&Words, BTreeMap<Month, i64>)> = BTreeMap::new();
    for row in rows {
        if let (Some(month), Some(amount)) = (month(&row.when), row.amount) {
            let (_, months) = sums.entry(&row.dataset).or_insert((&row.title, BTreeMap::new()));
            let sum = months.entry(month).or_default();
            *sum = sum.saturating_add(amount.fen());
        }
    }
    let (title, months) = sums.into_values().max_by_key(|(_, months)| months.len())?;
    let sums = months.into_iter().map(|(month, fen)| (month, Money(fen))).collect();
    Some(Trend { title: title.clone(), sums })
}

fn month(when: &Shown) -> Option<Month> {
    use chrono::Datelike;
    match when {
        Shown::Month(month) => Some(*month),
        Shown::Day(day) => Month::new(day.year() * 100 + day.month() as i32),
        _ => None,
    }
}

fn plain(name: &str) -> Words {
    Words { zh: name.to_owned(), en: name.to_owned() }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use gnomon_kernel::RandomIds;

    use super::*;

    fn row(dataset: &str, when: Shown, fen: i64) -> EvidenceRow {
        EvidenceRow {
            row: RowRef { batch: 1, sheet: 0, line: 2 },
            dataset: dataset.to_owned(),
            title: plain(dataset),
            owner: plain("owner"),
            file: String::new(),
            batch: BatchId::new(&RandomIds),
            received_at: DateTime::UNIX_EPOCH,
            when,
            amount: Some(Money(fen)),
            cells: Vec::new(),
        }
    }

    #[test]
    fn amounts_of_different_datasets_are_not_added() {
        let month = |number| Month::new(number).unwrap();
        let paid = |number, fen| row("payroll", Shown::Month(month(number)), fen);
        let fee = row("cremation", Shown::Day("2024-01-09".parse().unwrap()), 98_000);
        let rows = [fee, paid(202_401, 100), paid(202_402, 200), paid(202_402, 50)];
        let trend = trend(&rows).unwrap();
        assert_eq!(trend.title, plain("payroll"));
        assert_eq!(trend.sums, [(month(202_401), Money(100)), (month(202_402), Money(250))]);
        assert_eq!(super::trend(&[]), None);
    }
}
