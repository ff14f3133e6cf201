//! What a warning's page is put together from.

use gnomon_kernel::{Day, Instant, Level, Money, RowRef};

use super::Assignee;
use crate::tr::key;
use crate::words::Verdict;

/// A value that the model matched.
#[derive(Debug, Clone)]
pub struct EvidenceCell {
    /// Title of the column.
    pub title: String,
    /// The value, formatted and masked.
    pub value: String,
}

/// A source row the finding rests on.
#[derive(Debug, Clone)]
pub struct SourceRow {
    /// Title of the dataset.
    pub dataset: String,
    /// The department that delivered it.
    pub department: String,
    /// Day, month or period the row speaks of.
    pub when: String,
    /// Its main cells in words, masked.
    pub content: String,
    /// Name of the file.
    pub file: String,
    /// Where in the file.
    pub row: RowRef,
}

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// A natural person.
    Person,
    /// A company or unit.
    Org,
}

impl PartyKind {
    /// Name of the icon.
    pub fn icon(self) -> &'static str {
        match self {
            PartyKind::Person => "person",
            PartyKind::Org => "org",
        }
    }
}

/// Somebody the warning speaks of.
#[derive(Debug, Clone)]
pub struct Party {
    /// Which party of this warning: what the reveal form sends. Never a personal number.
    pub key: String,
    /// Person or organisation.
    pub kind: PartyKind,
    /// Name: masked, or whole when revealed.
    pub name: String,
    /// Part played, in the person's language.
    pub role: String,
    /// Number: masked, or whole when revealed.
    pub number: String,
    /// Whether name and number are shown whole.
    pub is_revealed: bool,
    /// Whether this person may ask for them.
    pub can_reveal: bool,
}

/// What the person who looks may do, with what the form needs.
#[derive(Debug, Clone)]
pub enum Action {
    /// Give the warning to somebody, or to somebody else.
    Assign {
        /// Who can be given it.
        assignees: Vec<Assignee>,
        /// The limit proposed.
        due: Day,
    },
    /// Say what verification found.
    Verify,
    /// Say what is to be recovered.
    Dispose {
        /// Proposed or recorded before.
        to_recover: Money,
    },
    /// Enter money that came back.
    Recover {
        /// What is still out.
        left: Money,
        /// The day proposed, and the last one possible.
        today: Day,
    },
    /// Hand it to review.
    Submit,
    /// Accept or return somebody else's work.
    Review {
        /// Whether it can be returned for more to be done about the money.
        may_ask_for_money: bool,
    },
}

impl Action {
    /// Last part of the form's address.
    pub fn path(&self) -> &'static str {
        match self {
            Action::Assign { .. } => "assign",
            Action::Verify => "verify",
            Action::Dispose { .. } => "dispose",
            Action::Recover { .. } => "recover",
            Action::Submit => "submit",
            Action::Review { .. } => "review",
        }
    }

    /// Locale key of its heading.
    pub fn title(&self) -> &'static str {
        match self {
            Action::Assign { .. } => key("action-assign"),
            Action::Verify => key("action-verify"),
            Action::Dispose { .. } => key("action-dispose"),
            Action::Recover { .. } => key("action-recover"),
            Action::Submit => key("action-submit"),
            Action::Review { .. } => key("action-review"),
        }
    }
}

/// One entry of the timeline.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// Who; none for the program itself.
    pub actor: Option<String>,
    /// What.
    pub kind: EventKind,
    /// What the person wrote to it.
    pub note: Option<String>,
}

/// What happened to a warning.
#[derive(Debug, Clone)]
pub enum EventKind {
    /// A model raised it.
    Raised {
        /// Id of the model.
        model: String,
        /// Revision of the model.
        revision: u64,
    },
    /// A person made it of what a declaration does not say.
    HandedOn,
    /// A later run found it at another level.
    Relevelled(Level),
    /// A later run no longer found it, when somebody had already acted on it.
    NotFoundAgain,
    /// The evidence changed with the data.
    Changed,
    /// It was given to somebody.
    Assigned {
        /// Name of the handler.
        to: String,
        /// The limit.
        due: Day,
    },
    /// Verification found something.
    Verified(Verdict),
    /// The money to recover was set.
    Disposed {
        /// To be recovered.
        to_recover: Money,
    },
    /// Money came back.
    Recovered {
        /// How much.
        amount: Money,
        /// When.
        day: Day,
    },
    /// It was handed to review.
    Submitted,
    /// Review accepted it; it is closed.
    Accepted,
    /// Review returned it.
    Returned,
    /// Corrected data made it vanish.
    Withdrawn,
    /// A file that the evidence cites was taken out; its name is the note.
    LostSource,
    /// Somebody looked at a masked number.
    Revealed {
        /// Masked name of the party.
        party: String,
    },
}
