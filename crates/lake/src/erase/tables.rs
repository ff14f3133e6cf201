//! Data files of a table, of all versions, without some of their rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use datafusion::arrow::{
    array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array},
    compute::filter_record_batch,
    datatypes::{DataType, Int64Type},
    record_batch::RecordBatch,
};
use gnomon_kernel::RowRef;
use gnomon_library::erasure::Traces;
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder},
};

use super::{Failure, log, number::Number};
use crate::{
    raw::sync_folder,
    table::{
        self,
        columns::{REPLACES, ROW},
        datafile::{DataFile, NewFile},
        facts,
    },
};

/// Rows looked at in one go.
const CHUNK: usize = 65_536;

/// Rows of a table that go, each with the row that it replaced.
#[derive(Default)]
pub(super) struct Found(BTreeMap<i64, Option<i64>>);

impl Found {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn refs(&self) -> Vec<RowRef> {
        self.0.keys().copied().map(RowRef::unpack).collect()
    }

    pub(super) fn of_batch(&self, batch: u32) -> impl Iterator<Item = RowRef> + '_ {
        let first = RowRef { batch, sheet: 0, line: 0 }.pack();
        let next = RowRef { batch: batch + 1, sheet: 0, line: 0 }.pack();
        self.0.range(first..next).map(|(row, _)| RowRef::unpack(*row))
    }

    pub(super) fn corrects(&self, row: RowRef) -> bool {
        self.0.get(&row.pack()).is_some_and(Option::is_some)
    }
}

/// The rows of one table that go: some, and all of some deliveries.
pub(super) struct Gone {
    rows: BTreeSet<i64>,
    batches: BTreeSet<u32>,
}

impl Gone {
    pub(super) fn of(traces: &Traces, dataset: &str) -> Self {
        let rows = traces.rows.get(dataset).into_iter().flatten().map(|row| row.pack()).collect();
        Self { rows, batches: traces.deliveries.get(dataset).into_iter().flatten().copied().collect() }
    }

    fn holds(&self, row: i64) -> bool {
        self.rows.contains(&row) || self.batches.contains(&RowRef::unpack(row).batch)
    }
}

/// The rows of a table that hold the number, and those that they replaced: without what corrected it, a wrong row would
/// stand again.
pub(super) fn find(folder: &Path, number: &Number) -> Result<Found, Failure> {
    let (mut found, mut replaced) = (Found::default(), BTreeMap::new());
    for path in table::data_files(folder)? {
        for batch in reader(&path)? {
            let batch = batch?;
            let (Some(rows), earlier) = (longs(&batch, ROW), longs(&batch, REPLACES)) else { continue };
            for (index, holds) in holding(&batch, number).into_iter().enumerate() {
                let before = earlier.filter(|rows| rows.is_valid(index)).map(|rows| rows.value(index));
                if rows.is_valid(index) {
                    if let Some(before) = before {
                        replaced.insert(rows.value(index), before);
                    }
                    if holds {
                        found.0.insert(rows.value(index), before);
                    }
                }
            }
        }
    }
    let mut open: Vec<i64> = found.0.keys().copied().collect();
    while let Some(row) = open.pop() {
        if let Some(before) = replaced.get(&row)
            && !found.0.contains_key(before)
        {
            found.0.insert(*before, replaced.get(before).copied());
            open.push(*before);
        }
    }
    Ok(found)
}

/// Which rows of a chunk hold the number in one of their texts.
fn holding(batch: &RecordBatch, number: &Number) -> Vec<bool> {
    let mut holds = vec![false; batch.num_rows()];
    for column in batch.columns() {
        match column.data_type() {
            DataType::Utf8 => {
                for (index, cell) in column.as_string::<i32>().iter().enumerate() {
                    holds[index] |= cell.is_some_and(|cell| number.stands_in(cell));
                }
            }
            DataType::List(_) => {
                for (index, list) in column.as_list::<i32>().iter().enumerate() {
                    let Some(list) = list else { continue };
                    let Some(cells) = list.as_string_opt::<i32>() else { continue };
                    holds[index] |= cells.iter().flatten().any(|cell| number.stands_in(cell));
                }
            }
            _ => {}
        }
    }
    holds
}

