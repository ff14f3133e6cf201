use askama::Template;
use gnomon_kernel::{Code, Instant};

use super::{DeliveryOrigin, Refusal};
use crate::data_query::HeldFilter;
use crate::form::Choice;
use crate::page::{Page as _, page};
use crate::shell::Shell;

/// Everything that was kept back and is still open.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/quarantine.html")]
pub struct QuarantinePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What is shown.
    pub filter: HeldFilter,
    /// Datasets to choose from.
    pub datasets: Vec<Choice>,
    /// Departments to choose from.
    pub departments: Vec<Choice>,
    /// Reasons to choose from.
    pub reasons: Vec<Choice>,
    /// Refused rows by dataset, column and reason; the most rows times days first.
    pub groups: Vec<HeldGroupRow>,
    /// Deliveries with the most open rows.
    pub deliveries: Vec<HeldDeliveryRow>,
    /// Files whose header a person may explain.
    pub layouts: HeldFiles,
    /// Files that are not in, for anything else.
    pub files: HeldFiles,
    /// Pushes of rows that were refused, the newest first.
    pub pushes: Vec<HeldPushRow>,
    /// How many of these there are before the cut.
    pub pushes_count: u64,
    /// Whether this person may have the rows that were kept back.
    pub can_download: bool,
    /// Whether this person may take files in.
    pub can_upload: bool,
    /// Whether this person may say what headers mean.
    pub can_lay_out: bool,
}

page!(QuarantinePage);

/// Refused rows of a dataset that share column and reason.
#[derive(Debug, Clone)]
pub struct HeldGroupRow {
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub title: String,
    /// The department that delivers it.
    pub department: String,
    /// Title of the column; empty for the whole row.
    pub column: String,
    /// The reason.
    pub code: Code,
    /// Rows kept back.
    pub rows: u64,
    /// Of these, mended since.
    pub mended: u64,
    /// In so many deliveries.
    pub deliveries: u64,
    /// Id of the oldest of them.
    pub oldest: String,
    /// Whole days since it came.
    pub days: u64,
    /// The desk with these deliveries only.
    pub filter: HeldFilter,
}

/// A delivery with rows that are still open.
#[derive(Debug, Clone)]
pub struct HeldDeliveryRow {
    /// Id, `bat_…`.
    pub id: String,
    /// Number.
    pub number: u64,
    /// Name of the file.
    pub file: String,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub title: String,
    /// The department that delivers it.
    pub department: String,
    /// Who brought it; none for the command line.
    pub by: Option<String>,
    /// How it came.
    pub origin: DeliveryOrigin,
    /// When.
    pub received: Instant,
    /// Rows kept back.
    pub rows: u64,
    /// Of these, mended since.
    pub mended: u64,
}

/// Files that are not in.
#[derive(Debug, Clone, Default)]
pub struct HeldFiles {
    /// The newest of them.
    pub shown: Vec<HeldFileRow>,
    /// All of them.
    pub count: u64,
}

/// A file that is not in.
#[derive(Debug, Clone)]
pub struct HeldFileRow {
    /// Id, `bat_…`.
    pub id: String,
    /// Name of the file.
    pub file: String,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub title: String,
    /// The department that delivers it.
    pub department: String,
    /// When.
    pub received: Instant,
    /// Why; none when the program ended while it was read.
    pub refusal: Option<Refusal>,
}

/// A push that was refused.
#[derive(Debug, Clone)]
pub struct HeldPushRow {
    /// The receipt that the sender was given, `rcp_…`.
    pub receipt: String,
    /// What the sender's token is called.
    pub sender: String,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub title: String,
    /// When.
    pub at: Instant,
    /// Why.
    pub refusal: Refusal,
}

impl HeldGroupRow {
    fn open(&self) -> u64 {
        self.rows.saturating_sub(self.mended)
    }
}

impl HeldDeliveryRow {
    fn open(&self) -> u64 {
        self.rows.saturating_sub(self.mended)
    }

    fn rejected_href(&self, ending: &str) -> String {
        format!("/data/batches/{}/rejected.{ending}", self.id)
    }
}

impl QuarantinePage {
    fn is_empty(&self) -> bool {
        let files = self.layouts.count + self.files.count;
        self.groups.is_empty() && files == 0 && self.pushes.is_empty()
    }

    fn days(&self) -> Vec<Choice> {
        let days = |days: &u64| Choice::new(days.to_string(), self.t1("held-days", "days", *days));
        HeldFilter::DAYS.iter().map(days).collect()
    }
}
