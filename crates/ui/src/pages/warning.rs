use std::borrow::Cow;

use askama::Template;
use gnomon_kernel::{Day, Level, Money};

use super::{Action, Event, EventKind, EvidenceCell, KinNote, Party, SourceRow};
use crate::chart::Trend;
use crate::form::Filled;
use crate::graph::Graph;
use crate::mark::Span;
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::words::{Due, State, Step, Verdict, steps};

/// One warning with everything that leads to it and follows from it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/warning.html", blocks = ["parties"])]
pub struct WarningPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The warning itself.
    pub warning: WarningView,
    /// What the model matched.
    pub cells: Vec<EvidenceCell>,
    /// The source rows.
    pub sources: Vec<SourceRow>,
    /// Source rows that were counted and not kept.
    pub more_sources: u64,
    /// Relations, when there are any.
    pub graph: Option<Graph>,
    /// Development over time, when there is one.
    pub trend: Option<Trend>,
    /// Whom the warning speaks of.
    pub parties: Vec<Party>,
    /// A person and an organisation among them whose ties can be asked for.
    pub tied: Option<Tied>,
    /// Recusals and exits of officials that it speaks of.
    pub arranged: Vec<KinNote>,
    /// Honest explanations to think of first.
    pub innocent: Vec<String>,
    /// Next steps, in order.
    pub verify: Vec<String>,
    /// How the finding came about.
    pub origin: Origin,
    /// What the person who looks may do.
    pub actions: Vec<Action>,
    /// The form that came back with errors.
    pub filled: Filled,
    /// What happened, newest first.
    pub timeline: Vec<Event>,
}

page!(WarningPage);

/// Two parties whose ties can be asked for.
#[derive(Debug, Clone)]
pub struct Tied {
    /// Keys of the two.
    pub keys: [String; 2],
    /// Their names, masked.
    pub names: [String; 2],
}

/// The warning itself.
#[derive(Debug, Clone)]
pub struct WarningView {
    /// Id, `wrn_…`.
    pub id: String,
    /// Number as people say it.
    pub number: String,
    /// Version for the optimistic lock.
    pub version: i64,
    /// Level.
    pub level: Level,
    /// Title of the model.
    pub title: String,
    /// The finding in one sentence; see [`crate::mark::fill`].
    pub why: Vec<Span>,
    /// Where it stands.
    pub state: State,
    /// Whether the last run no longer found it.
    pub vanished: bool,
    /// What verification found.
    pub verdict: Option<Verdict>,
    /// Amount.
    pub fen: Option<Money>,
    /// Name of the region.
    pub region: String,
    /// When it happened, by the data.
    pub happened_on: Option<Day>,
    /// Who has it.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<Due>,
    /// To be recovered, once known.
    pub to_recover: Option<Money>,
    /// Recovered so far.
    pub recovered: Option<Money>,
}

/// How a finding came about: enough to find it again years later.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Id of the model.
    pub model: String,
    /// Revision of the model.
    pub revision: u64,
    /// Warnings of the model that were verified.
    pub verified: u64,
    /// Of these, found true.
    pub found_true: u64,
    /// The rule in words.
    pub why: String,
    /// The legal basis.
    pub basis: String,
    /// Parameters and their values in this run, formatted.
    pub parameters: Vec<(String, String)>,
    /// Id of the run that last found it, and the day it spoke of; none where a person handed it on.
    pub run: Option<(String, Day)>,
}

impl WarningPage {
    /// The parties, after one was revealed.
    pub fn render_parties(&self) -> askama::Result<String> {
        self.as_parties().render()
    }

    fn steps(&self) -> [Step; 6] {
        steps(self.warning.state, self.warning.verdict)
    }

    /// The form as it was sent, when it was this one.
    fn filled_of(&self, action: &Action) -> &Filled {
        static EMPTY: Filled = Filled::EMPTY;
        if self.filled.form == action.path() { &self.filled } else { &EMPTY }
    }

    /// One entry of the timeline in words.
    fn sentence(&self, event: &Event) -> Cow<'static, str> {
        match &event.kind {
            EventKind::Raised { model, revision } => {
                self.t2("event-raised", "model", model, "revision", revision)
            }
            EventKind::HandedOn => self.t("event-handed-on"),
            EventKind::Relevelled(level) => self.t1("event-relevelled", "level", self.level_name(level)),
            EventKind::NotFoundAgain => self.t("event-not-found-again"),
            EventKind::Changed => self.t("event-changed"),
            EventKind::Assigned { to, due } => self.t2("event-assigned", "to", to, "due", due.to_string()),
            EventKind::Verified(verdict) => self.t1("event-verified", "verdict", self.t(verdict.title())),
            EventKind::Disposed { to_recover } => self.t1("event-disposed", "sum", to_recover),
            EventKind::Recovered { amount, day } => {
                self.t2("event-recovered", "sum", amount, "day", day.to_string())
            }
            EventKind::Submitted => self.t("event-submitted"),
            EventKind::Accepted => self.t("event-accepted"),
            EventKind::Returned => self.t("event-returned"),
            EventKind::Withdrawn => self.t("event-withdrawn"),
            EventKind::LostSource => self.t("event-lost-source"),
            EventKind::Revealed { party } => self.t1("event-revealed", "party", party),
        }
    }
}
