use askama::Template;
use gnomon_kernel::{Code, Instant};

use super::{AgreementNote, Delayed, DeliveryOrigin, DeliveryState, Fresh, Sensitivity};
use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::quality::{Line, Measured, lines};
use crate::shell::Shell;
use crate::tr::key;

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
    /// How often it is to come, where that is known.
    pub cadence: Option<Cadence>,
    /// Where it stands; none for lists that come with the library.
    pub fresh: Option<Fresh>,
    /// The delay that has been noticed.
    pub delayed: Option<Delayed>,
    /// How its deliveries add up.
    pub adding: Adding,
    /// Rows in use.
    pub rows: u64,
    /// Titles of the columns that make two rows the same fact.
    pub natural_key: Vec<String>,
    /// Columns.
    pub columns: Vec<ColumnRow>,
    /// Deliveries, newest first.
    pub batches: Vec<BatchRow>,
    /// What the last deliveries measured, the oldest first.
    pub measured: Vec<Measured>,
    /// Header words of the delivery whose columns the dataset does not know.
    pub unknown: Vec<String>,
    /// Reasons for which rows were kept back, most frequent first.
    pub rejects: Vec<RejectRow>,
    /// Headers that somebody has confirmed, the newest first.
    pub layouts: Vec<LayoutRow>,
    /// The data request that counts for it.
    pub agreement: Option<AgreementNote>,
    /// Whether links of it are held up for want of an agreement.
    pub is_held_up: bool,
    /// Whether this person may ask the department for it.
    pub can_ask: bool,
    /// Header words of that delivery whose columns the agreement does not include.
    pub not_agreed: Vec<String>,
    /// Models that read it.
    pub models: Vec<ModelUse>,
    /// Whether this person may take files in.
    pub can_upload: bool,
    /// Whether this person may have the rows that were kept back.
    pub can_download: bool,
    /// Whether this person may retire layouts.
    pub can_retire: bool,
    /// The upload that was refused.
    pub filled: Filled,
}

page!(DatasetPage);

impl DatasetPage {
    fn lines(&self) -> Vec<Line> {
        lines(&self.measured)
    }
}

/// How often a dataset is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// As it happens.
    Realtime,
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// Each quarter.
    Quarterly,
    /// Twice a year, with the school term.
    Termly,
    /// Each year.
    Yearly,
    /// When something happens.
    Event,
}

impl Cadence {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Cadence::Realtime => key("cadence-realtime"),
            Cadence::Daily => key("cadence-daily"),
            Cadence::Weekly => key("cadence-weekly"),
            Cadence::Monthly => key("cadence-monthly"),
            Cadence::Quarterly => key("cadence-quarterly"),
            Cadence::Termly => key("cadence-termly"),
            Cadence::Yearly => key("cadence-yearly"),
            Cadence::Event => key("cadence-event"),
        }
    }
}

/// How the deliveries of a dataset add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adding {
    /// Each file adds facts.
    Append,
    /// Each file is the whole truth of its part. Titles of the columns that say which part; empty: of everything.
    Snapshot(Vec<String>),
    /// Each row is put or deleted.
    Change,
}

/// A column.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    /// Name in SQL.
    pub name: String,
    /// Title.
    pub title: String,
    /// What it holds, in words.
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
    /// Where it stands.
    pub state: DeliveryState,
    /// How it came.
    pub origin: DeliveryOrigin,
    /// When it came.
    pub received: Instant,
    /// Rows read.
    pub rows: u64,
    /// Rows taken.
    pub accepted: u64,
    /// Rows kept back.
    pub rejected: u64,
    /// Whether it misses a limit of quality.
    pub has_gaps: bool,
}

impl BatchRow {
    /// Its own page.
    pub fn href(&self) -> String {
        format!("/data/batches/{}", self.id)
    }

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

/// A header that somebody has confirmed.
#[derive(Debug, Clone)]
pub struct LayoutRow {
    /// Id, `lay_…`.
    pub id: String,
    /// Header words and the titles of the columns they mean; an empty title is left out.
    pub words: Vec<(String, String)>,
    /// Who confirmed it; none for the command line.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// A model that reads the dataset.
#[derive(Debug, Clone)]
pub struct ModelUse {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}
