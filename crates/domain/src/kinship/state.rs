//! The table of states and steps of a declaration.

use crate::words;

words! {
    /// Where a declaration stands.
    KinshipState {
        /// The official is to declare.
        Due = "due",
        /// Declared; nobody has compared it with the registers.
        Declared = "declared",
        /// Compared; the official is to complete what differs.
        Checked = "checked",
        /// Complete; to be published in the unit.
        Completed = "completed",
        /// Published in the unit.
        Published = "published",
        /// Compared again after its publication, and nothing was open.
        Compared = "compared",
        /// The registers say something that was not declared; to be verified.
        MatterFound = "matter_found",
        /// There is an honest explanation.
        Explained = "explained",
        /// The official keeps away from what concerns the relative.
        RecusalArranged = "recusal_arranged",
        /// The relative, or the official, is to leave the business or the post.
        ExitAsked = "exit_asked",
        /// Left, with proof.
        Exited = "exited",
        /// Handed on as a clue.
        Clue = "clue",
    }
}

impl KinshipState {
    /// Whether the official, the unit or a handler has something to do.
    pub fn is_open(self) -> bool {
        use KinshipState as S;
        matches!(self, S::Due | S::Declared | S::Checked | S::Completed | S::MatterFound | S::ExitAsked)
    }

    /// Whether what is declared may still be changed.
    pub fn is_draft(self) -> bool {
        matches!(self, KinshipState::Due | KinshipState::Checked)
    }

    /// Whether the declaration is complete, whatever followed.
    pub fn is_complete(self) -> bool {
        use KinshipState as S;
        !matches!(self, S::Due | S::Declared | S::Checked)
    }

    /// Whether it has been published.
    pub fn is_published(self) -> bool {
        self.is_complete() && self != KinshipState::Completed
    }
}

words! {
    /// Everything that can happen to a declaration. Also the kinds of entries on its timeline.
    KinshipStep {
        /// It became due.
        Open = "open",
        /// Relatives and matters were written down, not yet handed in.
        Declare = "declare",
        /// It was handed in.
        Submit = "submit",
        /// The program compared it with the registers.
        Check = "check",
        /// Whatever differed is answered.
        Complete = "complete",
        /// It was published in the unit.
        Publish = "publish",
        /// The program compared it again, and nothing new differs.
        Compare = "compare",
        /// The program compared it again, and something differs.
        FindMatter = "find_matter",
        /// A handler looks after it.
        Assign = "assign",
        /// The explanation was accepted.
        Explain = "explain",
        /// A recusal was arranged.
        Recuse = "recuse",
        /// An exit was asked for.
        AskExit = "ask_exit",
        /// The exit was proved.
        ProveExit = "prove_exit",
        /// It was handed on as a clue.
        ToClue = "to_clue",
    }
}

words! {
    /// How the registers differ from what is declared. A difference is to be verified; it says nothing of why.
    DifferenceKind {
        /// A relative that is not declared.
        RelativeMissing = "relative_missing",
        /// Another relation than the declared one.
        RelationOther = "relation_other",
        /// A role of a relative in an organisation that is not declared as a matter.
        MatterMissing = "matter_missing",
    }
}

words! {
    /// What was arranged about a matter.
    ArrangementKind {
        /// The official keeps away from what concerns the relative.
        Recusal = "recusal",
        /// The relative, or the official, leaves the business or the post.
        Exit = "exit",
    }
}

/// The state after a step, or `None` where the step is not possible. `Open` makes a declaration and follows no state.
pub fn next(state: KinshipState, step: KinshipStep) -> Option<KinshipState> {
    use KinshipState as S;
    use KinshipStep as T;
    match (step, state) {
        (T::Declare, S::Due | S::Checked) => Some(state),
        (T::Submit, S::Due) => Some(S::Declared),
        (T::Check, S::Declared | S::Checked) => Some(S::Checked),
        (T::Complete, S::Checked) => Some(S::Completed),
        (T::Publish, S::Completed) => Some(S::Published),
        (T::Compare, S::Published | S::Compared) => Some(S::Compared),
        // What was settled stays settled while the registers say nothing new.
        (T::Compare, S::Explained | S::RecusalArranged | S::Exited) => Some(state),
        (T::FindMatter, S::Published | S::Compared | S::Explained | S::RecusalArranged | S::Exited) => {
            Some(S::MatterFound)
        }
        (T::Assign, S::MatterFound | S::ExitAsked) => Some(state),
        (T::Explain, S::MatterFound) => Some(S::Explained),
        (T::Recuse, S::MatterFound) => Some(S::RecusalArranged),
        (T::AskExit, S::MatterFound | S::RecusalArranged) => Some(S::ExitAsked),
        (T::ProveExit, S::ExitAsked) => Some(S::Exited),
        (T::ToClue, S::MatterFound | S::ExitAsked) => Some(S::Clue),
        _ => None,
    }
}
