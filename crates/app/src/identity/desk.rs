//! The list of pairs.

use gnomon_domain::{Action, Actor, PairState};
use gnomon_kernel::{EntityKind, Instant, Tier};
use gnomon_library::entity::FieldComparison;
use gnomon_store::{ListedPair, MoveCount, PairFilter};

use crate::{
    App, Error, Result,
    app::permit,
    identity::compare::{View, shown_name},
};

/// Pairs on one page.
pub const PAIRS_SHOWN: u64 = 50;

/// Nobody turns so many pages.
const LAST_PAGE: u64 = 1_000_000;

/// How many lines tell what linkings did to entities.
const MOVES_SHOWN: u64 = 12;

/// A page of the desk.
#[derive(Debug, Clone)]
pub struct IdentityDesk {
    /// Those that touch an open warning first, then the most probable.
    pub rows: Vec<DoubtRow>,
    /// All that the filter lets through.
    pub count: u64,
    /// What linkings did to entities, the last first.
    pub moves: Vec<MoveCount>,
}

/// A pair in the list; nothing in it names a person.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtRow {
    /// What people call it.
    pub number: u32,
    /// What they are.
    pub kind: EntityKind,
    /// Their names, masked where they are persons'.
    pub names: [String; 2],
    /// How probable it is that they are one.
    pub probability: f32,
    /// How certain that is.
    pub tier: Tier,
    /// Whether the linker has put them together.
    pub together: bool,
    /// Fields that agree, at least nearly.
    pub agree: u64,
    /// Fields that differ.
    pub differ: u64,
    /// Whether an open warning is about the entity of one of the two.
    pub is_touched: bool,
    /// Where it stands.
    pub state: PairState,
    /// Whether the last linking found it.
    pub is_found: bool,
    /// When it was found first.
    pub first_seen: Instant,
}

impl App {
    /// A page of pairs in doubt, counted from 0.
    pub async fn doubts(&self, actor: &Actor, filter: &PairFilter, page: u64) -> Result<IdentityDesk> {
        permit(actor, Action::ViewIdentities)?;
        let tx = self.parts.store.read().await?;
        let skip = page.min(LAST_PAGE) * PAIRS_SHOWN;
        let found = tx.pairs(filter, skip, PAIRS_SHOWN).await?;
        let rows = found.shown.into_iter().map(row).collect::<Result<_>>()?;
        Ok(IdentityDesk { rows, count: found.count, moves: tx.entity_moves(MOVES_SHOWN).await? })
    }

    /// How many pairs somebody should look at.
    pub async fn doubts_count(&self, actor: &Actor) -> Result<u64> {
        permit(actor, Action::ViewIdentities)?;
        Ok(self.parts.store.read().await?.count_pairs(&PairFilter::default()).await?)
    }
}

fn row(listed: ListedPair) -> Result<DoubtRow> {
    let ListedPair { pair, is_touched } = listed;
    let facts = pair.facts;
    let compared: Vec<FieldComparison> =
        serde_json::from_value(facts.comparisons).map_err(Error::internal)?;
    let count = |is: fn(&str) -> bool| compared.iter().filter(|one| is(&one.level)).count() as u64;
    Ok(DoubtRow {
        number: pair.number,
        kind: facts.kind,
        names: facts.names.map(|name| shown_name(facts.kind, &name, View::Masked)),
        probability: facts.probability,
        tier: facts.tier,
        together: facts.together,
        agree: count(|level| matches!(level, "same" | "swapped" | "near" | "alike")),
        differ: count(|level| level == "different"),
        is_touched,
        state: pair.matter.state,
        is_found: pair.is_found,
        first_seen: pair.first_seen,
    })
}
