//! The port to the analytical side: what a delivery, a run and a finding are. `lake` implements it; `app` calls it.
//! It exists so that a change of a workflow rule never rebuilds the engines.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use gnomon_kernel::{BatchId, Code, Day, Instant, Level, Month, RebuildId, RowRef};
use serde::{Deserialize, Serialize};

use crate::{
    entity::{Doubt, EntityChange, Ruling},
    erasure::{DeliveredFile, Traces},
    layout::{HeaderLayout, SheetProposal},
    object::{ObjectEntry, ObjectKind, ObjectRecord, ObjectSearch},
    office::{KinMatter, Official},
    param::ParamValues,
    tie::{Tie, TieAnswer, TieQuestion},
};

pub use crate::refusal::{FileGone, Refusal, code_of, is_disk_full};
pub use crate::rejected::{RejectedRow, RejectedRows, SkippedSheet, VisitRejected};

/// Bytes that were put into the raw area, not yet looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// The order to take one received file into one dataset.
#[derive(Debug, Clone)]
pub struct IngestOrder {
    /// The batch this delivery becomes; also the application transaction of the table's commit.
    pub batch: BatchId,
    /// The batch's number, the upper half of every row's reference.
    pub number: u32,
    /// Key of the dataset.
    pub dataset: String,
    /// The file's name as delivered; its ending is a hint, its content decides.
    pub name: String,
    /// Which received bytes.
    pub sha256: String,
    /// Somebody has confirmed that the file is right although a snapshot holds far fewer facts than before, or most of its
    /// rows cannot be used.
    pub confirmed: bool,
    /// Confirmed layouts of the dataset; of two for the same header the first counts.
    pub layouts: Vec<HeaderLayout>,
    /// The columns that may be taken in by the agreement under which it came; all of them when absent.
    pub agreed: Option<Arc<[String]>>,
    /// Numbers of the accepted deliveries of the dataset whose refused rows may be mended.
    pub mendable: Arc<[u32]>,
}

/// The order to make a table anew from one batch on: to take a batch out, to put another in its place, or to follow a
/// changed dataset file. The received bytes are read again.
#[derive(Debug, Clone)]
pub struct RebuildOrder {
    /// The application transaction of the table's commit.
    pub id: RebuildId,
    /// Key of the dataset.
    pub dataset: String,
    /// Number of the first batch that is read again or left out; what is in from earlier batches stays.
    pub from: u32,
    /// The batches from there on that are to be in, in the order they came.
    pub batches: Vec<IngestOrder>,
}

/// What is being done with a delivery.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IngestPhase {
    /// Its rows are read, and each of them is checked.
    #[default]
    Reading,
    /// It is checked as a whole.
    Checking,
    /// What is new is written, and becomes visible at once.
    Writing,
}

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, Default)]
pub struct IngestProgress {
    /// What is being done.
    pub phase: IngestPhase,
    /// Bytes of the file read so far.
    pub bytes: u64,
    /// Rows seen so far.
    pub rows: u64,
}

/// What became of a delivery that is in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IngestReport {
    /// Rows in the file, without header and totals.
    pub rows: u64,
    /// Rows that took effect: written, already there in a snapshot, or deletions carried out.
    pub accepted: u64,
    /// Rows kept apart with their reason; `rows = accepted + rejected`.
    pub rejected: u64,
    /// Rows written into the table.
    #[serde(default)]
    pub written: u64,
    /// Rows written that correct an earlier delivery's row.
    pub corrected: u64,
    /// Facts that have ended: deleted, or missing from a snapshot.
    #[serde(default)]
    pub ended: u64,
    /// Version of the table that holds the batch.
    pub version: u64,
    /// What was wrong with the rows kept apart: each column and reason once.
    #[serde(default)]
    pub faults: Vec<FaultCount>,
    /// Refused rows of earlier deliveries that rows of this one mend, each once, ascending.
    #[serde(default)]
    pub mends: Vec<RowRef>,
}

/// How many rows of a delivery were kept apart for one reason in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultCount {
    /// Name of the dataset's column; empty for the whole row.
    pub column: String,
    /// Word of the [`Code`].
    pub code: String,
    /// Rows.
    pub rows: u64,
}

impl IngestReport {
    /// Whether most of its rows correct earlier ones: such a file has no usual size.
    pub fn is_of_corrections(&self) -> bool {
        self.corrected * 2 > self.rows
    }
}

/// What was removed of a table's old files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vacuumed {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// What a table holds now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableStatus {
    /// Key of the dataset.
    pub dataset: String,
    /// Rows that models see, superseded ones not counted.
    pub rows: u64,
    /// Version of the table; a list-only reference dataset has version 0.
    pub version: u64,
}

