//! The facts a table holds now, by natural key: which row says it, and what.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
    thread::available_parallelism,
};

use datafusion::arrow::{
    array::{Array, AsArray, BooleanArray, Int64Array, PrimitiveArray},
    buffer::BooleanBuffer,
    datatypes::Int64Type,
    record_batch::RecordBatch,
};
use gnomon_kernel::Code;
use gnomon_library::analytics::{FileGone, Refusal};
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ArrowPredicateFn, ParquetRecordBatchReaderBuilder, RowFilter},
};

use crate::table::{
    Holds,
    columns::{HASH, KEY, PART, REPLACES, ROW},
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

/// Keys that are asked for. Nearly all others are told by one look at a few bits: a table has a hundred million.
pub(crate) struct Keys {
    keys: HashSet<i64>,
    /// A bit for each key, at the place that its lowest bits name.
    bits: Vec<u64>,
}

impl Keys {
    pub(crate) fn new(keys: HashSet<i64>) -> Self {
        let places = (keys.len() * 64).clamp(1 << 16, 1 << 27).next_power_of_two();
        let mut bits = vec![0; places / 64];
        for key in &keys {
            let (word, bit) = place(*key, bits.len());
            bits[word] |= bit;
        }
        Self { keys, bits }
    }

    pub(crate) fn contains(&self, key: i64) -> bool {
        let (word, bit) = place(key, self.bits.len());
        self.bits[word] & bit != 0 && self.keys.contains(&key)
    }
}

/// The word, one of `words`, and the bit in it. Keys are hashes: their bits are as good as any other's.
fn place(key: i64, words: usize) -> (usize, u64) {
    let key = key.cast_unsigned() as usize;
    ((key >> 6) & (words - 1), 1 << (key & 63))
}

/// The facts of these keys that hold now, from the data files of a table. Of the rows of one key the highest number is the
/// newest; a correction carries the key of what it replaces.
pub(crate) fn facts_of(files: &[PathBuf], keys: &Arc<Keys>) -> Result<HashMap<i64, Fact>, Refusal> {
    let threads = available_parallelism().map_or(1, usize::from).min(files.len());
    let read = |turn| {
        let (mut facts, mut ended) = (HashMap::new(), HashSet::new());
        for file in files.iter().skip(turn).step_by(threads) {
            match Holds::of(file) {
                Holds::Ends => read_replaced(file, &mut ended)?,
                Holds::Facts | Holds::Corrections => {
                    read_facts(file, Some(keys), |key, fact| keep_newest(&mut facts, key, fact))?;
                }
            }
        }
        Ok::<_, Failure>((facts, ended))
    };
    let parts: Vec<_> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|turn| scope.spawn(move || read(turn))).collect();
        started.into_iter().map(|thread| thread.join()).collect()
    });
    let (mut facts, mut ended) = (HashMap::new(), HashSet::new());
    for part in parts {
        let stopped = || damaged("reading stopped".into());
        let (of_part, ended_in_part) = part.map_err(|_| stopped())?.map_err(damaged)?;
        of_part.into_iter().for_each(|(key, fact)| keep_newest(&mut facts, key, fact));
        ended.extend(ended_in_part);
    }
    facts.retain(|_, fact| !ended.contains(&fact.row));
    Ok(facts)
}

fn keep_newest(facts: &mut HashMap<i64, Fact>, key: i64, fact: Fact) {
    let known = facts.entry(key).or_insert(fact);
    if fact.row > known.row {
        *known = fact;
    }
}

/// Gives all facts that hold now with their keys.
pub(crate) fn each_fact(files: &[PathBuf], mut visit: impl FnMut(i64, Fact)) -> Result<(), Refusal> {
    let mut replaced = HashSet::new();
    for file in files.iter().filter(|file| Holds::of(file) != Holds::Facts) {
        read_replaced(file, &mut replaced).map_err(damaged)?;
    }
    for file in files.iter().filter(|file| Holds::of(file) != Holds::Ends) {
        let read = read_facts(file, None, |key, fact| {
            if !replaced.contains(&fact.row) {
                visit(key, fact);
            }
        });
        read.map_err(damaged)?;
    }
    Ok(())
}

