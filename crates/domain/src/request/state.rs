//! The table of states and steps of a data request.

use crate::words;

words! {
    /// Where a data request stands.
    RequestState {
        /// The department is to answer.
        Requested = "requested",
        /// The department wants it changed.
        Returned = "returned",
        /// The department does not agree.
        Refused = "refused",
        /// The department agrees; nothing has come yet.
        Agreed = "agreed",
        /// A way has been chosen by which the data are to come.
        Connecting = "connecting",
        /// Deliveries come.
        Live = "live",
        /// Its end was asked for and waits for a second person; deliveries still come.
        Ending = "ending",
        /// Nothing comes any more.
        Ended = "ended",
    }
}

impl RequestState {
    /// Whether there is an agreement, and it has not ended.
    pub fn is_agreed(self) -> bool {
        use RequestState as S;
        matches!(self, S::Agreed | S::Connecting | S::Live | S::Ending)
    }

    /// Whether something remains to be done or to come.
    pub fn is_open(self) -> bool {
        !matches!(self, RequestState::Refused | RequestState::Ended)
    }

    /// Working days within which the state is to be left; `None` where it may last.
    pub fn days_allowed(self) -> Option<u32> {
        use RequestState as S;
        match self {
            S::Requested => Some(10),
            S::Agreed | S::Connecting | S::Ending => Some(20),
            S::Returned | S::Refused | S::Live | S::Ended => None,
        }
    }
}

words! {
    /// Everything that can happen to a data request. Also the kinds of entries on its timeline.
    RequestStep {
        /// Somebody asks.
        Ask = "ask",
        /// The department agrees.
        Agree = "agree",
        /// The department does not.
        Refuse = "refuse",
        /// The department sends it back.
        Return = "return",
        /// It was changed and is asked again.
        Change = "change",
        /// The way was chosen by which the data come.
        Connect = "connect",
        /// The first delivery is in.
        GoLive = "go_live",
        /// Somebody asks for the end.
        AskEnd = "ask_end",
        /// It goes on after all.
        KeepOn = "keep_on",
        /// A second person confirmed the end.
        End = "end",
        /// What came under it was taken out of use, as agreed.
        Clear = "clear",
    }
}

words! {
    /// How data come, the best way first.
    LinkKind {
        /// The department's system pushes as things happen.
        Interface = "interface",
        /// We read the department's system over a line of its own.
        Line = "line",
        /// Files are copied.
        Copy = "copy",
        /// Somebody fills forms in.
        Form = "form",
    }
}

words! {
    /// What becomes of the data when an agreement ends.
    DataEnd {
        /// They stay in use.
        Keep = "keep",
        /// They leave the tables; the received files are kept.
        Archive = "archive",
        /// They leave the tables, and the received files are to be destroyed.
        Erase = "erase",
    }
}

/// The state after a step, or `None` where the step is not possible. `Ask` makes a request and follows no state.
pub fn next(state: RequestState, step: RequestStep) -> Option<RequestState> {
    use RequestState as S;
    use RequestStep as T;
    match (step, state) {
        (T::Agree, S::Requested) => Some(S::Agreed),
        (T::Refuse, S::Requested) => Some(S::Refused),
        (T::Return, S::Requested) => Some(S::Returned),
        (T::Change, S::Returned) => Some(S::Requested),
        (T::Connect, S::Agreed | S::Connecting) => Some(S::Connecting),
        (T::GoLive, S::Agreed | S::Connecting) => Some(S::Live),
        (T::AskEnd, S::Agreed | S::Connecting | S::Live) => Some(S::Ending),
        // Whether data come is seen from the next delivery.
        (T::KeepOn, S::Ending) => Some(S::Connecting),
        (T::End, S::Ending) => Some(S::Ended),
        (T::Clear, S::Ended) => Some(S::Ended),
        _ => None,
    }
}
