use askama::Template;
use gnomon_kernel::{Code, Instant};

use super::Sensitivity;
use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::shell::Shell;

/// One dataset: its columns, what was delivered, what was kept back and why.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/dataset.html")]
pub struct DatasetPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// The department that delivers it.
    pub department: String,
    /// Who may see it.
    pub sensitivity: Sensitivity,
    /// Rows in use.
    pub rows: u64,
    /// Titles of the columns that make two rows the same fact.
    pub natural_key: Vec<String>,
    /// Columns.
    pub columns: Vec<ColumnRow>,
    /// Deliveries, newest first.
    pub batches: Vec<BatchRow>,
    /// Reasons for which rows were kept back, most frequent first.
    pub rejects: Vec<RejectRow>,
    /// Models that read it.
    pub models: Vec<ModelUse>,
    /// Whether this person may take files in.
    pub can_upload: bool,
    /// The upload that was refused.
    pub filled: Filled,
}

page!(DatasetPage);

/// A column.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    /// Name in SQL.
    pub name: String,
    /// Title.
    pub title: String,
    /// Type, as the dataset file writes it.
    pub kind: String,
    /// Whether its cells must be filled.
    pub is_required: bool,
    /// Headings under which it is recognised.
    pub headers: Vec<String>,
}

/// A delivery.
#[derive(Debug, Clone)]
pub struct BatchRow {
    /// Id, `bat_…`.
    pub id: String,
    /// Number.
    pub number: u64,
    /// Name of the file.
    pub file: String,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// When it was taken in.
    pub received: Instant,
    /// Rows read.
    pub rows: u64,
    /// Rows taken.
    pub accepted: u64,
    /// Rows kept back.
    pub rejected: u64,
}

impl BatchRow {
    /// Where the rows that were kept back can be downloaded.
    pub fn rejected_href(&self) -> String {
        format!("/data/batches/{}/rejected.csv", self.id)
    }
}

/// A reason for which rows were kept back.
#[derive(Debug, Clone)]
pub struct RejectRow {
    /// Title of the column.
    pub column: String,
    /// The reason.
    pub code: Code,
    /// Rows.
    pub rows: u64,
    /// An example of what was found, masked.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// A model that reads the dataset.
#[derive(Debug, Clone)]
pub struct ModelUse {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}
