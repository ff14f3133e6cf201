//! Supervised objects: listed from the tables that describe them, and what all tables say of one of them.

mod office;

use std::collections::{BTreeMap, BTreeSet};

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray},
        compute::cast,
        datatypes::{DataType, Int64Type},
        record_batch::RecordBatch,
    },
    prelude::{Expr, SessionContext, col, lit},
};
use futures::StreamExt as _;
use gnomon_kernel::{RowRef, Tier};
use gnomon_library::{
    analytics::{AnalyticsError, TableRow},
    column::Column,
    dataset::Dataset,
    object::{ObjectBook, ObjectEntry, ObjectFile, ObjectKind, ObjectReader, ObjectRecord, ObjectSearch},
};
use serde_json::Value;

use crate::{
    Lake, beneath,
    identities::NumbersToGoBy,
    table::{columns::ROW, lookup::cell, provider::Opened},
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What the columns of a row say, by name.
type Cells<'c> = &'c dyn Fn(&str) -> Value;

/// Takes rows.
type See<'s> = &'s mut (dyn FnMut(RowRef, Cells<'_>) + Send);

impl Lake {
    pub(crate) async fn list_objects(
        &self,
        search: &ObjectSearch,
    ) -> Result<(Vec<ObjectEntry>, u64), AnalyticsError> {
        let mut book = ObjectBook::new(search.kind);
        for file in self.library.object_files(search.kind) {
            let Some(opened) = self.open_table(&file.dataset).await? else { continue };
            let failed = beneath(format!("listing objects from {}", file.dataset));
            list(opened, file, &mut book).await.map_err(failed)?;
        }
        self.name_objects(&mut book)?;
        let (mut entries, total) = book.find(search);
        self.add_columns(&mut entries).await?;
        Ok((entries, total))
    }

    /// What came without a name may be known by its number.
    fn name_objects(&self, book: &mut ObjectBook<'_>) -> Result<(), AnalyticsError> {
        let nameless: Vec<String> = book.nameless().map(str::to_owned).collect();
        if nameless.is_empty() {
            return Ok(());
        }
        let numbers: BTreeSet<&str> = nameless.iter().map(String::as_str).collect();
        for (number, identity) in self.identities(&numbers)? {
            if let Some(name) = identity.name {
                book.name(&number, name);
            }
        }
        Ok(())
    }

    /// Fills the columns that are shown in, from the rows that describe the objects.
    async fn add_columns(&self, entries: &mut [ObjectEntry]) -> Result<(), AnalyticsError> {
        let wanted: Vec<(String, RowRef)> =
            entries.iter().map(|entry| (entry.dataset.clone(), entry.row)).collect();
        let rows = self.find_rows(&wanted).await?;
        let rows: BTreeMap<(&str, RowRef), &TableRow> =
            rows.iter().map(|row| ((row.dataset.as_str(), row.row), row)).collect();
        for entry in entries {
            let row = rows.get(&(entry.dataset.as_str(), entry.row));
            let file = self.library.object_files(entry.kind).find(|file| file.dataset == entry.dataset);
            let (Some(row), Some(file)) = (row, file) else { continue };
            let shown = |name: &String| row.cells.iter().find(|(known, _)| known == name).cloned();
            entry.more = file.show.iter().filter_map(shown).collect();
        }
        Ok(())
    }

    pub(crate) async fn find_object(
        &self,
        kind: ObjectKind,
        key: &str,
    ) -> Result<Option<ObjectRecord>, AnalyticsError> {
        if !kind.accepts(key) {
            return Ok(None);
        }
        let describing: BTreeSet<&str> =
            self.library.object_files(kind).map(|file| file.dataset.as_str()).collect();
        let about = self.library.columns_about(kind);
        let (own, others): (Vec<_>, Vec<_>) =
            about.into_iter().partition(|(dataset, _)| describing.contains(dataset.key.as_str()));
        let key = &self.number_to_go_by(&own, key).await?;
        let mut reader = ObjectReader::new(&self.library, kind, key);
        for (dataset, columns) in own {
            self.read_about(dataset, &columns, key, &mut reader).await?;
        }
        // Nobody is looked up in all tables who does not stand in those of the kind.
        if !reader.is_described() {
            return Ok(None);
        }
        for (dataset, columns) in others {
            self.read_about(dataset, &columns, key, &mut reader).await?;
        }
        if let Some(place) = reader.seat_of().map(str::to_owned) {
            for (file, dataset, column) in self.library.offices_of_places() {
                let holds = |_: &NumbersToGoBy| col(column.name.as_str()).eq(lit(place.as_str()));
                let see = &mut |row, cells: Cells<'_>| reader.see_office(file, row, cells);
                self.rows_where(dataset, holds, see).await?;
            }
        }
        let Some(mut record) = reader.finish() else { return Ok(None) };
        if record.entry.name.is_none() {
            let known = self.identities(&BTreeSet::from([key.as_str()]))?.remove(key);
            record.entry.name = known.and_then(|identity| identity.name);
        }
        Ok(Some(record))
    }

    /// The number by which everybody knows whom the describing rows call by this one: another one where a person is described
    /// under two.
    async fn number_to_go_by(
        &self,
        own: &[(&Dataset, Vec<&Column>)],
        key: &str,
    ) -> Result<String, AnalyticsError> {
        let mut other = None;
        for (dataset, columns) in own {
            let stand_ins = self.stand_ins(&dataset.key, Tier::Certain)?;
            let Some(opened) = self.open_table(&dataset.key).await?.filter(|_| !stand_ins.is_empty()) else {
                continue;
            };
            let failed = beneath(format!("looking an object up in {}", dataset.key));
            match rows_naming(opened, columns, key, &stand_ins).await.map_err(failed)? {
                // Delivered under this number by somebody who goes by it.
                (true, _) => return Ok(key.to_owned()),
                (false, found) => other = other.or(found),
            }
        }
        Ok(other.unwrap_or_else(|| key.to_owned()))
    }

    /// Rows that name the one with this key, for all numbers that it is called by.
    async fn read_about<'l>(
        &self,
        dataset: &'l Dataset,
        columns: &[&'l Column],
        key: &str,
        reader: &mut ObjectReader<'l>,
    ) -> Result<(), AnalyticsError> {
        let holds = |stand_ins: &NumbersToGoBy| naming(columns, key, stand_ins);
        let see = &mut |row, cells: Cells<'_>| reader.see(dataset, columns, row, cells);
        self.rows_where(dataset, holds, see).await
    }

    /// One scan of a table for rows of which something holds, people under the numbers to go by; the statistics of its row
    /// groups keep those out that cannot hold any.
    async fn rows_where(
        &self,
        dataset: &Dataset,
        holds: impl FnOnce(&NumbersToGoBy) -> Expr,
        see: See<'_>,
    ) -> Result<(), AnalyticsError> {
        let Some(opened) = self.open_table(&dataset.key).await? else { return Ok(()) };
        let failed = beneath(format!("looking an object up in {}", dataset.key));
        let stand_ins = self.stand_ins(&dataset.key, Tier::Certain)?;
        each_row(opened, holds(&stand_ins), &stand_ins, see).await.map_err(failed)
    }
}

async fn list<'f>(opened: Opened, file: &'f ObjectFile, book: &mut ObjectBook<'f>) -> Result<(), Failure> {
    let named = [Some(&file.key), file.name.as_ref(), file.place.as_ref()];
    let mut wanted: Vec<&str> = named.into_iter().flatten().map(String::as_str).chain([ROW]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let context = SessionContext::new();
    let frame = context.read_table(opened.provider)?.select_columns(&wanted)?;
    let mut stream = frame.execute_stream().await?;
    while let Some(batch) = stream.next().await {
        see_batch(&batch?, file, book)?;
    }
    Ok(())
}

fn see_batch<'f>(
    batch: &RecordBatch,
    file: &'f ObjectFile,
    book: &mut ObjectBook<'f>,
) -> Result<(), Failure> {
    let keys = texts(batch, Some(&file.key))?;
    let (names, places) = (texts(batch, file.name.as_ref())?, texts(batch, file.place.as_ref())?);
    let Some(rows) = batch.column_by_name(ROW) else { return Ok(()) };
    let rows = rows.as_primitive::<Int64Type>();
    for index in 0..batch.num_rows() {
        let Some(key) = at(&keys, index) else { continue };
        let row = RowRef::unpack(rows.value(index));
        book.see(file, row, key, at(&names, index), at(&places, index));
    }
    Ok(())
}

fn texts(batch: &RecordBatch, name: Option<&String>) -> Result<Option<ArrayRef>, Failure> {
    let column = name.and_then(|name| batch.column_by_name(name));
    Ok(column.map(|column| cast(column, &DataType::Utf8)).transpose()?)
}

fn at(column: &Option<ArrayRef>, index: usize) -> Option<&str> {
    let texts = column.as_ref()?.as_string::<i32>();
    (texts.is_valid(index) && !texts.value(index).is_empty()).then(|| texts.value(index))
}

/// Of the rows that were delivered with a number: whether one goes by it, and by which other number one goes.
async fn rows_naming(
    opened: Opened,
    columns: &[&Column],
    key: &str,
    stand_ins: &NumbersToGoBy,
) -> Result<(bool, Option<String>), Failure> {
    let (mut is_own, mut other) = (false, None);
    for column in columns {
        let context = SessionContext::new();
        let frame = context.read_table(opened.provider.clone())?;
        let frame = frame.filter(col(column.name.as_str()).eq(lit(key)))?.select_columns(&[ROW])?;
        for batch in frame.collect().await? {
            let Some(rows) = batch.column_by_name(ROW) else { continue };
            for row in rows.as_primitive::<Int64Type>().values() {
                match stand_ins.get(&column.name).and_then(|of| of.get(row)) {
                    Some(known) if known.as_ref() != key => other = Some(known.to_string()),
                    _ => is_own = true,
                }
            }
        }
    }
    Ok((is_own, other))
}

/// Rows that name a key in one of these columns, under whichever number they were delivered.
fn naming(columns: &[&Column], key: &str, stand_ins: &NumbersToGoBy) -> Expr {
    let under_others = columns.iter().filter_map(|column| stand_ins.get(&column.name)).flatten();
    let under_others: BTreeSet<i64> =
        under_others.filter(|(_, known)| known.as_ref() == key).map(|(row, _)| *row).collect();
    let rows = (!under_others.is_empty())
        .then(|| col(ROW).in_list(under_others.into_iter().map(lit).collect(), false));
    let named = columns.iter().map(|column| col(column.name.as_str()).eq(lit(key)));
    named.chain(rows).reduce(Expr::or).unwrap_or_else(|| lit(false))
}

/// Gives the rows for which something holds, with what a column of each says.
async fn each_row(
    opened: Opened,
    holds: Expr,
    stand_ins: &NumbersToGoBy,
    see: See<'_>,
) -> Result<(), Failure> {
    let context = SessionContext::new();
    let frame = context.read_table(opened.provider)?.filter(holds)?;
    let mut stream = frame.execute_stream().await?;
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        let Some(rows) = batch.column_by_name(ROW) else { continue };
        for (index, row) in rows.as_primitive::<Int64Type>().values().iter().enumerate() {
            let value = |name: &str| match stand_ins.get(name).and_then(|of| of.get(row)) {
                Some(known) => Value::from(known.as_ref()),
                None => batch.column_by_name(name).map_or(Value::Null, |column| cell(column, index)),
            };
            see(RowRef::unpack(*row), &value);
        }
    }
    Ok(())
}
