//! From a reference back to the row and to the line as it was delivered.

use std::collections::BTreeMap;

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray},
        compute::cast,
        datatypes::{DataType, Float64Type, Int32Type, Int64Type, TimeUnit, TimestampMicrosecondType},
        record_batch::RecordBatch,
        util::display::{ArrayFormatter, FormatOptions},
    },
    prelude::{SessionContext, col, lit},
};
use gnomon_formats::Next;
use gnomon_intake::{HEADER_ROWS, Layout};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{AnalyticsError, IngestOrder, Region, SourceLine, TableRow};
use serde_json::Value;

use crate::{Lake, beneath, raw, table::columns::ROW};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Name of the dataset that holds the administrative tree.
const REGIONS: &str = "region_code_table";

impl Lake {
    pub(crate) async fn find_rows(
        &self,
        wanted: &[(String, RowRef)],
    ) -> Result<Vec<TableRow>, AnalyticsError> {
        let mut by_dataset: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (dataset, row) in wanted {
            by_dataset.entry(dataset).or_default().push(row.pack());
        }
        let mut found = Vec::new();
        for (dataset, rows) in by_dataset {
            let failed = || beneath(format!("looking rows up in {dataset}"));
            let Some(opened) = self.open_table(dataset).await? else { continue };
            let context = SessionContext::new();
            let filter = col(ROW).in_list(rows.into_iter().map(lit).collect(), false);
            let frame = context.read_table(opened.provider).and_then(|frame| frame.filter(filter));
            let batches = match frame {
                Ok(frame) => frame.collect().await,
                Err(error) => Err(error),
            };
            for batch in batches.map_err(|error| failed()(error.into()))? {
                found.extend((0..batch.num_rows()).filter_map(|index| table_row(dataset, &batch, index)));
            }
        }
        found.sort_by_key(|row| row.row);
        Ok(found)
    }

    pub(crate) fn find_line(&self, order: &IngestOrder, row: RowRef) -> Result<SourceLine, AnalyticsError> {
        let missing = || AnalyticsError {
            code: Code::NotFound,
            what: format!("finding line {} of batch {}", row.line, row.batch),
            source: None,
        };
        let dataset = self.library.datasets.get(&order.dataset).ok_or_else(missing)?;
        let path = raw::path_of(&self.dir, &order.sha256);
        let mut top: Vec<Vec<String>> = Vec::new();
        let mut line = None;
        let names = gnomon_formats::read(&path, &mut |raw| {
            if raw.sheet < row.sheet {
                return Ok(Next::SkipSheet);
            }
            if raw.sheet == row.sheet && top.len() < HEADER_ROWS {
                top.push(raw.cells.to_vec());
            }
            if raw.sheet == row.sheet && raw.line == row.line {
                line = Some(raw.cells.to_vec());
            }
            let done = raw.sheet > row.sheet || line.is_some() && top.len() >= HEADER_ROWS;
            Ok(if done { Next::Stop } else { Next::More })
        });
        let names = names.map_err(|error| beneath("reading a delivered file")(error.into()))?;
        let mut cells = line.ok_or_else(missing)?;
        let mut layout = Layout::find(dataset, &order.layouts, &top)
            .map_err(|error| beneath("reading a header")(error.into()))?;
        let withheld = order.agreed.as_deref().map(|agreed| layout.leave_out(dataset, agreed));
        for cell in withheld.unwrap_or_default() {
            // What was not agreed upon is shown to nobody.
            if let Some(text) = cells.get_mut(cell) {
                text.clear();
            }
        }
        let column = |known: &Option<usize>| {
            known.map(|index| dataset.columns[index].name.clone()).unwrap_or_default()
        };
        Ok(SourceLine {
            sheet: names.get(usize::from(row.sheet)).cloned().unwrap_or_default(),
            columns: layout.columns.iter().map(column).collect(),
            header: layout.header,
            cells,
        })
    }

    pub(crate) async fn region_tree(&self) -> Result<Vec<Region>, AnalyticsError> {
        let Some(opened) = self.open_table(REGIONS).await? else { return Ok(Vec::new()) };
        let batches = match SessionContext::new().read_table(opened.provider) {
            Ok(frame) => frame.collect().await,
            Err(error) => Err(error),
        };
        let batches = batches.map_err(|error| beneath("reading the administrative tree")(error.into()))?;
        let mut regions = Vec::new();
        for batch in &batches {
            regions.extend(tree_rows(batch).map_err(beneath("reading the administrative tree"))?);
        }
        regions.sort_by(|a, b| a.code.cmp(&b.code));
        regions.dedup_by(|a, b| a.code == b.code);
        Ok(regions)
    }
}

fn tree_rows(batch: &RecordBatch) -> Result<Vec<Region>, Failure> {
    let text = |name: &str| match batch.column_by_name(name) {
        Some(column) => Ok(Some(cast(column, &DataType::Utf8)?)),
        None => Ok::<_, Failure>(None),
    };
    let (codes, names, parents) = (text("region_code")?, text("name")?, text("parent_code")?);
    let at = |column: &Option<ArrayRef>, row: usize| {
        let texts = column.as_ref()?.as_string::<i32>();
        texts.is_valid(row).then(|| texts.value(row).to_owned())
    };
    let region = |row: usize| {
        Some(Region {
            code: at(&codes, row)?,
            name: at(&names, row)?,
            parent: at(&parents, row).unwrap_or_default(),
        })
    };
    Ok((0..batch.num_rows()).filter_map(region).collect())
}

fn table_row(dataset: &str, batch: &RecordBatch, index: usize) -> Option<TableRow> {
    let packed = batch.column_by_name(ROW)?.as_primitive::<Int64Type>().value(index);
    let schema = batch.schema();
    let cells = schema.fields().iter().zip(batch.columns()).filter(|(field, _)| field.name() != ROW);
    let cells = cells.map(|(field, column)| (field.name().clone(), cell(column, index))).collect();
    Some(TableRow { row: RowRef::unpack(packed), dataset: dataset.to_owned(), cells })
}

/// One cell as JSON: numbers (months too) and truth values as such, everything else as text.
pub(crate) fn cell(column: &ArrayRef, index: usize) -> Value {
    if column.is_null(index) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Int32 => Value::from(column.as_primitive::<Int32Type>().value(index)),
        DataType::Int64 => Value::from(column.as_primitive::<Int64Type>().value(index)),
        DataType::Float64 => Value::from(column.as_primitive::<Float64Type>().value(index)),
        DataType::Boolean => Value::from(column.as_boolean().value(index)),
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            let time = column.as_primitive::<TimestampMicrosecondType>().value_as_datetime(index);
            time.map_or(Value::Null, |time| Value::from(time.format("%Y-%m-%dT%H:%M:%S").to_string()))
        }
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(index);
            Value::Array((0..items.len()).map(|item| cell(&items, item)).collect())
        }
        _ => {
            let options = FormatOptions::default();
            let shown = ArrayFormatter::try_new(column.as_ref(), &options);
            shown.map_or(Value::Null, |formatter| Value::from(formatter.value(index).to_string()))
        }
    }
}
