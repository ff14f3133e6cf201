use askama::Template;
use gnomon_kernel::{Day, Instant, Level, RowRef};

use super::{EvidenceCell, KinNote, KinTold};
use crate::form::Filled;
use crate::object_query::ObjectKind;
use crate::page::{Page as _, page};
use crate::query::address;
use crate::shell::{Section, Shell};
use crate::terms::{TermLine, TermSpan};
use crate::tr::key;
use crate::words::{State, Verdict};

/// One supervised object with all that is known of it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/object.html")]
pub struct ObjectPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What it is.
    pub head: ObjectHead,
    /// Terms of office, the latest first.
    pub terms: Vec<TermRow>,
    /// The day that terms that go on are drawn to.
    pub today: Day,
    /// What data speak about it.
    pub about: Vec<AboutRow>,
    /// Warnings about it, the newest first.
    pub warnings: Vec<ObjectWarningRow>,
    /// Findings about it that no warning carries.
    pub findings: Vec<ObjectFindingRow>,
    /// A person's declarations of relatives' matters, the newest first.
    pub declarations: Vec<KinNote>,
    /// Who of a unit has declared.
    pub told: Option<KinTold>,
    /// The deliveries of the rows that are shown.
    pub deliveries: Vec<ObjectDelivery>,
    /// Until when the reason holds for which the page is open.
    pub open_until: Option<Instant>,
    /// The form that came back.
    pub filled: Filled,
}

page!(ObjectPage);

/// What an object is.
#[derive(Debug, Clone)]
pub struct ObjectHead {
    /// The kind.
    pub kind: ObjectKind,
    /// What its page is asked for by.
    pub address: String,
    /// Name, masked where it is a person's; the number where there is none.
    pub name: String,
    /// Number, masked where it is a person's.
    pub number: String,
    /// Whether name and number are shown in full, for a recorded reason.
    pub is_revealed: bool,
    /// Township and village.
    pub place: String,
    /// What else the row that describes it says.
    pub cells: Vec<EvidenceCell>,
}

/// A term of office.
#[derive(Debug, Clone)]
pub struct TermRow {
    /// Who held it, masked, on the page of a unit.
    pub holder: Option<String>,
    /// The post.
    pub post: String,
    /// The unit or place.
    pub unit: String,
    /// Its first day.
    pub from: Option<Day>,
    /// Its last day; none while it goes on.
    pub until: Option<Day>,
    /// Where it stands.
    pub row: RowRef,
}

/// Rows of a dataset that name the object in one column.
#[derive(Debug, Clone)]
pub struct AboutRow {
    /// Key of the dataset.
    pub dataset: String,
    /// Its title.
    pub title: String,
    /// The department that delivers it.
    pub department: String,
    /// What the column says of the object.
    pub role: String,
    /// How many.
    pub count: u64,
    /// How many of each year, oldest first.
    pub years: Vec<(i32, u64)>,
    /// The newest of them.
    pub rows: Vec<AboutLine>,
    /// Whether sensitive columns were left out of them.
    pub is_cut: bool,
}

/// One of these rows.
#[derive(Debug, Clone)]
pub struct AboutLine {
    /// Day, month or year it speaks of.
    pub when: String,
    /// Its cells in words, masked.
    pub content: String,
    /// Name of the file.
    pub file: String,
    /// Where it stands.
    pub row: RowRef,
}

/// A warning about the object.
#[derive(Debug, Clone)]
pub struct ObjectWarningRow {
    /// Id, `wrn_…`.
    pub id: String,
    /// Number as people say it.
    pub number: String,
    /// Level.
    pub level: Level,
    /// Title of the model.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// What verification found.
    pub verdict: Option<Verdict>,
    /// When it was raised.
    pub raised: Instant,
    /// When its review ended.
    pub closed: Option<Instant>,
}

/// A finding about the object that no warning carries.
#[derive(Debug, Clone)]
pub struct ObjectFindingRow {
    /// Title of the model.
    pub title: String,
    /// Level.
    pub level: Level,
    /// Id of the last run that found it.
    pub run: String,
    /// The day that run took for today.
    pub as_of: Day,
}

/// A delivery behind what is shown.
#[derive(Debug, Clone)]
pub struct ObjectDelivery {
    /// Id, `bat_…`.
    pub id: String,
    /// Number.
    pub number: u64,
    /// Name of the file.
    pub file: String,
    /// Title of the dataset.
    pub dataset: String,
    /// When.
    pub received: Instant,
}

impl AboutRow {
    /// Bars of a small picture, 40 high: left end, upper end, height.
    fn bars(&self) -> Vec<(usize, u64, u64)> {
        let most = self.years.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
        let bar = |(at, (_, count)): (usize, &(i32, u64))| {
            let height = (count * 24 / most).max(1);
            (at * 12, 24 - height, height)
        };
        self.years.iter().enumerate().map(bar).collect()
    }

    fn width(&self) -> usize {
        self.years.len() * 12
    }

    /// `2023: 12`, one for each year.
    fn by_year(&self) -> String {
        let years = self.years.iter().map(|(year, count)| format!("{year}: {count}"));
        years.collect::<Vec<_>>().join("; ")
    }
}

impl ObjectWarningRow {
    /// How it ended: locale key and tone.
    fn outcome(&self) -> Option<(&'static str, &'static str)> {
        match (self.state, self.verdict?) {
            (State::Closed, Verdict::Explained) => Some((key("object-cleared"), "ok")),
            (State::Closed, Verdict::True) => Some((Verdict::True.title(), "info")),
            (State::Closed, Verdict::CannotTell) => Some((Verdict::CannotTell.title(), "mute")),
            _ => None,
        }
    }
}

impl ObjectPage {
    fn href(&self) -> String {
        self.head.kind.href(&self.head.address)
    }

    /// The delivered line behind a row.
    fn line_href(&self, row: &RowRef) -> String {
        format!("{}/lines/{row}", self.href())
    }

    /// Whether they are of those who held office here.
    fn are_held_here(&self) -> bool {
        self.terms.iter().any(|term| term.holder.is_some())
    }

    fn term_line(&self) -> Option<TermLine> {
        let span = |term: &TermRow| {
            // The page of a unit need not say which unit.
            let beside = term.holder.as_ref().unwrap_or(&term.unit);
            let label = [term.post.as_str(), beside].join(" ").trim().to_owned();
            Some(TermSpan { label, from: term.from?, until: term.until })
        };
        let spans: Vec<TermSpan> = self.terms.iter().filter_map(span).collect();
        TermLine::of(&spans, self.today)
    }

    /// What ties it has to others. A person is named by the row that describes them.
    fn ties_href(&self) -> String {
        address("/ties", [("from", self.head.address.as_str())])
    }

    fn opens_data(&self) -> bool {
        self.shell.opens(Section::Data)
    }
}
