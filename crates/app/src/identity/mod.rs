//! The desk of identities: pairs of mentions of which the linker does not know whether they are one, what persons rule about
//! them, and what every later linking obeys. The rules of the steps are in `gnomon_domain::identity`.

mod closure;
mod compare;
mod desk;
mod keep;
mod rule;
mod view;

pub use compare::{ComparedField, Piece};
pub use desk::{DoubtRow, IdentityDesk, PAIRS_SHOWN};
pub use rule::SeenPair;
pub use view::{DoubtPlace, DoubtSide, DoubtView, PairRights};
