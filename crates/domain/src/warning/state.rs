//! The table of states and steps.

use crate::words;

words! {
    /// Where a warning stands.
    State {
        /// Raised by a run; nobody has it.
        New = "new",
        /// A handler has it.
        Assigned = "assigned",
        /// The handler wrote down a verdict.
        Verified = "verified",
        /// Found true; money is to come back.
        Disposing = "disposing",
        /// Another person looks at it.
        InReview = "in_review",
        /// Done.
        Closed = "closed",
        /// A later run no longer found it before anybody acted on it.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Whether something remains to be done.
    pub fn is_open(self) -> bool {
        !matches!(self, State::Closed | State::Withdrawn)
    }
}

words! {
    /// What verification found. Each needs a reason in words.
    Verdict {
        /// The facts are as the model says, and the rule was not kept.
        True = "true",
        /// There is an honest explanation.
        Explained = "explained",
        /// It cannot be told with the means at hand.
        CannotTell = "cannot_tell",
    }
}

words! {
    /// Everything that can happen to a warning. Also the kinds of entries on its timeline.
    Step {
        /// A run raised it.
        Raise = "raise",
        /// A run found it again, with other facts.
        Refresh = "refresh",
        /// A run found it again at another level.
        ChangeLevel = "change_level",
        /// A run no longer found it.
        Vanish = "vanish",
        /// It was given to a handler.
        Assign = "assign",
        /// A verdict was written down.
        Verify = "verify",
        /// The money to recover was set.
        Dispose = "dispose",
        /// Money came back.
        Recover = "recover",
        /// It was handed over for review.
        Submit = "submit",
        /// The reviewer agreed.
        Accept = "accept",
        /// The reviewer wants it verified again.
        ReturnToVerify = "return_to_verify",
        /// The reviewer wants more done about the money.
        ReturnToDispose = "return_to_dispose",
        /// A delivery that its evidence cites was taken out.
        LoseSource = "lose_source",
        /// Somebody saw the full numbers.
        Reveal = "reveal",
    }
}

/// The state after a step, or `None` where the step is not possible. `Raise` makes a warning and follows no state.
pub fn next(state: State, step: Step) -> Option<State> {
    use State as S;
    match (step, state) {
        (Step::Raise, _) => None,
        (Step::Reveal, any) => Some(any),
        (_, S::Closed | S::Withdrawn) => None,
        (Step::Refresh | Step::ChangeLevel | Step::LoseSource, open) => Some(open),
        (Step::Vanish, S::New | S::Assigned | S::Verified) => Some(S::Withdrawn),
        (Step::Vanish, open) => Some(open),
        (Step::Assign, S::New) => Some(S::Assigned),
        (Step::Assign, open) => Some(open),
        (Step::Verify, S::Assigned | S::Verified) => Some(S::Verified),
        (Step::Dispose, S::Verified | S::Disposing) => Some(S::Disposing),
        (Step::Recover, S::Disposing | S::InReview) => Some(state),
        (Step::Submit, S::Verified | S::Disposing) => Some(S::InReview),
        (Step::Accept, S::InReview) => Some(S::Closed),
        (Step::ReturnToVerify, S::InReview) => Some(S::Assigned),
        (Step::ReturnToDispose, S::InReview) => Some(S::Disposing),
        _ => None,
    }
}
