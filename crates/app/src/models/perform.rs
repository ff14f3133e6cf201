//! Performing jobs, in the worker process. Everything here may be begun again by another worker after this one died.

use std::{convert::Infallible, time::Duration};

use chrono::TimeDelta;
use gnomon_domain::{Actor, Outcome, RunState};
use gnomon_kernel::{Code, JobId, RequestId, RunId};
use gnomon_library::{
    analytics::{ModelOutcome, Moment},
    param::ParamValues,
};
use gnomon_store::{Job, Run, RunModel};

use crate::{
    App, Error, Result, data::delays::DELAYS_JOB, erasure::ERASE_JOB, kinship::KINSHIP_JOB, link::LINK_JOB,
    models::run::RUN_JOB, requests::CLEAR_JOB,
};

/// How often a worker says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// A worker not heard of for so long is taken for dead.
const SILENCE: TimeDelta = TimeDelta::seconds(30);
/// A model during which so many workers died is given up.
const MAX_ATTEMPTS: u32 = 2;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunProgress<'a> {
    /// Models with an outcome.
    pub done: usize,
    /// Models in all.
    pub total: usize,
    /// The model that runs now; empty at the end.
    pub model: &'a str,
}

impl App {
    /// Takes the oldest waiting job for a worker, after putting back what lost its worker.
    pub async fn claim(&self, worker: &str) -> Result<Option<Job>> {
        let now = self.now();
        let tx = self.parts.store.write().await?;
        tx.requeue_lost(now - SILENCE, now).await?;
        let job = tx.claim(worker, now).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// Takes one particular waiting job for a worker; `None` when another worker has it.
    pub async fn claim_job(&self, id: &JobId, worker: &str) -> Result<Option<Job>> {
        let tx = self.parts.store.write().await?;
        let job = if tx.claim_job(id, worker, self.now()).await? { tx.job(id).await? } else { None };
        tx.commit().await?;
        Ok(job)
    }

    /// Puts the jobs of a worker that is known to have ended back into the queue at once; returns how many.
    pub async fn worker_ended(&self, worker: &str) -> Result<u64> {
        let tx = self.parts.store.write().await?;
        let back = tx.requeue_jobs_of(worker).await?;
        tx.commit().await?;
        Ok(back)
    }

    /// One job, to see how far it is.
    pub async fn job(&self, id: &JobId) -> Result<Job> {
        self.parts.store.read().await?.job(id).await?.ok_or(Error::NotFound(Code::NotFound))
    }

    /// Performs a claimed job to its end. An error ends the job, and the run behind it, as failed.
    pub async fn perform(&self, job: &Job, progress: &(dyn Fn(RunProgress<'_>) + Send + Sync)) -> Result<()> {
        match job.kind.as_str() {
            LINK_JOB => return self.finish(&job.id, self.link(&Actor::system()).await.map(drop)).await,
            ERASE_JOB => return self.finish(&job.id, self.perform_erasure(job).await).await,
            CLEAR_JOB => return self.finish(&job.id, self.perform_clearing(job).await).await,
            KINSHIP_JOB => return self.finish(&job.id, self.perform_comparison(job).await).await,
            DELAYS_JOB => return self.finish(&job.id, self.check_delays().await).await,
            _ => {}
        }
        let run = job.payload.get("run").and_then(|id| id.as_str()).and_then(RunId::parse);
        let run =
            run.filter(|_| job.kind == RUN_JOB).ok_or_else(|| Error::internal("a job of an unknown kind"))?;
        let result = self.perform_run(&job.id, &run, progress).await;
        let error = result.as_ref().err().map(|error| error.code().to_string());
        let state = if error.is_some() { RunState::Failed } else { RunState::Finished };
        let tx = self.parts.store.write().await?;
        tx.finish_run(&run, state, self.now()).await?;
        tx.finish_job(&job.id, error.as_deref(), self.now()).await?;
        tx.commit().await?;
        result
    }

    /// Writes down how a job without a run ended.
    async fn finish(&self, job: &JobId, result: Result<()>) -> Result<()> {
        let error = result.as_ref().err().map(|error| error.code().to_string());
        let tx = self.parts.store.write().await?;
        tx.finish_job(job, error.as_deref(), self.now()).await?;
        tx.commit().await?;
        result
    }

    async fn perform_clearing(&self, job: &Job) -> Result<()> {
        let request = job.payload.get("request").and_then(|id| id.as_str()).and_then(RequestId::parse);
        let request = request.ok_or_else(|| Error::internal("a job without its request"))?;
        tokio::select! {
            result = self.clear_agreement(&request) => result,
            never = self.heartbeats(&job.id, CLEAR_JOB) => match never {},
        }
    }

    async fn perform_comparison(&self, job: &Job) -> Result<()> {
        tokio::select! {
            result = self.compare_as_asked(job) => result,
            never = self.heartbeats(&job.id, KINSHIP_JOB) => match never {},
        }
    }

    async fn perform_run(
        &self,
        job: &JobId,
        id: &RunId,
        progress: &(dyn Fn(RunProgress<'_>) + Send + Sync),
    ) -> Result<()> {
        let tx = self.parts.store.write().await?;
        tx.start_run(id, self.now()).await?;
        let run = tx.run(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let models = tx.run_models(id).await?;
        tx.commit().await?;
        let total = models.len();
        for (done, row) in models.into_iter().enumerate() {
            progress(RunProgress { done, total, model: &row.model });
            if !row.outcome.is_final() {
                let report = format!("{done}/{total} {}", row.model);
                self.perform_model(job, &run, row, &report).await?;
            }
        }
        progress(RunProgress { done: total, total, model: "" });
        Ok(())
    }

    async fn perform_model(&self, job: &JobId, run: &Run, mut row: RunModel, report: &str) -> Result<()> {
        if row.attempts >= MAX_ATTEMPTS {
            let detail = "the worker ended each time while this model ran, most likely at its memory limit";
            return self.save_failure(row, Code::ModelMemory, detail).await;
        }
        let Some(model) = self.library().models.get(&row.model) else {
            return self.save_failure(row, Code::ModelUnknown, "not in the library any more").await;
        };
        // The library may be newer than the request; what runs now is what is written down.
        row.revision = model.revision;
        row.fingerprint = self.library().fingerprints.get(&model.id).cloned().unwrap_or_default();
        row.outcome = Outcome::Running;
        row.attempts += 1;
        let tx = self.parts.store.write().await?;
        tx.update_run_model(&row).await?;
        tx.report_job(job, report, self.now()).await?;
        tx.commit().await?;
        let params: ParamValues = serde_json::from_value(row.params.clone()).map_err(Error::internal)?;
        let start = std::time::Instant::now();
        let moment = Moment { as_of: run.as_of, known: run.known_at };
        let outcome = self.run_with_heartbeat(job, &row.model, &params, moment, report).await;
        row.millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        match outcome {
            ModelOutcome::Spoke { findings, versions, without } => {
                row.outcome = Outcome::Spoke;
                row.versions = versions.into_iter().map(|table| (table.dataset, table.version)).collect();
                row.without = without;
                self.raise(run, row, model, findings).await
            }
            ModelOutcome::CannotTell { missing } => {
                (row.outcome, row.missing) = (Outcome::CannotTell, missing);
                self.save_outcome(&row).await
            }
            ModelOutcome::Failed { code, detail } => {
                self.save_failure(row, Code::parse(&code).unwrap_or(Code::ModelFailed), &detail).await
            }
        }
    }

    async fn run_with_heartbeat(
        &self,
        job: &JobId,
        model: &str,
        params: &ParamValues,
        moment: Moment,
        report: &str,
    ) -> ModelOutcome {
        tokio::select! {
            outcome = self.parts.analytics.run_model(model, params, moment) => outcome,
            never = self.heartbeats(job, report) => match never {},
        }
    }

    /// A heartbeat that fails costs nothing yet; only a long silence does.
    async fn heartbeats(&self, job: &JobId, report: &str) -> Infallible {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            if let Err(error) = self.heartbeat(job, report).await {
                tracing::warn!(job.id = %job, error = &error as &dyn std::error::Error, "no heartbeat was written");
            }
        }
    }

    async fn heartbeat(&self, job: &JobId, report: &str) -> Result<()> {
        let tx = self.parts.store.write().await?;
        tx.report_job(job, report, self.now()).await?;
        Ok(tx.commit().await?)
    }

    async fn save_failure(&self, mut row: RunModel, code: Code, detail: &str) -> Result<()> {
        (row.outcome, row.code, row.detail) = (Outcome::Failed, Some(code), detail.to_owned());
        self.save_outcome(&row).await
    }

    async fn save_outcome(&self, row: &RunModel) -> Result<()> {
        let tx = self.parts.store.write().await?;
        tx.update_run_model(row).await?;
        Ok(tx.commit().await?)
    }
}
