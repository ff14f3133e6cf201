//! The loop of a warning: raised, assigned, verified, disposed, reviewed, closed.

mod event;
mod matter;
mod state;

pub use event::{Event, TimelineEntry};
pub(crate) use matter::needed;
pub use matter::{Matter, Refused};
pub use state::{State, Step, Verdict, next};
