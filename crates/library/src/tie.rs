//! Ties between persons and organisations: what ties two of them, since when, by which records; and the ways from one to
//! another.

use gnomon_kernel::{Day, EntityKind, RowRef, TieKind, Tier};

/// The view of relatives.
pub const KIN: &str = "v_kin";
/// The view of persons' posts and shares in organisations.
pub const POSTS: &str = "v_person_org";
/// The view of what organisations share.
pub const LINKS: &str = "v_org_link";
/// The view of the units and collectives that persons hold office in.
pub const OFFICES: &str = "v_office";
/// The view of who won a tender of, or has a contract with, which unit or collective.
pub const DEALS: &str = "v_deal";

/// A person or organisation at the end of a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Canonical number.
    pub number: String,
    /// Name, where known.
    pub name: Option<String>,
    /// What it is.
    pub kind: EntityKind,
}

/// One tie. Its kind says which way it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The first party.
    pub first: Party,
    /// The second party.
    pub second: Party,
    /// What ties them.
    pub kind: TieKind,
    /// How certain it is.
    pub tier: Tier,
    /// First day; `None` where it is not known.
    pub from: Option<Day>,
    /// Last day; `None` where it still holds.
    pub until: Option<Day>,
    /// Percent that a shareholder holds, where known.
    pub share: Option<f64>,
    /// Whether it rests on what many share, and says little about these two.
    pub many: bool,
    /// The records that tell it.
    pub rows: Vec<RowRef>,
    /// What a deal is about: its project.
    pub project: Option<String>,
}

impl Tie {
    /// Whether it holds on a day.
    pub fn holds(&self, on: Day) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }
}

/// Two parties next to each other on a way, and all that ties them, the strongest first; what does not hold on the day
/// as well.
#[derive(Debug, Clone, PartialEq)]
pub struct TieStep {
    /// The one nearer to the start.
    pub from: Party,
    /// The one nearer to the end.
    pub to: Party,
    /// What ties them, of very many the strongest that hold; never empty.
    pub ties: Vec<Tie>,
}

/// A way from one party to another.
#[derive(Debug, Clone, PartialEq)]
pub struct TiePath {
    /// Its steps, from the start.
    pub steps: Vec<TieStep>,
    /// Whether no other way has fewer steps.
    pub is_shortest: bool,
    /// Whether it is among the strongest.
    pub is_strongest: bool,
    /// Whether a step rests on nothing but what many share.
    pub through_many: bool,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieQuestion {
    /// Canonical number of the one.
    pub from: String,
    /// Canonical number of the other.
    pub to: String,
    /// The day on which ties have to hold.
    pub on: Day,
    /// Whether ways may lead through what many share.
    pub through_many: bool,
}

/// How two parties are tied to each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TieAnswer {
    /// The one; `None` when no tie names it.
    pub from: Option<Party>,
    /// The other; `None` when no tie names it.
    pub to: Option<Party>,
    /// The ways: the strongest of the shortest first, then longer ones that are stronger.
    pub paths: Vec<TiePath>,
    /// Whether there are more ways of the fewest steps.
    pub more: bool,
    /// What either end sold to units and collectives on the day: to those first that the other end is tied to, then the newest;
    /// a few of them, and none that stands on a way.
    pub deals: Vec<TieStep>,
    /// Whether nothing holds on the day, and the ways are made of ties that hold on other days, not all of them on the same.
    pub on_other_days: bool,
}
