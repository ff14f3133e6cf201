//! What happens, with what it carries, and what is written on the timeline.

use gnomon_kernel::{Day, Instant, Level, Money, UserId};

use super::state::{State, Step, Verdict};

/// Something that happens to a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A run found it again, with other facts.
    Refresh {
        /// The level it has now.
        level: Level,
    },
    /// A run no longer found it.
    Vanish,
    /// It is given to a handler.
    Assign {
        /// The handler.
        to: UserId,
        /// Their name, for the timeline.
        name: String,
        /// By when.
        due: Day,
        /// A word to the handler; may be empty.
        note: String,
    },
    /// Verification found something.
    Verify {
        /// What.
        verdict: Verdict,
        /// How and why; needed.
        reason: String,
    },
    /// The money to recover is set.
    Dispose {
        /// How much; nothing where there is nothing to recover.
        to_recover: Money,
        /// What is done about it; needed.
        note: String,
    },
    /// Money came back.
    Recover {
        /// How much; more than nothing.
        amount: Money,
        /// When.
        day: Day,
        /// Receipt, account, remarks; may be empty.
        note: String,
    },
    /// Handed over for review.
    Submit {
        /// Why it ends although less came back than was to be recovered; may be empty otherwise.
        reason: String,
    },
    /// The reviewer agrees.
    Accept {
        /// May be empty.
        note: String,
    },
    /// The reviewer does not agree.
    Return {
        /// `ReturnToVerify` or `ReturnToDispose`.
        step: Step,
        /// What is missing; needed.
        reason: String,
    },
    /// A delivery that its evidence cites was taken out.
    LoseSource {
        /// Name of the file.
        file: String,
    },
    /// Somebody sees the full numbers.
    Reveal {
        /// What for; needed.
        reason: String,
    },
}

/// One line of a warning's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// What happened.
    pub step: Step,
    /// When.
    pub at: Instant,
    /// Who; `None` for a run.
    pub by: Option<UserId>,
    /// Name of who; empty for a run.
    pub by_name: String,
    /// State before; `None` when it was raised.
    pub from: Option<State>,
    /// State after.
    pub to: State,
    /// Reason or remark in the person's own words, name of the file with `LoseSource`; may be empty.
    pub note: String,
    /// With `Verify`.
    pub verdict: Option<Verdict>,
    /// With `Dispose` and `Recover`.
    pub amount: Option<Money>,
    /// Deadline with `Assign`, day of the money with `Recover`.
    pub day: Option<Day>,
    /// Handler's name with `Assign`, which party with `Reveal`.
    pub person: Option<String>,
    /// With `Raise`, `Refresh` and `ChangeLevel`: the level it has from now on.
    pub level: Option<Level>,
}
