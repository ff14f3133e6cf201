//! Public work: units, their staff, and the committees of the villages.

mod committee;
mod files;
mod staff;
mod unit;

use gnomon_kernel::Day;

use crate::people::PersonIx;

pub use committee::{Position, Term, elect, mark_relatives};
pub use files::write;
pub use staff::{Job, Rank, StaffType, employ};
pub use unit::{Unit, UnitKind, found};

/// A stretch of time in a post.
#[derive(Debug, Clone, Copy)]
pub struct Tenure {
    /// Who.
    pub person: PersonIx,
    /// First day.
    pub start: Day,
    /// Last day; none while in post.
    pub end: Option<Day>,
}
