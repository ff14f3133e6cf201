//! Runs and what each model said in them.

use gnomon_domain::{Actor, Outcome, RunState};
use gnomon_kernel::{Code, Day, Instant, RunId, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::Value as Json;

use crate::{
    Error, Result, Tx,
    bulk::insert_all,
    entity::{run, run_model},
    error::readable,
};

/// One execution of one or more models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Identifier.
    pub id: RunId,
    /// Where it stands.
    pub state: RunState,
    /// The day that models take for today.
    pub as_of: Day,
    /// What was in by then was read, and nothing that came later; everything when absent.
    pub known_at: Option<Instant>,
    /// Who asked; `None` for the command line.
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: String,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When a worker began.
    pub started_at: Option<Instant>,
    /// When every model had its outcome.
    pub finished_at: Option<Instant>,
}

/// What became of a model's findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunCounts {
    /// Findings.
    pub found: u64,
    /// New warnings.
    pub raised: u64,
    /// Open warnings with other facts than before.
    pub refreshed: u64,
    /// Open warnings with the same facts as before.
    pub unchanged: u64,
    /// Findings that a review had settled.
    pub suppressed: u64,
    /// Warnings no longer found and withdrawn.
    pub withdrawn: u64,
}

/// One model in one run: with the data versions, all that is needed to repeat it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunModel {
    /// The run.
    pub run: RunId,
    /// The model.
    pub model: String,
    /// Revision of the model.
    pub revision: u32,
    /// Fingerprint of the model's logic.
    pub fingerprint: String,
    /// Parameter values by name.
    pub params: Json,
    /// Whether a value differs from the model's default.
    pub overridden: bool,
    /// Whether its findings become warnings.
    pub raises: bool,
    /// What became of it.
    pub outcome: Outcome,
    /// How often a worker began it.
    pub attempts: u32,
    /// How long it took.
    pub millis: u64,
    /// What became of its findings.
    pub counts: RunCounts,
    /// What it lacked, when it cannot tell.
    pub missing: Vec<String>,
    /// Optional tables that were empty.
    pub without: Vec<String>,
    /// Tables read, with their versions.
    pub versions: Vec<(String, u64)>,
    /// What went wrong, when it failed.
    pub code: Option<Code>,
    /// The same for the model's author.
    pub detail: String,
}

impl Tx {
    /// Adds a run with its models, all waiting.
    pub async fn add_run(&self, new: &Run, by: &Actor, models: &[RunModel]) -> Result<()> {
        let row = run::ActiveModel {
            id: Set(new.id.to_string()),
            state: Set(new.state.to_string()),
            as_of: Set(new.as_of),
            known_at: Set(new.known_at),
            by_user: Set(by.user.as_ref().map(UserId::to_string)),
            by_name: Set(by.name.clone()),
            asked_at: Set(new.asked_at),
            started_at: Set(new.started_at),
            finished_at: Set(new.finished_at),
        };
        run::Entity::insert(row).exec_without_returning(&self.db).await?;
        insert_all(&self.db, models, model_row).await
    }

    /// One run.
    pub async fn run(&self, id: &RunId) -> Result<Option<Run>> {
        run::Entity::find_by_id(id.as_str()).one(&self.db).await?.map(into_run).transpose()
    }

    /// Runs, newest first; before a moment when paging.
    pub async fn runs(&self, before: Option<Instant>, limit: u64) -> Result<Vec<Run>> {
        let mut query = run::Entity::find();
        if let Some(before) = before {
            query = query.filter(run::Column::AskedAt.lt(before));
        }
        let newest = query.order_by_desc(run::Column::AskedAt).order_by_desc(run::Column::Id);
        newest.limit(limit).all(&self.db).await?.into_iter().map(into_run).collect()
    }

    /// The newest run that every model has finished.
    pub async fn latest_run(&self) -> Result<Option<Run>> {
        let finished = run::Column::State.eq(RunState::Finished.as_str());
        let newest = run::Entity::find().filter(finished).order_by_desc(run::Column::AskedAt);
        newest.order_by_desc(run::Column::Id).one(&self.db).await?.map(into_run).transpose()
    }

    /// A worker has it. Keeps the first beginning when it is begun again.
    pub async fn start_run(&self, id: &RunId, at: Instant) -> Result<()> {
        let sql = "update run set state = 'running', started_at = coalesce(started_at, $1) where id = $2";
        self.change(sql, vec![at.into(), id.as_str().into()]).await?;
        Ok(())
    }

