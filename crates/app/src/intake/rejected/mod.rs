//! Rows that were kept apart, with their reasons.

use std::collections::BTreeMap;

mod csv;
mod xlsx;

use gnomon_domain::{Action, Actor, BatchState};
use gnomon_kernel::{BatchId, Code, Lang};
use gnomon_library::{
    analytics::{RejectedRow, RejectedRows, SkippedSheet, VisitRejected},
    dataset::Dataset,
};
use gnomon_store::Batch;

use crate::{
    App, Error, Result,
    app::permit,
    lock::blocking,
    warning::shown::{mask, mask_numbers},
};

/// The form of a file of rejected rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectedForm {
    /// To be read: CSV in UTF-8 with a byte-order mark, so that spreadsheets read it right.
    Csv,
    /// To be mended and sent again: a workbook in which each row names itself.
    Xlsx,
}

impl RejectedForm {
    /// How the name of such a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The words of the file's own columns, in the reader's language.
pub struct RejectedWords<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// Headings of a CSV file: sheet, line, column, reason, found, expected.
    pub headings: [&'a str; 6],
    /// The sentence for a reason.
    pub reason: &'a (dyn Fn(Code) -> String + Sync),
}

/// A file to download.
#[derive(Clone)]
pub struct RejectedFile {
    /// Name for the download.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What of an accepted delivery is not in its table, and why. Rows that came back mended are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Why rows were kept apart, most frequent reason first.
    pub reasons: Vec<RejectedReason>,
    /// Header words of columns that the dataset does not know.
    pub unknown: Vec<String>,
    /// Header words of columns that the agreement does not include.
    pub not_agreed: Vec<String>,
    /// Sheets of which no row was known as a header; what was found on them is masked.
    pub skipped: Vec<SkippedSheet>,
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
    /// The rows of a delivery that were kept apart and have not come back mended, as delivered, each with its place and reason.
    pub async fn rejected_file(
        &self,
        actor: &Actor,
        id: &BatchId,
        form: RejectedForm,
        words: &RejectedWords<'_>,
    ) -> Result<RejectedFile> {
        permit(actor, Action::DownloadRejected)?;
        let batch = self.accepted(id).await?;
        let rejected = self.open_rejected(&batch).await?;
        let tx = self.parts.store.write().await?;
        let detail = format!("{} rows", rejected.rows.len());
        self.audit(&tx, actor, Action::DownloadRejected, id.as_str(), &detail).await?;
        tx.commit().await?;
        let bytes = match form {
            RejectedForm::Csv => csv::file_of(&rejected, words).map_err(Error::internal)?,
            RejectedForm::Xlsx => {
                let remarks = xlsx::Remarks::new(&rejected, words);
                blocking(move || xlsx::file_of(&rejected, &remarks).map_err(std::io::Error::other)).await?
            }
        };
        let name = format!("rejected-{}-{}.{}", batch.dataset, batch.number, form.ending());
        Ok(RejectedFile { name, bytes })
    }

    /// What of an accepted delivery is not in its table.
    pub async fn left_out(&self, actor: &Actor, id: &BatchId) -> Result<LeftOut> {
        permit(actor, Action::ViewData)?;
        let batch = self.accepted(id).await?;
        let dataset = self.library().datasets.get(&batch.dataset);
        let mut reasons: BTreeMap<(String, Code), RejectedReason> = BTreeMap::new();
        let mut count = |row: RejectedRow| {
            let code = Code::parse(&row.code).unwrap_or(Code::Invalid);
            let first = || RejectedReason {
                column: row.column.clone(),
                code,
                rows: 0,
                found: masked_cell(dataset, &row.column, &row.found),
                expected: row.expected.clone(),
            };
            reasons.entry((row.column.clone(), code)).or_insert_with(first).rows += 1;
        };
        let rejected = self.each_open_rejected(&batch, &mut count).await?;
        let mut reasons: Vec<RejectedReason> = reasons.into_values().collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.rows));
        let masked = |sheet: SkippedSheet| SkippedSheet { found: mask_numbers(&sheet.found), ..sheet };
        let skipped = rejected.skipped.into_iter().map(masked).collect();
        let RejectedRows { unknown, not_agreed, .. } = rejected;
        Ok(LeftOut { reasons, unknown, not_agreed, skipped })
    }

    /// The refused rows of a delivery that have not come back mended, all of them in memory.
    async fn open_rejected(&self, batch: &Batch) -> Result<RejectedRows> {
        let mut rows = Vec::new();
        let left_out = self.each_open_rejected(batch, &mut |row| rows.push(row)).await?;
        Ok(RejectedRows { rows, ..left_out })
    }

    /// Gives the same one after the other; returns what else was left out.
    async fn each_open_rejected(&self, batch: &Batch, visit: VisitRejected<'_>) -> Result<RejectedRows> {
        let mended = self.parts.store.read().await?.mended_rows(batch.number).await?;
        let mut open = |row: RejectedRow| {
            if !mended.contains(&row.row) {
                visit(row);
            }
        };
        Ok(self.parts.analytics.rejected(batch.number, &mut open).await?)
    }

    async fn accepted(&self, id: &BatchId) -> Result<Batch> {
        let batch = self.parts.store.read().await?.batch(id).await?;
        batch.filter(|batch| batch.state == BatchState::Accepted).ok_or(Error::NotFound(Code::NotFound))
    }
}

/// The column is known by its header word; what cannot be placed is masked like free text.
fn masked_cell(dataset: Option<&Dataset>, header: &str, cell: &str) -> String {
    let column = dataset.and_then(|dataset| dataset.column_headed(header));
    match column {
        Some(column) if column.ty.is_personal() => mask(column.ty, cell),
        _ => mask_numbers(cell),
    }
}
