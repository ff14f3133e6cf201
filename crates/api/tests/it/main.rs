//! The whole interface, asked through its router as a department's system would.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod access;
mod beside;
mod described;
mod files;
mod rows;
mod world;
