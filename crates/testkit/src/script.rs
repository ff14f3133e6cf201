use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Mutex,
};

use gnomon_kernel::{Code, Day, Instant, RowRef};
use gnomon_library::{
    analytics::{
        Analytics, AnalyticsError, CaseResult, CoverageCell, Finding, IdentityReport, IngestOrder,
        IngestProgress, IngestReport, ModelOutcome, Moment, RebuildOrder, Received, Refusal, Region,
        RejectedRows, Resolution, SourceLine, TableRow, TableStatus, TableVersion, Vacuumed, VisitRejected,
    },
    entity::{Doubt, EntityChange, Ruling},
    erasure::{DeliveredFile, Traces},
    hex,
    layout::{HeaderLayout, SheetProposal},
    object::{ObjectEntry, ObjectKind, ObjectRecord, ObjectSearch},
    office::{KinMatter, Official},
    param::ParamValues,
    tie::{Tie, TieAnswer, TieQuestion},
};
use sha2::{Digest, Sha256};

/// What will be answered.
#[derive(Default)]
pub struct Answers {
    /// To `propose`.
    pub proposals: Vec<SheetProposal>,
    /// To `ingest`: accepted unless there is a code for the file's name; an unknown header is known with a layout.
    pub refusals: BTreeMap<String, Code>,
    /// To `ingest` and `rebuild`, by the file's name; [`report`] for others.
    pub reports: BTreeMap<String, IngestReport>,
    /// What `ingest` and `rebuild` were ordered to do.
    pub ordered: Vec<IngestOrder>,
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
    /// To `objects` and `object`.
    pub objects: Vec<ObjectRecord>,
    /// To `coverage`, by dataset.
    pub coverage: BTreeMap<String, Vec<CoverageCell>>,
    /// To `tables`: the version of the one table; 0 stands for 3.
    pub version: u64,
    /// Which datasets `coverage` was called with.
    pub counted: Vec<String>,
    /// What `rebuild` was called with.
    pub rebuilds: Vec<RebuildOrder>,
    /// What `receive` was given, by SHA-256.
    pub received: BTreeMap<String, Vec<u8>>,
    /// What `run_model` was called with.
    pub ran: Vec<(String, ParamValues, Moment)>,
    /// Datasets with many small files.
    pub small: BTreeSet<String>,
    /// To `traces`, by the number.
    pub traces: BTreeMap<String, Traces>,
    /// What `erase` was called with.
    pub erased: Vec<Traces>,
    /// To `erase`: the process "dies" here so many times.
    pub erase_dies: u32,
    /// To `refresh_identities`.
    pub doubts: Vec<Doubt>,
    /// To the next `refresh_identities`.
    pub shifts: Vec<EntityChange>,
    /// What `refresh_identities` was called with.
    pub obeyed: Vec<Vec<Ruling>>,
    /// To `officials`.
    pub officials: Vec<Official>,
    /// To `kin_matters`, by the official's number.
    pub kin: BTreeMap<String, Vec<KinMatter>>,
    /// To `ties`.
    pub ties: Vec<Tie>,
    /// To `tie_paths`.
    pub tie_answer: TieAnswer,
    /// What `tie_paths` was called with.
    pub tie_questions: Vec<TieQuestion>,
    /// What `vacuum` was called with.
    pub vacuumed: Vec<(String, Instant, BTreeSet<u64>)>,
}

/// An analytical side that does as it is told.
#[derive(Default)]
pub struct Script(pub Mutex<Answers>);

/// What becomes of a file of which nothing else is said.
pub fn report() -> IngestReport {
    let counts = IngestReport { rows: 10, accepted: 9, rejected: 1, ..IngestReport::default() };
    IngestReport { written: 9, corrected: 2, version: 3, ..counts }
}