/// Rewrites the data files that hold one of the rows, and the log that names them. Whether the log had been summed up, and
/// has to be again.
pub(super) fn erase(folder: &Path, gone: &Gone) -> Result<bool, Failure> {
    let mut renamed = BTreeMap::new();
    for path in table::data_files(folder)? {
        if names_one_of(&path, gone)? {
            let file = rewrite(folder, &path, gone)?;
            renamed.insert(name_of(&path), file);
        }
    }
    sync_folder(folder)?;
    let summed_up = log::rename(folder, &renamed)?;
    for old in renamed.keys() {
        fs::remove_file(folder.join(old))?;
    }
    sync_folder(folder)?;
    Ok(summed_up)
}

fn names_one_of(path: &Path, gone: &Gone) -> Result<bool, Failure> {
    let mut names = false;
    facts::each_chunk(path, &[ROW, REPLACES], |columns| {
        names |= columns.into_iter().flatten().flatten().flatten().any(|row| gone.holds(row));
    })?;
    Ok(names)
}

/// Writes a file without the rows, beside it. What said that one of them had ended goes too; what corrected one of them is
/// the first to say so now.
fn rewrite(folder: &Path, path: &Path, gone: &Gone) -> Result<NewFile, Failure> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(facts::open_data_file(path)?)?;
    let place = folder.join(table::erased_name(path));
    // Written aside: after a crash the same file may already be in its place, and in use.
    let mut file = DataFile::create(place.with_extension("aside"), builder.schema().clone())?;
    for batch in builder.with_batch_size(CHUNK).build()? {
        file.write(without(&batch?, gone)?)?;
    }
    Ok(file.close(&place)?)
}

fn without(batch: &RecordBatch, gone: &Gone) -> Result<RecordBatch, Failure> {
    let goes = |row: Option<i64>| row.is_some_and(|row| gone.holds(row));
    let Some(own) = longs(batch, ROW) else { return Ok(batch.clone()) };
    let replaced: Vec<Option<i64>> = match longs(batch, REPLACES) {
        Some(replaced) => replaced.iter().collect(),
        None => vec![None; batch.num_rows()],
    };
    let stays = |(own, replaced): (Option<i64>, &Option<i64>)| match own {
        Some(_) => !goes(own),
        None => !goes(*replaced),
    };
    let stays: BooleanArray = own.iter().zip(&replaced).map(stays).map(Some).collect();
    let Some((index, _)) = batch.schema().column_with_name(REPLACES) else {
        return Ok(filter_record_batch(batch, &stays)?);
    };
    let replaced: Int64Array = replaced.into_iter().map(|row| row.filter(|row| !gone.holds(*row))).collect();
    let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
    columns[index] = Arc::new(replaced);
    Ok(filter_record_batch(&RecordBatch::try_new(batch.schema(), columns)?, &stays)?)
}

/// A file's chunks: its texts and what its rows are called.
fn reader(path: &Path) -> Result<ParquetRecordBatchReader, Failure> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(facts::open_data_file(path)?)?;
    let is_text = |kind: &DataType| matches!(kind, DataType::Utf8 | DataType::List(_));
    let fields = builder.schema().fields().iter().enumerate();
    let chosen = fields
        .filter(|(_, field)| is_text(field.data_type()) || [ROW, REPLACES].contains(&field.name().as_str()));
    let chosen: Vec<usize> = chosen.map(|(index, _)| index).collect();
    let mask = ProjectionMask::roots(builder.parquet_schema(), chosen);
    Ok(builder.with_projection(mask).with_batch_size(CHUNK).build()?)
}

fn longs<'b>(batch: &'b RecordBatch, column: &str) -> Option<&'b Int64Array> {
    batch.column_by_name(column)?.as_primitive_opt::<Int64Type>()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
