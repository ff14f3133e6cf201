use askama::Template;
use gnomon_kernel::{Code, Instant, Level, Measure, MeasureKind, Money};

use super::RejectRow;
use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::query::{InboxFilter, StateFilter};
use crate::shell::Shell;
use crate::tr::key;

/// One delivery: what it is, what became of its rows, what rests on it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/delivery.html")]
pub struct DeliveryPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id, `bat_…`.
    pub id: String,
    /// Number.
    pub number: u64,
    /// Name of the file.
    pub file: String,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub dataset: String,
    /// The department that delivers it.
    pub department: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// Who brought it; none for the command line.
    pub by: Option<String>,
    /// How it came.
    pub origin: Origin,
    /// Why somebody typed its rows; empty for what came in any other way.
    pub note: String,
    /// When it came.
    pub received: Instant,
    /// When it was in or refused.
    pub finished: Option<Instant>,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Version of the table that holds it; 0 when it was never in.
    pub version: u64,
    /// What became of its rows; all zero when it was never in.
    pub counts: RowCounts,
    /// Lines of its file that were erased on legal ground.
    pub erased: u64,
    /// Its quality against the limits; empty when it was never in.
    pub measures: Vec<Measure>,
    /// Deliveries that mend rows of it that were kept back.
    pub menders: Vec<MenderRow>,
    /// Why it is not in.
    pub refusal: Option<Refusal>,
    /// Why it was taken out.
    pub withdrawal: Option<Withdrawal>,
    /// Header words of columns that the dataset does not know.
    pub unknown: Vec<String>,
    /// Header words of columns that the agreement does not include.
    pub not_agreed: Vec<String>,
    /// Sheets of it that were left out.
    pub skipped: Vec<SkippedSheet>,
    /// Reasons for which rows were kept back, most frequent first.
    pub rejects: Vec<RejectRow>,
    /// What each model made of it.
    pub traces: Vec<TraceRow>,
    /// The open warnings that cite it, the strongest first; the first of them.
    pub citing: Vec<CitingRow>,
    /// How many there are before the cut.
    pub citing_count: u64,
    /// Whether this person may have the rows that were kept back.
    pub can_download: bool,
    /// Whether this person may say what its header means.
    pub can_lay_out: bool,
    /// Id of the delivery as which the same bytes are in.
    pub taken_in_as: Option<String>,
    /// Whether this person may take it out now.
    pub can_withdraw: bool,
    /// The form that came back.
    pub filled: Filled,
}

page!(DeliveryPage);

/// How a delivery came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A connection read it.
    Link,
    /// Somebody took a file in.
    File,
    /// Somebody typed its rows.
    Hand,
    /// A department's system sent it.
    Push,
}

impl Origin {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Origin::Link => key("origin-link"),
            Origin::File => key("origin-file"),
            Origin::Hand => key("origin-hand"),
            Origin::Push => key("origin-push"),
        }
    }

    /// Whether a person typed it.
    pub fn is_typed(self) -> bool {
        self == Origin::Hand
    }
}

/// A sheet without a known header.
#[derive(Debug, Clone)]
pub struct SkippedSheet {
    /// Which one, from 1.
    pub sheet: u64,
    /// Its first row, masked.
    pub found: String,
}

/// What one model made of a delivery.
#[derive(Debug, Clone)]
pub struct TraceRow {
    /// Id of the model.
    pub model: String,
    /// Its title.
    pub title: String,
    /// Findings that rest on rows of it.
    pub findings: u64,
    /// Warnings whose evidence cites it.
    pub warnings: u64,
    /// Of these, open.
    pub open: u64,
    /// The inbox with these warnings.
    pub filter: InboxFilter,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is being read.
    Checking,
    /// It is in.
    Accepted,
    /// It is not in, for a reason.
    Refused,
    /// The program ended while it was read.
    Interrupted,
    /// It was in and was taken out.
    Withdrawn,
}

