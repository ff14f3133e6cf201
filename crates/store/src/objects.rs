//! What was found about one supervised object, and which persons' pages are open in which session.

use gnomon_kernel::{Day, Instant, Level, RunId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use crate::{
    Result, Tx, Warning,
    entity::{object_opening, warning},
    error::readable,
    level::from_number,
    warnings::into_warning,
};

/// A finding from which no warning was raised: its model is on trial, or a review settled the same facts before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unraised {
    /// Id of the model.
    pub model: String,
    /// How strong.
    pub level: Level,
    /// The last run that found it.
    pub run: RunId,
    /// The day that run took for today.
    pub as_of: Day,
}

impl Tx {
    /// Warnings about a subject in every state, the newest first. Withdrawn ones are among them.
    pub async fn warnings_about(&self, subject: &str, limit: u64) -> Result<Vec<Warning>> {
        let about = warning::Entity::find().filter(warning::Column::Subject.eq(subject));
        let ordered = about.order_by_desc(warning::Column::RaisedAt).order_by_desc(warning::Column::Id);
        ordered.limit(limit).all(&self.db).await?.into_iter().map(into_warning).collect()
    }

    /// Findings about a subject that no warning carries, each once as it was last found; the newest first.
    pub async fn unraised_about(&self, subject: &str, limit: u64) -> Result<Vec<Unraised>> {
        #[derive(FromQueryResult)]
        struct Row {
            model_id: String,
            level: i16,
            run_id: String,
            as_of: Day,
        }
        let sql = "select f.model_id, f.level, f.run_id, r.as_of from finding f join run r on r.id = f.run_id \
                   where f.id in (select max(o.id) from finding o where o.subject = $1 group by o.model_id, o.dedupe) \
                   and not exists (select 1 from warning w where w.subject = f.subject and w.model_id = f.model_id \
                   and w.dedupe = f.dedupe) order by f.id desc limit $2";
        let unraised = |row: Row| {
            Ok(Unraised {
                level: from_number(row.level)?,
                run: readable(RunId::parse(&row.run_id), "run id")?,
                model: row.model_id,
                as_of: row.as_of,
            })
        };
        let rows = self.select::<Row>(sql, vec![subject.into(), (limit as i64).into()]).await?;
        rows.into_iter().map(unraised).collect()
    }

    /// Notes that a page was opened, and forgets those opened before `since`.
    pub async fn add_opening(&self, seal: &str, at: Instant, since: Instant) -> Result<()> {
        let old = object_opening::Column::OpenedAt.lt(since);
        object_opening::Entity::delete_many().filter(old).exec(&self.db).await?;
        let row = object_opening::ActiveModel { seal: Set(seal.to_owned()), opened_at: Set(at) };
        let mut again = OnConflict::column(object_opening::Column::Seal);
        again.update_column(object_opening::Column::OpenedAt);
        object_opening::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// When a page was opened last.
    pub async fn opening(&self, seal: &str) -> Result<Option<Instant>> {
        let row = object_opening::Entity::find_by_id(seal).one(&self.db).await?;
        Ok(row.map(|row| row.opened_at))
    }
}