    /// It is over.
    pub async fn finish_run(&self, id: &RunId, state: RunState, at: Instant) -> Result<()> {
        run::Entity::update_many()
            .col_expr(run::Column::State, Expr::value(state.as_str()))
            .col_expr(run::Column::FinishedAt, Expr::value(at))
            .filter(run::Column::Id.eq(id.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// The models of a run, by id.
    pub async fn run_models(&self, id: &RunId) -> Result<Vec<RunModel>> {
        let of_run = run_model::Entity::find().filter(run_model::Column::RunId.eq(id.as_str()));
        let rows = of_run.order_by_asc(run_model::Column::ModelId).all(&self.db).await?;
        rows.into_iter().map(into_run_model).collect()
    }

    /// Writes what is now known about a model of a run.
    pub async fn update_run_model(&self, model: &RunModel) -> Result<()> {
        let mut row = model_row(model);
        row.run_id = sea_orm::ActiveValue::Unchanged(model.run.to_string());
        row.model_id = sea_orm::ActiveValue::Unchanged(model.model.clone());
        run_model::Entity::update(row).exec(&self.db).await?;
        Ok(())
    }

    /// The last runs of one model, newest first.
    pub async fn runs_of_model(&self, model: &str, limit: u64) -> Result<Vec<(Run, RunModel)>> {
        #[derive(FromQueryResult)]
        struct Key {
            id: String,
        }
        let sql = "select r.id from run r join run_model m on m.run_id = r.id \
                   where m.model_id = $1 order by r.asked_at desc, r.id desc limit $2";
        let keys: Vec<Key> = self.select(sql, vec![model.into(), (limit as i64).into()]).await?;
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            let run = run::Entity::find_by_id(key.id.clone()).one(&self.db).await?;
            let model = run_model::Entity::find_by_id((key.id, model.to_owned())).one(&self.db).await?;
            if let (Some(run), Some(model)) = (run, model) {
                found.push((into_run(run)?, into_run_model(model)?));
            }
        }
        Ok(found)
    }

    /// Tables with their versions that open warnings rest on.
    pub async fn versions_of_open_warnings(&self) -> Result<Vec<(String, u64)>> {
        #[derive(FromQueryResult)]
        struct Read {
            versions: Json,
        }
        let sql = "select m.versions from run_model m where exists \
                   (select 1 from warning w where w.open and w.run_id = m.run_id and w.model_id = m.model_id)";
        let rows: Vec<Read> = self.select(sql, vec![]).await?;
        let mut read = Vec::new();
        for row in rows {
            read.extend(from_json::<Vec<(String, u64)>>(row.versions)?);
        }
        Ok(read)
    }

    /// The latest day for which the model spoke, over all runs.
    pub async fn last_day_of_model(&self, model: &str) -> Result<Option<Day>> {
        #[derive(FromQueryResult)]
        struct Last {
            as_of: Day,
        }
        let sql = "select r.as_of from run r join run_model m on m.run_id = r.id \
                   where m.model_id = $1 and m.outcome = 'spoke' order by r.as_of desc limit 1";
        let rows: Vec<Last> = self.select(sql, vec![model.into()]).await?;
        Ok(rows.first().map(|row| row.as_of))
    }
}

fn model_row(model: &RunModel) -> run_model::ActiveModel {
    run_model::ActiveModel {
        run_id: Set(model.run.to_string()),
        model_id: Set(model.model.clone()),
        revision: Set(model.revision as i32),
        fingerprint: Set(model.fingerprint.clone()),
        params: Set(model.params.clone()),
        overridden: Set(model.overridden),
        raises: Set(model.raises),
        outcome: Set(model.outcome.to_string()),
        attempts: Set(model.attempts as i32),
        millis: Set(model.millis as i64),
        found: Set(model.counts.found as i64),
        raised: Set(model.counts.raised as i64),
        refreshed: Set(model.counts.refreshed as i64),
        unchanged: Set(model.counts.unchanged as i64),
        suppressed: Set(model.counts.suppressed as i64),
        withdrawn: Set(model.counts.withdrawn as i64),
        missing: Set(Json::from(model.missing.clone())),
        without: Set(Json::from(model.without.clone())),
        versions: Set(serde_json::json!(model.versions)),
        code: Set(model.code.map(|code| code.word().to_owned())),
        detail: Set(model.detail.clone()),
    }
}

fn into_run(row: run::Model) -> Result<Run> {
    Ok(Run {
        id: readable(RunId::parse(&row.id), "run id")?,
        state: readable(RunState::parse(&row.state), "run state")?,
        as_of: row.as_of,
        known_at: row.known_at,
        by: row.by_user.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        by_name: row.by_name,
        asked_at: row.asked_at,
        started_at: row.started_at,
        finished_at: row.finished_at,
    })
}

fn into_run_model(row: run_model::Model) -> Result<RunModel> {
    Ok(RunModel {
        run: readable(RunId::parse(&row.run_id), "run id")?,
        model: row.model_id,
        revision: row.revision as u32,
        fingerprint: row.fingerprint,
        params: row.params,
        overridden: row.overridden,
        raises: row.raises,
        outcome: readable(Outcome::parse(&row.outcome), "outcome")?,
        attempts: row.attempts as u32,
        millis: row.millis as u64,
        counts: RunCounts {
            found: row.found as u64,
            raised: row.raised as u64,
            refreshed: row.refreshed as u64,
            unchanged: row.unchanged as u64,
            suppressed: row.suppressed as u64,
            withdrawn: row.withdrawn as u64,
        },
        missing: from_json(row.missing)?,
        without: from_json(row.without)?,
        versions: from_json(row.versions)?,
        code: row.code.map(|word| readable(Code::parse(&word), "code")).transpose()?,
        detail: row.detail,
    })
}

fn from_json<T: serde::de::DeserializeOwned>(json: Json) -> Result<T> {
    serde_json::from_value(json).map_err(|_| Error::Corrupt("run"))
}
