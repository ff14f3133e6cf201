//! Numbers for the dashboard and the model pages, in SQL that both engines accept.

use gnomon_domain::State;
use gnomon_kernel::{Day, Money, Month, UserId};
use sea_orm::FromQueryResult;

use crate::{LevelCounts, Result, Tx, error::readable, level::from_number};

/// Sums over all warnings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Verified and found true.
    pub verified_true: u64,
    /// Verified and explained.
    pub explained: u64,
    /// Verified without a result.
    pub cannot_tell: u64,
    /// Money to come back.
    pub to_recover: Money,
    /// Money that came back.
    pub recovered: Money,
    /// Open and past their deadline.
    pub overdue: u64,
}

/// Open warnings of one township in one pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceCount {
    /// First nine digits of the division code; `None` where the place is not known.
    pub township: Option<String>,
    /// Pack.
    pub pack: String,
    /// How many.
    pub open: u64,
}

/// How well one model does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRecord {
    /// The model.
    pub model: String,
    /// Warnings it raised, without those withdrawn.
    pub hits: u64,
    /// Still open.
    pub open: u64,
    /// Verified, with whatever verdict.
    pub verified: u64,
    /// Found true.
    pub verified_true: u64,
    /// Explained.
    pub explained: u64,
    /// Money that came back.
    pub recovered: Money,
    /// Days from raised to closed of the middle one.
    pub median_days: Option<u32>,
}

#[derive(FromQueryResult)]
struct TotalsRow {
    verified_true: i64,
    explained: i64,
    cannot_tell: i64,
    to_recover: i64,
    recovered: i64,
    overdue: i64,
}

#[derive(FromQueryResult)]
struct RecordRow {
    model_id: String,
    hits: i64,
    still_open: i64,
    verified: i64,
    verified_true: i64,
    explained: i64,
    recovered: i64,
}

#[derive(FromQueryResult)]
struct DaysRow {
    model_id: String,
    days: i32,
    count: i64,
}

impl Tx {
    /// Warnings by state.
    pub async fn counts_by_state(&self) -> Result<Vec<(State, LevelCounts)>> {
        #[derive(FromQueryResult)]
        struct Row {
            state: String,
            level: i16,
            count: i64,
        }
        let sql = "select state, level, count(*) as count from warning group by state, level";
        let rows: Vec<Row> = self.select(sql, vec![]).await?;
        let mut counts: Vec<(State, LevelCounts)> =
            State::ALL.iter().map(|state| (*state, LevelCounts::default())).collect();
        for row in rows {
            let state = readable(State::parse(&row.state), "state")?;
            for (_, levels) in counts.iter_mut().filter(|(one, _)| *one == state) {
                levels.add(from_number(row.level)?, row.count);
            }
        }
        Ok(counts)
    }

    /// Sums over all warnings that were not withdrawn.
    pub async fn totals(&self, today: Day) -> Result<Totals> {
        let sql = "select cast(coalesce(sum(case when verdict = 'true' then 1 else 0 end), 0) as bigint) as verified_true, \
            cast(coalesce(sum(case when verdict = 'explained' then 1 else 0 end), 0) as bigint) as explained, \
            cast(coalesce(sum(case when verdict = 'cannot_tell' then 1 else 0 end), 0) as bigint) as cannot_tell, \
            cast(coalesce(sum(to_recover), 0) as bigint) as to_recover, \
            cast(coalesce(sum(recovered), 0) as bigint) as recovered, \
            cast(coalesce(sum(case when open and due < $1 then 1 else 0 end), 0) as bigint) as overdue \
            from warning where state <> 'withdrawn'";
        let rows: Vec<TotalsRow> = self.select(sql, vec![today.into()]).await?;
        let row = readable(rows.into_iter().next(), "totals")?;
        Ok(Totals {
            verified_true: row.verified_true as u64,
            explained: row.explained as u64,
            cannot_tell: row.cannot_tell as u64,
            to_recover: Money(row.to_recover),
            recovered: Money(row.recovered),
            overdue: row.overdue as u64,
        })
    }

    /// Warnings raised since a day, by day, oldest first.
    pub async fn raised_per_day(&self, since: Day) -> Result<Vec<(Day, LevelCounts)>> {
        #[derive(FromQueryResult)]
        struct Row {
            raised_on: Day,
            level: i16,
            count: i64,
        }
        let sql = "select raised_on, level, count(*) as count from warning \
                   where raised_on >= $1 group by raised_on, level order by raised_on";
        let rows: Vec<Row> = self.select(sql, vec![since.into()]).await?;
        let keyed = rows.into_iter().map(|row| Ok((row.raised_on, row.level, row.count)));
        grouped(keyed)
    }

