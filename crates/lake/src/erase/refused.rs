//! Refused rows of a delivery without some of its lines.

use std::path::Path;

use gnomon_library::analytics::{IngestReport, RejectedRows};

use crate::rejected;

/// The refused rows that stay.
pub(super) fn without(rows: RejectedRows, lines: &[(u8, u32)]) -> RejectedRows {
    let mut rows = rows;
    rows.rows.retain(|row| lines.binary_search(&(row.row.sheet, row.row.line)).is_err());
    rows
}

/// Writes the refused rows that stay and what the delivery counts now.
pub(super) fn erase(
    lake: &Path,
    number: u32,
    report: &IngestReport,
    lines: &[(u8, u32)],
) -> std::io::Result<()> {
    let Some(rows) = rejected::rows_if_in(lake, number)? else { return Ok(()) };
    rejected::replace(lake, number, &without(rows, lines), report)
}
