//! The tables of the workflow as snapshots, and the guards that no table can show.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod guards;
mod identities;
mod kinship;
mod requests;
mod tables;

/// Compares with a committed snapshot. On a difference, the panic shows the text that would be right now.
fn assert_snapshot(name: &str, expected: &str, actual: &str) {
    assert!(expected == actual, "snapshot {name} differs; now it is:\n{actual}");
}
