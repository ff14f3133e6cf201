//! A unit's masked list: put together by one person, released by another.

use gnomon_kernel::{Code, UserId};

use crate::{role::Actor, words};

words! {
    /// Where a publication stands.
    PublicationState {
        /// Put together; a second person has not answered.
        Asked = "asked",
        /// Released: the unit can read it.
        Released = "released",
        /// A second person sent it back. Nothing was published.
        Returned = "returned",
    }
}

/// Whether somebody may release, or send back, a publication that `asker` put together. [`Code::SamePerson`] for the asker;
/// [`Code::State`] when it was answered before.
pub fn may_release(state: PublicationState, asker: Option<&UserId>, actor: &Actor) -> Result<(), Code> {
    match state {
        PublicationState::Asked if actor.user.is_none() || actor.is(asker) => Err(Code::SamePerson),
        PublicationState::Asked => Ok(()),
        _ => Err(Code::State),
    }
}
