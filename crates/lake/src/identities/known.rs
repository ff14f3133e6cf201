//! What is known of a number: the name most often delivered with it, and where its person or organisation is.

use std::{
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
use gnomon_identity::Line;
use parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};

use super::Failure;

/// What is known of one number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    pub name: Option<String>,
    pub region: Option<String>,
}

/// Names and places of many numbers, with how often each was delivered.
#[derive(Default)]
pub(super) struct Book(BTreeMap<String, Entry>);

#[derive(Default)]
struct Entry {
    names: BTreeMap<String, i64>,
    region: Option<(bool, i64, String)>,
}

impl Book {
    /// Takes a line of a source; a register's word on the place counts most.
    pub(super) fn see(&mut self, registered: bool, line: &Line<'_>) {
        let Some(number) = line.number else { return };
        if !self.0.contains_key(number) {
            self.0.insert(number.to_owned(), Entry::default());
        }
        let Some(entry) = self.0.get_mut(number) else { return };
        let rows = line.rows as i64;
        if let Some(name) = line.name {
            *entry.names.entry(name.to_owned()).or_default() += rows;
        }
        if let Some(region) = line.region {
            entry.see_region(registered, rows, region.to_owned());
        }
    }

    /// Names a key that is no number.
    pub(super) fn name(&mut self, key: &str, name: &str) {
        self.0.entry(key.to_owned()).or_default().names.entry(name.to_owned()).or_default();
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    /// How many numbers came with more than one name.
    pub(super) fn conflicts(&self) -> u64 {
        self.0.values().filter(|entry| entry.names.len() > 1).count() as u64
    }
}

impl Entry {
    /// The name delivered most often; of two equally often, the first in the order of characters.
    fn name(&self) -> Option<&String> {
        self.names.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(name, _)| name)
    }

    fn see_region(&mut self, register: bool, count: i64, region: String) {
        let seen = (register, count, region);
        if self.region.as_ref().is_none_or(|known| (seen.0, seen.1, &known.2) > (known.0, known.1, &seen.2)) {
            self.region = Some(seen);
        }
    }
}

fn at(column: &ArrayRef, row: usize) -> Option<String> {
    let texts = column.as_string::<i32>();
    (texts.is_valid(row) && !texts.value(row).is_empty()).then(|| texts.value(row).to_owned())
}

pub(super) fn write(path: &Path, book: &Book) -> Result<(), Failure> {
    let field = |name: &str| Field::new(name, DataType::Utf8, true);
    let schema = Arc::new(Schema::new(vec![field("number"), field("name"), field("region")]));
    let numbers: StringArray = book.0.keys().map(Some).collect();
    let names: StringArray = book.0.values().map(Entry::name).collect();
    let regions: StringArray =
        book.0.values().map(|entry| entry.region.as_ref().map(|(_, _, region)| region)).collect();
    let batch =
        RecordBatch::try_new(schema.clone(), vec![Arc::new(numbers), Arc::new(names), Arc::new(regions)])?;
    let mut writer = ArrowWriter::try_new(File::create(path)?, schema, None)?;
    writer.write(&batch)?;
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
