//! One pair, its two mentions side by side.

use gnomon_domain::{Action, Actor, PairEntry, PairState, may};
use gnomon_kernel::{Code, EntityKind, Instant, RowRef, Tier};
use gnomon_library::{
    column::Column,
    dataset::Dataset,
    entity::{FieldComparison, Mention, MentionPlace},
};
use gnomon_store::{IdentityPair, Tx};

use crate::{
    App, Error, Result, SourceView, WarningItem,
    app::permit,
    identity::compare::{ComparedField, View, fields, shown_name},
};

/// A pair for the person who looks at it.
#[derive(Debug, Clone)]
pub struct DoubtView<'a> {
    /// What people call it.
    pub number: u32,
    /// Counts what persons did about it.
    pub version: i32,
    /// What they are.
    pub kind: EntityKind,
    /// The two mentions.
    pub sides: [DoubtSide<'a>; 2],
    /// Field by field.
    pub fields: Vec<ComparedField>,
    /// How probable it is that they are one.
    pub probability: f32,
    /// How certain that is.
    pub tier: Tier,
    /// Whether the linker has put them together.
    pub together: bool,
    /// Where it stands.
    pub state: PairState,
    /// What was ruled or proposed.
    pub same: Option<bool>,
    /// Whether the last linking found it.
    pub is_found: bool,
    /// When it was found first.
    pub first_seen: Instant,
    /// When it was found last.
    pub last_seen: Instant,
    /// Open warnings about the entity of one of the two.
    pub warnings: Vec<WarningItem>,
    /// What happened, oldest first.
    pub timeline: Vec<PairEntry>,
    /// What this person may do now.
    pub rights: PairRights,
    /// Whether values are shown as delivered.
    pub is_open: bool,
}

/// One of the two.
#[derive(Debug, Clone)]
pub struct DoubtSide<'a> {
    /// Its name, masked where it is a person's and no reason was recorded.
    pub name: String,
    /// Where it stands.
    pub places: Vec<DoubtPlace<'a>>,
}

/// Records of one dataset that hold a mention.
#[derive(Debug, Clone)]
pub struct DoubtPlace<'a> {
    /// Key of the dataset.
    pub key: String,
    /// The dataset; `None` when it has left the library.
    pub dataset: Option<&'a Dataset>,
    /// The column that names the mention, where the dataset has it still: a dataset may name somebody in two.
    pub column: Option<&'a Column>,
    /// Records.
    pub rows: u64,
    /// One of them.
    pub sample: RowRef,
}

/// What somebody may do about a pair now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PairRights {
    /// Say whether they are one.
    pub can_rule: bool,
    /// Agree or decline as the second person.
    pub can_answer: bool,
    /// Take the ruling back.
    pub can_undo: bool,
    /// See the values unmasked.
    pub can_reveal: bool,
}

impl App {
    /// One pair, masked.
    pub async fn doubt(&self, actor: &Actor, number: u32) -> Result<DoubtView<'_>> {
        permit(actor, Action::ViewIdentities)?;
        let tx = self.parts.store.read().await?;
        let pair = pair_of(&tx, number).await?;
        self.doubt_view(&tx, actor, pair, View::Masked).await
    }

    /// The delivered line of one of a pair's mentions. Other rows do not exist here.
    pub async fn doubt_line(&self, actor: &Actor, number: u32, row: RowRef) -> Result<SourceView> {
        permit(actor, Action::ViewIdentities)?;
        let tx = self.parts.store.read().await?;
        let sides = sides_of(&pair_of(&tx, number).await?)?;
        let mut places = sides.iter().flat_map(|side| &side.places);
        if !places.any(|place| place.sample == row) {
            return Err(Error::NotFound(Code::NotFound));
        }
        self.line_of(&tx, row).await
    }

    pub(crate) async fn doubt_view(
        &self,
        tx: &Tx,
        actor: &Actor,
        pair: IdentityPair,
        view: View,
    ) -> Result<DoubtView<'_>> {
        let sides = sides_of(&pair)?;
        let compared: Vec<FieldComparison> =
            serde_json::from_value(pair.facts.comparisons.clone()).map_err(Error::internal)?;
        let kind = pair.facts.kind;
        let warnings = tx.warnings_touched(pair.number).await?;
        Ok(DoubtView {
            fields: fields(kind, &sides, &compared, view),
            sides: sides.map(|side| self.side(kind, side, view)),
            warnings: self.items(tx, &warnings).await?,
            timeline: tx.pair_timeline(pair.number).await?,
            rights: rights(actor, &pair),
            number: pair.number,
            version: pair.version,
            kind,
            probability: pair.facts.probability,
            tier: pair.facts.tier,
            together: pair.facts.together,
            state: pair.matter.state,
            same: pair.matter.same,
            is_found: pair.is_found,
            first_seen: pair.first_seen,
            last_seen: pair.last_seen,
            is_open: view == View::Open,
        })
    }

    fn side(&self, kind: EntityKind, mention: Mention, view: View) -> DoubtSide<'_> {
        let place = |place: MentionPlace| {
            let dataset = self.library().datasets.get(&place.dataset);
            DoubtPlace {
                dataset,
                column: dataset.and_then(|dataset| dataset.column(&place.column)),
                key: place.dataset,
                rows: place.rows,
                sample: place.sample,
            }
        };
        DoubtSide {
            name: shown_name(kind, &mention.name, view),
            places: mention.places.into_iter().map(place).collect(),
        }
    }
}

/// A pair, or nothing of that number.
pub(crate) async fn pair_of(tx: &Tx, number: u32) -> Result<IdentityPair> {
    tx.pair(number).await?.ok_or(Error::NotFound(Code::NotFound))
}

fn sides_of(pair: &IdentityPair) -> Result<[Mention; 2]> {
    serde_json::from_value(pair.facts.sides.clone()).map_err(Error::internal)
}

fn rights(actor: &Actor, pair: &IdentityPair) -> PairRights {
    let state = pair.matter.state;
    let relation = pair.matter.relation();
    let may = |action| may(actor, action, &relation).is_ok();
    PairRights {
        can_rule: state == PairState::Open && may(Action::RuleIdentity),
        can_answer: state.waits() && may(Action::ConfirmRuling),
        can_undo: matches!(state, PairState::Same | PairState::NotSame) && may(Action::RuleIdentity),
        can_reveal: may(Action::RuleIdentity),
    }
}
