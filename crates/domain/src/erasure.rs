//! Erasing a person on legal ground: asked for by one person, carried out when another one agrees.

use gnomon_kernel::{Code, UserId};

use crate::{role::Actor, words};

words! {
    /// Where an erasure stands.
    ErasureState {
        /// Somebody asked for it; a second person has not answered.
        Asked = "asked",
        /// A second person agreed; a worker carries it out.
        Agreed = "agreed",
        /// What is erased is known, and being erased.
        Erasing = "erasing",
        /// Erased.
        Done = "done",
        /// A second person said no. Nothing has changed.
        Declined = "declined",
    }
}

/// Whether somebody may answer an erasure that stands so and was asked for by `asker`. [`Code::SamePerson`] for the asker;
/// [`Code::State`] when it was answered before.
pub fn may_answer(state: ErasureState, asker: Option<&UserId>, actor: &Actor) -> Result<(), Code> {
    match state {
        ErasureState::Asked if actor.user.is_none() || actor.is(asker) => Err(Code::SamePerson),
        ErasureState::Asked => Ok(()),
        _ => Err(Code::State),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

    #[test]
    fn a_second_person_answers_once() {
        let user = |id: &str| UserId::parse(id).unwrap();
        let (one, two) = (user("usr_01JD0000000000000000000001"), user("usr_01JD0000000000000000000002"));
        let leader = |id: &UserId| Actor { user: Some(id.clone()), name: "李".into(), role: Role::Leader };
        for state in ErasureState::ALL {
            let asked = *state == ErasureState::Asked;
            let other = may_answer(*state, Some(&one), &leader(&two));
            assert_eq!(other, if asked { Ok(()) } else { Err(Code::State) }, "{state}");
        }
        assert_eq!(may_answer(ErasureState::Asked, Some(&one), &leader(&one)), Err(Code::SamePerson));
        assert_eq!(may_answer(ErasureState::Asked, None, &Actor::system()), Err(Code::SamePerson));
    }
}
