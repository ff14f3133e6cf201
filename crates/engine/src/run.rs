//! Running one model.

use std::{collections::BTreeSet, time::Duration};

use datafusion::execution::context::SessionContext;
use futures::StreamExt;
use gnomon_kernel::{Code, Day};
use gnomon_library::{Library, analytics::Finding, model::Model, param::ParamValues};

use crate::{
    error::EngineError,
    evidence::Layout,
    session::{Limits, Tables, frame, session},
};

/// Runs a model over tables and gives its findings, sorted by subject and dedupe.
pub async fn run(
    library: &Library,
    model: &Model,
    values: &ParamValues,
    as_of: Day,
    tables: &Tables,
    limits: &Limits,
) -> Result<Vec<Finding>, EngineError> {
    let reads: Vec<&String> = model.reads.iter().chain(&model.reads_any).collect();
    let work = async {
        let context = session(library, &reads, tables, limits).await?;
        findings(library, model, values, as_of, &context, limits).await
    };
    match tokio::time::timeout(Duration::from_secs(limits.seconds), work).await {
        Ok(result) => result,
        Err(_) => Err(EngineError::new(Code::ModelTime, format!("stopped after {} seconds", limits.seconds))),
    }
}

/// The findings of a model in a session that is already laid out.
pub(crate) async fn findings(
    library: &Library,
    model: &Model,
    values: &ParamValues,
    as_of: Day,
    context: &SessionContext,
    limits: &Limits,
) -> Result<Vec<Finding>, EngineError> {
    let query = library.bound(model, values, as_of).map_err(|error| EngineError {
        code: Code::ModelInvalid,
        detail: error.message,
        at: error.at,
    })?;
    let frame = frame(context, &query).await?;
    let layout = Layout::new(&std::sync::Arc::new(frame.schema().as_arrow().clone()), model.level)?;
    let mut stream = frame.execute_stream().await?;
    let mut findings: Vec<Finding> = Vec::new();
    while let Some(batch) = stream.next().await {
        findings.extend(layout.findings(&batch?)?);
        if findings.len() > limits.findings {
            let text = format!("more than {} findings; narrow the question", limits.findings);
            return Err(EngineError::new(Code::ModelRows, text));
        }
    }
    findings.sort_by(|a, b| (&a.subject, &a.dedupe).cmp(&(&b.subject, &b.dedupe)));
    unique(&findings)?;
    Ok(findings)
}

/// Two findings with one name would overwrite each other's warning.
fn unique(findings: &[Finding]) -> Result<(), EngineError> {
    let mut seen = BTreeSet::new();
    let twice = findings.iter().find(|finding| !seen.insert((&finding.subject, &finding.dedupe)));
    match twice {
        None => Ok(()),
        Some(finding) => {
            let text = format!("two rows share subject and dedupe ({}); dedupe must tell them apart", finding.dedupe);
            Err(EngineError::new(Code::ModelFailed, text))
        }
    }
}