impl Answers {
    fn report_on(&mut self, order: &IngestOrder) -> IngestReport {
        self.ordered.push(order.clone());
        self.reports.get(&order.name).cloned().unwrap_or_else(report)
    }
}

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
        let received = Received { sha256: hex(&Sha256::digest(&bytes)), bytes: bytes.len() as u64 };
        self.0.lock().unwrap().received.insert(received.sha256.clone(), bytes);
        Ok(received)
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
        progress(IngestProgress { bytes: 1, rows: 10, ..IngestProgress::default() });
        let dies = self.0.lock().unwrap().dies_at.as_deref() == Some(&order.name);
        if dies {
            std::future::pending::<()>().await;
        }
        match self.refusal(order) {
            Some(refusal) => Err(refusal),
            None => Ok(self.0.lock().unwrap().report_on(order)),
        }
    }

    async fn settle(&self, _order: &IngestOrder) -> Result<Option<IngestReport>, AnalyticsError> {
        Ok(self.0.lock().unwrap().is_in.then(report))
    }

    async fn rebuilt_from(&self, _dataset: &str, number: u32) -> Result<u32, AnalyticsError> {
        Ok(number)
    }

    async fn gather(&self, dataset: &str) -> Result<Option<u64>, AnalyticsError> {
        let mut answers = self.0.lock().unwrap();
        Ok(answers.small.remove(dataset).then_some(report().version + 1))
    }

    async fn vacuum(
        &self,
        dataset: &str,
        since: Instant,
        cited: &BTreeSet<u64>,
    ) -> Result<Vacuumed, AnalyticsError> {
        self.0.lock().unwrap().vacuumed.push((dataset.to_owned(), since, cited.clone()));
        Ok(Vacuumed { files: 1, bytes: 10 })
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
        let mut answers = self.0.lock().unwrap();
        Ok(order.batches.iter().map(|batch| answers.report_on(batch)).collect())
    }

    fn person_number(&self, text: &str) -> Result<String, Code> {
        if text.len() == 18 { Ok(text.to_owned()) } else { Err(Code::IdLength) }
    }

    async fn traces(&self, number: &str, _deliveries: &[DeliveredFile]) -> Result<Traces, AnalyticsError> {
        Ok(self.0.lock().unwrap().traces.get(number).cloned().unwrap_or_default())
    }

    async fn erase(&self, traces: &Traces) -> Result<(), AnalyticsError> {
        let mut answers = self.0.lock().unwrap();
        if answers.erase_dies > 0 {
            answers.erase_dies -= 1;
            return Err(AnalyticsError { code: Code::Busy, what: "erasing".to_owned(), source: None });
        }
        answers.erased.push(traces.clone());
        Ok(())
    }

    async fn settle_rebuild(
        &self,
        order: &RebuildOrder,
    ) -> Result<Option<Vec<IngestReport>>, AnalyticsError> {
        Ok(self.0.lock().unwrap().is_in.then(|| vec![report(); order.batches.len()]))
    }

    async fn rejected(&self, _number: u32, visit: VisitRejected<'_>) -> Result<RejectedRows, AnalyticsError> {
        let mut rejected = self.0.lock().unwrap().rejected.clone();
        std::mem::take(&mut rejected.rows).into_iter().for_each(visit);
        Ok(rejected)
    }

    async fn tables(&self) -> Result<Vec<TableStatus>, AnalyticsError> {
        let version = self.0.lock().unwrap().version;
        let version = if version == 0 { 3 } else { version };
        Ok(vec![TableStatus { dataset: "payroll".into(), rows: 9, version }])
    }

    async fn refresh_identities(&self, rulings: &[Ruling]) -> Result<Resolution, AnalyticsError> {
        let mut answers = self.0.lock().unwrap();
        answers.obeyed.push(rulings.to_vec());
        let report = IdentityReport { persons: 7, organisations: 2, name_conflicts: 1 };
        let changes = std::mem::take(&mut answers.shifts);
        Ok(Resolution { report, doubts: answers.doubts.clone(), changes })
    }

    async fn run_model(&self, model: &str, params: &ParamValues, moment: Moment) -> ModelOutcome {
        let mut answers = self.0.lock().unwrap();
        answers.ran.push((model.to_owned(), params.clone(), moment));
        answers.outcomes.get(model).cloned().unwrap_or_else(|| spoke(vec![]))
    }

    async fn missing_for(&self, models: &[&str]) -> Result<BTreeMap<String, Vec<String>>, AnalyticsError> {
        let mut missing = self.0.lock().unwrap().missing.clone();
        missing.retain(|model, _| models.contains(&model.as_str()));
        Ok(missing)
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

    async fn coverage(&self, dataset: &str) -> Result<Vec<CoverageCell>, AnalyticsError> {
        let mut answers = self.0.lock().unwrap();
        answers.counted.push(dataset.to_owned());
        Ok(answers.coverage.get(dataset).cloned().unwrap_or_default())
    }

    async fn officials(&self) -> Result<Vec<Official>, AnalyticsError> {
        Ok(self.0.lock().unwrap().officials.clone())
    }

    async fn kin_matters(
        &self,
        officials: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Vec<KinMatter>>, AnalyticsError> {
        let answers = self.0.lock().unwrap();
        let asked = answers.kin.iter().filter(|(official, _)| officials.contains(official.as_str()));
        Ok(asked.map(|(official, known)| (official.clone(), known.clone())).collect())
    }

    async fn objects(&self, search: &ObjectSearch) -> Result<(Vec<ObjectEntry>, u64), AnalyticsError> {
        let answers = self.0.lock().unwrap();
        let is_meant = |entry: &&ObjectEntry| {
            let name = entry.name.as_deref().unwrap_or_default();
            let place = entry.place.as_deref().unwrap_or_default();
            entry.kind == search.kind
                && (entry.key == search.text || name.contains(&search.text))
                && place.starts_with(&search.place)
        };
        let entries = answers.objects.iter().map(|record| &record.entry);
        let found: Vec<ObjectEntry> = entries.filter(is_meant).cloned().collect();
        let total = found.len() as u64;
        Ok((found.into_iter().skip(search.from).take(search.most).collect(), total))
    }

    async fn object(&self, kind: ObjectKind, key: &str) -> Result<Option<ObjectRecord>, AnalyticsError> {
        let answers = self.0.lock().unwrap();
        let is_it = |record: &&ObjectRecord| (record.entry.kind, record.entry.key.as_str()) == (kind, key);
        Ok(answers.objects.iter().find(is_it).cloned())
    }

    async fn make_ties_ready(&self) -> Result<(), AnalyticsError> {
        Ok(())
    }

    async fn ties(&self, number: &str, on: Option<Day>) -> Result<Vec<Tie>, AnalyticsError> {
        let is_wanted = |tie: &&Tie| {
            [&tie.first, &tie.second].iter().any(|party| party.number == number)
                && on.is_none_or(|day| tie.holds(day))
        };
        Ok(self.0.lock().unwrap().ties.iter().filter(is_wanted).cloned().collect())
    }

    async fn tie_paths(&self, question: &TieQuestion) -> Result<TieAnswer, AnalyticsError> {
        let mut answers = self.0.lock().unwrap();
        answers.tie_questions.push(question.clone());
        Ok(answers.tie_answer.clone())
    }

    fn raw_path(&self, sha256: &str) -> PathBuf {
        PathBuf::from(sha256)
    }
}
