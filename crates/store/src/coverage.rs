//! Rows of tables by place and month, as they were counted last.

use std::collections::BTreeMap;

use gnomon_kernel::Month;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Result, Tx,
    bulk::insert_all,
    entity::{coverage, coverage_version},
    error::readable,
};

/// Rows of one table about one place and month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// First nine digits of the division code; empty where the place is not known.
    pub region: String,
    /// The month that the rows speak of.
    pub month: Month,
    /// How many.
    pub rows: u64,
}

impl Tx {
    /// Which version of each table was counted.
    pub async fn coverage_versions(&self) -> Result<BTreeMap<String, u64>> {
        let rows = coverage_version::Entity::find().all(&self.db).await?;
        Ok(rows.into_iter().map(|row| (row.dataset, row.version as u64)).collect())
    }

    /// Replaces what was counted of a table by the count of another version.
    pub async fn replace_coverage(&self, dataset: &str, version: u64, cells: &[Covered]) -> Result<()> {
        self.forget_coverage(dataset).await?;
        let counted =
            coverage_version::ActiveModel { dataset: Set(dataset.to_owned()), version: Set(version as i64) };
        coverage_version::Entity::insert(counted).exec_without_returning(&self.db).await?;
        let cells: Vec<(&str, &Covered)> = cells.iter().map(|cell| (dataset, cell)).collect();
        insert_all(&self.db, &cells, |(dataset, cell)| coverage::ActiveModel {
            dataset: Set((*dataset).to_owned()),
            region: Set(cell.region.clone()),
            month: Set(cell.month.number()),
            rows: Set(cell.rows as i64),
        })
        .await
    }

    /// Forgets what was counted of a table that holds nothing any more.
    pub async fn forget_coverage(&self, dataset: &str) -> Result<()> {
        let of_table = coverage::Column::Dataset.eq(dataset);
        coverage::Entity::delete_many().filter(of_table).exec(&self.db).await?;
        coverage_version::Entity::delete_by_id(dataset).exec(&self.db).await?;
        Ok(())
    }

    /// Rows of a table by place and month, in this order.
    pub async fn coverage(&self, dataset: &str) -> Result<Vec<Covered>> {
        let rows = coverage::Entity::find()
            .filter(coverage::Column::Dataset.eq(dataset))
            .order_by_asc(coverage::Column::Region)
            .order_by_asc(coverage::Column::Month)
            .all(&self.db)
            .await?;
        let read = |row: coverage::Model| {
            let month = readable(Month::new(row.month), "month")?;
            Ok(Covered { region: row.region, month, rows: row.rows as u64 })
        };
        rows.into_iter().map(read).collect()
    }
}
