use askama::Template;

use super::kinship_notes::{KinPerson, counts};
use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;
use crate::words::Due;

/// A year's declarations of relatives' matters, unit by unit.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/kinship.html")]
pub struct KinshipPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The year shown; none while no year was made due.
    pub year: Option<i32>,
    /// Years that were made due, the newest first.
    pub years: Vec<i32>,
    /// Units, those with the most late ones first.
    pub units: Vec<KinUnit>,
    /// The year that this person may make due, as proposed.
    pub opens: Option<i32>,
    /// The form that came back.
    pub filled: Filled,
}

page!(KinshipPage);

impl KinshipPage {
    /// All units together.
    fn all(&self) -> KinCounts {
        self.units.iter().fold(KinCounts::default(), |sum, unit| sum.and(unit.counts))
    }
}

/// A unit with its declarations.
#[derive(Debug, Clone)]
pub struct KinUnit {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Its declarations.
    pub counts: KinCounts,
}

/// Declarations by what is to be done with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KinCounts {
    /// To be declared.
    pub due: u64,
    /// Declared, being compared or completed.
    pub checked: u64,
    /// Complete, to be published.
    pub completed: u64,
    /// Published, and nothing open.
    pub settled: u64,
    /// With a matter to be looked after, or handed on.
    pub found: u64,
    /// Of all these, those whose day has passed.
    pub late: u64,
}

/// A part of a stacked bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarPart {
    /// The word that the style sheet knows.
    pub word: &'static str,
    /// Locale key of its name.
    pub title: &'static str,
    /// How many.
    pub count: u64,
    /// Where it begins, of [`KinCounts::WIDTH`].
    pub from: u64,
    /// How long it is.
    pub width: u64,
}

impl KinCounts {
    /// The length of a whole bar.
    pub const WIDTH: u64 = 160;

    /// All of them.
    pub fn total(&self) -> u64 {
        self.due + self.checked + self.completed + self.settled + self.found
    }

    /// Parts of the bar, from what is to be done to what is settled. What there is can be seen, however little it is.
    pub fn parts(&self) -> Vec<BarPart> {
        let named = [
            ("found", key("kin-count-found"), self.found),
            ("due", key("kin-count-due"), self.due),
            ("checked", key("kin-count-checked"), self.checked),
            ("completed", key("kin-count-completed"), self.completed),
            ("settled", key("kin-count-settled"), self.settled),
        ];
        let total = self.total().max(1);
        let mut sum = 0;
        let mut parts = Vec::new();
        for (word, title, count) in named {
            let from = sum * Self::WIDTH / total;
            sum += count;
            let width = (sum * Self::WIDTH / total - from).max(u64::from(count > 0) * 2);
            parts.push(BarPart { word, title, count, from, width });
        }
        parts
    }

    fn and(self, other: KinCounts) -> KinCounts {
        KinCounts {
            due: self.due + other.due,
            checked: self.checked + other.checked,
            completed: self.completed + other.completed,
            settled: self.settled + other.settled,
            found: self.found + other.found,
            late: self.late + other.late,
        }
    }
}

/// A unit's declarations of one year, and its lists.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/kinship_unit.html")]
pub struct KinUnitPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Code of the unit.
    pub code: String,
    /// Name of the unit.
    pub name: String,
    /// The year.
    pub year: i32,
    /// Declarations.
    pub rows: Vec<KinRow>,
    /// Officials whom none of them is about.
    pub without: Vec<KinPerson>,
    /// Lists, the newest first.
    pub lists: Vec<KinList>,
    /// Whether this person may put a list together now.
    pub can_publish: bool,
    /// Whether this person may have the unit compared with the registers.
    pub can_check: bool,
}

page!(KinUnitPage);

impl KinUnitPage {
    fn told(&self) -> [u64; 2] {
        counts(&self.rows, &self.without)
    }
}

/// A declaration in a unit's list.
#[derive(Debug, Clone)]
pub struct KinRow {
    /// Id, `kin_…`.
    pub id: String,
    /// What people call it.
    pub number: String,
    /// Name of the official, masked where the reader is not of the unit.
    pub official: String,
    /// Number of the official, masked.
    pub person: String,
    /// The post.
    pub post: String,
    /// Whether it tells a change.
    pub is_change: bool,
    /// Where it stands.
    pub state: KinState,
    /// By when the next step is to be taken.
    pub due: Option<Due>,
    /// Differences that nobody has answered.
    pub open: u64,
}

/// A unit's list in few words.
#[derive(Debug, Clone)]
pub struct KinList {
    /// Id, `pub_…`.
    pub id: String,
    /// What people call it.
    pub number: String,
    /// Where it stands.
    pub state: ListState,
}

/// Where a declaration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KinState {
    /// To be declared.
    Due,
    /// Declared; to be compared.
    Declared,
    /// Compared; to be completed.
    Checked,
    /// Complete; to be published.
    Completed,
    /// Published.
    Published,
    /// Compared again, nothing open.
    Compared,
    /// The registers say something that was not declared.
    MatterFound,
    /// Explained.
    Explained,
    /// A recusal is arranged.
    RecusalArranged,
    /// An exit was asked for.
    ExitAsked,
    /// The exit is proved.
    Exited,
    /// Handed on.
    Clue,
}

impl KinState {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            KinState::Due => key("kin-due"),
            KinState::Declared => key("kin-declared"),
            KinState::Checked => key("kin-checked"),
            KinState::Completed => key("kin-completed"),
            KinState::Published => key("kin-published"),
            KinState::Compared => key("kin-compared"),
            KinState::MatterFound => key("kin-matter-found"),
            KinState::Explained => key("kin-explained"),
            KinState::RecusalArranged => key("kin-recusal-arranged"),
            KinState::ExitAsked => key("kin-exit-asked"),
            KinState::Exited => key("kin-exited"),
            KinState::Clue => key("kin-clue"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            KinState::Due | KinState::Checked | KinState::MatterFound | KinState::ExitAsked => "warn",
            KinState::Declared | KinState::Completed => "info",
            KinState::Clue => "violet",
            KinState::Published | KinState::Compared => "ok",
            KinState::Explained | KinState::RecusalArranged | KinState::Exited => "ok",
        }
    }
}

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListState {
    /// A second person has to look at it.
    Asked,
    /// The unit can read it.
    Shown,
    /// It was shown, and its days are over.
    Over,
    /// It was sent back.
    Returned,
}

impl ListState {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            ListState::Asked => key("kin-list-asked"),
            ListState::Shown => key("kin-list-shown"),
            ListState::Over => key("kin-list-over"),
            ListState::Returned => key("kin-list-returned"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            ListState::Asked => "warn",
            ListState::Shown => "ok",
            ListState::Over | ListState::Returned => "mute",
        }
    }
}
