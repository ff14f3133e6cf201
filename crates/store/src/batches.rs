//! Deliveries.

use gnomon_domain::{Actor, BatchState, Origin};
use gnomon_kernel::{BatchId, Code, Instant, Measure, RequestId, UserId};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    Error, Result, Tx,
    entity::{batch, mended_row},
    error::readable,
};

/// Series of the batches' numbers.
const SERIES: &str = "batch";

/// A file that is about to be taken in.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// Identifier.
    pub id: BatchId,
    /// Key of the dataset.
    pub dataset: String,
    /// Name of the file as delivered.
    pub name: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When.
    pub received_at: Instant,
    /// Whether it was gathered from pushes of a few rows, or is what came since the last time; its size then says nothing.
    pub gathered: bool,
    /// The data request under whose agreement it comes.
    pub request: Option<RequestId>,
    /// How it came.
    pub origin: Origin,
    /// Why somebody typed its rows; empty for what came in any other way.
    pub note: String,
}

/// Counts of a delivery that is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BatchCounts {
    /// Rows in the file.
    pub rows: u64,
    /// Rows in the table.
    pub accepted: u64,
    /// Rows kept apart.
    pub rejected: u64,
    /// Rows written into the table.
    pub written: u64,
    /// Rows written that correct earlier ones.
    pub corrected: u64,
    /// Facts that have ended by it.
    pub ended: u64,
    /// Version of the table that holds the batch.
    pub version: u64,
}

/// Why a delivery is not in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRefusal {
    /// What is wrong.
    pub code: Code,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// One delivered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Identifier.
    pub id: BatchId,
    /// Upper half of its rows' references.
    pub number: u32,
    /// Key of the dataset.
    pub dataset: String,
    /// Name of the file as delivered.
    pub name: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Where it stands.
    pub state: BatchState,
    /// Who brought it; `None` for the command line.
    pub by: Option<UserId>,
    /// Their name; empty for the command line.
    pub by_name: String,
    /// When it came.
    pub received_at: Instant,
    /// When it was in or refused.
    pub finished_at: Option<Instant>,
    /// Counts; all zero unless accepted.
    pub counts: BatchCounts,
    /// Its quality against the limits; empty unless accepted, and for what came before quality was measured.
    pub measures: Vec<Measure>,
    /// Whether it was gathered from pushes of a few rows, or is what came since the last time.
    pub gathered: bool,
    /// The data request under whose agreement it came.
    pub request: Option<RequestId>,
    /// How it came.
    pub origin: Origin,
    /// Why somebody typed its rows; empty for what came in any other way.
    pub note: String,
    /// Why it is not in, when refused.
    pub refusal: Option<BatchRefusal>,
}

impl Batch {
    /// The limits that it misses; it is accepted with gaps when there are any.
    pub fn gaps(&self) -> impl Iterator<Item = &Measure> {
        self.measures.iter().filter(|measure| !measure.kept)
    }
}

impl Tx {
    /// Begins a delivery: it gets the next number and is being checked.
    pub async fn begin_batch(&self, new: &NewBatch, by: &Actor) -> Result<Batch> {
        let number = self.take_numbers(SERIES, 1).await?;
        let row = batch::ActiveModel {
            id: Set(new.id.to_string()),
            number: Set(i32::try_from(number).map_err(|_| Error::Corrupt("batch number"))?),
            dataset: Set(new.dataset.clone()),
            name: Set(new.name.clone()),
            sha256: Set(new.sha256.clone()),
            bytes: Set(new.bytes as i64),
            state: Set(BatchState::Checking.to_string()),
            by_user: Set(by.user.as_ref().map(UserId::to_string)),
            by_name: Set(by.name.clone()),
            received_at: Set(new.received_at),
            finished_at: Set(None),
            rows: Set(0),
            accepted: Set(0),
            rejected: Set(0),
            corrected: Set(0),
            version: Set(0),
            written: Set(0),
            ended: Set(0),
            code: Set(None),
            found: Set(String::new()),
            expected: Set(String::new()),
            measures: Set(None),
            gathered: Set(new.gathered),
            request_id: Set(new.request.as_ref().map(RequestId::to_string)),
            origin: Set(new.origin.to_string()),
            note: Set(new.note.clone()),
        };
        into_batch(row.insert(&self.db).await?)
    }

    /// The delivery is in.
    pub async fn accept_batch(
        &self,
        id: &BatchId,
        counts: &BatchCounts,
        measures: &[Measure],
        at: Instant,
    ) -> Result<()> {
        let state = [
            (batch::Column::State, Expr::value(BatchState::Accepted.as_str())),
            (batch::Column::FinishedAt, Expr::value(at)),
            measured(measures)?,
        ];
        self.update_batch(id, BatchState::Checking, state.into_iter().chain(count_values(counts))).await
    }

