//! Declarations of relatives' matters: due once a year and after each change, compared with the registers, published in the
//! unit, and followed up where a matter is found. The table of states and steps is in `state`,
//! [`KinshipMatter::apply`] takes a step.

mod due;
mod matter;
mod publication;
mod state;

pub use due::{due_of_change, due_of_year, shown_until};
pub use matter::{KinshipEntry, KinshipEvent, KinshipMatter};
pub use publication::{PublicationState, may_release};
pub use state::{ArrangementKind, DifferenceKind, KinshipState, KinshipStep, next};
