use askama::Template;
use gnomon_kernel::{EntityKind, Instant, Level, RowRef};

use super::{Likely, PairStanding};
use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::pages::identities::kind_title;
use crate::shell::Shell;
use crate::tr::key;

/// Two mentions side by side: what speaks for one and what for two, where they stand, what was ruled.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/identity.html")]
pub struct IdentityPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What people call the pair.
    pub number: u64,
    /// The version that the forms carry.
    pub version: i32,
    /// What they are.
    pub kind: EntityKind,
    /// Their names, masked or open.
    pub names: [String; 2],
    /// How likely it is that they are one.
    pub likely: Likely,
    /// Where it stands.
    pub standing: PairStanding,
    /// Whether what waits for a second person takes apart what is together.
    pub splits: bool,
    /// When it was found first.
    pub first_seen: Instant,
    /// When it was found last.
    pub last_seen: Instant,
    /// Field by field.
    pub fields: Vec<FieldRow>,
    /// Where each of them stands.
    pub places: [Vec<PlaceRow>; 2],
    /// Open warnings that a ruling touches.
    pub warnings: Vec<TouchedWarning>,
    /// What happened, the newest first.
    pub timeline: Vec<PairEvent>,
    /// What this person may do now.
    pub offered: Option<PairForm>,
    /// Whether this person may see the values unmasked.
    pub can_reveal: bool,
    /// Whether they are shown unmasked.
    pub is_revealed: bool,
    /// The form that came back.
    pub filled: Filled,
}

page!(IdentityPage);

impl IdentityPage {
    /// The form as it came back, or empty.
    fn filled_of(&self, form: &str) -> &Filled {
        static EMPTY: Filled = Filled::EMPTY;
        if self.filled.form == form { &self.filled } else { &EMPTY }
    }

    fn kind_title(&self) -> &'static str {
        kind_title(self.kind)
    }

    fn waits(&self) -> bool {
        matches!(self.standing, PairStanding::Proposed | PairStanding::UndoProposed)
    }
}

/// A part of a value.
#[derive(Debug, Clone)]
pub struct ValuePiece {
    /// Its characters.
    pub text: String,
    /// Whether the other value has something else here.
    pub differs: bool,
}

/// A field of the two.
#[derive(Debug, Clone)]
pub struct FieldRow {
    /// What it is called.
    pub title: String,
    /// Both values; empty where there is none.
    pub values: [Vec<ValuePiece>; 2],
    /// What the comparison came to; none for what was not compared.
    pub level: Option<FieldLevel>,
    /// Bits for "the same" against strangers.
    pub weight: f32,
    /// Bits of them that one household explains as well.
    pub household: f32,
}

/// What a comparison came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldLevel {
    /// One of the values is not there.
    Missing,
    /// The same.
    Same,
    /// Day and month, or names, in the other order.
    Swapped,
    /// A slip of the pen apart.
    Near,
    /// Much in common.
    Alike,
    /// Different.
    Different,
}

impl FieldLevel {
    /// Reads the linker's word; one that is not known is "different".
    pub fn parse(word: &str) -> FieldLevel {
        match word {
            "missing" => FieldLevel::Missing,
            "same" => FieldLevel::Same,
            "swapped" => FieldLevel::Swapped,
            "near" => FieldLevel::Near,
            "alike" => FieldLevel::Alike,
            _ => FieldLevel::Different,
        }
    }

    fn title(self) -> &'static str {
        match self {
            FieldLevel::Missing => key("identity-level-missing"),
            FieldLevel::Same => key("identity-level-same"),
            FieldLevel::Swapped => key("identity-level-swapped"),
            FieldLevel::Near => key("identity-level-near"),
            FieldLevel::Alike => key("identity-level-alike"),
            FieldLevel::Different => key("identity-level-different"),
        }
    }
}

/// From so many bits on a field speaks strongly; below one it says little.
const STRONG: f32 = 6.0;
/// The middle of the bar, in its units.
const MIDDLE: u32 = 60;
/// Units of the bar for one bit; twelve bits fill a side.
const UNITS: f32 = 5.0;

/// A part of a diverging bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BarPart {
    pub(crate) x: u32,
    pub(crate) width: u32,
    pub(crate) class: &'static str,
}

impl FieldRow {
    /// Bits that a household explains as well. What speaks against one person is never its doing.
    fn shared(&self) -> f32 {
        if self.weight > 0.0 { self.household.clamp(0.0, self.weight) } else { 0.0 }
    }

    /// Bits that only "the same" or "not the same" explains.
    fn own(&self) -> f32 {
        self.weight - self.shared()
    }

