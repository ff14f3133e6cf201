//! Running one model.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use datafusion::execution::context::SessionContext;
use futures::StreamExt;
use gnomon_kernel::{Code, Day, Level, Tier};
use gnomon_library::{Library, analytics::Finding, model::Model, param::ParamValues};

use crate::{
    error::EngineError,
    evidence::Layout,
    session::{Limits, Tables, frame, session},
};

/// Planning deep queries needs more than a thread's usual stack.
const STACK: usize = 8 << 20;

/// Runs a model over tables and gives its findings, sorted by subject and dedupe.
///
/// It works on threads of its own: an operator may compute for minutes without letting go of its thread, and neither the
/// clock nor the caller's heartbeat may wait for it. What does not stop in time is left behind and ends with the process.
pub async fn run(
    library: &Arc<Library>,
    model: &Model,
    values: &ParamValues,
    as_of: Day,
    tables: &Tables,
    limits: &Limits,
) -> Result<Vec<Finding>, EngineError> {
    let seconds = limits.seconds;
    let threads = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(limits.partitions.max(1))
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .map_err(|error| EngineError::new(Code::ModelFailed, error.to_string()))?;
    let work = {
        let (library, model, values) = (library.clone(), model.clone(), values.clone());
        let (tables, limits) = (tables.clone(), limits.clone());
        async move {
            let reads: Vec<&String> = model.reads.iter().chain(&model.reads_any).collect();
            let context = session(&library, &reads, &tables, &limits).await?;
            findings(&library, &model, &values, as_of, &context, &limits).await
        }
    };
    let outcome = tokio::time::timeout(Duration::from_secs(seconds), threads.spawn(work)).await;
    threads.shutdown_background();
    match outcome {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(EngineError::new(Code::ModelFailed, panic.to_string())),
        Err(_) => Err(EngineError::new(Code::ModelTime, format!("stopped after {seconds} seconds"))),
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
    let layout = Layout::new(&Arc::new(frame.schema().as_arrow().clone()), model.level)?;
    let mut stream = frame.execute_stream().await?;
    let mut findings: Vec<Finding> = Vec::new();
    while let Some(batch) = stream.next().await {
        findings.extend(layout.findings(&batch?)?);
        if findings.len() > limits.findings {
            let text = format!("more than {} findings; narrow the question", limits.findings);
            return Err(EngineError::new(Code::ModelRows, text));
        }
    }
    if model.certainty < Tier::Certain {
        // Red needs certainty about who is who.
        findings.iter_mut().for_each(|finding| finding.level = finding.level.min(Level::Yellow));
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
            let text = format!(
                "two rows share subject and dedupe ({}); dedupe must tell them apart",
                finding.dedupe
            );
            Err(EngineError::new(Code::ModelFailed, text))
        }
    }
}
