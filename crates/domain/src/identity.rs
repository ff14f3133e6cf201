//! Pairs of mentions of which nobody knows for certain whether they are one: what a person rules about them, and where a
//! second person is needed.

use gnomon_kernel::{Instant, UserId};

use crate::{
    policy::Relation,
    role::Actor,
    warning::{Refused, needed},
    words,
};

words! {
    /// Where a pair stands.
    PairState {
        /// Nobody has ruled about it.
        Open = "open",
        /// A ruling that would merge, or split what is merged, and touches an open warning: a second person has to agree.
        Proposed = "proposed",
        /// Ruled to be one.
        Same = "same",
        /// Ruled not to be one.
        NotSame = "not_same",
        /// The ruling is to be undone; an open warning is touched, so a second person has to agree. Until then it holds.
        UndoProposed = "undo_proposed",
    }
}

words! {
    /// What happens to a pair.
    PairStep {
        /// Ruled, for a second person to agree to.
        Propose = "propose",
        /// Ruled.
        Rule = "rule",
        /// A second person agreed.
        Confirm = "confirm",
        /// A second person did not.
        Decline = "decline",
        /// The ruling is to be undone, for a second person to agree to.
        ProposeUndo = "propose_undo",
        /// The ruling was undone.
        Undo = "undo",
        /// Somebody saw the values unmasked.
        Reveal = "reveal",
    }
}

words! {
    /// What a linking did to an entity that was there before.
    EntityShift {
        /// It was found to be another.
        Merged = "merged",
        /// Some of its mentions left it.
        Split = "split",
    }
}

/// Something that a person does about a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairEvent {
    /// Says whether they are one. The remark may be empty.
    Rule {
        /// Whether they are.
        same: bool,
        /// Remark.
        note: String,
    },
    /// Agrees to what another person proposed. The remark may be empty.
    Confirm {
        /// Remark.
        note: String,
    },
    /// Does not agree.
    Decline {
        /// Why; needed.
        reason: String,
    },
    /// Takes a ruling back.
    Undo {
        /// Why; needed.
        reason: String,
    },
    /// Looks at the values unmasked.
    Reveal {
        /// What for; needed.
        reason: String,
    },
}

/// One line of a pair's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairEntry {
    /// What happened.
    pub step: PairStep,
    /// When.
    pub at: Instant,
    /// Who; `None` for the program.
    pub by: Option<UserId>,
    /// Name of who; empty for the program.
    pub by_name: String,
    /// State before.
    pub from: PairState,
    /// State after.
    pub to: PairState,
    /// Reason or remark in the person's own words; may be empty.
    pub note: String,
}

/// The part of a pair that the rules read and write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairMatter {
    /// Where it stands.
    pub state: PairState,
    /// What was ruled, or proposed; `None` while it is open.
    pub same: Option<bool>,
    /// Who proposed what a second person has to agree to.
    pub proposed_by: Option<UserId>,
}

impl PairState {
    /// Whether linkings obey a ruling in this state.
    pub fn is_in_force(self) -> bool {
        matches!(self, PairState::Same | PairState::NotSame | PairState::UndoProposed)
    }

    /// Whether a second person has to answer.
    pub fn waits(self) -> bool {
        matches!(self, PairState::Proposed | PairState::UndoProposed)
    }
}

impl PairMatter {
    /// A pair that a linking has just found.
    pub const NEW: PairMatter = PairMatter { state: PairState::Open, same: None, proposed_by: None };

    /// Who has had a hand in it, for [`crate::policy::may`].
    pub fn relation(&self) -> Relation<'_> {
        Relation { submitted_by: self.proposed_by.as_ref(), ..Relation::NONE }
    }

    /// Takes a step: the pair afterwards and the line for its timeline. `touches`: an open warning is about one of the two, or
    /// about the entity of one of them, and may come to be about somebody else by the step.
    ///
    /// Who may take it is the policy's to say, not this function's.
    pub fn apply(
        &self,
        event: PairEvent,
        touches: bool,
        by: &Actor,
        at: Instant,
    ) -> Result<(PairMatter, PairEntry), Refused> {
        use PairState as S;
        let said = match &event {
            PairEvent::Rule { same, .. } => Some(*same),
            _ => self.same,
        };
        let (step, state, note) = match (self.state, event) {
            (S::Open, PairEvent::Rule { note, .. }) if touches => (PairStep::Propose, S::Proposed, note),
            (S::Open, PairEvent::Rule { same, note }) => (PairStep::Rule, ruled(same), note),
            (S::Proposed, PairEvent::Confirm { note }) => {
                (PairStep::Confirm, ruled(self.same == Some(true)), note)
            }
            (S::UndoProposed, PairEvent::Confirm { note }) => (PairStep::Confirm, S::Open, note),
            (S::Proposed, PairEvent::Decline { reason }) => {
                (PairStep::Decline, S::Open, needed(reason, "reason")?)
            }
            (S::UndoProposed, PairEvent::Decline { reason }) => {
                (PairStep::Decline, ruled(self.same == Some(true)), needed(reason, "reason")?)
            }
            (S::Same | S::NotSame, PairEvent::Undo { reason }) if touches => {
                (PairStep::ProposeUndo, S::UndoProposed, needed(reason, "reason")?)
            }
            (S::Same | S::NotSame, PairEvent::Undo { reason }) => {
                (PairStep::Undo, S::Open, needed(reason, "reason")?)
            }
            (state, PairEvent::Reveal { reason }) => (PairStep::Reveal, state, needed(reason, "reason")?),
            _ => return Err(Refused::state()),
        };
        let entry = PairEntry {
            step,
            at,
            by: by.user.clone(),
            by_name: by.name.clone(),
            from: self.state,
            to: state,
            note,
        };
        Ok((self.moved(step, state, said, by), entry))
    }

    fn moved(&self, step: PairStep, state: PairState, said: Option<bool>, by: &Actor) -> PairMatter {
        let same = said.filter(|_| state != PairState::Open);
        let proposed_by = match step {
            PairStep::Propose | PairStep::ProposeUndo => by.user.clone(),
            PairStep::Reveal => self.proposed_by.clone(),
            _ => None,
        };
        PairMatter { state, same, proposed_by }
    }
}

fn ruled(same: bool) -> PairState {
    if same { PairState::Same } else { PairState::NotSame }
}
