//! Proposals for headers that nobody knows.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod awkward;
mod make;
mod sheets;
