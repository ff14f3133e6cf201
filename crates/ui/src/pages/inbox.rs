use askama::Template;
use gnomon_kernel::{Day, Instant, Level, Money};

use crate::form::Choice;
use crate::page::{Page as _, page};
use crate::query::{InboxFilter, StateFilter};
use crate::shell::Shell;
use crate::words::{Due, State};

/// The inbox: one page of warnings, newest first, and what can be done with several at once.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/inbox.html", blocks = ["segments", "list"])]
pub struct InboxPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What is shown.
    pub filter: InboxFilter,
    /// Warnings by level under the same filter.
    pub counts: LevelCounts,
    /// Models to choose from: id and title.
    pub models: Vec<Choice>,
    /// Packs to choose from: key and title.
    pub packs: Vec<Choice>,
    /// Regions to choose from: code and name.
    pub regions: Vec<Choice>,
    /// People to choose from: id and name.
    pub handlers: Vec<Choice>,
    /// What can be done with several warnings, if this person may.
    pub bulk: Option<Bulk>,
    /// The warnings.
    pub rows: Vec<InboxRow>,
    /// Where the next page begins.
    pub next: Option<String>,
}

page!(InboxPage);

/// Warnings by level.
#[derive(Debug, Clone, Copy, Default)]
pub struct LevelCounts {
    /// Red ones.
    pub red: u64,
    /// Yellow ones.
    pub yellow: u64,
    /// Blue ones.
    pub blue: u64,
}

impl LevelCounts {
    /// All together.
    pub fn all(&self) -> u64 {
        self.red + self.yellow + self.blue
    }

    /// Those of one level.
    pub fn of(&self, level: &Level) -> u64 {
        match level {
            Level::Red => self.red,
            Level::Yellow => self.yellow,
            Level::Blue => self.blue,
        }
    }
}

/// Giving several warnings to one person.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// Who can be given warnings.
    pub assignees: Vec<Assignee>,
    /// The limit proposed.
    pub due: Day,
}

/// Somebody who can be given a warning.
#[derive(Debug, Clone)]
pub struct Assignee {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Warnings this person has in hand.
    pub open: u64,
}

/// One warning of the inbox.
#[derive(Debug, Clone)]
pub struct InboxRow {
    /// Id, `wrn_…`.
    pub id: String,
    /// Number as people say it, `W-26-000417`.
    pub number: String,
    /// Version for the optimistic lock.
    pub version: i64,
    /// Level.
    pub level: Level,
    /// Title of the model.
    pub title: String,
    /// Name of the region.
    pub region: String,
    /// Name of the subject, masked.
    pub subject: String,
    /// Number of the subject, masked.
    pub subject_no: String,
    /// Amount.
    pub fen: Option<Money>,
    /// The finding in short words.
    pub evidence: String,
    /// Where it stands.
    pub state: State,
    /// Who has it.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<Due>,
    /// When it was raised.
    pub raised: Instant,
}

impl InboxRow {
    /// What a tick sends: id and version, so that a warning changed meanwhile is left alone.
    pub fn tick(&self) -> String {
        format!("{}.{}", self.id, self.version)
    }
}

impl InboxPage {
    /// The answer to a changed filter or another page: the list for `#list`, the counts for `#segments`.
    pub fn render_list(&self) -> askama::Result<String> {
        let mut html = self.as_list().render()?;
        html.push_str("<hx-partial hx-target=\"#segments\" hx-swap=\"innerMorph\">");
        html.push_str(&self.as_segments().render()?);
        html.push_str("</hx-partial>");
        Ok(html)
    }

    fn states(&self) -> Vec<StateFilter> {
        StateFilter::all().collect()
    }
}
