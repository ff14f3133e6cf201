//! Who is who, over all tables: mentions are collected and put before the linker, entities keep their numbers, and rows
//! that speak of somebody under another number than their entity's are written down with the number to go by.
//!
//! `lake/_identities/<state>/` holds one whole result; `current` names the one in use.

mod key;
mod known;
mod linking;
mod mention;
mod number;
mod result;
mod source;
mod stand_in;

pub(crate) use stand_in::StandIns;

use std::collections::{BTreeMap, BTreeSet};

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, StringArray},
        compute::cast,
        datatypes::{DataType, Int64Type},
        record_batch::RecordBatch,
    },
    prelude::SessionContext,
};
use gnomon_kernel::EntityKind;
use gnomon_library::{
    analytics::{AnalyticsError, IdentityReport, Resolution},
    entity::Ruling,
    hex,
};
use sha2::{Digest, Sha256};

use self::{
    known::{Identity, KeyNames},
    linking::Grouped,
    mention::{Line, Mentions},
    result::Outcome,
    source::{DETAILS, Source, sources},
};
use crate::{Lake, beneath, table::Table};

/// The registers that say best who somebody is and where.
const REGISTERS: [&str; 2] = ["population_register", "enterprise_register"];
/// Counts changes of what is made of the same tables.
const REVISION: u32 = 1;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Of persons and of organisations.
type OfEach<T> = [T; EntityKind::ALL.len()];

impl Lake {
    /// Finds out who is who, unless the same tables and rulings were looked at last time.
    pub(crate) async fn link_identities(&self, rulings: &[Ruling]) -> Result<Resolution, AnalyticsError> {
        let sources = sources(&self.library);
        let state = self.state_of_sources(&sources, rulings).await?;
        let failed = || beneath("resolving identities");
        if self.current_identities().as_deref() == Some(state.as_str()) {
            return self.last_resolution().map_err(failed());
        }
        let mut mentions = OfEach::<Mentions>::default();
        self.each_line(&sources, |source| source.tally(), &mut |at, source, line| {
            let registered = REGISTERS.contains(&source.dataset.key.as_str());
            let kind = source.kind(line.number, line.name.unwrap_or_default());
            mentions[kind as usize].see(at, kind, registered, line);
        })
        .await?;
        let linked = tokio::task::block_in_place(|| -> Result<_, Failure> {
            let group = |kind: EntityKind| linking::group(kind, &mentions[kind as usize], &sources, rulings);
            let grouped: Vec<Grouped> = EntityKind::ALL.into_iter().map(group).collect::<Result<_, _>>()?;
            self.outcome(&state, &mentions, grouped)
        });
        let outcome = linked.map_err(failed())?;
        self.write_stand_ins(&state, &sources, &mentions, &outcome).await?;
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
        let [persons, organisations] = mentions.each_ref().map(|mentions| {
            let entries = known::entries(mentions);
            (entries.len() as u64, known::conflicts(&entries))
        });
        outcome.resolution.report = IdentityReport {
            persons: persons.0,
            organisations: organisations.0,
            name_conflicts: persons.1 + organisations.1,
        };
        let mut names = OfEach::<KeyNames<'_>>::default();
        for (kind, grouped) in EntityKind::ALL.into_iter().zip(grouped) {
            let drafts = &mentions[kind as usize].drafts;
            let mut groups: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
            for (at, entity) in grouped.entities.iter().enumerate() {
                groups.entry(*entity).or_default().push(drafts[at].id);
            }
            let (numbers, changes) = number::number(kind, &before[kind as usize], &groups);
            let keys = key::keys(&mentions[kind as usize], &grouped);
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
        self.write_outcome(state, mentions, &names, &outcome)?;
        Ok(outcome)
    }

    /// Everything that the result depends on.
    async fn state_of_sources(
        &self,
        sources: &[Source<'_>],
        rulings: &[Ruling],
    ) -> Result<String, AnalyticsError> {
        let datasets: BTreeSet<&str> = sources.iter().map(|source| source.dataset.key.as_str()).collect();
        let mut hash = Sha256::new();
        hash.update(format!("{REVISION} {rulings:?}"));
        for source in sources {
            hash.update(source.each_row());
        }
        for dataset in datasets {
            let failed = || beneath(format!("opening {dataset}"));
            let table =
                Table::open(&self.lake_dir(), dataset).await.map_err(|error| failed()(error.into()))?;
            let files = table.map(|table| table.files()).transpose();
            hash.update(format!("{dataset} {:?};", files.map_err(|error| failed()(error.into()))?));
        }
        Ok(hex(&hash.finalize())[..16].to_owned())
    }

    /// Gives each line that the sources' queries yield, with the place of its source.
    async fn each_line(
        &self,
        sources: &[Source<'_>],
        query: fn(&Source<'_>) -> String,
        see: &mut (dyn FnMut(u16, &Source<'_>, &Line<'_>) + Send),
    ) -> Result<(), AnalyticsError> {
        for (at, source) in sources.iter().enumerate() {
            let Some(opened) = self.open_table(&source.dataset.key).await? else { continue };
            let context = SessionContext::new();
            let read = async {
                context.register_table("t", opened.provider)?;
                let mut stream = context.sql(&query(source)).await?.execute_stream().await?;
                while let Some(batch) = futures::StreamExt::next(&mut stream).await {
                    lines(&batch?, &mut |line| see(at as u16, source, line))?;
                }
                Ok::<(), Failure>(())
            };
            let what = format!("reading who is who in {}", source.dataset.key);
            read.await.map_err(beneath(what))?;
        }
        Ok(())
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

/// The lines of a batch: number, name, place, details, rows (of a tally), row.
fn lines(batch: &RecordBatch, see: &mut dyn FnMut(&Line<'_>)) -> Result<(), Failure> {
    let texts = 3 + DETAILS.len();
    let text = |at: usize| cast(batch.column(at), &DataType::Utf8);
    let columns: Vec<ArrayRef> = (0..texts).map(text).collect::<Result<_, _>>()?;
    let columns: Vec<&StringArray> = columns.iter().map(|column| column.as_string::<i32>()).collect();
    let longs: Vec<_> =
        (texts..batch.num_columns()).map(|at| batch.column(at).as_primitive::<Int64Type>()).collect();
    for row in 0..batch.num_rows() {
        let said = |at: usize| {
            let column: &StringArray = columns[at];
            Some(column.value(row)).filter(|text| column.is_valid(row) && !text.is_empty())
        };
        let (rows, first) = match longs.as_slice() {
            [rows, first] => (rows.value(row) as u64, first.value(row)),
            [first] => (1, first.value(row)),
            _ => return Err("a query without rows".into()),
        };
        let details = std::array::from_fn(|detail| said(3 + detail));
        see(&Line { number: said(0), name: said(1), region: said(2), details, rows, first });
    }
    Ok(())
}
