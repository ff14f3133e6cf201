//! How many rows speak of which place and month.

use datafusion::{
    arrow::{
        array::{Array, AsArray},
        compute::cast,
        datatypes::{DataType, Int32Type, Int64Type},
        record_batch::RecordBatch,
    },
    prelude::SessionContext,
};
use gnomon_kernel::Month;
use gnomon_library::{
    analytics::{AnalyticsError, CoverageCell},
    column::{Column, ColumnType},
};

use crate::{Lake, beneath, table::provider::Opened};

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Lake {
    pub(crate) async fn count_coverage(&self, key: &str) -> Result<Vec<CoverageCell>, AnalyticsError> {
        let columns = self.library.datasets.get(key).and_then(|dataset| dataset.coverage_columns());
        let Some((region, month)) = columns else { return Ok(Vec::new()) };
        let Some(opened) = self.open_table(key).await? else { return Ok(Vec::new()) };
        let counted = count(opened, &query(region, month)).await;
        counted.map_err(beneath(format!("counting rows of {key} by place and month")))
    }
}

fn query(region: &Column, month: &Column) -> String {
    let (region, time) = (&region.name, &month.name);
    let month = match month.ty {
        ColumnType::Month => format!("\"{time}\""),
        _ => format!("date_part('year', \"{time}\") * 100 + date_part('month', \"{time}\")"),
    };
    format!(
        "select substr(coalesce(\"{region}\", ''), 1, 9) as region, cast({month} as int) as month, count(*) as n \
         from t where \"{time}\" is not null group by 1, 2 order by 1, 2"
    )
}

async fn count(opened: Opened, sql: &str) -> Result<Vec<CoverageCell>, Failure> {
    let context = SessionContext::new();
    context.register_table("t", opened.provider)?;
    let mut cells = Vec::new();
    for batch in context.sql(sql).await?.collect().await? {
        cells.extend(cells_of(&batch)?);
    }
    Ok(cells)
}

fn cells_of(batch: &RecordBatch) -> Result<Vec<CoverageCell>, Failure> {
    let regions = cast(batch.column(0), &DataType::Utf8)?;
    let regions = regions.as_string::<i32>();
    let months = batch.column(1).as_primitive::<Int32Type>();
    let counts = batch.column(2).as_primitive::<Int64Type>();
    let cell = |row: usize| {
        // Days of a year that no month can have are typing errors, and nobody's coverage.
        let month = Month::new(months.value(row)).filter(|_| months.is_valid(row))?;
        Some(CoverageCell { region: regions.value(row).to_owned(), month, rows: counts.value(row) as u64 })
    };
    Ok((0..batch.num_rows()).filter_map(cell).collect())
}
