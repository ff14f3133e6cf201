//! What of a delivery is not in its table.

use gnomon_kernel::RowRef;
use serde::{Deserialize, Serialize};

/// One refused row of an accepted delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Sheet and line; the batch is known.
    pub row: RowRef,
    /// Header word of the column at fault, or empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub code: String,
    /// The cell as delivered, cut to 200 characters.
    pub found: String,
    /// What was expected, e.g. the allowed words of an enum.
    pub expected: String,
    /// The row as delivered, cell by cell.
    pub cells: Vec<String>,
    /// The refused row that it was to mend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mends: Option<RowRef>,
}

/// Takes refused rows one after the other.
pub type VisitRejected<'v> = &'v mut (dyn FnMut(RejectedRow) + Send);

/// What of one batch is not in the table: refused rows with the header they were delivered under, and unknown columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRows {
    /// Header words as delivered.
    pub header: Vec<String>,
    /// Header words that name no column of the dataset: what stands below them was left out.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// Header words of columns that the agreement does not include: what stands below them was left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_agreed: Vec<String>,
    /// Sheets without a known header: what stands on them was left out.
    #[serde(default)]
    pub skipped: Vec<SkippedSheet>,
    /// In the order of the file.
    pub rows: Vec<RejectedRow>,
}

/// A sheet that was left out, for none of its first rows was known as a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedSheet {
    /// Which one, over the whole delivery; from 1.
    pub sheet: u16,
    /// Its first row that is not empty, cut to 200 characters.
    pub found: String,
}
