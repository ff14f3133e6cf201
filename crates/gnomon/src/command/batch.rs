use std::path::Path;

use anyhow::Context as _;
use gnomon_app::{Batch, RejectedForm, RejectedWords};
use gnomon_kernel::BatchId;
use gnomon_ui::{bare_error_text, rejected_headings};
use serde_json::Value;

use crate::{
    cli::BatchCommand,
    deployment::Deployment,
    failure::{Said, Usage, sentence},
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
        BatchCommand::Rejected { batch, out } => rejected(deployment, batch, out).await,
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

async fn rejected(deployment: &Deployment, batch: &BatchId, out: &Path) -> anyhow::Result<()> {
    let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let form = [RejectedForm::Csv, RejectedForm::Xlsx].into_iter().find(|form| form.ending() == ending);
    let form = form.ok_or_else(|| Usage("--out: expected a file that ends in .xlsx or .csv".to_owned()))?;
    let lang = deployment.lang;
    let headings = rejected_headings(lang);
    let words = RejectedWords {
        lang,
        headings: headings.each_ref().map(|heading| heading.as_ref()),
        reason: &|code| bare_error_text(lang, code),
    };
    let file = deployment.app.rejected_file(&deployment.actor(), batch, form, &words).await?;
    std::fs::write(out, file.bytes).with_context(|| format!("writing {}", out.display()))
}

/// The limits of quality that a delivery misses, by their words.
pub fn gaps(batch: &Batch) -> Value {
    batch.gaps().map(|gap| gap.kind.as_str()).collect::<Vec<_>>().join(" ").into()
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
        "gaps",
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
            gaps(batch),
        ]);
    }
    list.print(deployment.global.format)
}
