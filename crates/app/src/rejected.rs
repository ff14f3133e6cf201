//! Rows that were kept apart, with their reasons.

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, BatchState};
use gnomon_kernel::{BatchId, Code};
use gnomon_library::{analytics::RejectedRows, dataset::Dataset};
use gnomon_store::Batch;

use crate::{
    App, Error, Result,
    app::permit,
    shown::{mask, mask_numbers},
};

/// The words of the file's own columns, in the reader's language.
pub struct RejectedWords<'a> {
    /// Headings: sheet, line, column, reason, found, expected.
    pub headings: [&'a str; 6],
    /// The sentence for a reason.
    pub reason: &'a (dyn Fn(Code) -> String + Sync),
}

/// A file to download.
#[derive(Clone)]
pub struct RejectedFile {
    /// Name for the download.
    pub name: String,
    /// CSV in UTF-8 with a byte-order mark, so that spreadsheets read it right.
    pub bytes: Vec<u8>,
}

/// What of an accepted delivery is not in its table, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Why rows were kept apart, most frequent reason first.
    pub reasons: Vec<RejectedReason>,
    /// Header words of columns that the dataset does not know.
    pub unknown: Vec<String>,
}

/// A reason for which rows of a delivery were kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedReason {
    /// Header word of the column at fault; empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub code: Code,
    /// How many rows.
    pub rows: u64,
    /// What was found in the first of them, masked.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl App {
    /// The rows of a delivery that were kept apart, as delivered, each with file line and reason.
    pub async fn rejected_csv(
        &self,
        actor: &Actor,
        id: &BatchId,
        words: &RejectedWords<'_>,
    ) -> Result<RejectedFile> {
        permit(actor, Action::DownloadRejected)?;
        let batch = self.accepted(id).await?;
        let rejected = self.parts.analytics.rejected(batch.number).await?;
        let tx = self.parts.store.write().await?;
        let detail = format!("{} rows", rejected.rows.len());
        self.audit(&tx, actor, Action::DownloadRejected, id.as_str(), &detail).await?;
        tx.commit().await?;
        let bytes = csv_of(&rejected, words).map_err(Error::internal)?;
        Ok(RejectedFile { name: format!("rejected-{}-{}.csv", batch.dataset, batch.number), bytes })
    }

    /// What of an accepted delivery is not in its table.
    pub async fn left_out(&self, actor: &Actor, id: &BatchId) -> Result<LeftOut> {
        permit(actor, Action::ViewData)?;
        let batch = self.accepted(id).await?;
        let rejected = self.parts.analytics.rejected(batch.number).await?;
        let dataset = self.library().datasets.get(&batch.dataset);
        let mut reasons: BTreeMap<(String, Code), RejectedReason> = BTreeMap::new();
        for row in rejected.rows {
            let code = Code::parse(&row.code).unwrap_or(Code::Invalid);
            let first = || RejectedReason {
                column: row.column.clone(),
                code,
                rows: 0,
                found: masked_cell(dataset, &row.column, &row.found),
                expected: row.expected.clone(),
            };
            reasons.entry((row.column.clone(), code)).or_insert_with(first).rows += 1;
        }
        let mut reasons: Vec<RejectedReason> = reasons.into_values().collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rows));
        Ok(LeftOut { reasons, unknown: rejected.unknown })
    }

    async fn accepted(&self, id: &BatchId) -> Result<Batch> {
        let batch = self.parts.store.read().await?.batch(id).await?;
        batch.filter(|batch| batch.state == BatchState::Accepted).ok_or(Error::NotFound(Code::NotFound))
    }
}

/// The column is known by its header word; what cannot be placed is masked like free text.
fn masked_cell(dataset: Option<&Dataset>, header: &str, cell: &str) -> String {
    let columns = dataset.map(|dataset| dataset.columns.as_slice()).unwrap_or_default();
    let column = columns.iter().find(|column| {
        let words = [&column.name, &column.title.zh, &column.title.en];
        words.into_iter().chain(&column.headers).any(|word| word == header)
    });
    match column {
        Some(column) if column.ty.is_personal() => mask(column.ty, cell),
        _ => mask_numbers(cell),
    }
}

fn csv_of(rejected: &RejectedRows, words: &RejectedWords<'_>) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(b"\xEF\xBB\xBF".to_vec());
    let headings = words.headings.iter().copied();
    writer.write_record(headings.chain(rejected.header.iter().map(String::as_str)).map(harmless))?;
    for row in &rejected.rows {
        let reason = Code::parse(&row.code).map_or_else(|| row.code.clone(), words.reason);
        let (sheet, line) = ((row.row.sheet + 1).to_string(), row.row.line.to_string());
        let own = [&sheet, &line, &row.column, &reason, &row.found, &row.expected];
        writer.write_record(own.into_iter().chain(&row.cells).map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A spreadsheet takes some beginnings for a formula; an apostrophe keeps the cell text. Numbers stay as they are.
fn harmless(cell: &str) -> String {
    let is_number =
        cell.trim_start_matches(['-', '+']).chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