impl DeliveryState {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            DeliveryState::Checking => key("delivery-checking"),
            DeliveryState::Accepted => key("delivery-accepted"),
            DeliveryState::Refused => key("delivery-refused"),
            DeliveryState::Interrupted => key("delivery-interrupted"),
            DeliveryState::Withdrawn => key("delivery-withdrawn"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            DeliveryState::Checking => "info",
            DeliveryState::Accepted => "ok",
            DeliveryState::Refused | DeliveryState::Interrupted => "warn",
            DeliveryState::Withdrawn => "mute",
        }
    }

    /// Whether its rows are in the table.
    pub fn is_in(self) -> bool {
        self == DeliveryState::Accepted
    }
}

/// What became of the rows of a delivery.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows in the file.
    pub rows: u64,
    /// Rows that took effect.
    pub accepted: u64,
    /// Rows written into the table.
    pub written: u64,
    /// Rows written that correct earlier ones.
    pub corrected: u64,
    /// Facts that have ended by it.
    pub ended: u64,
    /// Rows kept back.
    pub rejected: u64,
}

impl RowCounts {
    /// The parts of the file's rows: locale key of the name, and how many.
    fn parts(&self) -> [(&'static str, u64); 4] {
        [
            (key("rows-accepted"), self.accepted),
            (key("rows-written"), self.written),
            (key("rows-corrected"), self.corrected),
            (key("rows-rejected"), self.rejected),
        ]
    }
}

/// Why a file is not in.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// A delivery that mends rows of this one.
#[derive(Debug, Clone)]
pub struct MenderRow {
    /// Id, `bat_…`.
    pub id: String,
    /// Name of its file.
    pub file: String,
    /// Number.
    pub number: u64,
    /// Rows of this one that it mends.
    pub rows: u64,
}

/// How a delivery was taken out.
#[derive(Debug, Clone)]
pub struct Withdrawal {
    /// When.
    pub at: Instant,
    /// Why, in a person's words; the name of the file that took its place when there is one.
    pub reason: String,
    /// Id of the delivery that took its place.
    pub replaced_by: Option<String>,
}

/// A warning that cites the delivery.
#[derive(Debug, Clone)]
pub struct CitingRow {
    /// Id, `wrn_…`.
    pub id: String,
    /// Number as people say it.
    pub number: String,
    /// Level.
    pub level: Level,
    /// Title of the model.
    pub title: String,
    /// Name of the region.
    pub region: String,
    /// Amount.
    pub fen: Option<Money>,
}

impl DeliveryPage {
    /// The beginning of the fingerprint, enough to compare by eye.
    fn short_hash(&self) -> &str {
        self.sha256.get(..16).unwrap_or(&self.sha256)
    }

    fn rejected_href(&self, ending: &str) -> String {
        format!("/data/batches/{}/rejected.{ending}", self.id)
    }

    /// Findings, warnings, and those of them that are open.
    fn traced(&self) -> (u64, u64, u64) {
        let sum = |of: fn(&TraceRow) -> u64| self.traces.iter().map(of).sum();
        (sum(|row| row.findings), sum(|row| row.warnings), sum(|row| row.open))
    }

    /// The inbox with all warnings that cite it.
    fn warnings_href(&self) -> String {
        InboxFilter { batch: self.number.to_string(), state: StateFilter::All, ..InboxFilter::default() }
            .href()
    }

    fn has_gaps(&self) -> bool {
        self.measures.iter().any(|measure| !measure.kept)
    }

    /// Rows kept back that have not come back mended.
    fn open_rejected(&self) -> u64 {
        let mended: u64 = self.menders.iter().map(|mender| mender.rows).sum();
        self.counts.rejected.saturating_sub(mended)
    }

    /// The part of the bar that is filled: a file may have more rows than are usual.
    fn bar_part(&self, measure: &Measure) -> u64 {
        match measure.kind {
            MeasureKind::RowCount => measure.part.min(measure.whole),
            _ => measure.part,
        }
    }
}
