use askama::Template;
use gnomon_kernel::{EntityKind, Instant, Tier};

use crate::data_query::IdentityFilter;
use crate::form::Choice;
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;

/// Pairs of mentions that may be one, those first that touch an open warning.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/identities.html")]
pub struct IdentitiesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What is shown.
    pub filter: IdentityFilter,
    /// The pairs of this page.
    pub rows: Vec<PairRow>,
    /// All that the filter lets through.
    pub count: u64,
    /// Whether there is a page behind this one.
    pub has_more: bool,
    /// What linkings did to entities, the last first.
    pub moves: Vec<MoveRow>,
}

page!(IdentitiesPage);

/// A pair.
#[derive(Debug, Clone)]
pub struct PairRow {
    /// What people call it.
    pub number: u64,
    /// What they are.
    pub kind: EntityKind,
    /// Their names, masked where they are persons'.
    pub names: [String; 2],
    /// How likely it is that they are one.
    pub likely: Likely,
    /// Fields that agree, at least nearly.
    pub agree: u64,
    /// Fields that differ.
    pub differ: u64,
    /// Whether it touches an open warning.
    pub is_touched: bool,
    /// Where it stands.
    pub standing: PairStanding,
    /// When it was found first.
    pub first_seen: Instant,
}

/// How likely it is that two mentions are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likely {
    /// How certain.
    pub tier: Tier,
    /// The probability, 0 to 1.
    pub probability: f32,
    /// Whether the linker has put them together.
    pub together: bool,
}

impl Likely {
    /// Thousandths, for the bar.
    pub(crate) fn thousandths(&self) -> u64 {
        (self.probability.clamp(0.0, 1.0) * 1000.0).round() as u64
    }

    /// `93.5%`; never quite everything nor nothing.
    pub(crate) fn percent(&self) -> String {
        format!("{:.1}%", (f64::from(self.probability) * 100.0).clamp(0.1, 99.9))
    }

    /// Locale key of the words for it.
    pub fn title(&self) -> &'static str {
        tier_title(self.tier)
    }

    /// Locale key of what the linker did with them.
    pub(crate) fn place(&self) -> &'static str {
        if self.together { key("identity-together") } else { key("identity-apart") }
    }
}

/// Locale key of a tier's name.
pub(crate) fn tier_title(tier: Tier) -> &'static str {
    match tier {
        Tier::Certain => key("identity-tier-certain"),
        Tier::Probable => key("identity-tier-probable"),
        Tier::Possible => key("identity-tier-possible"),
    }
}

/// Locale key of the name of what is told apart.
pub(crate) fn kind_title(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => key("identity-person"),
        EntityKind::Organisation => key("identity-organisation"),
    }
}

/// Where a pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairStanding {
    /// Nobody has ruled about it.
    Open,
    /// The last linking did not find it any more.
    Gone,
    /// A second person has to agree that they are one.
    Proposed,
    /// Ruled to be one.
    Same,
    /// Ruled not to be one.
    NotSame,
    /// A second person has to agree that the ruling is undone.
    UndoProposed,
}

impl PairStanding {
    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            PairStanding::Open => key("identity-open"),
            PairStanding::Gone => key("identity-gone"),
            PairStanding::Proposed => key("identity-proposed"),
            PairStanding::Same => key("identity-same"),
            PairStanding::NotSame => key("identity-not-same"),
            PairStanding::UndoProposed => key("identity-undo-proposed"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            PairStanding::Open => "warn",
            PairStanding::Gone => "mute",
            PairStanding::Proposed | PairStanding::UndoProposed => "violet",
            PairStanding::Same => "ok",
            PairStanding::NotSame => "info",
        }
    }
}

/// What one linking did to entities.
#[derive(Debug, Clone, Copy)]
pub struct MoveRow {
    /// When.
    pub at: Instant,
    /// What they are.
    pub kind: EntityKind,
    /// Whether they were found to be others; else, whether mentions left them.
    pub is_merge: bool,
    /// To so many.
    pub entities: u64,
}

impl MoveRow {
    fn title(&self) -> &'static str {
        if self.is_merge { key("identity-merged") } else { key("identity-split") }
    }

    fn kind_title(&self) -> &'static str {
        kind_title(self.kind)
    }
}

impl PairRow {
    fn kind_title(&self) -> &'static str {
        kind_title(self.kind)
    }
}

impl IdentitiesPage {
    fn kinds(&self) -> Vec<Choice> {
        EntityKind::ALL.iter().map(|one| Choice::new(one.as_str(), self.t(kind_title(*one)))).collect()
    }

    fn tiers(&self) -> Vec<Choice> {
        Tier::ALL.iter().map(|one| Choice::new(one.as_str(), self.t(tier_title(*one)))).collect()
    }

    fn touches(&self) -> Vec<Choice> {
        let choice = |value: &str, title: &'static str| Choice::new(value, self.t(title));
        vec![
            choice(IdentityFilter::TOUCHED, key("identity-touches")),
            choice(IdentityFilter::UNTOUCHED, key("identity-touches-none")),
        ]
    }
}
