//! From rows of text to checked rows of a dataset: headers and what they mean, cells as values, bad rows told apart, and
//! proposals for headers that nobody knows yet. Knows no table and no database.

mod apart;
pub mod cell;
mod layout;
mod likely_header;
mod likeness;
mod propose;
mod reader;
mod resemblance;
mod sample;
mod spool;

pub use apart::{KeptApart, RefusedRows};
pub use layout::{HEADER_ROWS, Layout};
pub use propose::propose;
pub use reader::{FileReader, Hashes, Operation, Seen, Take, Taken};
pub use sample::Sample;
