//! Looking at runs and their findings.

use gnomon_domain::{Action, Actor};
use gnomon_kernel::{Code, Day, Instant, Level, Masked, Money, RowRef, RunId};
use gnomon_store::{Finding, FindingsOf, Run, RunModel};
use serde_json::Value as Json;

use crate::{App, Error, Result, app::permit};

/// Which findings to list.
#[derive(Debug, Clone, Default)]
pub struct FindingsQuery {
    /// The run; the newest finished one when absent.
    pub run: Option<RunId>,
    /// Only one model's.
    pub model: Option<String>,
    /// Only those numbered after this one: the last of the page before.
    pub after: i64,
    /// At most this many.
    pub limit: u64,
}

/// One finding with what is needed to find it again.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownFinding {
    /// Its number, for the next page.
    pub id: i64,
    /// The run.
    pub run: RunId,
    /// The model.
    pub model: String,
    /// Revision that ran.
    pub revision: u32,
    /// What it is about.
    pub subject: Masked<String>,
    /// Makes it unique within its model together with the subject.
    pub dedupe: Masked<String>,
    /// Name of the subject.
    pub subject_name: Option<Masked<String>>,
    /// How strong.
    pub level: Level,
    /// Money concerned.
    pub money: Option<Money>,
    /// When the facts happened.
    pub happened_on: Option<Day>,
    /// Division code.
    pub region_code: Option<String>,
    /// Column name and value as the model returned them; not masked, for programs.
    pub evidence: FullEvidence,
    /// Source rows.
    pub rows: Vec<RowRef>,
    /// How many source rows there were before the cut.
    pub row_count: u64,
}

/// Evidence in full. Its `Debug` shows the names only, so that it cannot reach a log.
#[derive(Clone, PartialEq)]
pub struct FullEvidence(Vec<(String, Json)>);

impl FullEvidence {
    /// Column name and value. The caller keeps them inside the process or writes them where an operator asked for them.
    pub fn reveal(&self) -> &[(String, Json)] {
        &self.0
    }
}

impl std::fmt::Debug for FullEvidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl App {
    /// Runs, newest first, with what became of each model; before a moment when paging.
    pub async fn runs(
        &self,
        actor: &Actor,
        before: Option<Instant>,
        limit: u64,
    ) -> Result<Vec<(Run, Vec<RunModel>)>> {
        permit(actor, Action::ViewRuns)?;
        let tx = self.parts.store.read().await?;
        let mut runs = Vec::new();
        for run in tx.runs(before, limit).await? {
            let models = tx.run_models(&run.id).await?;
            runs.push((run, models));
        }
        Ok(runs)
    }

    /// One run with what became of each model, by model id.
    pub async fn run(&self, actor: &Actor, id: &RunId) -> Result<(Run, Vec<RunModel>)> {
        permit(actor, Action::ViewRuns)?;
        let tx = self.parts.store.read().await?;
        let run = tx.run(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let models = tx.run_models(id).await?;
        Ok((run, models))
    }

    /// A page of a run's findings, in the order they were stored. An empty page when there is no finished run.
    pub async fn findings(&self, actor: &Actor, query: &FindingsQuery) -> Result<Vec<ShownFinding>> {
        permit(actor, Action::ViewRuns)?;
        let tx = self.parts.store.read().await?;
        let run = match &query.run {
            Some(id) => Some(tx.run(id).await?.ok_or(Error::NotFound(Code::NotFound))?),
            None => tx.latest_run().await?,
        };
        let Some(run) = run else { return Ok(Vec::new()) };
        let models = tx.run_models(&run.id).await?;
        let which = FindingsOf { model: query.model.as_deref(), after: query.after, limit: query.limit };
        let findings = tx.findings(&run.id, &which).await?;
        let revision = |finding: &Finding| {
            models.iter().find(|row| row.model == finding.model).map_or(0, |row| row.revision)
        };
        Ok(findings.into_iter().map(|finding| shown(revision(&finding), finding)).collect())
    }
}

fn shown(revision: u32, finding: Finding) -> ShownFinding {
    ShownFinding {
        id: finding.id,
        run: finding.run,
        model: finding.model,
        revision,
        subject: Masked::new(finding.subject),
        dedupe: Masked::new(finding.dedupe),
        subject_name: finding.subject_name.map(Masked::new),
        level: finding.level,
        money: finding.money,
        happened_on: finding.happened_on,
        region_code: finding.region_code,
        evidence: FullEvidence(finding.evidence),
        rows: finding.rows,
        row_count: finding.row_count,
    }
}
