//! Worker processes. Models run in a process of their own under an operating-system memory limit, so that a runaway model
//! ends its worker and nothing else.

use std::{
    process::{ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context, bail};
use gnomon_app::{Job, RunProgress};
use gnomon_domain::JobState;
use gnomon_kernel::JobId;
use tokio::{process::Command, sync::Notify};

use crate::{cli::Work, deployment::Deployment, progress::Step};

/// How long a worker waits before it looks for work again.
const IDLE: Duration = Duration::from_secs(1);
/// How often a job may lose its worker before the caller gives up on it. A model may lose two, so this is a bad run.
const MAX_WORKERS: u32 = 60;
/// So many workers in a row that never took their job cannot start at all.
const MAX_STILLBORN: u32 = 3;

/// Performs jobs until told to end, and has connections pull meanwhile; with `--job` performs one.
pub async fn work(deployment: &Deployment, order: &Work) -> anyhow::Result<()> {
    limit_memory(deployment.config.run.worker_mib)?;
    let name = order.name.clone().unwrap_or_else(|| format!("worker-{}", std::process::id()));
    deployment.app.recover().await?;
    deployment.app.resume_erasures().await?;
    let work = async {
        match &order.job {
            Some(id) => one(deployment, id, &name).await,
            None if order.attached => next(deployment, &name).await,
            None => tokio::select! {
                result = forever(deployment, &name) => result,
                never = gnomon_connect::keep(deployment.connections()) => match never {},
            },
        }
    };
    tokio::select! {
        result = work => result,
        () = parent_gone(), if order.attached => Ok(()),
    }
}

/// From here on the process cannot take more address space than this; an allocation beyond it ends the process.
fn limit_memory(mib: u64) -> anyhow::Result<()> {
    let bytes = mib << 20;
    rlimit::setrlimit(rlimit::Resource::AS, bytes, bytes).context("limiting the memory of the worker")
}

/// Resolves when standard input closes. A thread of its own reads it: nothing else could end while it waits.
async fn parent_gone() {
    let (closed, gone) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        drop(closed);
    });
    let _ = gone.await;
}

async fn one(deployment: &Deployment, id: &str, name: &str) -> anyhow::Result<()> {
    let id = JobId::parse(id).context("not a job id")?;
    match deployment.app.claim_job(&id, name).await? {
        Some(job) => perform(deployment, &job).await,
        None => Ok(()), // another worker has it
    }
}

/// Takes the next job, after having asked for what is to be done each day. A failure of the latter holds up nothing.
async fn claim(deployment: &Deployment, name: &str) -> anyhow::Result<Option<Job>> {
    if let Err(error) = deployment.app.request_daily_look().await {
        tracing::warn!("nobody was asked to look for late deliveries: {error}");
    }
    Ok(deployment.app.claim(name).await?)
}

/// Waits for one job and performs it. The process ends then: what a model that was stopped still holds goes with it, and
/// the process that started this one starts another.
async fn next(deployment: &Deployment, name: &str) -> anyhow::Result<()> {
    loop {
        if let Some(job) = claim(deployment, name).await? {
            return perform(deployment, &job).await;
        }
        tokio::time::sleep(IDLE).await;
    }
}

async fn forever(deployment: &Deployment, name: &str) -> anyhow::Result<()> {
    loop {
        match claim(deployment, name).await? {
            // A job that failed has said so in its own row.
            Some(job) => perform(deployment, &job)
                .await
                .unwrap_or_else(|error| tracing::warn!(job.id = %job.id, "{error:#}")),
            None => tokio::time::sleep(IDLE).await,
        }
    }
}

async fn perform(deployment: &Deployment, job: &Job) -> anyhow::Result<()> {
    let step = std::sync::Mutex::new(None);
    let result = deployment
        .app
        .perform(job, &|progress: RunProgress<'_>| {
            if let Ok(mut step) = step.lock() {
                let step = step.get_or_insert_with(|| Step::counted("Running models", progress.total as u64));
                step.at(progress.done as u64);
                step.on(progress.model);
            }
        })
        .await;
    if let Some(step) = step.into_inner().ok().flatten() {
        step.drop_silently();
    }
    Ok(result?)
}

/// Has a worker process run on this deployment, until it ends.
async fn host(deployment: &Deployment, name: &str, more: &[&str]) -> anyhow::Result<ExitStatus> {
    let program = std::env::current_exe().context("finding this program")?;
    let mut command = Command::new(program);
    command.arg("work").arg("--attached").arg("--name").arg(name).arg("--dir").arg(&deployment.dir);
    for root in &deployment.global.library {
        command.arg("--library").arg(root);
    }
    // With huge pages the allocator clears gigabytes that nobody asked for (docs/benchmarks.md); only what starts a process can
    // tell it so.
    command.env("MIMALLOC_ALLOW_THP", "0");
    command.args(more).stdin(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().context("starting a worker process")?;
    // Waiting would close the worker's input, which it takes for the end of this process.
    let input = child.stdin.take();
    let status = child.wait().await.context("waiting for the worker");
    drop(input);
    status
}

/// Has one job performed by worker processes of its own, until it has an end. A worker that dies is followed by another.
pub async fn see_through(deployment: &Deployment, id: &JobId) -> anyhow::Result<()> {
    let mut stillborn = 0;
    for attempt in 0..MAX_WORKERS {
        let name = format!("cli-{}-{attempt}", std::process::id());
        let status = host(deployment, &name, &["--job", id.as_str()]).await?;
        if !status.success() {
            let took_it = deployment.app.worker_ended(&name).await? > 0;
            stillborn = if took_it { 0 } else { stillborn + 1 };
            if stillborn == MAX_STILLBORN {
                bail!(
                    "a worker does not start ({status}); run.worker_mib = {} may be too little",
                    deployment.config.run.worker_mib
                );
            }
            eprintln!("a worker ended early ({status}); another one goes on");
        }
        match deployment.app.job(id).await?.state {
            JobState::Done => return Ok(()),
            JobState::Failed => bail!("the run failed: {}", deployment.app.job(id).await?.error),
            JobState::Queued => {}
            // A serving process's worker took it.
            JobState::Running => tokio::time::sleep(IDLE).await,
        }
    }
    bail!("the run lost {MAX_WORKERS} workers and was left")
}

/// Keeps one worker process alive beside a server. Tells of every job that has been done.
pub async fn keep(deployment: &Deployment, done: &Notify) {
    for number in 0_u64.. {
        let name = format!("serve-{}-{number}", std::process::id());
        let ended = match host(deployment, &name, &[]).await {
            Ok(status) if status.success() => {
                done.notify_one();
                continue;
            }
            Ok(status) => status.to_string(),
            Err(error) => format!("{error:#}"),
        };
        tracing::warn!(worker.name = name, "the worker ended ({ended}); starting another");
        if let Err(error) = deployment.app.worker_ended(&name).await {
            tracing::error!("putting back the jobs of a worker: {error}");
        }
        tokio::time::sleep(IDLE).await;
    }
}
