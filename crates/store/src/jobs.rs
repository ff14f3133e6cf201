//! The job queue and the audit trail.

use gnomon_domain::{Actor, JobState, Role};
use gnomon_kernel::{Instant, JobId, UserId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value as Json;

use crate::{
    Result, Tx,
    entity::{audit, job},
    error::readable,
};

/// A job that lost its worker this often is given up.
const MAX_ATTEMPTS: i32 = 10;

/// One unit of work.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// What it is to be done with.
    pub payload: Json,
    /// Where it stands.
    pub state: JobState,
    /// Name of the worker that has it.
    pub worker: Option<String>,
    /// How often a worker took it.
    pub attempts: u32,
    /// Last word of the worker.
    pub progress: String,
    /// What went wrong, for the log.
    pub error: String,
    /// When it was asked for.
    pub created_at: Instant,
}

/// A line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When.
    pub at: Instant,
    /// Who; `None` for the program itself.
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: String,
    /// As what.
    pub role: Role,
    /// What they did.
    pub action: String,
    /// To what: an identifier.
    pub object: String,
    /// How, in few words; never a personal number.
    pub detail: String,
}

impl Tx {
    /// Puts a job into the queue.
    pub async fn enqueue(&self, id: &JobId, kind: &str, payload: Json, at: Instant) -> Result<()> {
        let row = job::ActiveModel {
            id: Set(id.to_string()),
            kind: Set(kind.to_owned()),
            payload: Set(payload),
            state: Set(JobState::Queued.to_string()),
            worker: Set(None),
            attempts: Set(0),
            progress: Set(String::new()),
            error: Set(String::new()),
            created_at: Set(at),
            heartbeat_at: Set(None),
            finished_at: Set(None),
        };
        job::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Whether a job of this kind waits.
    pub async fn is_queued(&self, kind: &str) -> Result<bool> {
        let queued = job::Column::State.eq(JobState::Queued.as_str());
        let waiting = job::Entity::find().filter(queued).filter(job::Column::Kind.eq(kind));
        Ok(waiting.one(&self.db).await?.is_some())
    }

    /// Whether a job of this kind waits or is being performed.
    pub async fn is_under_way(&self, kind: &str) -> Result<bool> {
        let open = job::Column::State.is_in([JobState::Queued.as_str(), JobState::Running.as_str()]);
        let under_way = job::Entity::find().filter(open).filter(job::Column::Kind.eq(kind));
        Ok(under_way.one(&self.db).await?.is_some())
    }

    /// Takes the oldest waiting job, or none. Two workers never get the same one: whoever comes second on PostgreSQL
    /// finds the row no longer queued.
    pub async fn claim(&self, worker: &str, at: Instant) -> Result<Option<Job>> {
        #[derive(FromQueryResult)]
        struct Claimed {
            id: String,
        }
        let sql = "update job set state = 'running', worker = $1, heartbeat_at = $2, attempts = attempts + 1 \
                   where state = 'queued' and id = \
                   (select id from job where state = 'queued' order by created_at, id limit 1) returning id";
        let claimed: Vec<Claimed> = self.select(sql, vec![worker.into(), at.into()]).await?;
        let Some(claimed) = claimed.into_iter().next() else { return Ok(None) };
        job::Entity::find_by_id(claimed.id).one(&self.db).await?.map(into_job).transpose()
    }

    /// Takes one particular waiting job; `false` when somebody else has it.
    pub async fn claim_job(&self, id: &JobId, worker: &str, at: Instant) -> Result<bool> {
        let sql = "update job set state = 'running', worker = $1, heartbeat_at = $2, attempts = attempts + 1 \
                   where state = 'queued' and id = $3";
        Ok(self.change(sql, vec![worker.into(), at.into(), id.as_str().into()]).await? == 1)
    }

    /// The worker lives and has something to say.
    pub async fn report_job(&self, id: &JobId, progress: &str, at: Instant) -> Result<()> {
        let sql = "update job set progress = $1, heartbeat_at = $2 where id = $3 and state = 'running'";
        self.change(sql, vec![progress.into(), at.into(), id.as_str().into()]).await?;
        Ok(())
    }

    /// The job is over: done, or given up with the error.
    pub async fn finish_job(&self, id: &JobId, error: Option<&str>, at: Instant) -> Result<()> {
        let state = if error.is_some() { JobState::Failed } else { JobState::Done };
        let sql = "update job set state = $1, error = $2, finished_at = $3 where id = $4";
        let values = vec![state.as_str().into(), error.unwrap_or("").into(), at.into(), id.as_str().into()];
        self.change(sql, values).await?;
        Ok(())
    }

    /// Puts jobs back into the queue whose worker has not been heard of since `silent_since`; those that lost too many
    /// workers are given up. Returns how many went back.
    pub async fn requeue_lost(&self, silent_since: Instant, at: Instant) -> Result<u64> {
        let over = "update job set state = 'failed', error = 'lost too many workers', finished_at = $1 \
                    where state = 'running' and heartbeat_at < $2 and attempts >= $3";
        self.change(over, vec![at.into(), silent_since.into(), MAX_ATTEMPTS.into()]).await?;
        let back =
            "update job set state = 'queued', worker = null where state = 'running' and heartbeat_at < $1";
        self.change(back, vec![silent_since.into()]).await
    }

    /// Puts the jobs of a worker that is known to have ended back into the queue.
    pub async fn requeue_jobs_of(&self, worker: &str) -> Result<u64> {
        let sql = "update job set state = 'queued', worker = null where state = 'running' and worker = $1";
        self.change(sql, vec![worker.into()]).await
    }

    /// One job.
    pub async fn job(&self, id: &JobId) -> Result<Option<Job>> {
        job::Entity::find_by_id(id.as_str()).one(&self.db).await?.map(into_job).transpose()
    }

    /// Writes a line of the audit trail.
    pub async fn add_audit(
        &self,
        by: &Actor,
        action: &str,
        object: &str,
        detail: &str,
        at: Instant,
    ) -> Result<()> {
        let row = audit::ActiveModel {
            id: NotSet,
            at: Set(at),
            by_user: Set(by.user.as_ref().map(UserId::to_string)),
            by_name: Set(by.name.clone()),
            role: Set(by.role.to_string()),
            action: Set(action.to_owned()),
            object: Set(object.to_owned()),
            detail: Set(detail.to_owned()),
        };
        audit::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// The last lines of the audit trail, newest first; about one object or about all.
    pub async fn audit_trail(&self, object: Option<&str>, limit: u64) -> Result<Vec<AuditLine>> {
        let mut query = audit::Entity::find().order_by_desc(audit::Column::Id).limit(limit);
        if let Some(object) = object {
            query = query.filter(audit::Column::Object.eq(object));
        }
        query.all(&self.db).await?.into_iter().map(into_line).collect()
    }
}

fn into_job(row: job::Model) -> Result<Job> {
    Ok(Job {
        id: readable(JobId::parse(&row.id), "job id")?,
        kind: row.kind,
        payload: row.payload,
        state: readable(JobState::parse(&row.state), "job state")?,
        worker: row.worker,
        attempts: row.attempts as u32,
        progress: row.progress,
        error: row.error,
        created_at: row.created_at,
    })
}

fn into_line(row: audit::Model) -> Result<AuditLine> {
    Ok(AuditLine {
        at: row.at,
        by: row.by_user.map(|id| readable(UserId::parse(&id), "user id")).transpose()?,
        by_name: row.by_name,
        role: readable(Role::parse(&row.role), "role")?,
        action: row.action,
        object: row.object,
        detail: row.detail,
    })
}