/// One finding: a lead with proof, never a verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Canonical number or key of what it is about.
    pub subject: String,
    /// Makes it unique within its model together with `subject`.
    pub dedupe: String,
    /// Name of the subject, where known.
    pub subject_name: Option<String>,
    /// How strong.
    pub level: Level,
    /// Money concerned, in fen.
    pub fen: Option<i64>,
    /// When the facts happened.
    pub happened_on: Option<Day>,
    /// Division code (12 digits) of the place, where known.
    pub region_code: Option<String>,
    /// Column name and value, in the order the model writes them.
    pub evidence: Vec<(String, serde_json::Value)>,
    /// Source rows, at most [`Finding::MAX_ROWS`], each once, ascending.
    pub rows: Vec<RowRef>,
    /// How many source rows there were before the cut.
    pub row_count: u64,
}

impl Finding {
    /// The most source rows kept with one finding.
    pub const MAX_ROWS: usize = 200;
}

/// A table and the version of it that a run read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableVersion {
    /// Key of the dataset.
    pub dataset: String,
    /// Its version.
    pub version: u64,
}

/// The moment that a run speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day that models take for today.
    pub as_of: Day,
    /// What was in by then is read, and nothing that came later; everything when absent.
    pub known: Option<Instant>,
}

/// What one model said in one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ModelOutcome {
    /// It spoke. An empty list means that it looked and found nothing.
    Spoke {
        /// Sorted by subject and dedupe.
        findings: Vec<Finding>,
        /// Versions it read.
        versions: Vec<TableVersion>,
        /// Optional tables that had no data, so that it saw less than it could.
        without: Vec<String>,
    },
    /// It lacks data. Silence would pass for clean; this does not.
    CannotTell {
        /// Datasets or views without data that it needs.
        missing: Vec<String>,
    },
    /// It failed and raised nothing.
    Failed {
        /// Word of the [`Code`].
        code: String,
        /// For the model's author.
        detail: String,
    },
}

/// One case of a model or view, executed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseResult {
    /// Name of the case.
    pub name: String,
    /// `None` when it passes, else the difference in words.
    pub failure: Option<String>,
}

/// One source row as it stands in its table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableRow {
    /// Where it came from.
    pub row: RowRef,
    /// Key of the dataset.
    pub dataset: String,
    /// Column name and value.
    pub cells: Vec<(String, serde_json::Value)>,
}

/// One line as it was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Sheet name, empty for text files.
    pub sheet: String,
    /// Header words as delivered.
    pub header: Vec<String>,
    /// Cells as delivered.
    pub cells: Vec<String>,
    /// Column name of the dataset per cell, empty where the file has more than the dataset knows.
    pub columns: Vec<String>,
}

/// What resolving identities by number found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityReport {
    /// Persons known by a valid number.
    pub persons: u64,
    /// Organisations known by a valid code.
    pub organisations: u64,
    /// Numbers that came with more than one name; never merged, to be looked at.
    pub name_conflicts: u64,
}

/// What finding out who is who came to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// The numbers.
    pub report: IdentityReport,
    /// Pairs of mentions that a person should look at.
    pub doubts: Vec<Doubt>,
    /// What became of entities since the last time.
    pub changes: Vec<EntityChange>,
}

/// A division of the administrative tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// 12 digits.
    pub code: String,
    /// Name as delivered.
    pub name: String,
    /// Code of the division above, empty at the top.
    pub parent: String,
}

/// Rows of one table about one place and month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageCell {
    /// First nine digits of the division code: a township, or a division above it where the data say no more. Empty where
    /// the place is not known.
    pub region: String,
    /// The month that the rows speak of.
    pub month: Month,
    /// How many.
    pub rows: u64,
}

/// Something failed beneath the port.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct AnalyticsError {
    /// The code for people.
    pub code: Code,
    /// What was being done.
    pub what: String,
    /// What lies beneath.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The analytical side, as the rest of the product sees it.
#[async_trait::async_trait]
pub trait Analytics: Send + Sync {
    /// Copies a file into the raw area, durably, under its hash. A file already there is not copied again.
    async fn receive(&self, path: &Path) -> Result<Received, Refusal>;

    /// Finds the one dataset whose header the file has. `layouts` are confirmed ones, by key of the dataset.
    async fn recognise(
        &self,
        path: &Path,
        layouts: &BTreeMap<String, Vec<HeaderLayout>>,
    ) -> Result<String, Refusal>;

    /// Says of each header in a file which columns of the dataset its cells may mean; sheets without rows are left out.
    /// What `layouts` have confirmed is proposed as it was confirmed.
    async fn propose(
        &self,
        dataset: &str,
        path: &Path,
        layouts: &[HeaderLayout],
    ) -> Result<Vec<SheetProposal>, Refusal>;

