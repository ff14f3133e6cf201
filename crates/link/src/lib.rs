//! Numbers, codes and names of persons and organisations: pure functions, no tables, no files.
//!
//! Sources of the algorithms: GB 11643 (resident numbers), GB 32100 (unified social credit codes), GB 11714
//! (organisation codes), GA 36 (plates), and the notes of each module.

pub mod account;
pub mod address;
pub mod document;
pub mod idno;
pub mod masked;
pub mod name;
pub mod org;
pub mod orgcode;
pub mod party;
pub mod phone;
pub mod plate;
pub mod region;
pub mod similar;
pub mod uscc;

mod han;
mod pseudonym;
mod text;

pub use pseudonym::pseudonym;
pub use text::{fold, fold_code, fold_text};
