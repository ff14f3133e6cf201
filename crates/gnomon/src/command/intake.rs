use std::path::{Path, PathBuf};

use gnomon_app::{Batch, Delivered, Error};
use gnomon_kernel::{Code, Lang};
use gnomon_ui::{measure_limit, measure_title, measure_value};
use serde_json::Value;

use crate::{
    cli::Intake,
    command::batch::gaps,
    deployment::Deployment,
    failure::{Said, Usage, causes, sentence, words},
    output::Listing,
    progress::Step,
};

/// `gnomon intake`: prints per file rows, accepted, rejected, batch id.
pub async fn intake(deployment: &Deployment, order: &Intake) -> anyhow::Result<()> {
    if let Some(unknown) =
        order.dataset.as_ref().filter(|key| !deployment.library.datasets.contains_key(*key))
    {
        return Err(Usage(words(deployment.lang, Code::DatasetUnknown, unknown, "")).into());
    }
    let mut list = Listing::new(&[
        "file",
        "dataset",
        "rows",
        "accepted",
        "rejected",
        "corrected",
        "batch",
        "refused",
        "ended",
        "gaps",
    ]);
    let mut refused = 0;
    for (path, dataset) in files(deployment, order).await? {
        let row = match dataset {
            Ok(dataset) => take(deployment, order, &dataset, &path).await,
            Err(why) => Err((String::new(), why)),
        };
        refused += usize::from(row.is_err());
        list.push(row.unwrap_or_else(|(dataset, why)| refusal(&path, dataset, why)));
    }
    list.print(deployment.global.format)?;
    deployment.app.link(&deployment.actor()).await?;
    if refused > 0 {
        eprintln!("refused: {refused} of {} files; nothing of them was taken in", list.len());
        return Err(Said.into());
    }
    Ok(())
}

/// What is to be taken in, each with its dataset or why it has none.
async fn files(
    deployment: &Deployment,
    order: &Intake,
) -> anyhow::Result<Vec<(PathBuf, Result<String, String>)>> {
    if let Some(dataset) = &order.dataset {
        return Ok(order.files.iter().map(|file| (file.clone(), Ok(dataset.clone()))).collect());
    }
    let Some(folder) = &order.folder else { return Ok(Vec::new()) };
    let found = deployment.app.recognise_folder(&deployment.actor(), folder).await?;
    let named = found.into_iter().map(|file| {
        let why = |refusal: gnomon_library::analytics::Refusal| {
            words(deployment.lang, refusal.code, &refusal.found, &refusal.expected)
        };
        (file.path, file.dataset.map_err(why))
    });
    Ok(named.collect())
}

async fn take(
    deployment: &Deployment,
    order: &Intake,
    dataset: &str,
    path: &Path,
) -> Result<Vec<Value>, (String, String)> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::metadata(path).map(|data| data.len()).unwrap_or_default();
    let step = Step::bytes(&name, bytes);
    let delivered = Delivered {
        confirmed: order.complete,
        instead_of: order.instead_of.as_ref(),
        ..Delivered::new(dataset, path, &name)
    };
    let batch =
        deployment.app.intake(&deployment.actor(), &delivered, &|progress| step.at(progress.bytes)).await;
    step.drop_silently();
    let batch = batch.map_err(|error| (dataset.to_owned(), why(&error, deployment.lang)))?;
    explain(deployment, &batch, &name).await;
    Ok(vec![
        path.display().to_string().into(),
        dataset.into(),
        batch.counts.rows.into(),
        batch.counts.accepted.into(),
        batch.counts.rejected.into(),
        batch.counts.corrected.into(),
        batch.id.as_str().into(),
        Value::Null,
        batch.counts.ended.into(),
        gaps(&batch),
    ])
}

/// Says what was left out: unknown columns, sheets without a header, and why rows were kept apart, each reason once with its first example, numbers
/// masked.
async fn explain(deployment: &Deployment, batch: &Batch, name: &str) {
    let left_out = match deployment.app.left_out(&deployment.actor(), &batch.id).await {
        Ok(left_out) => left_out,
        Err(error) => return eprintln!("{name}: {}", sentence(&error, deployment.lang)),
    };
    if !left_out.unknown.is_empty() {
        let columns = left_out.unknown.join(", ");
        eprintln!("{name}: columns that {} does not know were left out: {columns}", batch.dataset);
    }
    if !left_out.not_agreed.is_empty() {
        let columns = left_out.not_agreed.join(", ");
        eprintln!("{name}: columns that the agreement to share does not include were left out: {columns}");
    }
    for sheet in &left_out.skipped {
        eprintln!(
            "{name}: sheet {} has no header that is known and was left out: {}",
            sheet.sheet, sheet.found
        );
    }
    if batch.counts.rejected > 0 {
        eprintln!("{name}: {} of {} rows were kept apart", batch.counts.rejected, batch.counts.rows);
    }
    for gap in batch.gaps() {
        let title = measure_title(deployment.lang, gap.kind);
        let limit = measure_limit(deployment.lang, gap);
        eprintln!("{name}: with gaps: {title} {}, limit {limit}", measure_value(gap));
    }
    for reason in left_out.reasons {
        let text = words(deployment.lang, reason.code, &reason.found, &reason.expected);
        eprintln!("  {:>6} × {}  {text}", reason.rows, reason.column);
    }
}

fn why(error: &Error, lang: Lang) -> String {
    causes(error).iter().fold(sentence(error, lang), |text, inner| format!("{text} ({inner})"))
}

fn refusal(path: &Path, dataset: String, why: String) -> Vec<Value> {
    let none = || Value::Null;
    vec![
        path.display().to_string().into(),
        dataset.into(),
        none(),
        none(),
        none(),
        none(),
        none(),
        why.into(),
        none(),
        none(),
    ]
}