    /// The delivery was read again, and other counts came out.
    pub async fn recount_batch(
        &self,
        id: &BatchId,
        counts: &BatchCounts,
        measures: &[Measure],
    ) -> Result<()> {
        let values = count_values(counts).into_iter().chain([measured(measures)?]);
        self.update_batch(id, BatchState::Accepted, values).await
    }

    /// The delivery was in and is taken out.
    pub async fn withdraw_batch(&self, id: &BatchId) -> Result<()> {
        let state = [(batch::Column::State, Expr::value(BatchState::Withdrawn.as_str()))];
        self.update_batch(id, BatchState::Accepted, state).await
    }

    /// The delivery is not in, for a reason.
    pub async fn refuse_batch(&self, id: &BatchId, refusal: &BatchRefusal, at: Instant) -> Result<()> {
        use batch::Column as C;
        let values = [
            (C::State, Expr::value(BatchState::Refused.as_str())),
            (C::FinishedAt, Expr::value(at)),
            (C::Code, Expr::value(refusal.code.word())),
            (C::Found, Expr::value(refusal.found.as_str())),
            (C::Expected, Expr::value(refusal.expected.as_str())),
        ];
        self.update_batch(id, BatchState::Checking, values).await
    }

    /// The program ended while the delivery was read.
    pub async fn interrupt_batch(&self, id: &BatchId, at: Instant) -> Result<()> {
        use batch::Column as C;
        let values =
            [(C::State, Expr::value(BatchState::Interrupted.as_str())), (C::FinishedAt, Expr::value(at))];
        self.update_batch(id, BatchState::Checking, values).await
    }

    async fn update_batch(
        &self,
        id: &BatchId,
        from: BatchState,
        values: impl IntoIterator<Item = (batch::Column, SimpleExpr)>,
    ) -> Result<()> {
        let mut update = batch::Entity::update_many().filter(batch::Column::Id.eq(id.as_str()));
        for (column, value) in values {
            update = update.col_expr(column, value);
        }
        let done = update.filter(batch::Column::State.eq(from.as_str())).exec(&self.db).await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// The accepted delivery of these very bytes into this dataset.
    pub async fn accepted_batch(&self, dataset: &str, sha256: &str) -> Result<Option<Batch>> {
        let row = batch::Entity::find()
            .filter(batch::Column::Dataset.eq(dataset))
            .filter(batch::Column::Sha256.eq(sha256))
            .filter(batch::Column::State.eq(BatchState::Accepted.as_str()))
            .one(&self.db)
            .await?;
        row.map(into_batch).transpose()
    }

    /// When the first delivery was in, whatever became of it since.
    pub async fn first_accepted_at(&self) -> Result<Option<Instant>> {
        let were_in = [BatchState::Accepted.as_str(), BatchState::Withdrawn.as_str()];
        let first = batch::Entity::find()
            .filter(batch::Column::State.is_in(were_in))
            .order_by_asc(batch::Column::FinishedAt)
            .one(&self.db)
            .await?;
        Ok(first.and_then(|row| row.finished_at))
    }

    /// Deliveries that somebody began to read and has not finished.
    pub async fn unfinished_batches(&self) -> Result<Vec<Batch>> {
        let rows = batch::Entity::find()
            .filter(batch::Column::State.eq(BatchState::Checking.as_str()))
            .order_by_asc(batch::Column::Number)
            .all(&self.db)
            .await?;
        rows.into_iter().map(into_batch).collect()
    }

    /// Accepted deliveries of a dataset from a number on, in the order they came.
    pub async fn accepted_from(&self, dataset: &str, number: u32) -> Result<Vec<Batch>> {
        let rows = batch::Entity::find()
            .filter(batch::Column::Dataset.eq(dataset))
            .filter(batch::Column::Number.gte(i64::from(number)))
            .filter(batch::Column::State.eq(BatchState::Accepted.as_str()))
            .order_by_asc(batch::Column::Number)
            .all(&self.db)
            .await?;
        rows.into_iter().map(into_batch).collect()
    }

    /// Deliveries that came under an agreement and were in at some time, in the order they came.
    pub async fn batches_under(&self, request: &RequestId) -> Result<Vec<Batch>> {
        let were_in = [BatchState::Accepted.as_str(), BatchState::Withdrawn.as_str()];
        let rows = batch::Entity::find()
            .filter(batch::Column::RequestId.eq(request.as_str()))
            .filter(batch::Column::State.is_in(were_in))
            .order_by_asc(batch::Column::Number)
            .all(&self.db)
            .await?;
        rows.into_iter().map(into_batch).collect()
    }

    /// Rows of the last accepted deliveries of a dataset before a number that are whole files: neither gathered nor of mended
    /// rows nor mostly of corrections. At most `limit`, the newest first.
    pub async fn earlier_rows(&self, dataset: &str, before: u32, limit: u64) -> Result<Vec<u64>> {
        let mending = mended_row::Entity::find().select_only().column(mended_row::Column::MendedBy);
        let rows: Vec<i64> = batch::Entity::find()
            .select_only()
            .column(batch::Column::Rows)
            .filter(batch::Column::Dataset.eq(dataset))
            .filter(batch::Column::State.eq(BatchState::Accepted.as_str()))
            .filter(batch::Column::Number.lt(i64::from(before)))
            .filter(batch::Column::Gathered.eq(false))
            .filter(Expr::cust("corrected * 2 <= \"rows\""))
            .filter(batch::Column::Id.not_in_subquery(mending.into_query()))
            .order_by_desc(batch::Column::Number)
            .limit(limit)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|rows| rows as u64).collect())
    }

    /// One delivery.
    pub async fn batch(&self, id: &BatchId) -> Result<Option<Batch>> {
        let row = batch::Entity::find_by_id(id.as_str()).one(&self.db).await?;
        row.map(into_batch).transpose()
    }

    /// Some deliveries by number; unknown numbers are left out.
    pub async fn batches_numbered(&self, numbers: &[u32]) -> Result<Vec<Batch>> {
        let wanted: Vec<i32> = numbers.iter().filter_map(|number| i32::try_from(*number).ok()).collect();
        let rows = batch::Entity::find().filter(batch::Column::Number.is_in(wanted)).all(&self.db).await?;
        rows.into_iter().map(into_batch).collect()
    }

    /// Deliveries, newest first; of one dataset or of all; before a number when paging.
    pub async fn batches(
        &self,
        dataset: Option<&str>,
        before: Option<u32>,
        limit: u64,
    ) -> Result<Vec<Batch>> {
        let mut query = batch::Entity::find().order_by_desc(batch::Column::Number).limit(limit);
        if let Some(dataset) = dataset {
            query = query.filter(batch::Column::Dataset.eq(dataset));
        }
        if let Some(before) = before {
            query = query.filter(batch::Column::Number.lt(i64::from(before)));
        }
        let rows = query.all(&self.db).await?;
        rows.into_iter().map(into_batch).collect()
    }
}

