use gnomon_app::Batch;
use serde_json::Value;

use crate::{
    cli::BatchCommand,
    deployment::Deployment,
    failure::{Said, sentence},
    output::Listing,
    progress::Step,
};

/// `gnomon batch`.
pub async fn batch(deployment: &Deployment, order: &BatchCommand) -> anyhow::Result<()> {
    let (app, actor) = (&deployment.app, deployment.actor());
    match order {
        BatchCommand::List { dataset, limit } => {
            print(deployment, &app.batches(&actor, dataset.as_deref(), None, *limit).await?)
        }
        BatchCommand::Withdraw { batch, reason } => {
            let step = Step::counted("Reading later deliveries again", 0);
            let done = app.withdraw(&actor, batch, reason, &|progress| step.at(progress.rows)).await;
            step.drop_silently();
            match done {
                Ok(batch) => {
                    app.link(&actor).await?;
                    print(deployment, &[batch])
                }
                Err(error) => {
                    eprintln!("{}", sentence(&error, deployment.lang));
                    Err(Said.into())
                }
            }
        }
    }
}

/// Deliveries as they are counted now.
pub fn print(deployment: &Deployment, batches: &[Batch]) -> anyhow::Result<()> {
    let mut list = Listing::new(&[
        "batch",
        "number",
        "dataset",
        "file",
        "state",
        "rows",
        "accepted",
        "rejected",
        "written",
        "corrected",
        "ended",
        "received",
        "by",
    ]);
    for batch in batches {
        let counts = &batch.counts;
        list.push(vec![
            batch.id.as_str().into(),
            batch.number.into(),
            batch.dataset.as_str().into(),
            batch.name.as_str().into(),
            batch.state.as_str().into(),
            counts.rows.into(),
            counts.accepted.into(),
            counts.rejected.into(),
            counts.written.into(),
            counts.corrected.into(),
            counts.ended.into(),
            batch.received_at.to_rfc3339().into(),
            if batch.by_name.is_empty() { Value::Null } else { batch.by_name.as_str().into() },
        ]);
    }
    list.print(deployment.global.format)
}
