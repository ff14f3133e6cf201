//! What deliveries add up to, by dataset.

use sea_orm::{FromQueryResult, Value};

use crate::{Batch, Result, Tx};

/// The accepted deliveries of one dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Key of the dataset.
    pub dataset: String,
    /// How many there are.
    pub batches: u64,
    /// Rows that models see: written, and neither corrected nor ended since.
    pub rows: u64,
    /// Rows that were kept apart.
    pub rejected: u64,
    /// The highest version of the table that one of them made.
    pub version: u64,
    /// The last one.
    pub last: Batch,
}

impl Tx {
    /// What the accepted deliveries of each dataset add up to, by key; of one dataset or of all.
    pub async fn tallies(&self, dataset: Option<&str>) -> Result<Vec<Tally>> {
        #[derive(FromQueryResult)]
        struct Row {
            dataset: String,
            batches: i64,
            standing: i64,
            rejected: i64,
            version: i64,
            last: i32,
        }
        let values: Vec<Value> = dataset.into_iter().map(Into::into).collect();
        let one = if dataset.is_some() { " and dataset = $1" } else { "" };
        let sql = format!(
            "select dataset, count(*) as batches, cast(sum(written - corrected - ended) as bigint) as standing, \
             cast(sum(rejected) as bigint) as rejected, max(version) as version, max(number) as last from batch \
             where state = 'accepted'{one} group by dataset order by dataset"
        );
        let rows: Vec<Row> = self.select(&sql, values).await?;
        let numbers: Vec<u32> = rows.iter().map(|row| row.last as u32).collect();
        let last = self.batches_numbered(&numbers).await?;
        let tally = |row: Row| {
            let last = last.iter().find(|batch| batch.number == row.last as u32)?.clone();
            Some(Tally {
                dataset: row.dataset,
                batches: row.batches as u64,
                rows: u64::try_from(row.standing).unwrap_or_default(),
                rejected: row.rejected as u64,
                version: row.version as u64,
                last,
            })
        };
        Ok(rows.into_iter().filter_map(tally).collect())
    }
}
