//! The graph of persons and organisations: how one is tied to another on a day. Pure: made from ties, asked about
//! numbers; no tables, no files, no async.
//!
//! A tie holds from a day to a day. What many share (a phone of thousands of companies, the employer of half a town, a
//! household book of a school) says little about two of them: such ties are held apart and lead on only when asked for.

mod around;
mod build;
mod days;
mod graph;
mod search;
mod shortest;
mod strength;
mod strongest;

pub use around::Around;
pub use build::{Builder, Dropped, MANY, NewTie};
pub use graph::{Graph, Party, Tie};
pub use search::{MOST_SHORTEST, MOST_STRONGEST, Path, Paths, Question, TieError};
pub use strength::{of_kind, of_tier};
