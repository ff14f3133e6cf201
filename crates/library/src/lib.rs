//! The library: what the product knows about data and about what to look for. Reads, checks and binds dataset, view,
//! list, object and model files, and declares the [`Analytics`] port. Knows no engine, no user, no network.

pub mod analytics;
pub mod case;
pub mod column;
pub mod dataset;
pub mod entity;
pub mod erasure;
pub mod model;
pub mod object;
pub mod office;
pub mod param;
pub mod quality;
pub mod sql;
pub mod tie;
pub mod view;

mod catalogue;
mod check;
mod fingerprint;
pub mod header;
pub mod layout;
mod load;
mod lock;
pub mod message;
mod problem;
mod refusal;
mod rejected;
mod source;

pub use analytics::Analytics;
pub use catalogue::{Library, List, Supply, literals};
pub use fingerprint::hex;
pub use lock::Lock;
pub use problem::{Problem, Problems};
pub use source::SourceFile;
