//! A declaration as the rules see it, and the one function that moves it on.

use gnomon_kernel::{Day, Instant, UserId};

use super::{
    due::due_in,
    state::{KinshipState, KinshipStep, next},
};
use crate::{
    calendar::local_day,
    policy::Relation,
    role::Actor,
    warning::{Refused, needed},
};

/// The part of a declaration that the rules read and write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinshipMatter {
    /// Where it stands.
    pub state: KinshipState,
    /// By when the next step is to be taken, where there is one to wait for.
    pub due: Option<Day>,
    /// Who handed it in; an official's liaison, or the official.
    pub declared_by: Option<UserId>,
    /// The handler who looks after a matter that was found.
    pub handler: Option<UserId>,
}

/// Something that happens to a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KinshipEvent {
    /// Relatives and matters are written down.
    Declare,
    /// It is handed in.
    Submit,
    /// The program has compared it with the registers.
    Check,
    /// Everything that differed is answered.
    Complete,
    /// It is published; the number of the publication stands on the timeline.
    Publish {
        /// What people call the publication.
        number: String,
    },
    /// Nothing new differs.
    Compare,
    /// Something differs.
    FindMatter,
    /// A handler looks after it.
    Assign {
        /// Who.
        to: UserId,
        /// Their name, for the timeline.
        name: String,
    },
    /// The explanation is accepted.
    Explain {
        /// Which; needed.
        reason: String,
    },
    /// A recusal is arranged.
    Recuse {
        /// From what, and who takes over; needed.
        record: String,
    },
    /// An exit is asked for.
    AskExit {
        /// From what, and why; needed.
        reason: String,
    },
    /// The exit is proved.
    ProveExit {
        /// By which document; needed.
        proof: String,
    },
    /// It is handed on as a clue.
    ToClue {
        /// Why; needed.
        reason: String,
    },
}

impl KinshipEvent {
    /// The step that it is.
    pub fn step(&self) -> KinshipStep {
        match self {
            KinshipEvent::Declare => KinshipStep::Declare,
            KinshipEvent::Submit => KinshipStep::Submit,
            KinshipEvent::Check => KinshipStep::Check,
            KinshipEvent::Complete => KinshipStep::Complete,
            KinshipEvent::Publish { .. } => KinshipStep::Publish,
            KinshipEvent::Compare => KinshipStep::Compare,
            KinshipEvent::FindMatter => KinshipStep::FindMatter,
            KinshipEvent::Assign { .. } => KinshipStep::Assign,
            KinshipEvent::Explain { .. } => KinshipStep::Explain,
            KinshipEvent::Recuse { .. } => KinshipStep::Recuse,
            KinshipEvent::AskExit { .. } => KinshipStep::AskExit,
            KinshipEvent::ProveExit { .. } => KinshipStep::ProveExit,
            KinshipEvent::ToClue { .. } => KinshipStep::ToClue,
        }
    }

    /// What it says in a person's words, with the name of the field when words are needed.
    fn words(self) -> Result<String, Refused> {
        use KinshipEvent as E;
        match self {
            E::Explain { reason } | E::AskExit { reason } | E::ToClue { reason } => needed(reason, "reason"),
            E::Recuse { record } => needed(record, "reason"),
            E::ProveExit { proof } => needed(proof, "reason"),
            E::Assign { name, .. } => Ok(name),
            E::Publish { number } => Ok(number),
            E::Declare | E::Submit | E::Check | E::Complete | E::Compare | E::FindMatter => Ok(String::new()),
        }
    }
}

/// One line of a declaration's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinshipEntry {
    /// What happened.
    pub step: KinshipStep,
    /// When.
    pub at: Instant,
    /// Who; `None` for the program.
    pub by: Option<UserId>,
    /// Name of who; empty for the program.
    pub by_name: String,
    /// State before; `None` when it became due.
    pub from: Option<KinshipState>,
    /// State after.
    pub to: KinshipState,
    /// Reason, record or proof in the person's own words, a handler's name, a publication's number; may be empty.
    pub note: String,
}

impl KinshipMatter {
    /// A new one that is due on a day, with the first line of its timeline. The note says of which change it tells; empty
    /// for the yearly one.
    pub fn open(due: Option<Day>, note: &str, by: &Actor, at: Instant) -> (KinshipMatter, KinshipEntry) {
        let state = KinshipState::Due;
        let entry = KinshipEntry { note: note.to_owned(), ..entry(KinshipStep::Open, by, at, None, state) };
        (KinshipMatter { state, due, declared_by: None, handler: None }, entry)
    }

    /// Who has had a hand in it, for [`crate::policy::may`]. `owns`: it is the actor's own, or their unit's.
    pub fn relation(&self, owns: bool) -> Relation<'_> {
        Relation { assignee: self.handler.as_ref(), owns, ..Relation::NONE }
    }

    /// Whether the step is possible from here, whoever takes it.
    pub fn can(&self, step: KinshipStep) -> bool {
        next(self.state, step).is_some()
    }

    /// Whether its day has passed.
    pub fn is_late(&self, today: Day) -> bool {
        self.state.is_open() && self.due.is_some_and(|due| due < today)
    }

    /// Takes a step: the declaration afterwards and the line for its timeline.
    ///
    /// Who may take it is the policy's to say, not this function's.
    pub fn apply(
        &self,
        event: KinshipEvent,
        by: &Actor,
        at: Instant,
        is_working: impl Fn(Day) -> bool,
    ) -> Result<(KinshipMatter, KinshipEntry), Refused> {
        let step = event.step();
        let state = next(self.state, step).ok_or(Refused::state())?;
        // Whoever writes on, compares again or hands on gets no more time.
        let due = if state == self.state { self.due } else { due_in(state, local_day(at), is_working) };
        let mut after = KinshipMatter { state, due, ..self.clone() };
        match &event {
            KinshipEvent::Submit => after.declared_by.clone_from(&by.user),
            KinshipEvent::Assign { to, .. } => after.handler = Some(to.clone()),
            // Another matter is another handler's until somebody is named.
            KinshipEvent::FindMatter => after.handler = None,
            _ => {}
        }
        let note = event.words()?;
        Ok((after, KinshipEntry { note, ..entry(step, by, at, Some(self.state), state) }))
    }
}

fn entry(
    step: KinshipStep,
    by: &Actor,
    at: Instant,
    from: Option<KinshipState>,
    to: KinshipState,
) -> KinshipEntry {
    KinshipEntry { step, at, by: by.user.clone(), by_name: by.name.clone(), from, to, note: String::new() }
}
