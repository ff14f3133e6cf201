//! Who is who over the tables of a library: which columns speak of somebody ([`sources`]), what is said of them in all
//! tables together ([`Mentions`]), who is one with whom ([`group`]), and the number that everybody goes by ([`StandIns`]).
//!
//! Rows come as [`Line`]s, wherever they are read: from the lake's tables or from those of a case. The decision is
//! `docs/adr/0020-resolved-keys.md`.

mod case;
mod kept;
mod key;
mod line;
mod linking;
mod mention;
mod source;
mod stand_in;

use gnomon_kernel::EntityKind;

pub use case::case_tables;
pub use kept::Kept;
pub use key::{Keys, keys};
pub use line::Line;
pub use linking::{Grouped, group};
pub use mention::{Draft, Mentions, Region};
pub use source::{DETAILS, Source, sources};
pub use stand_in::StandIns;

/// Of persons and of organisations, in the order of [`EntityKind::ALL`].
pub type OfEach<T> = [T; EntityKind::ALL.len()];
