//! The product, put together for a test: a real database in a temporary folder, a clock that a test moves, counted
//! identifiers, and an analytical side that follows a script. No crate but tests may name this one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

pub mod objects;
pub mod office;

mod bench;
mod script;

pub use bench::{Bench, MODEL, OWNER, PASSWORD, day, finding};
pub use script::{Answers, Script, report, spoke};
