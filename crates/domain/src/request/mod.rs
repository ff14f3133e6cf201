//! Data requests: a department is asked to share a dataset, agrees or not, and one day the sharing ends. The table of states
//! and steps is in `state`, [`DataRequest::apply`] takes a step.

mod matter;
mod state;

pub use matter::{DataRequest, RequestEntry, RequestEvent};
pub use state::{DataEnd, LinkKind, RequestState, RequestStep, next};
