//! What was kept back and is still open: rows, files, pushes. Counted by the database, never row by row.

use gnomon_domain::BatchState;
use gnomon_kernel::{Code, Instant, ReceiptId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value,
    sea_query::Expr,
};

use crate::{
    Batch, BatchRefusal, Error, Result, Tx,
    batches::into_batch,
    bulk::insert_all,
    entity::{batch, batch_fault},
    error::readable,
    sql::{place, places},
};

/// How many rows of a delivery were kept apart for one reason in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Name of the dataset's column; empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub code: Code,
    /// Rows.
    pub rows: u64,
}

/// What the list of what was kept back is narrowed to. The default is all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldFilter {
    /// Keys of datasets; all when absent.
    pub datasets: Option<Vec<String>>,
    /// One reason.
    pub code: Option<Code>,
    /// Reasons of rows that are left out.
    pub except: Vec<Code>,
    /// Only what came before.
    pub before: Option<Instant>,
}

/// Rows of a dataset that were kept apart for one reason in one column, of the deliveries of which some are still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRows {
    /// Key of the dataset.
    pub dataset: String,
    /// Name of its column; empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub code: Code,
    /// Rows kept apart.
    pub rows: u64,
    /// Of these, mended since.
    pub mended: u64,
    /// In so many deliveries.
    pub deliveries: u64,
    /// Number of the oldest of them.
    pub oldest: u32,
}

/// A delivery with rows that are still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldDelivery {
    /// The delivery.
    pub batch: Batch,
    /// Rows kept apart for the reasons asked for.
    pub rows: u64,
    /// Of these, mended since.
    pub mended: u64,
}

/// A push of rows that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPush {
    /// The receipt that the sender was given.
    pub receipt: ReceiptId,
    /// What the sender's token is called.
    pub sender: String,
    /// Key of the dataset.
    pub dataset: String,
    /// Why.
    pub refusal: BatchRefusal,
    /// When.
    pub at: Instant,
}

/// Some of a list, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut<T> {
    /// The first of them.
    pub shown: Vec<T>,
    /// All of them.
    pub count: u64,
}

#[derive(FromQueryResult)]
struct Number {
    number: i32,
}

/// Reasons of accepted deliveries with rows still open.
const OPEN: &str = "(select b.number, b.dataset, f.column_name, f.code, f.\"rows\" as refused, \
    (select count(*) from mended_row m where m.batch = f.batch and m.column_name = f.column_name and m.code = f.code) \
    as mended from batch_fault f join batch b on b.number = f.batch where b.state = 'accepted'";

/// Files that are not in, and that nobody has sent again: neither the same bytes nor another file of the same name. Rows that
/// were gathered are told with their pushes.
const FILES: &str = "from batch b where b.state in ('refused', 'interrupted') and not (b.origin = 'push' and b.gathered) \
    and not exists (select 1 from batch o where o.dataset = b.dataset and o.number > b.number \
    and (o.sha256 = b.sha256 or o.name = b.name and o.state = 'accepted'))";

const PUSHES: &str = "from receipt b left join api_token t on t.id = b.token_id where b.code is not null";

impl Tx {
    /// Says why rows of a delivery were kept apart, in place of what was said before.
    pub async fn set_faults(&self, batch: u32, faults: &[RowFault]) -> Result<()> {
        let number = i32::try_from(batch).map_err(|_| Error::Corrupt("batch number"))?;
        batch_fault::Entity::delete_many()
            .filter(batch_fault::Column::Batch.eq(number))
            .exec(&self.db)
            .await?;
        let faults: Vec<(i32, &RowFault)> = faults.iter().map(|fault| (number, fault)).collect();
        insert_all(&self.db, &faults, |(batch, fault)| batch_fault::ActiveModel {
            batch: Set(*batch),
            column_name: Set(fault.column.clone()),
            code: Set(fault.code.word().to_owned()),
            rows: Set(fault.rows as i64),
        })
        .await
    }

    /// Accepted deliveries with rows kept apart of which nothing says why, in the order they came.
    pub async fn uncounted_refusals(&self) -> Result<Vec<Batch>> {
        let uncounted = Expr::cust("not exists (select 1 from batch_fault f where f.batch = batch.number)");
        let rows = batch::Entity::find()
            .filter(batch::Column::State.eq(BatchState::Accepted.as_str()))
            .filter(batch::Column::Rejected.gt(0))
            .filter(uncounted)
            .order_by_asc(batch::Column::Number)
            .all(&self.db)
            .await?;
        rows.into_iter().map(into_batch).collect()
    }

    /// Rows that were kept apart and are still open, by dataset, column and reason.
    pub async fn held_rows(&self, filter: &HeldFilter) -> Result<Vec<HeldRows>> {
        #[derive(FromQueryResult)]
        struct Row {
            dataset: String,
            column_name: String,
            code: String,
            refused: i64,
            mended: i64,
            deliveries: i64,
            oldest: i32,
        }
        let mut values = Vec::new();
        let open = open_rows(filter, &mut values);
        let sql = format!(
            "select d.dataset, d.column_name, d.code, cast(sum(d.refused) as bigint) as refused, \
             cast(sum(d.mended) as bigint) as mended, count(*) as deliveries, min(d.number) as oldest \
             from {open} group by d.dataset, d.column_name, d.code order by d.dataset, d.column_name, d.code"
        );
        let rows: Vec<Row> = self.select(&sql, values).await?;
        let held = |row: Row| {
            Ok(HeldRows {
                code: readable(Code::parse(&row.code), "fault")?,
                dataset: row.dataset,
                column: row.column_name,
                rows: row.refused as u64,
                mended: row.mended as u64,
                deliveries: row.deliveries as u64,
                oldest: row.oldest as u32,
            })
        };
        rows.into_iter().map(held).collect()
    }

