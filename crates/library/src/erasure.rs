//! What holds one person's number, found so that it can be erased.

use std::collections::BTreeMap;

use gnomon_kernel::RowRef;
use serde::{Deserialize, Serialize};

use crate::analytics::IngestReport;

/// A delivery and its bytes in the raw area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredFile {
    /// The batch's number.
    pub number: u32,
    /// Key of the dataset.
    pub dataset: String,
    /// Which received bytes.
    pub sha256: String,
}

/// What is to be erased: everything that holds a person at one moment, or all that came under an agreement. It is enough to
/// do it, and does not say whom it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traces {
    /// Rows of tables, in whatever version they stand, by key of the dataset; ascending.
    pub rows: BTreeMap<String, Vec<RowRef>>,
    /// Deliveries of which every row goes, by key of the dataset.
    pub deliveries: BTreeMap<String, Vec<u32>>,
    /// What of the delivered files, by the hash they were delivered under.
    pub files: BTreeMap<String, FileTraces>,
    /// The deliveries concerned.
    pub batches: Vec<ErasedBatch>,
}

/// What of one delivered file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileTraces {
    /// These lines, as sheet and line of a [`RowRef`]; ascending.
    Lines(Vec<(u8, u32)>),
    /// All of it: it cannot be read row by row.
    Whole,
}

/// A delivery that loses rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedBatch {
    /// Its number.
    pub number: u32,
    /// Key of the dataset.
    pub dataset: String,
    /// Its bytes.
    pub sha256: String,
    /// Lines of its file that go.
    pub lines: u64,
    /// What it counts without them; `None` for a delivery that is not in.
    pub report: Option<IngestReport>,
}

impl FileTraces {
    /// The lines; none when all of it goes.
    pub fn lines(&self) -> &[(u8, u32)] {
        match self {
            Self::Lines(lines) => lines,
            Self::Whole => &[],
        }
    }
}
