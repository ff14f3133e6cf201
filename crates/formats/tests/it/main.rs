//! Real files of every format, and of none.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod ahead;
mod archives;
mod bombs;
mod columnar;
mod damage;
mod delivery;
mod json;
mod other_kinds;
mod samples;
mod text;
mod workbooks;
mod xlsb;
