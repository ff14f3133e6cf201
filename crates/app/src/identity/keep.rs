//! Linking obeys what persons ruled, and what it leaves in doubt is kept for them.

use std::collections::BTreeSet;

use gnomon_domain::EntityShift;
use gnomon_library::{
    analytics::{IdentityReport, Resolution},
    entity::{Doubt, EntityChange, Ruling},
};
use gnomon_store::{EntityMove, FoundPair, PairFacts, Tx};

use crate::{App, Error, Result, identity::closure};

/// What a linking found, and what it had to obey.
pub(crate) struct Linked {
    resolution: Resolution,
    rulings: Vec<Ruling>,
}

impl Linked {
    /// Its numbers.
    pub(crate) fn report(&self) -> IdentityReport {
        self.resolution.report
    }
}

impl App {
    /// Finds out who is who, by the rulings in force. Keeps nothing.
    pub(crate) async fn resolve(&self) -> Result<Linked> {
        let in_force = self.parts.store.read().await?.rulings_in_force().await?;
        let ruling = |one: gnomon_store::RulingInForce| Ruling {
            kind: one.kind,
            mentions: one.mentions,
            same: one.same,
        };
        let rulings: Vec<Ruling> = in_force.into_iter().map(ruling).collect();
        let resolution = self.parts.analytics.refresh_identities(&rulings).await?;
        Ok(Linked { resolution, rulings })
    }

    /// Keeps the pairs in doubt and what became of entities.
    pub(crate) async fn keep_linked(&self, tx: &Tx, linked: &Linked) -> Result<()> {
        let doubts = &linked.resolution.doubts;
        let numbers = closure::numbers(doubts, &linked.rulings);
        let found = doubts.iter().zip(numbers).map(|(doubt, numbers)| found(doubt, numbers));
        let now = self.now();
        tx.keep_pairs(&found.collect::<Result<Vec<_>>>()?, now).await?;
        let moves: Vec<EntityMove> = linked.resolution.changes.iter().map(moved).collect();
        Ok(tx.add_entity_moves(&moves, now).await?)
    }
}

fn found(doubt: &Doubt, numbers: BTreeSet<String>) -> Result<FoundPair> {
    let [one, other] = &doubt.sides;
    let facts = PairFacts {
        kind: doubt.kind,
        mentions: [one.id.clone(), other.id.clone()],
        names: [one.name.clone(), other.name.clone()],
        sides: serde_json::to_value(&doubt.sides).map_err(Error::internal)?,
        comparisons: serde_json::to_value(&doubt.comparisons).map_err(Error::internal)?,
        probability: doubt.probability,
        tier: doubt.tier,
        together: doubt.together,
    };
    Ok(FoundPair { facts, numbers })
}

fn moved(change: &EntityChange) -> EntityMove {
    match *change {
        EntityChange::Merged { kind, from, into } => {
            EntityMove { kind, shift: EntityShift::Merged, from, into }
        }
        EntityChange::Split { kind, from, into } => {
            EntityMove { kind, shift: EntityShift::Split, from, into }
        }
    }
}