    /// Deliveries with rows still open, those with the most of them first.
    pub async fn held_deliveries(&self, filter: &HeldFilter, limit: u64) -> Result<Vec<HeldDelivery>> {
        #[derive(FromQueryResult)]
        struct Row {
            number: i32,
            refused: i64,
            mended: i64,
        }
        let mut values = Vec::new();
        let open = open_rows(filter, &mut values);
        let sql = format!(
            "select d.number, cast(sum(d.refused) as bigint) as refused, cast(sum(d.mended) as bigint) as mended \
             from {open} group by d.number order by sum(d.refused - d.mended) desc, d.number limit {limit}"
        );
        let rows: Vec<Row> = self.select(&sql, values).await?;
        let numbers: Vec<u32> = rows.iter().map(|row| row.number as u32).collect();
        let batches = self.batches_numbered(&numbers).await?;
        let held = |row: &Row| {
            let batch = batches.iter().find(|batch| batch.number == row.number as u32)?.clone();
            Some(HeldDelivery { batch, rows: row.refused as u64, mended: row.mended as u64 })
        };
        Ok(rows.iter().filter_map(held).collect())
    }

    /// Files that are not in and were not sent again, the newest first: those refused for one of the codes `header`, or all others.
    pub async fn held_files(
        &self,
        filter: &HeldFilter,
        header: &[Code],
        for_its_header: bool,
        limit: u64,
    ) -> Result<Cut<Batch>> {
        let mut values = Vec::new();
        let narrowed = narrowed(filter, "b.received_at", &mut values);
        let codes = places(header.iter().map(|code| code.word().into()), &mut values);
        let not = if for_its_header { "" } else { "not" };
        let from = format!("{FILES}{narrowed} and {not} coalesce(b.code, '') in ({codes})");
        let list = format!("select b.number {from} order by b.number desc limit {limit}");
        let numbers: Vec<Number> = self.select(&list, values.clone()).await?;
        let numbers: Vec<u32> = numbers.into_iter().map(|row| row.number as u32).collect();
        let mut shown = self.batches_numbered(&numbers).await?;
        shown.sort_by_key(|batch| std::cmp::Reverse(batch.number));
        Ok(Cut { shown, count: self.count(&format!("select count(*) as count {from}"), values).await? })
    }

    /// Pushes of rows that were refused, the newest first.
    pub async fn held_pushes(&self, filter: &HeldFilter, limit: u64) -> Result<Cut<HeldPush>> {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
            label: Option<String>,
            dataset: String,
            code: String,
            found: String,
            expected: String,
            settled_at: Instant,
        }
        let mut values = Vec::new();
        let from = format!("{PUSHES}{}", narrowed(filter, "b.settled_at", &mut values));
        let list = format!(
            "select b.id, t.label, b.dataset, b.code, b.found, b.expected, b.settled_at {from} \
             order by b.settled_at desc, b.id limit {limit}"
        );
        let rows: Vec<Row> = self.select(&list, values.clone()).await?;
        let held = |row: Row| {
            let code = readable(Code::parse(&row.code), "refusal")?;
            Ok(HeldPush {
                receipt: readable(ReceiptId::parse(&row.id), "receipt id")?,
                sender: row.label.unwrap_or_default(),
                dataset: row.dataset,
                refusal: BatchRefusal { code, found: row.found, expected: row.expected },
                at: row.settled_at,
            })
        };
        let shown = rows.into_iter().map(held).collect::<Result<_>>()?;
        Ok(Cut { shown, count: self.count(&format!("select count(*) as count {from}"), values).await? })
    }

    /// How much is kept back: deliveries with open rows, files, pushes.
    pub async fn held_count(&self, filter: &HeldFilter) -> Result<u64> {
        let mut values = Vec::new();
        let rows =
            format!("select count(distinct d.number) as count from {}", open_rows(filter, &mut values));
        let mut count = self.count(&rows, values).await?;
        for (from, received) in [(FILES, "b.received_at"), (PUSHES, "b.settled_at")] {
            let mut values = Vec::new();
            let sql = format!("select count(*) as count {from}{}", narrowed(filter, received, &mut values));
            count += self.count(&sql, values).await?;
        }
        Ok(count)
    }
}

/// The table `d` of reasons with open rows that the filter lets through.
fn open_rows(filter: &HeldFilter, values: &mut Vec<Value>) -> String {
    let mut sql = OPEN.to_owned();
    let except = HeldFilter { code: None, ..filter.clone() };
    sql += &narrowed(&except, "b.received_at", values);
    if let Some(code) = filter.code {
        sql += &format!(" and f.code = {}", place(code.word().into(), values));
    }
    if !filter.except.is_empty() {
        let codes = places(filter.except.iter().map(|code| code.word().into()), values);
        sql += &format!(" and f.code not in ({codes})");
    }
    sql + ") d where d.refused > d.mended"
}

/// Further conditions on the table `b`.
fn narrowed(filter: &HeldFilter, received: &str, values: &mut Vec<Value>) -> String {
    let mut sql = String::new();
    if let Some(datasets) = &filter.datasets {
        // No list of nothing is SQL.
        let none = datasets.is_empty().then(String::new);
        let keys = places(datasets.iter().chain(&none).map(|key| key.as_str().into()), values);
        sql += &format!(" and b.dataset in ({keys})");
    }
    if let Some(code) = filter.code {
        sql += &format!(" and b.code = {}", place(code.word().into(), values));
    }
    if let Some(before) = filter.before {
        sql += &format!(" and {received} < {}", place(before.into(), values));
    }
    sql
}
