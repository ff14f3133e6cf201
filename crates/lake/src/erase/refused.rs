//! Refused rows of a delivery without some of its lines.

use std::path::Path;

use gnomon_library::{
    analytics::{IngestReport, RejectedRow},
    quality::FaultTally,
};

use crate::rejected;

/// How many refused rows of a delivery go, and what is wrong with those that stay; `None` when it is not in.
pub(super) fn without(
    lake: &Path,
    number: u32,
    lines: &[(u8, u32)],
) -> std::io::Result<Option<(u64, FaultTally)>> {
    let (mut gone, mut faults) = (0, FaultTally::default());
    let found = rejected::each(lake, number, None, &mut |row: RejectedRow| {
        match stays(lines, &row) {
            true => faults.add(&row.column, &row.code),
            false => gone += 1,
        }
        Ok(())
    })?;
    Ok(found.map(|_| (gone, faults)))
}

/// Writes the refused rows that stay and what the delivery counts now.
pub(super) fn erase(
    lake: &Path,
    number: u32,
    report: &IngestReport,
    lines: &[(u8, u32)],
) -> std::io::Result<()> {
    rejected::replace(lake, number, |row| stays(lines, row), report)
}

fn stays(lines: &[(u8, u32)], row: &RejectedRow) -> bool {
    lines.binary_search(&(row.row.sheet, row.row.line)).is_err()
}
