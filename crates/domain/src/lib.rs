//! Rules of the workflow: who may do what, which step follows which, when something is due. Pure: no I/O, no clock, no
//! database, no words of any language.

pub mod calendar;
pub mod delivery;
pub mod erasure;
pub mod freshness;
pub mod identity;
pub mod kinship;
pub mod policy;
pub mod request;
pub mod role;
pub mod run;
pub mod warning;

pub use calendar::{due_day, end_of_day, local_day};
pub use delivery::{BatchState, Origin, RebuildState};
pub use erasure::ErasureState;
pub use freshness::{Freshness, LastDelivery, Standing, Volume, freshness, usual};
pub use identity::{EntityShift, PairEntry, PairEvent, PairMatter, PairState, PairStep};
pub use kinship::{
    ArrangementKind, DifferenceKind, KinshipEntry, KinshipEvent, KinshipMatter, KinshipState, KinshipStep,
    PublicationState,
};
pub use policy::{Action, Relation, Rule, may};
pub use request::{DataEnd, DataRequest, LinkKind, RequestEntry, RequestEvent, RequestState, RequestStep};
pub use role::{Actor, Role};
pub use run::{JobState, Outcome, RunState};
pub use warning::{Event, Matter, Refused, State, Step, TimelineEntry, Verdict};

/// Declares a closed set of words: an enum with `ALL`, `as_str`, `parse` and `Display`. The words are stable; they stand
/// in databases, URLs and locale keys.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in the order they are listed.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// Reads the word back.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;
