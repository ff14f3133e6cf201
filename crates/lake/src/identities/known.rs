//! What is known of a number: the name most often delivered with it, and where its person or organisation is.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fs::File,
    path::Path,
    sync::Arc,
};

use datafusion::arrow::{
    array::{Array, ArrayRef, AsArray, StringArray},
    datatypes::{DataType, Field, Schema},
    record_batch::RecordBatch,
};
use gnomon_identity::{Keys, Mentions};
use parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};

use super::Failure;

/// Lines written at once.
const CHUNK: usize = 65_536;

/// What is known of one number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    pub name: Option<String>,
    pub region: Option<String>,
}

/// What all mentions together say of one number.
pub(super) struct Entry<'m> {
    number: &'m str,
    /// The name delivered most often; of two equally often, the first in the order of characters.
    name: Option<&'m str>,
    /// How many names it came with.
    names: u64,
    region: Option<&'m str>,
}

/// What is known of each number, ascending.
pub(super) fn entries(mentions: &Mentions) -> Vec<Entry<'_>> {
    let named = mentions.drafts.iter().filter_map(|draft| {
        let name = (draft.rows(), Reverse(draft.name.as_ref()));
        Some((draft.number.as_deref()?, Some(name), mentions.region(draft)))
    });
    let bare = mentions.bare().map(|(number, region)| (number, None, region));
    let mut said: Vec<_> = named.chain(bare).collect();
    // Soon done: drafts and bare numbers are each in their order.
    said.sort_by_key(|(number, ..)| *number);
    let mut entries = Vec::new();
    for all in said.chunk_by(|a, b| a.0 == b.0) {
        let names = || all.iter().filter_map(|(_, name, _)| *name);
        let regions = all.iter().filter_map(|(.., region)| region.as_ref());
        entries.push(Entry {
            number: all[0].0,
            name: names().max().map(|(_, Reverse(name))| name),
            names: names().count() as u64,
            region: regions.max_by(|a, b| mentions.compare(a, b)).map(|region| mentions.place(region)),
        });
    }
    entries
}

/// How many of them came with more than one name.
pub(super) fn conflicts(entries: &[Entry<'_>]) -> u64 {
    entries.iter().filter(|entry| entry.names > 1).count() as u64
}

/// Whose keys those are that may be no numbers; of two names the first in the order of characters.
pub(super) fn names_of<'m>(mentions: &'m Mentions, keys: &BTreeMap<u32, Keys>) -> BTreeMap<String, &'m str> {
    let mut names = BTreeMap::new();
    for (at, keys) in keys {
        let name = mentions.drafts[*at as usize].name.as_ref();
        for key in keys.iter().flatten() {
            let known = names.entry(key.to_string()).or_insert(name);
            *known = name.min(known);
        }
    }
    names
}

fn at(column: &ArrayRef, row: usize) -> Option<String> {
    let texts = column.as_string::<i32>();
    (texts.is_valid(row) && !texts.value(row).is_empty()).then(|| texts.value(row).to_owned())
}

/// Writes what is known of each number, and of keys that nobody came under.
pub(super) fn write(
    path: &Path,
    entries: &[Entry<'_>],
    keys: &BTreeMap<String, &str>,
) -> Result<(), Failure> {
    let mut lines: Vec<(&str, Option<&str>, Option<&str>)> = Vec::new();
    let mut unknown: BTreeMap<&str, &str> = keys.iter().map(|(key, name)| (key.as_str(), *name)).collect();
    for entry in entries {
        let of_key = unknown.remove(entry.number);
        lines.push((entry.number, entry.name.or(of_key), entry.region));
    }
    lines.extend(unknown.into_iter().map(|(key, name)| (key, Some(name), None)));
    let field = |name: &str| Field::new(name, DataType::Utf8, true);
    let schema = Arc::new(Schema::new(vec![field("number"), field("name"), field("region")]));
    let mut writer = ArrowWriter::try_new(File::create(path)?, schema.clone(), None)?;
    for lines in lines.chunks(CHUNK) {
        let numbers: StringArray = lines.iter().map(|line| Some(line.0)).collect();
        let names: StringArray = lines.iter().map(|line| line.1).collect();
        let regions: StringArray = lines.iter().map(|line| line.2).collect();
        let columns: Vec<ArrayRef> = vec![Arc::new(numbers), Arc::new(names), Arc::new(regions)];
        writer.write(&RecordBatch::try_new(schema.clone(), columns)?)?;
    }
    Ok(writer.into_inner()?.sync_all()?)
}

pub(super) fn read(
    path: &Path,
    numbers: &BTreeSet<&str>,
    found: &mut BTreeMap<String, Identity>,
) -> Result<(), Failure> {
    for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()? {
        let batch = batch?;
        let column = |index: usize| batch.column(index).as_string::<i32>();
        for row in 0..batch.num_rows() {
            let number = column(0).value(row);
            if numbers.contains(number) {
                let identity = Identity { name: at(batch.column(1), row), region: at(batch.column(2), row) };
                found.insert(number.to_owned(), identity);
            }
        }
    }
    Ok(())
}
