//! What comes when: deliveries that are late, rows received by month, datasets that models lacked.

use gnomon_domain::Outcome;
use gnomon_kernel::{Day, Instant, Month};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use serde_json::Value as Json;

use crate::{Result, Tx, entity::data_delay, error::readable};

/// A delivery that did not come in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delay {
    /// Key of the dataset.
    pub dataset: String,
    /// The last day on which it would have been in time.
    pub due_on: Day,
    /// When it was noticed.
    pub reminded_at: Instant,
    /// When the dataset became degraded.
    pub degraded_at: Option<Instant>,
    /// When it was over.
    pub cured_at: Option<Instant>,
}

/// Rows that came for a dataset in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRows {
    /// Key of the dataset.
    pub dataset: String,
    /// The month in which they came, in the deployment's time zone.
    pub month: Month,
    /// Accepted rows.
    pub rows: u64,
}

/// A model that could not tell in some run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Datasets that it lacked.
    pub missing: Vec<String>,
    /// When the run was asked for.
    pub asked_at: Instant,
    /// How many models the run had.
    pub models: u64,
}

impl Tx {
    /// Delays that are not over, by dataset.
    pub async fn open_delays(&self) -> Result<Vec<Delay>> {
        let rows = data_delay::Entity::find()
            .filter(data_delay::Column::CuredAt.is_null())
            .order_by_asc(data_delay::Column::Dataset)
            .order_by_asc(data_delay::Column::DueOn)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(into_delay).collect())
    }

    /// Writes a delay; one of the same dataset and day is overwritten.
    pub async fn put_delay(&self, delay: &Delay) -> Result<()> {
        use data_delay::Column as C;
        let row = data_delay::ActiveModel {
            dataset: Set(delay.dataset.clone()),
            due_on: Set(delay.due_on),
            reminded_at: Set(delay.reminded_at),
            degraded_at: Set(delay.degraded_at),
            cured_at: Set(delay.cured_at),
        };
        let replace = OnConflict::columns([C::Dataset, C::DueOn])
            .update_columns([C::RemindedAt, C::DegradedAt, C::CuredAt])
            .to_owned();
        data_delay::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Accepted rows by dataset and month, the first month first; of one dataset or of all.
    pub async fn rows_received(&self, dataset: Option<&str>) -> Result<Vec<MonthRows>> {
        #[derive(FromQueryResult)]
        struct Row {
            dataset: String,
            month: i32,
            rows: i64,
        }
        // Eight hours ahead of UTC, as domain::local_day has it.
        let month = match self.backend() {
            DbBackend::Sqlite => "cast(strftime('%Y%m', received_at, '+8 hours') as integer)",
            _ => "cast(to_char(received_at at time zone 'UTC' + interval '8 hours', 'YYYYMM') as integer)",
        };
        let one = if dataset.is_some() { " and dataset = $1" } else { "" };
        let sql = format!(
            "select dataset, {month} as month, cast(sum(accepted) as bigint) as rows from batch \
             where state = 'accepted'{one} group by 1, 2 order by 2, 1"
        );
        let rows: Vec<Row> = self.select(&sql, dataset.into_iter().map(Into::into).collect()).await?;
        let read = |row: Row| {
            let month = readable(Month::new(row.month), "month")?;
            Ok(MonthRows { dataset: row.dataset, month, rows: row.rows as u64 })
        };
        rows.into_iter().map(read).collect()
    }

    /// Models that could not tell, in runs asked for since a moment, the first run first.
    pub async fn lacks(&self, since: Instant) -> Result<Vec<Lack>> {
        #[derive(FromQueryResult)]
        struct Row {
            missing: Json,
            asked_at: Instant,
            models: i64,
        }
        let sql = "select m.missing, r.asked_at, (select count(*) from run_model o where o.run_id = r.id) as models \
                   from run r join run_model m on m.run_id = r.id where r.asked_at >= $1 and m.outcome = $2 \
                   order by r.asked_at, r.id, m.model_id";
        let outcome = Outcome::CannotTell.as_str();
        let rows: Vec<Row> = self.select(sql, vec![since.into(), outcome.into()]).await?;
        let read = |row: Row| {
            let missing = readable(serde_json::from_value(row.missing).ok(), "missing datasets")?;
            Ok(Lack { missing, asked_at: row.asked_at, models: row.models as u64 })
        };
        rows.into_iter().map(read).collect()
    }
}

fn into_delay(row: data_delay::Model) -> Delay {
    Delay {
        dataset: row.dataset,
        due_on: row.due_on,
        reminded_at: row.reminded_at,
        degraded_at: row.degraded_at,
        cured_at: row.cured_at,
    }
}