/// Gives the natural keys of all rows, also of those that hold no longer.
pub(crate) fn each_key(files: &[PathBuf], mut visit: impl FnMut(i64)) -> Result<(), Refusal> {
    for file in files.iter().filter(|file| Holds::of(file) != Holds::Ends) {
        let read = each_chunk(file, &[KEY], |[keys]| {
            keys.into_iter().flat_map(Int64Array::iter).flatten().for_each(&mut visit);
        });
        read.map_err(damaged)?;
    }
    Ok(())
}

/// How many rows the files hold, of all kinds.
pub(crate) fn rows_in(files: &[PathBuf]) -> Result<u64, Refusal> {
    let rows = |file: &PathBuf| {
        let builder = ParquetRecordBatchReaderBuilder::try_new(open_data_file(file)?)?;
        Ok(builder.metadata().file_metadata().num_rows().unsigned_abs())
    };
    files.iter().map(rows).sum::<Result<u64, Failure>>().map_err(damaged)
}

fn damaged(error: Failure) -> Refusal {
    Refusal::because(Code::Internal, Damaged(error))
}

#[derive(Debug, thiserror::Error)]
#[error("a data file cannot be read: {0}")]
struct Damaged(#[source] Failure);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Opens a data file; one that is not there is named.
pub(crate) fn open_data_file(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => FileGone::new(path).into(),
        _ => error.into(),
    })
}

/// Gives the facts of a file, those of some keys only when these are named.
fn read_facts(
    file: &Path,
    keys: Option<&Arc<Keys>>,
    mut visit: impl FnMut(i64, Fact),
) -> Result<(), Failure> {
    each_chunk_of(file, &[ROW, KEY, HASH, PART], keys, |columns| {
        let [Some(rows), Some(keys), Some(contents), parts] = columns else { return };
        for index in 0..rows.len() {
            let part = parts.filter(|parts| parts.is_valid(index)).map(|parts| parts.value(index));
            let fact = Fact { row: rows.value(index), content: contents.value(index), part };
            visit(keys.value(index), fact);
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
        read_replaced(file, &mut replaced).map_err(Damaged)?;
    }
    Ok(replaced)
}

/// Gives the named technical columns of a file, chunk by chunk; files of earlier versions may lack some.
pub(crate) fn each_chunk<const N: usize>(
    file: &Path,
    names: &[&str; N],
    visit: impl FnMut([Option<&PrimitiveArray<Int64Type>>; N]),
) -> Result<(), Failure> {
    each_chunk_of(file, names, None, visit)
}

/// The same of the rows with these keys: of the others nothing but the key is decoded.
fn each_chunk_of<const N: usize>(
    file: &Path,
    names: &[&str; N],
    keys: Option<&Arc<Keys>>,
    mut visit: impl FnMut([Option<&PrimitiveArray<Int64Type>>; N]),
) -> Result<(), Failure> {
    let mut builder = ParquetRecordBatchReaderBuilder::try_new(open_data_file(file)?)?;
    let mask = |names: &[&str]| ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
    let (all, key) = (mask(names), mask(&[KEY]));
    if let Some(keys) = keys.cloned() {
        let is_wanted = move |batch: RecordBatch| {
            let found = batch.column(0).as_primitive::<Int64Type>();
            let is_wanted = BooleanBuffer::collect_bool(found.len(), |at| keys.contains(found.value(at)));
            Ok(BooleanArray::new(is_wanted, found.nulls().cloned()))
        };
        let only = RowFilter::new(vec![Box::new(ArrowPredicateFn::new(key, is_wanted))]);
        builder = builder.with_row_filter(only);
    }
    for batch in builder.with_projection(all).with_batch_size(CHUNK).build()? {
        let batch = batch?;
        visit(names.map(|name| batch.column_by_name(name).map(|column| column.as_primitive::<Int64Type>())));
    }
    Ok(())
}
