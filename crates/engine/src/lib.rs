//! DataFusion, fenced in: limited sessions, our SQL functions, planning as type-checking, running a model and its cases.
//! Knows no Delta, no operational database, no user.

mod cases;
mod check;
mod error;
mod evidence;
mod functions;
mod run;
mod schema;
mod session;
mod tables;

pub use cases::run_cases;
pub use check::check;
pub use error::EngineError;
pub use run::run;
pub use schema::{arrow_type, table_schema, view_schema};
pub use session::{Limits, Tables, session, write_view};
pub use tables::text_table;
