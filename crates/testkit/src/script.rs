use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Mutex,
};

use gnomon_kernel::{Code, Day, RowRef};
use gnomon_library::{
    analytics::{
        Analytics, AnalyticsError, CaseResult, Finding, IdentityReport, IngestOrder, IngestProgress,
        IngestReport, ModelOutcome, RebuildOrder, Received, Refusal, Region, RejectedRows, SourceLine,
        TableRow, TableStatus, TableVersion,
    },
    hex,
    layout::{HeaderLayout, SheetProposal},
    param::ParamValues,
};
use sha2::{Digest, Sha256};

/// What will be answered.
#[derive(Default)]
pub struct Answers {
    /// To `propose`.
    pub proposals: Vec<SheetProposal>,
    /// To `ingest`: accepted unless there is a code for the file's name; an unknown header is known with a layout.
    pub refusals: BTreeMap<String, Code>,
    /// To `ingest`: the process "dies" here, leaving the batch half done.
    pub dies_at: Option<String>,
    /// To `settle`: whether the half-done batch is in.
    pub is_in: bool,
    /// To `run_model`, by model; silence when absent.
    pub outcomes: BTreeMap<String, ModelOutcome>,
    /// To `missing_for`, by model.
    pub missing: BTreeMap<String, Vec<String>>,
    /// To `rows`.
    pub rows: Vec<TableRow>,
    /// To `source_line`.
    pub line: Option<SourceLine>,
    /// To `rejected`.
    pub rejected: RejectedRows,
    /// To `regions`.
    pub regions: Vec<Region>,
    /// What `rebuild` was called with.
    pub rebuilds: Vec<RebuildOrder>,
    /// What `run_model` was called with.
    pub ran: Vec<(String, ParamValues, Day)>,
}

/// An analytical side that does as it is told.
#[derive(Default)]
pub struct Script(pub Mutex<Answers>);

const REPORT: IngestReport =
    IngestReport { rows: 10, accepted: 9, rejected: 1, written: 9, corrected: 2, ended: 0, version: 3 };

/// The outcome of a model that spoke.
pub fn spoke(findings: Vec<Finding>) -> ModelOutcome {
    let versions = vec![TableVersion { dataset: "payroll".into(), version: 3 }];
    ModelOutcome::Spoke { findings, versions, without: vec![] }
}

impl Script {
    fn refusal(&self, order: &IngestOrder) -> Option<Refusal> {
        let code = self.0.lock().unwrap().refusals.get(&order.name).copied()?;
        let is_known = code == Code::HeaderUnknown && !order.layouts.is_empty();
        (!is_known).then(|| Refusal::new(code, "姓名", "身份证号"))
    }
}

#[async_trait::async_trait]
impl Analytics for Script {
    async fn receive(&self, path: &Path) -> Result<Received, Refusal> {
        let bytes = std::fs::read(path).map_err(|error| Refusal::because(Code::FileUnreadable, error))?;
        Ok(Received { sha256: hex(&Sha256::digest(&bytes)), bytes: bytes.len() as u64 })
    }

    async fn recognise(
        &self,
        path: &Path,
        _layouts: &BTreeMap<String, Vec<HeaderLayout>>,
    ) -> Result<String, Refusal> {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name == "payroll" { Ok(name) } else { Err(Refusal::new(Code::FileUnclear, name, "")) }
    }

    async fn propose(
        &self,
        _dataset: &str,
        _path: &Path,
        _layouts: &[HeaderLayout],
    ) -> Result<Vec<SheetProposal>, Refusal> {
        Ok(self.0.lock().unwrap().proposals.clone())
    }

    async fn ingest(
        &self,
        order: &IngestOrder,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<IngestReport, Refusal> {
        progress(IngestProgress { bytes: 1, rows: 10 });
        let dies = self.0.lock().unwrap().dies_at.as_deref() == Some(&order.name);
        if dies {
            std::future::pending::<()>().await;
        }
        self.refusal(order).map_or(Ok(REPORT), Err)
    }

    async fn settle(&self, _order: &IngestOrder) -> Result<Option<IngestReport>, AnalyticsError> {
        Ok(self.0.lock().unwrap().is_in.then_some(REPORT))
    }

    async fn rebuild(
        &self,
        order: &RebuildOrder,
        _progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Vec<IngestReport>, Refusal> {
        self.0.lock().unwrap().rebuilds.push(order.clone());
        for batch in &order.batches {
            if let Some(refusal) = self.refusal(batch) {
                return Err(refusal);
            }
        }
        if self.0.lock().unwrap().dies_at.as_deref() == Some(&order.dataset) {
            std::future::pending::<()>().await;
        }
        Ok(vec![REPORT; order.batches.len()])
    }

    async fn settle_rebuild(
        &self,
        order: &RebuildOrder,
    ) -> Result<Option<Vec<IngestReport>>, AnalyticsError> {
        Ok(self.0.lock().unwrap().is_in.then(|| vec![REPORT; order.batches.len()]))
    }

    async fn rejected(&self, _number: u32) -> Result<RejectedRows, AnalyticsError> {
        Ok(self.0.lock().unwrap().rejected.clone())
    }

    async fn tables(&self) -> Result<Vec<TableStatus>, AnalyticsError> {
        Ok(vec![TableStatus { dataset: "payroll".into(), rows: 9, version: 3 }])
    }

    async fn refresh_identities(&self) -> Result<IdentityReport, AnalyticsError> {
        Ok(IdentityReport { persons: 7, organisations: 2, name_conflicts: 1 })
    }

    async fn run_model(&self, model: &str, params: &ParamValues, as_of: Day) -> ModelOutcome {
        let mut answers = self.0.lock().unwrap();
        answers.ran.push((model.to_owned(), params.clone(), as_of));
        answers.outcomes.get(model).cloned().unwrap_or_else(|| spoke(vec![]))
    }

    async fn missing_for(&self, model: &str) -> Result<Vec<String>, AnalyticsError> {
        Ok(self.0.lock().unwrap().missing.get(model).cloned().unwrap_or_default())
    }

    async fn cases(&self, _model: &str) -> Result<Vec<CaseResult>, AnalyticsError> {
        Ok(vec![CaseResult { name: "silent".into(), failure: None }])
    }

    async fn rows(&self, wanted: &[(String, RowRef)]) -> Result<Vec<TableRow>, AnalyticsError> {
        let answers = self.0.lock().unwrap();
        let is_wanted = |row: &&TableRow| wanted.contains(&(row.dataset.clone(), row.row));
        Ok(answers.rows.iter().filter(is_wanted).cloned().collect())
    }

    async fn source_line(&self, _order: &IngestOrder, _row: RowRef) -> Result<SourceLine, AnalyticsError> {
        let line = self.0.lock().unwrap().line.clone();
        line.ok_or(AnalyticsError { code: Code::NotFound, what: "no line".into(), source: None })
    }

    async fn regions(&self) -> Result<Vec<Region>, AnalyticsError> {
        Ok(self.0.lock().unwrap().regions.clone())
    }

    fn raw_path(&self, sha256: &str) -> PathBuf {
        PathBuf::from(sha256)
    }
}
