//! Tables made anew, and which deliveries the evidence of warnings cites.

use gnomon_domain::{Actor, RebuildState};
use gnomon_kernel::{BatchId, Instant, RebuildId, UserId, WarningId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};

use crate::{
    Result, Tx, Warning,
    bulk::insert_all,
    entity::{rebuild, warning, warning_source},
    error::readable,
    warnings::into_warning,
};

/// A table made anew from one delivery on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuild {
    /// Identifier.
    pub id: RebuildId,
    /// Key of the dataset.
    pub dataset: String,
    /// Number of the first delivery concerned.
    pub from: u32,
    /// The delivery that is taken out.
    pub without: Option<BatchId>,
    /// The delivery that comes in.
    pub with: Option<BatchId>,
    /// Why, in a person's words.
    pub reason: String,
    /// Where it stands.
    pub state: RebuildState,
    /// When it was asked for.
    pub asked_at: Instant,
}

impl Tx {
    /// Begins a rebuilding.
    pub async fn begin_rebuild(&self, new: &Rebuild, by: &Actor) -> Result<()> {
        let id = |batch: &Option<BatchId>| batch.as_ref().map(BatchId::to_string);
        let row = rebuild::ActiveModel {
            id: Set(new.id.to_string()),
            dataset: Set(new.dataset.clone()),
            from_number: Set(new.from as i32),
            without_batch: Set(id(&new.without)),
            with_batch: Set(id(&new.with)),
            reason: Set(new.reason.clone()),
            state: Set(new.state.to_string()),
            by_user: Set(by.user.as_ref().map(UserId::to_string)),
            by_name: Set(by.name.clone()),
            asked_at: Set(new.asked_at),
            finished_at: Set(None),
        };
        rebuild::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// A rebuilding is over.
    pub async fn finish_rebuild(&self, id: &RebuildId, state: RebuildState, at: Instant) -> Result<()> {
        rebuild::Entity::update_many()
            .col_expr(rebuild::Column::State, Expr::value(state.as_str()))
            .col_expr(rebuild::Column::FinishedAt, Expr::value(at))
            .filter(rebuild::Column::Id.eq(id.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Rebuildings that somebody began and has not finished.
    pub async fn unfinished_rebuilds(&self) -> Result<Vec<Rebuild>> {
        let working = rebuild::Column::State.eq(RebuildState::Working.as_str());
        let rows = rebuild::Entity::find().filter(working).order_by_asc(rebuild::Column::AskedAt);
        rows.all(&self.db).await?.into_iter().map(into_rebuild).collect()
    }

    /// The rebuilding that took a delivery out.
    pub async fn rebuild_without(&self, batch: &BatchId) -> Result<Option<Rebuild>> {
        let done = rebuild::Column::State.eq(RebuildState::Done.as_str());
        let without = rebuild::Column::WithoutBatch.eq(batch.as_str());
        let found = rebuild::Entity::find().filter(without).filter(done);
        found.one(&self.db).await?.map(into_rebuild).transpose()
    }

    /// The rebuilding that was to put a delivery in the place of another one.
    pub async fn rebuild_with(&self, batch: &BatchId) -> Result<Option<Rebuild>> {
        let found = rebuild::Entity::find().filter(rebuild::Column::WithBatch.eq(batch.as_str()));
        found.one(&self.db).await?.map(into_rebuild).transpose()
    }

    /// Says which deliveries the evidence of a warning cites now.
    pub async fn set_sources(&self, warning: &WarningId, batches: &[u32]) -> Result<()> {
        let of_warning = warning_source::Column::WarningId.eq(warning.as_str());
        warning_source::Entity::delete_many().filter(of_warning).exec(&self.db).await?;
        self.add_sources(&[(warning.clone(), batches.to_vec())]).await
    }

    /// The same for new warnings.
    pub async fn add_sources(&self, sources: &[(WarningId, Vec<u32>)]) -> Result<()> {
        let pairs = sources.iter().flat_map(|(id, batches)| batches.iter().map(move |batch| (id, *batch)));
        let pairs: Vec<(&WarningId, u32)> = pairs.collect();
        insert_all(&self.db, &pairs, |(warning, batch)| warning_source::ActiveModel {
            warning_id: Set(warning.to_string()),
            batch: Set(*batch as i32),
        })
        .await
    }

    /// Warnings whose evidence cites a delivery, the newest first.
    pub async fn warnings_citing(&self, batch: u32, limit: u64) -> Result<Vec<Warning>> {
        let found = warning::Entity::find().filter(warning::Column::Id.in_subquery(citing(batch)));
        let rows = found.order_by_desc(warning::Column::Id).limit(limit).all(&self.db).await?;
        rows.into_iter().map(into_warning).collect()
    }
}

/// Ids of the warnings whose evidence cites a delivery.
pub(crate) fn citing(batch: u32) -> SelectStatement {
    warning_source::Entity::find()
        .select_only()
        .column(warning_source::Column::WarningId)
        .filter(warning_source::Column::Batch.eq(batch as i32))
        .into_query()
}

fn into_rebuild(row: rebuild::Model) -> Result<Rebuild> {
    let batch = |id: Option<String>| id.map(|id| readable(BatchId::parse(&id), "batch id")).transpose();
    Ok(Rebuild {
        id: readable(RebuildId::parse(&row.id), "rebuild id")?,
        dataset: row.dataset,
        from: row.from_number as u32,
        without: batch(row.without_batch)?,
        with: batch(row.with_batch)?,
        reason: row.reason,
        state: readable(RebuildState::parse(&row.state), "rebuild state")?,
        asked_at: row.asked_at,
    })
}
