//! What declarations say of an official, for pages that are about something else: states, recusals and exits, and no words
//! about relatives.

use std::collections::BTreeSet;

use gnomon_domain::KinshipState;
use gnomon_kernel::{Day, KinshipId, is_organisation_code};
use gnomon_store::{Arrangement, Finding, Tx};

use crate::{App, Result};

/// A declaration as other pages mention it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinshipNote {
    /// The declaration.
    pub id: KinshipId,
    /// What people call it.
    pub number: String,
    /// The year.
    pub year: i32,
    /// Name of the unit.
    pub unit_name: String,
    /// Where it stands.
    pub state: KinshipState,
    /// By when the next step is to be taken.
    pub due: Option<Day>,
    /// Recusals and exits, the oldest first, without their words.
    pub arrangements: Vec<Arrangement>,
}

impl App {
    /// An official's declarations, the newest first.
    pub(crate) async fn kinship_notes(&self, tx: &Tx, official: &str) -> Result<Vec<KinshipNote>> {
        let mut notes = Vec::new();
        for one in tx.declarations_of(official).await? {
            let mut arrangements = tx.arrangements(&one.id).await?;
            for arrangement in &mut arrangements {
                arrangement.record.clear();
                arrangement.proof.clear();
            }
            let (state, due) = (one.matter.state, one.matter.due);
            let (number, year, unit_name) = (one.number, one.year, one.unit_name);
            notes.push(KinshipNote { id: one.id, number, year, unit_name, state, due, arrangements });
        }
        notes.sort_by(|a, b| (b.year, &b.number).cmp(&(a.year, &a.number)));
        Ok(notes)
    }

    /// Recusals and exits of the persons that a finding names.
    pub(crate) async fn arranged_about(&self, tx: &Tx, finding: &Finding) -> Result<Vec<KinshipNote>> {
        let named = finding.evidence.iter().filter_map(|(_, value)| value.as_str());
        let is_number = |text: &&str| text.len() == 18 && !is_organisation_code(text);
        let persons: BTreeSet<&str> = named.chain([finding.subject.as_str()]).filter(is_number).collect();
        let mut notes = Vec::new();
        for person in persons {
            let known = self.kinship_notes(tx, person).await?;
            notes.extend(known.into_iter().filter(|note| !note.arrangements.is_empty()));
        }
        Ok(notes)
    }
}
