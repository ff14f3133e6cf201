//! Who is who, over all tables: mentions are collected and put before the linker, entities keep their numbers, and rows
//! that speak of somebody under another number than their entity's are written down with the number to go by.
//!
//! `lake/_identities/<state>/` holds one whole result; `current` names the one in use.

mod kept;
mod known;
mod lines;
mod number;
mod result;
mod stand_in;
mod told;

pub(crate) use stand_in::NumbersToGoBy;

use std::collections::{BTreeMap, BTreeSet};

use gnomon_identity::{Grouped, Line, Mentions, OfEach, Source, group, keys, sources};
use gnomon_kernel::EntityKind;
use gnomon_library::{
    analytics::{AnalyticsError, IdentityReport, Resolution},
    entity::Ruling,
    hex,
};
use sha2::{Digest, Sha256};

use self::{
    known::{Identity, KeyNames},
    lines::each_row,
    result::Outcome,
};
use crate::{Lake, beneath, table::Table};

/// Counts changes of what is made of the same tables.
const REVISION: u32 = 3;

/// A hash of the data files of each table, by dataset.
type StatesOfTables<'l> = BTreeMap<&'l str, String>;

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Lake {
    /// Finds out who is who, unless the same tables and rulings were looked at last time.
    pub(crate) async fn link_identities(&self, rulings: &[Ruling]) -> Result<Resolution, AnalyticsError> {
        let sources = sources(&self.library);
        let tables = self.states_of_tables(&sources).await?;
        let state = state_of_all(&sources, &tables, rulings);
        let failed = || beneath("resolving identities");
        if self.current_identities().as_deref() == Some(state.as_str()) {
            self.remove_other_results(&state).map_err(failed())?;
            return self.last_resolution().map_err(failed());
        }
        self.begin_result(&state).map_err(failed())?;
        let mut mentions = OfEach::<Mentions>::default();
        for (at, source) in sources.iter().enumerate().filter(|(_, source)| source.says_something()) {
            let see = &mut |line: &Line<'_>| source.see(at as u16, line, &mut mentions);
            self.each_told(&state, source, &tables[source.dataset.key.as_str()], see).await?;
        }
        let linked = tokio::task::block_in_place(|| -> Result<_, Failure> {
            let mut all = Vec::new();
            for kind in EntityKind::ALL {
                let known = self.kept_linking(kind);
                let (grouped, kept) = group(kind, &mentions[kind as usize], &sources, rulings, known)?;
                self.keep_linking(&state, kind, kept.as_ref())?;
                all.push(grouped);
            }
            self.outcome(&state, &mentions, all)
        });
        let outcome = linked.map_err(failed())?;
        self.write_stand_ins(&state, &sources, &tables, &mentions, &outcome).await?;
        self.put_in_use(&state).map_err(failed())?;
        Ok(outcome.resolution)
    }

    /// Numbers entities, chooses keys, and writes what concerns no single table.
    fn outcome(
        &self,
        state: &str,
        mentions: &OfEach<Mentions>,
        grouped: Vec<Grouped>,
    ) -> Result<Outcome, Failure> {
        let before = self.last_numbers()?;
        let mut outcome = Outcome::default();
        let entries = mentions.each_ref().map(known::entries);
        let [persons, organisations] = &entries;
        outcome.resolution.report = IdentityReport {
            persons: persons.len() as u64,
            organisations: organisations.len() as u64,
            name_conflicts: known::conflicts(persons) + known::conflicts(organisations),
        };
        let mut names = OfEach::<KeyNames<'_>>::default();
        for (kind, grouped) in EntityKind::ALL.into_iter().zip(grouped) {
            let drafts = &mentions[kind as usize].drafts;
            let mut groups: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
            for (at, entity) in grouped.entities.iter().enumerate() {
                groups.entry(*entity).or_default().push(drafts[at].id);
            }
            let (numbers, changes) = number::number(kind, &before[kind as usize], &groups);
            let keys = keys(&mentions[kind as usize], &grouped);
            for (at, keys) in &keys {
                let name = drafts[*at as usize].name.as_ref();
                for key in keys.iter().flatten() {
                    let known = names[kind as usize].entry(key.to_string()).or_insert(name);
                    *known = name.min(known);
                }
            }
            outcome.resolution.changes.extend(changes);
            outcome.resolution.doubts.extend(grouped.doubts);
            outcome.numbers[kind as usize] = numbers;
            outcome.keys[kind as usize] = keys.into_iter().collect();
        }
        self.write_outcome(state, &entries, &names, &outcome)?;
        Ok(outcome)
    }

    /// What the rows of each table of these sources depend on.
    async fn states_of_tables<'l>(
        &self,
        sources: &[Source<'l>],
    ) -> Result<StatesOfTables<'l>, AnalyticsError> {
        let datasets: BTreeSet<&str> = sources.iter().map(|source| source.dataset.key.as_str()).collect();
        let mut states = StatesOfTables::new();
        for dataset in datasets {
            let failed = || beneath(format!("opening {dataset}"));
            let table =
                Table::open(&self.lake_dir(), dataset).await.map_err(|error| failed()(error.into()))?;
            let files = table.map(|table| table.files()).transpose();
            let files = files.map_err(|error| failed()(error.into()))?;
            states.insert(dataset, hash_of(&[&format!("{files:?}")]));
        }
        Ok(states)
    }

    /// Gives each line that a query of a source yields.
    async fn each_line(
        &self,
        source: &Source<'_>,
        query: &str,
        see: &mut (dyn FnMut(&Line<'_>) + Send),
    ) -> Result<(), AnalyticsError> {
        let Some(opened) = self.open_table(&source.dataset.key).await? else { return Ok(()) };
        let read = lines::each_line(opened.provider, query, see).await;
        let what = format!("reading who is who in {}", source.dataset.key);
        read.map_err(|error| beneath(what)(error.into()))
    }

    /// What is known of these numbers. Before the first linking nothing is.
    pub(crate) fn identities(
        &self,
        numbers: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Identity>, AnalyticsError> {
        let mut found = BTreeMap::new();
        let Some(state) = self.current_identities() else { return Ok(found) };
        for kind in EntityKind::ALL {
            known::read(&self.identity_path(&state, kind.as_str()), numbers, &mut found)
                .map_err(beneath(format!("reading {kind:?} identities")))?;
        }
        Ok(found)
    }
}

/// Everything that a result depends on.
fn state_of_all(sources: &[Source<'_>], tables: &StatesOfTables<'_>, rulings: &[Ruling]) -> String {
    let rows: String = sources.iter().map(each_row).collect();
    hash_of(&[&format!("{REVISION} {rulings:?} {tables:?}"), &rows])
}

/// A short name for what was made of these.
fn hash_of(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(format!("{};{part}", part.len()));
    }
    hex(&hash.finalize())[..16].to_owned()
}