fn measured(measures: &[Measure]) -> Result<(batch::Column, SimpleExpr)> {
    let json = serde_json::to_value(measures).map_err(|_| Error::Corrupt("measures"))?;
    Ok((batch::Column::Measures, Expr::value(json)))
}

fn count_values(counts: &BatchCounts) -> [(batch::Column, SimpleExpr); 7] {
    use batch::Column as C;
    [
        (C::Rows, counts.rows),
        (C::Accepted, counts.accepted),
        (C::Rejected, counts.rejected),
        (C::Written, counts.written),
        (C::Corrected, counts.corrected),
        (C::Ended, counts.ended),
        (C::Version, counts.version),
    ]
    .map(|(column, count)| (column, Expr::value(count as i64)))
}

pub(crate) fn into_batch(row: batch::Model) -> Result<Batch> {
    let refusal = row.code.as_deref().map(|word| -> Result<BatchRefusal> {
        let code = readable(Code::parse(word), "refusal")?;
        Ok(BatchRefusal { code, found: row.found.clone(), expected: row.expected.clone() })
    });
    Ok(Batch {
        id: readable(BatchId::parse(&row.id), "batch id")?,
        number: row.number as u32,
        dataset: row.dataset,
        name: row.name,
        sha256: row.sha256,
        bytes: row.bytes as u64,
        state: readable(BatchState::parse(&row.state), "batch state")?,
        by: row.by_user.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        by_name: row.by_name,
        received_at: row.received_at,
        finished_at: row.finished_at,
        counts: BatchCounts {
            rows: row.rows as u64,
            accepted: row.accepted as u64,
            rejected: row.rejected as u64,
            corrected: row.corrected as u64,
            version: row.version as u64,
            written: row.written as u64,
            ended: row.ended as u64,
        },
        refusal: refusal.transpose()?,
        measures: match row.measures {
            Some(json) => readable(serde_json::from_value(json).ok(), "measures of a delivery")?,
            None => Vec::new(),
        },
        gathered: row.gathered,
        request: row.request_id.map(|id| readable(RequestId::parse(&id), "request id")).transpose()?,
        origin: readable(Origin::parse(&row.origin), "origin")?,
        note: row.note,
    })
}
