//! What the rows of a table say of somebody.

use std::sync::Arc;

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, StringArray},
        compute::cast,
        datatypes::{DataType, Int64Type},
        record_batch::RecordBatch,
    },
    datasource::TableProvider,
    error::DataFusionError,
    execution::SendableRecordBatchStream,
    prelude::SessionContext,
};
use futures::StreamExt;
use gnomon_identity::{DETAILS, Line, Source};

/// The query that gives each number, name and details of table `t` with how many rows say so: number, name, place, details
/// as in [`DETAILS`], rows, and the first of them.
pub(super) fn tally(source: &Source<'_>) -> String {
    let columns = columns(source);
    let groups: Vec<String> = (1..=columns.len()).map(|place| place.to_string()).collect();
    let (columns, groups, filter) = (columns.join(", "), groups.join(", "), filter(source));
    format!("select {columns}, count(*), min(\"_row\") from t where {filter} group by {groups}")
}

/// The query that gives the same of every row that has a reference: that reference last.
pub(super) fn each_row(source: &Source<'_>) -> String {
    let (columns, filter) = (columns(source).join(", "), filter(source));
    format!("select {columns}, \"_row\" from t where ({filter}) and \"_row\" is not null")
}

/// Gives each line that [`each_row`] yields over a table.
pub(super) async fn each_line(
    table: Arc<dyn TableProvider>,
    query: &str,
    see: &mut (dyn FnMut(&Line<'_>) + Send),
) -> Result<(), DataFusionError> {
    let mut stream = asked(table, query).await?;
    while let Some(batch) = stream.next().await {
        lines(&batch?, see)?;
    }
    Ok(())
}

/// What a query over a table yields, as the table `t` of the query.
pub(super) async fn asked(
    table: Arc<dyn TableProvider>,
    query: &str,
) -> Result<SendableRecordBatchStream, DataFusionError> {
    let context = SessionContext::new();
    context.register_table("t", table)?;
    context.sql(query).await?.execute_stream().await
}

fn columns(source: &Source<'_>) -> Vec<String> {
    let text = |column: Option<&str>| match column {
        Some(column) => format!("cast(\"{column}\" as varchar)"),
        None => "cast(null as varchar)".to_owned(),
    };
    let detail = |place: usize| {
        let found = source.details.iter().find(|(detail, _)| usize::from(*detail) == place);
        text(found.map(|(_, column)| *column))
    };
    let own = [Some(source.number), source.name.as_deref(), source.region].map(text);
    let all = own.into_iter().chain((0..DETAILS.len()).map(detail)).enumerate();
    all.map(|(place, column)| format!("{column} as c{place}")).collect()
}

/// A name alone is nobody; with a detail it may be somebody.
fn filter(source: &Source<'_>) -> String {
    let mut filter = format!("\"{}\" is not null", source.number);
    if let Some(name) = source.name.as_deref().filter(|_| !source.details.is_empty()) {
        let details: Vec<String> =
            source.details.iter().map(|(_, column)| format!("\"{column}\" is not null")).collect();
        filter = format!("{filter} or \"{name}\" is not null and ({})", details.join(" or "));
    }
    filter
}

/// The lines of a batch: number, name, place, details, rows (of a tally), row.
pub(super) fn lines(batch: &RecordBatch, see: &mut dyn FnMut(&Line<'_>)) -> Result<(), DataFusionError> {
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
            _ => return Err(DataFusionError::Internal("a query without rows".to_owned())),
        };
        let details = std::array::from_fn(|detail| said(3 + detail));
        see(&Line { number: said(0), name: said(1), region: said(2), details, rows, first });
    }
    Ok(())
}
