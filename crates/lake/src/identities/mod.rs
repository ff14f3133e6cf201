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

pub(crate) use stand_in::{NumbersToGoBy, WhoIsWho};

use std::{
    collections::{BTreeMap, BTreeSet},
    thread::{self, JoinHandle},
};

use gnomon_identity::{Kept, Line, OfEach, Source, group, sources};
use gnomon_kernel::EntityKind;
use gnomon_library::{
    analytics::{AnalyticsError, Resolution},
    entity::Ruling,
    hex,
};
use sha2::{Digest, Sha256};

use self::{known::Identity, lines::each_row, result::Outcome, told::Told};
use crate::{Lake, beneath, table::Table};

/// Counts changes of what is made of the same tables.
const REVISION: u32 = 4;

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
        let linkings = self.last_linkings();
        let told = self.told(&sources, &tables).await?;
        let linked = tokio::task::block_in_place(|| self.link(&state, &sources, &told, rulings, linkings));
        let outcome = linked.map_err(failed())?;
        self.write_stand_ins(&state, &sources, &tables, &told.mentions, &outcome).await?;
        self.put_in_use(&state).map_err(failed())?;
        Ok(outcome.resolution)
    }

    /// Links everybody, and writes all that concerns no single table.
    fn link(
        &self,
        state: &str,
        sources: &[Source<'_>],
        told: &Told,
        rulings: &[Ruling],
        linkings: JoinHandle<OfEach<Option<Kept>>>,
    ) -> Result<Outcome, Failure> {
        let ended = || "what is done beside the linking has ended";
        thread::scope(|scope| {
            let mut written = vec![scope.spawn(|| self.keep_told(state, told))];
            let entries = scope.spawn(|| told.mentions.each_ref().map(known::entries));
            let before = scope.spawn(|| self.last_numbers());
            let mut all = Vec::new();
            let known = linkings.join().map_err(|_| ended())?;
            for (kind, known) in EntityKind::ALL.into_iter().zip(known) {
                let (grouped, linking) = group(kind, &told.mentions[kind as usize], sources, rulings, known)?;
                all.push(grouped);
                if let Some(linking) = linking {
                    written.push(scope.spawn(move || self.keep_linking(state, kind, &linking)));
                }
            }
            let before = before.join().map_err(|_| ended())??;
            let mut outcome = Outcome::of(&told.mentions, &before, all);
            let entries = entries.join().map_err(|_| ended())?;
            outcome.count(&entries);
            self.write_outcome(state, &told.mentions, &entries, &outcome)?;
            written.into_iter().try_for_each(|written| written.join().map_err(|_| ended())?)?;
            Ok(outcome)
        })
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
