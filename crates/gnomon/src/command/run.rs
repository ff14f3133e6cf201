use std::str::FromStr;

use gnomon_app::{Known, Override, RunOrder, Selection};
use gnomon_domain::Outcome;
use gnomon_kernel::{Code, RunId};
use serde_json::Value;

use crate::{
    cli::{KnownAt, Run},
    deployment::Deployment,
    failure::{Said, words},
    output::Listing,
    worker,
};

/// `gnomon run`.
pub async fn run(deployment: &Deployment, order: &Run) -> anyhow::Result<()> {
    let overrides = order.set.iter().map(|text| Override::from_str(text)).collect::<Result<Vec<_>, _>>()?;
    let selection = if order.all {
        Selection::All
    } else {
        Selection::Some { models: order.model.clone(), packs: order.pack.clone() }
    };
    let known = match order.known {
        None => Known::Fitting,
        Some(KnownAt::Now) => Known::Now,
        Some(KnownAt::Moment(moment)) => Known::At(moment),
    };
    let run = perform(deployment, &RunOrder { selection, as_of: order.as_of, known, overrides }).await?;
    if print(deployment, &run).await? { Err(Said.into()) } else { Ok(()) }
}

/// Asks for a run and has it performed by a worker process of its own.
pub async fn perform(deployment: &Deployment, order: &RunOrder) -> anyhow::Result<RunId> {
    let requested = deployment.app.request_run(&deployment.actor(), order).await?;
    worker::see_through(deployment, &requested.job).await?;
    Ok(requested.run)
}

/// The sentence for a failure, then what lies beneath where the sentence does not hold it already.
fn failed(deployment: &Deployment, code: Code, detail: &str) -> String {
    let limits = &deployment.config.run;
    let limit = match code {
        Code::ModelMemory => format!("{} MiB", limits.memory_mib),
        Code::ModelTime => format!("{} s", limits.seconds),
        Code::ModelRows => limits.findings.to_string(),
        _ => String::new(),
    };
    let sentence = words(deployment.lang, code, detail, &limit);
    if sentence.contains(detail) { sentence } else { format!("{sentence} ({detail})") }
}

/// One row per model. True when a model failed.
async fn print(deployment: &Deployment, id: &RunId) -> anyhow::Result<bool> {
    let (run, models) = deployment.app.run(&deployment.actor(), id).await?;
    let columns = [
        "run",
        "as_of",
        "known_at",
        "model",
        "revision",
        "outcome",
        "findings",
        "new",
        "withdrawn",
        "millis",
        "detail",
    ];
    let mut list = Listing::new(&columns);
    let mut any_failed = false;
    for row in models {
        let detail = match (row.outcome, row.code) {
            (Outcome::CannotTell, _) => format!("no data: {}", row.missing.join(", ")),
            (Outcome::Failed, Some(code)) => failed(deployment, code, &row.detail),
            _ if !row.without.is_empty() => format!("without {}", row.without.join(", ")),
            _ => String::new(),
        };
        any_failed |= row.outcome == Outcome::Failed;
        let spoke = row.outcome == Outcome::Spoke;
        let count = |n: u64| if spoke { Value::from(n) } else { Value::Null };
        list.push(vec![
            run.id.as_str().into(),
            run.as_of.to_string().into(),
            run.known_at.map_or(Value::Null, |moment| moment.to_rfc3339().into()),
            row.model.into(),
            row.revision.into(),
            row.outcome.as_str().into(),
            count(row.counts.found),
            count(row.counts.raised),
            count(row.counts.withdrawn),
            row.millis.into(),
            detail.into(),
        ]);
    }
    list.print(deployment.global.format)?;
    Ok(any_failed)
}
