//! draft
mod answers;
mod base;
mod county;
mod error;
mod health;
mod money;
mod people;
mod place;
mod plant;
mod spend;
mod summary;
mod trade;
mod village;
mod work;
mod write;
pub use error::SynthError;
pub use summary::{CountySpec, Progress, Summary, write_county};
pub use write::FileSummary;
