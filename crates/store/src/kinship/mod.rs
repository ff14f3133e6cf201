//! Declarations of relatives' matters: what was declared, what the registers say otherwise, what was arranged and published.

mod accounts;
mod declarations;
mod forget;
mod publications;
mod rows;

pub use accounts::UnitAccount;
pub use declarations::Declaration;
pub use publications::{Publication, PublishedLine};
pub use rows::{Arrangement, Difference, Relative};
