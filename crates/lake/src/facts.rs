//! The facts a table holds now, by natural key: which row says it, and what.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    path::{Path, PathBuf},
};

use datafusion::arrow::{
    array::{Array, AsArray, Int64Array, PrimitiveArray},
    datatypes::Int64Type,
};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use parquet::arrow::{ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder};

use crate::{
    columns::{HASH, KEY, PART, REPLACES, ROW},
    table::Holds,
};

/// Rows decoded at once.
const CHUNK: usize = 65_536;

/// What is known of one fact.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fact {
    /// The row that says it.
    pub row: i64,
    /// Hash of all of it.
    pub content: i64,
    /// Hash of the part of a snapshot it belongs to.
    pub part: Option<i64>,
}

/// Rows that were replaced or have ended are not among them.
pub(crate) struct Facts(HashMap<i64, Fact>);

impl Facts {
    /// Reads them from the data files of a table.
    pub(crate) fn read(files: &[PathBuf]) -> Result<Self, Refusal> {
        let (mut facts, mut ended) = (HashMap::new(), HashSet::new());
        for file in files {
            let read = match Holds::of(file) {
                Holds::Ends => read_replaced(file, &mut ended),
                Holds::Facts | Holds::Corrections => read_facts(file, &mut facts),
            };
            read.map_err(|error| Refusal::because(Code::Internal, Damaged(error.to_string())))?;
        }
        facts.retain(|_, fact: &mut Fact| !ended.contains(&fact.row));
        Ok(Self(facts))
    }

    pub(crate) fn get(&self, key: i64) -> Option<Fact> {
        self.0.get(&key).copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, Fact)> + '_ {
        self.0.iter().map(|(key, fact)| (*key, *fact))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a data file cannot be read: {0}")]
struct Damaged(String);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A correction carries the key of what it replaces, and of the rows of one key the highest number is the newest.
fn read_facts(file: &Path, facts: &mut HashMap<i64, Fact>) -> Result<(), Failure> {
    each_chunk(file, &[ROW, KEY, HASH, PART], |columns| {
        let [Some(rows), Some(keys), Some(contents), parts] = columns else { return };
        for index in 0..rows.len() {
            let part = parts.filter(|parts| parts.is_valid(index)).map(|parts| parts.value(index));
            let fact = Fact { row: rows.value(index), content: contents.value(index), part };
            let known = facts.entry(keys.value(index)).or_insert(fact);
            if fact.row > known.row {
                *known = fact;
            }
        }
    })
}

fn read_replaced(file: &Path, replaced: &mut impl Extend<i64>) -> Result<(), Failure> {
    each_chunk(file, &[REPLACES], |[rows]| {
        replaced.extend(rows.into_iter().flat_map(Int64Array::iter).flatten());
    })
}

/// The rows that later ones replaced or ended, from the files that say so.
pub(crate) fn replaced_rows(files: &[(PathBuf, u64)]) -> Result<Vec<i64>, Failure> {
    let mut replaced = Vec::new();
    for (file, _) in files.iter().filter(|(file, _)| Holds::of(file) != Holds::Facts) {
        read_replaced(file, &mut replaced).map_err(|error| Damaged(error.to_string()))?;
    }
    Ok(replaced)
}

/// Gives the named technical columns of a file, chunk by chunk; files of earlier versions may lack some.
pub(crate) fn each_chunk<const N: usize>(
    file: &Path,
    names: &[&str; N],
    mut visit: impl FnMut([Option<&PrimitiveArray<Int64Type>>; N]),
) -> Result<(), Failure> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(file)?)?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
    for batch in builder.with_projection(mask).with_batch_size(CHUNK).build()? {
        let batch = batch?;
        visit(names.map(|name| batch.column_by_name(name).map(|column| column.as_primitive::<Int64Type>())));
    }
    Ok(())
}
