//! The result of a linking on disk. A result is written whole into a folder of its own before it is put in use.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::PathBuf,
    sync::Arc,
};

use datafusion::arrow::{
    array::{Array, AsArray, Int64Array, StringArray},
    datatypes::{DataType, Field, Int64Type, Schema},
    record_batch::RecordBatch,
};
use gnomon_identity::{Grouped, Keys, Mentions, OfEach, keys};
use gnomon_kernel::EntityKind;
use gnomon_library::analytics::{IdentityReport, Resolution};
use parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};

use super::{
    Failure,
    known::{self, Entry},
    number::{self, Numbers},
};
use crate::{Lake, raw::sync_folder};

/// What a linking found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub resolution: Resolution,
    pub numbers: OfEach<Numbers>,
    /// Keys of the mentions that have others than their numbers, by mention.
    pub keys: OfEach<BTreeMap<u32, Keys>>,
}

impl Outcome {
    /// Numbers entities, which were numbered so before, and chooses keys.
    pub fn of(mentions: &OfEach<Mentions>, before: &OfEach<Numbers>, grouped: Vec<Grouped>) -> Outcome {
        let mut outcome = Outcome::default();
        for (kind, grouped) in EntityKind::ALL.into_iter().zip(grouped) {
            let drafts = &mentions[kind as usize].drafts;
            let members = grouped.entities.iter().zip(drafts).map(|(entity, draft)| (*entity, draft.id));
            let mut members: Vec<(u32, u64)> = members.collect();
            members.sort_unstable();
            let (numbers, changes) = number::number(kind, &before[kind as usize], &members);
            outcome.numbers[kind as usize] = numbers;
            outcome.keys[kind as usize] = keys(&mentions[kind as usize], &grouped).into_iter().collect();
            outcome.resolution.changes.extend(changes);
            outcome.resolution.doubts.extend(grouped.doubts);
        }
        outcome
    }

    /// Counts who is known.
    pub fn count(&mut self, entries: &OfEach<Vec<Entry<'_>>>) {
        let [persons, organisations] = entries;
        self.resolution.report = IdentityReport {
            persons: persons.len() as u64,
            organisations: organisations.len() as u64,
            name_conflicts: known::conflicts(persons) + known::conflicts(organisations),
        };
    }
}

const RESOLUTION: &str = "resolution.json";
const NUMBERS: &str = "numbers.parquet";
const CURRENT: &str = "current";

impl Lake {
    fn identities_dir(&self) -> PathBuf {
        self.lake_dir().join("_identities")
    }

    /// The file of a result.
    pub(super) fn identity_path(&self, state: &str, name: &str) -> PathBuf {
        self.identities_dir().join(state).join(name).with_extension("parquet")
    }

    /// Makes an empty folder for a result. What is left of one that was broken off may share files with the one in use.
    pub(super) fn begin_result(&self, state: &str) -> Result<(), Failure> {
        let folder = self.identities_dir().join(state);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        Ok(fs::create_dir_all(folder)?)
    }