    /// Reads, checks and commits one received file: all of its good rows in one version of the table, its bad rows
    /// beside it. On an error nothing has changed.
    async fn ingest(
        &self,
        order: &IngestOrder,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<IngestReport, Refusal>;

    /// Whether an interrupted batch is in, with its counts; leftovers of one that is not in are removed.
    async fn settle(&self, order: &IngestOrder) -> Result<Option<IngestReport>, AnalyticsError>;

    /// From which batch on a table has to be made anew so that this one can be read again or left out.
    async fn rebuilt_from(&self, dataset: &str, number: u32) -> Result<u32, AnalyticsError>;

    /// Makes a table anew from one batch on, in one version. The reports are those of the order's batches. On an error
    /// nothing has changed.
    async fn rebuild(
        &self,
        order: &RebuildOrder,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Vec<IngestReport>, Refusal>;

    /// Whether an interrupted rebuilding is done, with its reports; leftovers of one that is not are removed.
    async fn settle_rebuild(&self, order: &RebuildOrder)
    -> Result<Option<Vec<IngestReport>>, AnalyticsError>;

    /// The canonical form of a person's number as it may be typed; the [`Code`] of its fault otherwise.
    fn person_number(&self, text: &str) -> Result<String, Code>;

    /// Finds everything that holds a canonical resident number, in all versions of all tables, among refused rows and in the
    /// bytes of these deliveries, which are all there ever were. Nothing changes.
    async fn traces(&self, number: &str, deliveries: &[DeliveredFile]) -> Result<Traces, AnalyticsError>;

    /// Erases what was found, from every version. Begun again after a crash, it goes on where it was.
    async fn erase(&self, traces: &Traces) -> Result<(), AnalyticsError>;

    /// Gathers a table's small files into larger ones; the version that holds them, or `None` where there are few.
    async fn gather(&self, dataset: &str) -> Result<Option<u64>, AnalyticsError>;

    /// Removes a table's files that only versions before `since` name which are not among `cited`. Those versions can no
    /// longer be read.
    async fn vacuum(
        &self,
        dataset: &str,
        since: Instant,
        cited: &BTreeSet<u64>,
    ) -> Result<Vacuumed, AnalyticsError>;

    /// Gives the refused rows of one batch in the order of the file, one after the other, as there may be more of them than fit
    /// into memory. Returns what else of it was left out; nothing when it is unknown.
    async fn rejected(&self, number: u32, visit: VisitRejected<'_>) -> Result<RejectedRows, AnalyticsError>;

    /// All tables that hold data.
    async fn tables(&self) -> Result<Vec<TableStatus>, AnalyticsError>;

    /// Finds out who is who in all tables, obeying what people have decided. Models see the result from then on.
    async fn refresh_identities(&self, rulings: &[Ruling]) -> Result<Resolution, AnalyticsError>;

    /// Runs one model over its tables as they stood at a moment.
    async fn run_model(&self, model: &str, params: &ParamValues, moment: Moment) -> ModelOutcome;

    /// Which datasets or views each of these models lacks, by model; nothing of one that can speak.
    async fn missing_for(&self, models: &[&str]) -> Result<BTreeMap<String, Vec<String>>, AnalyticsError>;

    /// Executes a model's cases.
    async fn cases(&self, model: &str) -> Result<Vec<CaseResult>, AnalyticsError>;

    /// Looks rows up in their tables. Pairs of dataset key and reference; unknown references are left out.
    async fn rows(&self, wanted: &[(String, RowRef)]) -> Result<Vec<TableRow>, AnalyticsError>;

    /// The line as it was delivered, from the raw bytes.
    async fn source_line(&self, order: &IngestOrder, row: RowRef) -> Result<SourceLine, AnalyticsError>;

    /// The administrative tree, ordered by code.
    async fn regions(&self) -> Result<Vec<Region>, AnalyticsError>;

    /// Rows of a dataset by place and month, in this order; rows without a month are left out. Empty for a dataset that has
    /// not both columns ([`Dataset::coverage_columns`](crate::dataset::Dataset::coverage_columns)) or holds nothing.
    async fn coverage(&self, dataset: &str) -> Result<Vec<CoverageCell>, AnalyticsError>;

    /// Everybody who holds or held public office, once for each post, by unit and number. Empty where no roster holds data.
    async fn officials(&self) -> Result<Vec<Official>, AnalyticsError>;

    /// Relatives of officials whom registers other than declarations know today, with their organisations, by the official's
    /// number. Whoever has none is not among them; nobody is where no register holds data.
    async fn kin_matters(
        &self,
        officials: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Vec<KinMatter>>, AnalyticsError>;

    /// Supervised objects by name and key, and how many there are before the cut.
    async fn objects(&self, search: &ObjectSearch) -> Result<(Vec<ObjectEntry>, u64), AnalyticsError>;

    /// One supervised object by its canonical key, with what the tables say of it; `None` for what no row of the kind's own
    /// datasets describes, whatever other tables say of it.
    async fn object(&self, kind: ObjectKind, key: &str) -> Result<Option<ObjectRecord>, AnalyticsError>;

    /// Reads what ties are found in, unless it has been since the data changed; who asks first waits for it otherwise.
    async fn make_ties_ready(&self) -> Result<(), AnalyticsError>;

    /// The ties of a canonical number, the strongest first, on a day or at all. A number that no tie names has none.
    async fn ties(&self, number: &str, on: Option<Day>) -> Result<Vec<Tie>, AnalyticsError>;

    /// How two different numbers are tied to each other, by up to four ties.
    async fn tie_paths(&self, question: &TieQuestion) -> Result<TieAnswer, AnalyticsError>;

    /// Where the raw bytes of a delivery are kept.
    fn raw_path(&self, sha256: &str) -> PathBuf;
}
