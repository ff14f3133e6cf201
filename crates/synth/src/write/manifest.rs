use serde::Serialize;

/// One written file, as the manifest tells it.
#[derive(Debug, Clone, Serialize)]
pub struct FileSummary {
    /// Path below the output folder, with forward slashes.
    pub file: String,
    /// The dataset it belongs to.
    pub dataset: &'static str,
    /// The department that delivers it.
    pub department: &'static str,
    /// `utf-8`, `utf-8-bom`, `gb18030` or `xlsx`.
    pub encoding: &'static str,
    /// Data rows, with the unreadable and repeated ones, without header and sum lines.
    pub rows: u64,
    /// Rows that cannot be read: a required cell is empty or not of its type.
    pub expect_rejected: u64,
    /// Rows that repeat the row before them to the letter.
    pub exact_duplicates: u64,
    /// Rows that repeat the natural key of the row before them with another name or amount.
    pub near_duplicates: u64,
    /// Whether a sum line ends the sheet.
    pub totals_row: bool,
    /// First and last month covered, as `YYYYMM`, when the file is one of a series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<(i32, i32)>,
}