    fn speaks(&self) -> &'static str {
        match (self.level, self.own()) {
            (None, _) => key("identity-not-compared"),
            (Some(FieldLevel::Missing), _) => key("identity-says-nothing"),
            (_, own) if own >= STRONG => key("identity-strong-for"),
            (_, own) if own >= 1.0 => key("identity-weak-for"),
            (_, own) if own <= -STRONG => key("identity-strong-against"),
            (_, own) if own <= -1.0 => key("identity-weak-against"),
            _ if self.shared() >= 1.0 => key("identity-household"),
            _ => key("identity-says-little"),
        }
    }

    /// `+3.2`.
    fn bits(&self) -> String {
        format!("{:+.1}", self.weight)
    }

    /// `2.1`.
    fn shared_bits(&self) -> String {
        format!("{:.1}", self.shared())
    }

    /// From the middle to the right for "the same", to the left against it; what a household explains lies outside.
    fn bar(&self) -> Vec<BarPart> {
        let units = |bits: f32| (bits.abs() * UNITS).round().min(MIDDLE as f32) as u32;
        let own = units(self.own());
        if self.own() < 0.0 {
            return vec![BarPart { x: MIDDLE - own, width: own, class: "against" }];
        }
        let shared = units(self.shared()).min(MIDDLE - own);
        let parts = [
            BarPart { x: MIDDLE, width: own, class: "for" },
            BarPart { x: MIDDLE + own, width: shared, class: "shared" },
        ];
        parts.into_iter().filter(|part| part.width > 0).collect()
    }
}

/// Records of one dataset that hold one of the two.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// Key of the dataset; none when it has left the library.
    pub key: Option<String>,
    /// Title of the dataset.
    pub title: String,
    /// Title of the column that names them.
    pub column: String,
    /// The department that delivers it.
    pub department: String,
    /// Records.
    pub rows: u64,
    /// One of them.
    pub sample: RowRef,
}

/// An open warning that a ruling touches.
#[derive(Debug, Clone)]
pub struct TouchedWarning {
    /// Id, `wrn_…`.
    pub id: String,
    /// Number.
    pub number: String,
    /// Title of the model.
    pub title: String,
    /// Level.
    pub level: Level,
}

/// What somebody may do about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairForm {
    /// Say whether they are one.
    Rule,
    /// Agree or decline as the second person.
    Answer,
    /// Take the ruling back.
    Undo,
}

/// One line of a pair's timeline.
#[derive(Debug, Clone)]
pub struct PairEvent {
    /// What happened.
    pub kind: PairEventKind,
    /// When.
    pub at: Instant,
    /// Who; none for the program.
    pub actor: Option<String>,
    /// Reason or remark.
    pub note: Option<String>,
}

/// What happened to a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairEventKind {
    /// "The same" waits for a second person.
    Proposed,
    /// Ruled to be one.
    RuledSame,
    /// Ruled not to be one.
    RuledNotSame,
    /// A second person agreed.
    Confirmed,
    /// A second person did not.
    Declined,
    /// The undoing waits for a second person.
    UndoProposed,
    /// Undone.
    Undone,
    /// A second person agreed to the undoing.
    UndoConfirmed,
    /// A second person did not.
    UndoDeclined,
    /// Somebody saw the values unmasked.
    Revealed,
}

impl PairEventKind {
    /// Locale key of the sentence.
    pub fn title(self) -> &'static str {
        match self {
            PairEventKind::Proposed => key("identity-event-proposed"),
            PairEventKind::RuledSame => key("identity-event-same"),
            PairEventKind::RuledNotSame => key("identity-event-not-same"),
            PairEventKind::Confirmed => key("identity-event-confirmed"),
            PairEventKind::Declined => key("identity-event-declined"),
            PairEventKind::UndoProposed => key("identity-event-undo-proposed"),
            PairEventKind::Undone => key("identity-event-undone"),
            PairEventKind::UndoConfirmed => key("identity-event-undo-confirmed"),
            PairEventKind::UndoDeclined => key("identity-event-undo-declined"),
            PairEventKind::Revealed => key("identity-event-revealed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(weight: f32, household: f32) -> FieldRow {
        let values = [Vec::new(), Vec::new()];
        FieldRow { title: String::new(), values, level: Some(FieldLevel::Same), weight, household }
    }

    #[test]
    fn what_a_household_explains_speaks_for_nobody() {
        assert_eq!(row(8.0, 0.5).speaks(), "identity-strong-for");
        assert_eq!(row(8.0, 7.5).speaks(), "identity-household");
        assert_eq!(row(8.0, 4.0).speaks(), "identity-weak-for");
        assert_eq!(row(-2.0, -2.0).speaks(), "identity-weak-against");
        assert_eq!(row(-9.0, 1.0).speaks(), "identity-strong-against");
        assert_eq!(row(0.4, 0.0).speaks(), "identity-says-little");
    }

    #[test]
    fn the_bar_stays_within_its_sides() {
        let part = |x, width, class| BarPart { x, width, class };
        assert_eq!(row(8.0, 6.0).bar(), [part(60, 10, "for"), part(70, 30, "shared")]);
        assert_eq!(row(40.0, 30.0).bar(), [part(60, 50, "for"), part(110, 10, "shared")]);
        assert_eq!(row(-30.0, 0.0).bar(), [part(0, 60, "against")]);
        assert_eq!(row(0.0, 0.0).bar(), []);
    }
}
