//! The product, put together for a test: a real database in a temporary folder, a clock that a test moves, counted
//! identifiers, and an analytical side that follows a script. No crate but tests may name this one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod bench;
mod office;
mod script;

pub use bench::{Bench, MODEL, OWNER, PASSWORD, day, finding};
pub use office::{CHILD, COMPANY, OFFICIAL, UNIT, child, official, with_declarations};
mod objects;
mod script;

pub use bench::{Bench, MODEL, OWNER, PASSWORD, day, finding};
pub use objects::{OFFICIAL, UNIT, official, unit};
pub use script::{Answers, Script, report, spoke};
