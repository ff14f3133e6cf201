use gnomon_app::DatasetRow;
use gnomon_kernel::Code;
use serde_json::Value;

use crate::{
    cli::Dataset,
    deployment::Deployment,
    failure::{Said, Usage, sentence, words},
    output::Listing,
    progress::Step,
};

/// `gnomon dataset`.
pub async fn dataset(deployment: &Deployment, order: &Dataset) -> anyhow::Result<()> {
    match order {
        Dataset::List => list(deployment).await,
        Dataset::Show { key } => show(deployment, key).await,
        Dataset::Freshness { late } => freshness(deployment, *late).await,
        Dataset::Layout(order) => super::layout::layout(deployment, order).await,
        Dataset::Rebuild { key } => rebuild(deployment, key).await,
    }
}

async fn list(deployment: &Deployment) -> anyhow::Result<()> {
    let mut list = Listing::new(&[
        "key",
        "title",
        "owner",
        "kind",
        "sensitivity",
        "rows",
        "version",
        "last",
        "models",
        "cadence",
        "delivery",
    ]);
    let lang = deployment.lang;
    for row in deployment.app.datasets(&deployment.actor()).await? {
        let DatasetRow { dataset, rows, version, last, models, .. } = row;
        let kind = format!("{:?}", dataset.kind).to_lowercase();
        list.push(vec![
            dataset.key.as_str().into(),
            dataset.title.get(lang).into(),
            dataset.owner.get(lang).into(),
            kind.into(),
            dataset.sensitivity.as_str().into(),
            rows.into(),
            version.into(),
            last.map(|batch| Value::from(batch.received_at.to_rfc3339())).unwrap_or_default(),
            models.len().into(),
            dataset.cadence.map(|cadence| Value::from(cadence.as_str())).unwrap_or_default(),
            dataset.delivery.as_str().into(),
        ]);
    }
    list.print(deployment.global.format)
}

async fn show(deployment: &Deployment, key: &str) -> anyhow::Result<()> {
    let dataset = deployment.library.datasets.get(key);
    let dataset = dataset.ok_or_else(|| Usage(words(deployment.lang, Code::DatasetUnknown, key, "")))?;
    let mut list = Listing::new(&["column", "type", "title", "required", "headers", "values"]);
    for column in &dataset.columns {
        let headers: Vec<String> = column.headers.clone();
        let values: Vec<String> = column.values.keys().cloned().collect();
        list.push(vec![
            column.name.as_str().into(),
            format!("{:?}", column.ty).to_lowercase().into(),
            column.title.get(deployment.lang).into(),
            column.required.into(),
            headers.into(),
            values.into(),
        ]);
    }
    list.print(deployment.global.format)
}

async fn freshness(deployment: &Deployment, late: bool) -> anyhow::Result<()> {
    let mut list = Listing::new(&[
        "key", "title", "owner", "cadence", "standing", "late", "due", "last", "usual", "models",
    ]);
    let lang = deployment.lang;
    let rows = deployment.app.freshness(&deployment.actor()).await?;
    for row in rows.into_iter().filter(|row| row.is_late || !late) {
        list.push(vec![
            row.dataset.key.as_str().into(),
            row.dataset.title.get(lang).into(),
            row.dataset.owner.get(lang).into(),
            row.dataset.cadence.map(|cadence| Value::from(cadence.as_str())).unwrap_or_default(),
            row.freshness.standing.as_str().into(),
            row.is_late.into(),
            row.freshness.due.map(|day| Value::from(day.to_string())).unwrap_or_default(),
            row.last.map(|batch| Value::from(batch.received_at.to_rfc3339())).unwrap_or_default(),
            row.usual.into(),
            row.models.into(),
        ]);
    }
    list.print(deployment.global.format)
}

async fn rebuild(deployment: &Deployment, key: &str) -> anyhow::Result<()> {
    let step = Step::counted("Reading all deliveries again", 0);
    let done = deployment.app.rebuild(&deployment.actor(), key, &|progress| step.at(progress.rows)).await;
    step.drop_silently();
    match done {
        Ok(batches) => {
            deployment.app.link(&deployment.actor()).await?;
            super::batch::print(deployment, &batches)
        }
        Err(error) => {
            eprintln!("{}", sentence(&error, deployment.lang));
            Err(Said.into())
        }
    }
}
