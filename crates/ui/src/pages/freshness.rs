use askama::Template;
use gnomon_kernel::Day;

use crate::form::Choice;
use crate::months::Months;
use crate::page::{Page as _, page};
use crate::query::FreshnessFilter;
use crate::shell::Shell;
use crate::tr::key;

/// Which deliveries came in which month, and which are late.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/freshness.html")]
pub struct FreshnessPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What is shown.
    pub filter: FreshnessFilter,
    /// Departments to choose from.
    pub departments: Vec<Choice>,
    /// Datasets that there are, of the department chosen.
    pub known: u64,
    /// Those of them that are late.
    pub late: u64,
    /// Columns.
    pub months: Months,
    /// Departments that the filter lets through, none of them empty; those with something late or with data first.
    pub groups: Vec<FreshGroup>,
}

page!(FreshnessPage);

/// A department.
#[derive(Debug, Clone)]
pub struct FreshGroup {
    /// Name.
    pub name: String,
    /// Its datasets; those that are late or have data first.
    pub rows: Vec<FreshRow>,
}

impl FreshnessPage {
    fn is_any_shown(&self) -> bool {
        self.groups.iter().any(|group| group.shown().next().is_some())
    }

    /// How many datasets nobody has delivered or waits for.
    fn waiting(&self) -> u64 {
        self.groups.iter().map(|group| group.waiting().count() as u64).sum()
    }
}

impl FreshGroup {
    /// Datasets with months to show, or late.
    fn shown(&self) -> impl Iterator<Item = &FreshRow> {
        self.rows.iter().filter(|row| !row.is_waiting())
    }

    /// The others.
    fn waiting(&self) -> impl Iterator<Item = &FreshRow> {
        self.rows.iter().filter(|row| row.is_waiting())
    }
}

impl FreshRow {
    fn is_waiting(&self) -> bool {
        self.cells.is_empty() && !self.fresh.is_late
    }
}

/// A dataset.
#[derive(Debug, Clone)]
pub struct FreshRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Where it stands.
    pub fresh: Fresh,
    /// The usual number of rows of a month.
    pub usual: u64,
    /// One cell for each month; none before the first delivery.
    pub cells: Vec<MonthCell>,
}

/// Rows of one month.
#[derive(Debug, Clone, Copy)]
pub struct MonthCell {
    /// How many; none before the first delivery.
    pub rows: Option<u64>,
    /// The same seen from the usual number.
    pub volume: Volume,
}

/// Where a dataset stands between two deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fresh {
    /// The word for it.
    pub standing: Standing,
    /// The last day for the next delivery, where one is expected.
    pub due: Option<Day>,
    /// Whether the department is to be reminded.
    pub is_late: bool,
}

impl Fresh {
    /// The word that the style sheet knows.
    pub fn tone(&self) -> &'static str {
        match self.standing {
            Standing::OnTime => "ok",
            Standing::Degraded => "crit",
            _ if self.is_late => "warn",
            _ => "mute",
        }
    }
}

/// The word for where a dataset stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// What was due has come.
    OnTime,
    /// The day has passed.
    Due,
    /// It has been late for long, or what came was not good enough.
    Degraded,
    /// Nothing has ever come.
    Never,
    /// It comes when something happens.
    NotExpected,
}

impl Standing {
    /// All, as filters list them.
    pub const ALL: [Standing; 5] =
        [Standing::OnTime, Standing::Due, Standing::Degraded, Standing::Never, Standing::NotExpected];

    /// The word in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::OnTime => "on-time",
            Standing::Due => "due",
            Standing::Degraded => "degraded",
            Standing::Never => "never",
            Standing::NotExpected => "not-expected",
        }
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Standing::OnTime => key("standing-on-time"),
            Standing::Due => key("standing-due"),
            Standing::Degraded => key("standing-degraded"),
            Standing::Never => key("standing-never"),
            Standing::NotExpected => key("standing-not-expected"),
        }
    }
}

/// How many rows came, seen from how many usually come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Volume {
    /// None.
    Nothing,
    /// Less than half.
    Scarce,
    /// Less than usual.
    Fewer,
    /// As many as usual.
    Usual,
    /// More than usual.
    More,
}

impl Volume {
    /// All of them, from none to many.
    pub const ALL: [Volume; 5] =
        [Volume::Nothing, Volume::Scarce, Volume::Fewer, Volume::Usual, Volume::More];

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Volume::Nothing => key("volume-nothing"),
            Volume::Scarce => key("volume-scarce"),
            Volume::Fewer => key("volume-fewer"),
            Volume::Usual => key("volume-usual"),
            Volume::More => key("volume-more"),
        }
    }

    /// Step of the heat scale.
    pub fn step(self) -> u8 {
        match self {
            Volume::Nothing => 0,
            Volume::Scarce => 1,
            Volume::Fewer => 2,
            Volume::Usual => 3,
            Volume::More => 5,
        }
    }
}

/// What a delay means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DelayKind {
    /// Degraded: the last delivery was below its limits.
    BelowLimits,
    /// Degraded: late by more than a whole cadence.
    Overdue,
    /// The day has passed.
    Reminder,
}

impl DelayKind {
    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        if self == DelayKind::Reminder { "warn" } else { "crit" }
    }
}

/// A dataset whose delivery is late, with what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delayed {
    /// Key of the dataset.
    pub key: String,
    /// Its title.
    pub title: String,
    /// The last day for the delivery.
    pub due_on: Day,
    /// What it means.
    pub kind: DelayKind,
    /// Models that read it.
    pub models: u64,
}