    /// Warnings by the month in which the facts happened, from a month on, oldest first; without those withdrawn.
    pub async fn facts_per_month(&self, since: Month) -> Result<Vec<(Month, LevelCounts)>> {
        #[derive(FromQueryResult)]
        struct Row {
            happened_month: i32,
            level: i16,
            count: i64,
        }
        let sql = "select happened_month, level, count(*) as count from warning \
                   where happened_month >= $1 and state <> 'withdrawn' \
                   group by happened_month, level order by happened_month";
        let rows: Vec<Row> = self.select(sql, vec![since.number().into()]).await?;
        grouped(rows.into_iter().map(|row| {
            let month = readable(Month::new(row.happened_month), "month")?;
            Ok((month, row.level, row.count))
        }))
    }

    /// Open warnings by township and pack.
    pub async fn open_by_place(&self) -> Result<Vec<PlaceCount>> {
        #[derive(FromQueryResult)]
        struct Row {
            township: Option<String>,
            pack: String,
            count: i64,
        }
        let sql = "select township, pack, count(*) as count from warning where open \
                   group by township, pack order by township, pack";
        let rows: Vec<Row> = self.select(sql, vec![]).await?;
        let into = |row: Row| PlaceCount { township: row.township, pack: row.pack, open: row.count as u64 };
        Ok(rows.into_iter().map(into).collect())
    }

    /// How many open warnings each person has.
    pub async fn open_by_holder(&self) -> Result<Vec<(UserId, u64)>> {
        #[derive(FromQueryResult)]
        struct Row {
            assignee: String,
            count: i64,
        }
        let sql = "select assignee, count(*) as count from warning where open and assignee is not null \
                   group by assignee";
        let rows: Vec<Row> = self.select(sql, vec![]).await?;
        let into = |row: Row| Ok((readable(UserId::parse(&row.assignee), "user id")?, row.count as u64));
        rows.into_iter().map(into).collect()
    }

    /// How well the models do; one model or all that raised something, by id.
    pub async fn model_records(&self, model: Option<&str>) -> Result<Vec<ModelRecord>> {
        let mut sql = "select model_id, count(*) as hits, \
            cast(sum(case when open then 1 else 0 end) as bigint) as still_open, \
            cast(sum(case when verdict is not null then 1 else 0 end) as bigint) as verified, \
            cast(sum(case when verdict = 'true' then 1 else 0 end) as bigint) as verified_true, \
            cast(sum(case when verdict = 'explained' then 1 else 0 end) as bigint) as explained, \
            cast(sum(recovered) as bigint) as recovered from warning where state <> 'withdrawn'"
            .to_owned();
        let mut days = "select model_id, days_to_close as days, count(*) as count from warning \
            where state = 'closed' and days_to_close is not null"
            .to_owned();
        let values: Vec<sea_orm::Value> = model.into_iter().map(Into::into).collect();
        if model.is_some() {
            sql += " and model_id = $1";
            days += " and model_id = $1";
        }
        let rows: Vec<RecordRow> =
            self.select(&format!("{sql} group by model_id order by model_id"), values.clone()).await?;
        let order = " group by model_id, days_to_close order by model_id, days_to_close";
        let days: Vec<DaysRow> = self.select(&(days + order), values).await?;
        Ok(rows.into_iter().map(|row| into_record(row, &days)).collect())
    }
}

fn into_record(row: RecordRow, days: &[DaysRow]) -> ModelRecord {
    let closed: Vec<&DaysRow> = days.iter().filter(|one| one.model_id == row.model_id).collect();
    let total: i64 = closed.iter().map(|one| one.count).sum();
    let mut seen = 0;
    let middle = closed.iter().find(|one| {
        seen += one.count;
        seen * 2 >= total
    });
    ModelRecord {
        median_days: middle.map(|one| one.days.max(0) as u32),
        model: row.model_id,
        hits: row.hits as u64,
        open: row.still_open as u64,
        verified: row.verified as u64,
        verified_true: row.verified_true as u64,
        explained: row.explained as u64,
        recovered: Money(row.recovered),
    }
}

/// Rows in the order of their key, one per level, as one entry per key.
fn grouped<K: PartialEq>(rows: impl Iterator<Item = Result<(K, i16, i64)>>) -> Result<Vec<(K, LevelCounts)>> {
    let mut groups: Vec<(K, LevelCounts)> = Vec::new();
    for row in rows {
        let (key, level, count) = row?;
        if groups.last().is_none_or(|(last, _)| *last != key) {
            groups.push((key, LevelCounts::default()));
        }
        if let Some((_, levels)) = groups.last_mut() {
            levels.add(from_number(level)?, count);
        }
    }
    Ok(groups)
}
