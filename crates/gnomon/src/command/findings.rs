use std::collections::BTreeMap;

use gnomon_app::{Batch, FindingsQuery, ShownFinding};
use gnomon_kernel::{Code, RowRef, mask_id};
use serde_json::{Map, Value, json};

use crate::{
    cli::{Findings, Format},
    deployment::Deployment,
    failure::{Usage, words},
    output::Listing,
};

/// Findings fetched at once.
const PAGE: u64 = 5_000;

/// `gnomon findings`: one row per finding. The table masks numbers and leaves evidence short; the other formats are for
/// programs and give all of it.
pub async fn findings(deployment: &Deployment, order: &Findings) -> anyhow::Result<()> {
    if let Some(unknown) = order.model.as_ref().filter(|id| !deployment.library.models.contains_key(*id)) {
        return Err(Usage(words(deployment.lang, Code::ModelUnknown, unknown, "")).into());
    }
    let full = deployment.global.format != Format::Table;
    let columns = [
        "model",
        "revision",
        "subject",
        "dedupe",
        "level",
        "fen",
        "happened_on",
        "region_code",
        "evidence",
        "rows",
        "row_count",
        "run",
    ];
    let mut list = Listing::new(&columns);
    let batches = batches(deployment).await?;
    let mut query =
        FindingsQuery { run: order.run.0.clone(), model: order.model.clone(), after: 0, limit: PAGE };
    loop {
        let page = deployment.app.findings(&deployment.actor(), &query).await?;
        let Some(last) = page.last() else { break };
        query.after = last.id;
        for finding in &page {
            list.push(row(finding, &batches, full));
        }
    }
    list.print(deployment.global.format)
}

fn row(finding: &ShownFinding, batches: &BTreeMap<u32, Batch>, full: bool) -> Vec<Value> {
    let text = |value: &str| Value::from(if full { value.to_owned() } else { mask_id(value) });
    let evidence: Map<String, Value> = finding.evidence.reveal().iter().cloned().collect();
    let rows: Vec<Value> = finding.rows.iter().map(|row| source(*row, batches)).collect();
    vec![
        finding.model.as_str().into(),
        finding.revision.into(),
        text(finding.subject.reveal()),
        text(finding.dedupe.reveal()),
        finding.level.as_str().into(),
        finding.money.map(|money| money.fen()).into(),
        finding.happened_on.map(|day| day.to_string()).into(),
        finding.region_code.clone().into(),
        if full { Value::Object(evidence) } else { evidence.len().into() },
        if full {
            rows.into()
        } else {
            finding.rows.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().into()
        },
        finding.row_count.into(),
        finding.run.as_str().into(),
    ]
}

/// A reference with the names of its dataset and file.
fn source(row: RowRef, batches: &BTreeMap<u32, Batch>) -> Value {
    let batch = batches.get(&row.batch);
    json!({
        "row": row.to_string(),
        "dataset": batch.map(|batch| batch.dataset.as_str()),
        "file": batch.map(|batch| batch.name.as_str()),
        "batch": batch.map(|batch| batch.id.as_str()),
        "sheet": row.sheet,
        "line": row.line,
    })
}

async fn batches(deployment: &Deployment) -> anyhow::Result<BTreeMap<u32, Batch>> {
    let mut all = BTreeMap::new();
    let mut before = None;
    loop {
        let page = deployment.app.batches(&deployment.actor(), None, before, 1_000).await?;
        let Some(last) = page.last() else { return Ok(all) };
        before = Some(last.number);
        all.extend(page.into_iter().map(|batch| (batch.number, batch)));
    }
}
