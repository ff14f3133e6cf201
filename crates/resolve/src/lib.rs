//! Entities from records: which rows of which files are about the same person or organisation.
//!
//! Rows come as [`Sheet`]s into a [`Roster`]; [`link`] learns from them, without labels, how much each agreement and
//! disagreement says (a Fellegi-Sunter model, see [`Model`]), and gives [`Linked`]: an entity, a household and a confidence
//! for every row. A [`State`] keeps all of it, so that rows which come later join, merge or split entities without new ids
//! for the others.
//!
//! Pairs are judged against four other explanations than "the same": strangers, members of one household, twins, and
//! relatives of the same name. What a household explains (surname, address, phone) adds nothing beyond it.
//!
//! People have the last word: [`Rulings`] are obeyed by [`link_with`] and [`State::rule`], and [`doubts`] lists the pairs that
//! somebody should look at.
//!
//! Certainty has three tiers, by the probability of a pair ([`Tier`]): certain from 0.999, probable from 0.9, possible from
//! 0.5. Rows share an entity from "possible" on; whoever acts on it asks for the tier.

mod cells;
mod cluster;
mod error;
mod hash;
mod household;
mod linker;
mod merge;
mod pairs;
mod parallel;
mod roster;
mod rulings;
mod state;
mod union;

pub use error::Error;
pub use gnomon_kernel::{EntityKind, Tier};
pub use household::homes::Crowd;
pub use linker::{Linked, RowResult, link, link_with};
pub use pairs::caution::{Apart, ByNumber};
pub use pairs::doubt::{Pair, doubts};
pub use pairs::explain::{Comparison, Explanation, explain, explain_unmasked};
pub use pairs::model::{Class, Model};
pub use roster::Roster;
pub use roster::guess::Warning;
pub use roster::role::{Mapping, Part, Role};
pub use roster::sheet::Sheet;
pub use rulings::Rulings;
pub use state::{Change, State};