    /// Takes a file over from the result in use, as no file of a result is ever changed; whether there is one.
    pub(super) fn carry_over(&self, state: &str, name: &str) -> Result<bool, Failure> {
        let Some(current) = self.current_identities() else { return Ok(false) };
        let from = self.identity_path(&current, name);
        if !from.exists() {
            return Ok(false);
        }
        let to = self.identity_path(state, name);
        // Not every file system knows two names for one file.
        if fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to)?;
            File::open(&to)?.sync_all()?;
        }
        Ok(true)
    }

    /// The state whose result is in use.
    pub(crate) fn current_identities(&self) -> Option<String> {
        fs::read_to_string(self.identities_dir().join(CURRENT)).ok()
    }

    /// The result in use.
    pub(super) fn last_resolution(&self) -> Result<Resolution, Failure> {
        let state = self.current_identities().unwrap_or_default();
        let text = fs::read(self.identities_dir().join(state).join(RESOLUTION))?;
        let mut last: Resolution = serde_json::from_slice(&text)?;
        // What had changed then has been told.
        last.changes.clear();
        Ok(last)
    }

    /// Entity numbers of the result in use.
    pub(super) fn last_numbers(&self) -> Result<OfEach<Numbers>, Failure> {
        let mut numbers = OfEach::<Numbers>::default();
        let Some(state) = self.current_identities() else { return Ok(numbers) };
        let path = self.identities_dir().join(state).join(NUMBERS);
        for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()? {
            let batch = batch?;
            let kinds = batch.column(0).as_string::<i32>();
            let longs = |at: usize| batch.column(at).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let kind = EntityKind::parse(kinds.value(row)).ok_or("an unknown kind of entity")?;
                let (entity, of) = (longs(2).value(row) as u64, &mut numbers[kind as usize]);
                of.next = of.next.max(entity + 1);
                if longs(1).is_valid(row) {
                    of.of.push((longs(1).value(row) as u64, entity));
                }
            }
        }
        Ok(numbers)
    }

    /// Writes everything that concerns no single table.
    pub(super) fn write_outcome(
        &self,
        state: &str,
        mentions: &OfEach<Mentions>,
        entries: &OfEach<Vec<Entry<'_>>>,
        outcome: &Outcome,
    ) -> Result<(), Failure> {
        let folder = self.identities_dir().join(state);
        for kind in EntityKind::ALL {
            let (path, at) = (self.identity_path(state, kind.as_str()), kind as usize);
            known::write(&path, &entries[at], &known::names_of(&mentions[at], &outcome.keys[at]))?;
        }
        let batch = batch_of(&outcome.numbers)?;
        let mut writer = ArrowWriter::try_new(File::create(folder.join(NUMBERS))?, batch.schema(), None)?;
        writer.write(&batch)?;
        writer.into_inner()?.sync_all()?;
        let file = File::create(folder.join(RESOLUTION))?;
        serde_json::to_writer(std::io::BufWriter::new(&file), &outcome.resolution)?;
        Ok(file.sync_all()?)
    }

    /// Puts a result in use and removes all others.
    pub(super) fn put_in_use(&self, state: &str) -> Result<(), Failure> {
        let folder = self.identities_dir();
        sync_folder(&folder.join(state))?;
        let aside = folder.join("current.new");
        fs::write(&aside, state)?;
        File::open(&aside)?.sync_all()?;
        fs::rename(&aside, folder.join(CURRENT))?;
        sync_folder(&folder)?;
        self.remove_other_results(state)
    }

    /// Removes all results but this one. A crash may have left one that holds what has been erased since.
    pub(super) fn remove_other_results(&self, state: &str) -> Result<(), Failure> {
        for entry in fs::read_dir(self.identities_dir())? {
            let path = entry?.path();
            if path.is_dir() && !path.ends_with(state) {
                fs::remove_dir_all(path)?;
            }
        }
        Ok(())
    }
}

/// Mentions with their entities; a line without a mention keeps the last number from being given again.
fn batch_of(numbers: &OfEach<Numbers>) -> Result<RecordBatch, Failure> {
    let mut lines: Vec<(&str, Option<i64>, i64)> = Vec::new();
    for kind in EntityKind::ALL {
        let of = &numbers[kind as usize];
        lines.push((kind.as_str(), None, of.next as i64 - 1));
        lines.extend(of.of.iter().map(|(id, entity)| (kind.as_str(), Some(*id as i64), *entity as i64)));
    }
    let field = |name: &str, kind: DataType| Field::new(name, kind, true);
    let schema = Schema::new(vec![
        field("kind", DataType::Utf8),
        field("mention", DataType::Int64),
        field("entity", DataType::Int64),
    ]);
    let kinds: StringArray = lines.iter().map(|line| Some(line.0)).collect();
    let mentions: Int64Array = lines.iter().map(|line| line.1).collect();
    let entities: Int64Array = lines.iter().map(|line| Some(line.2)).collect();
    Ok(RecordBatch::try_new(Arc::new(schema), vec![Arc::new(kinds), Arc::new(mentions), Arc::new(entities)])?)
}
