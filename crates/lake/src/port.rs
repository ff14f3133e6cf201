//! The [`Analytics`] port.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use gnomon_formats::Next;
use gnomon_intake::{HEADER_ROWS, Layout, Sample};
use gnomon_kernel::{Code, Day, Instant, RowRef};
use gnomon_library::{
    Analytics,
    analytics::{
        AnalyticsError, CaseResult, CoverageCell, FileGone, Finding, IngestOrder, IngestProgress,
        IngestReport, ModelOutcome, Moment, RebuildOrder, Received, Refusal, Region, RejectedRows,
        Resolution, SourceLine, TableRow, TableStatus, Vacuumed, VisitRejected,
    },
    entity::Ruling,
    erasure::{DeliveredFile, Traces},
    layout::{HeaderLayout, SheetProposal},
    model::Model,
    object::{ObjectEntry, ObjectKind, ObjectRecord, ObjectSearch},
    office::{KinMatter, Official},
    param::ParamValues,
    tie::{Tie, TieAnswer, TieQuestion},
};

use crate::{
    Lake, beneath,
    ingest::Ingest,
    raw, rejected,
    table::{self, Change, Table},
};

#[async_trait::async_trait]
impl Analytics for Lake {
    async fn receive(&self, path: &Path) -> Result<Received, Refusal> {
        raw::receive(&self.dir, path)
    }

    async fn recognise(
        &self,
        path: &Path,
        layouts: &BTreeMap<String, Vec<HeaderLayout>>,
    ) -> Result<String, Refusal> {
        let mut top: Vec<Vec<String>> = Vec::new();
        gnomon_formats::read(path, &mut |raw| {
            top.push(raw.cells.to_vec());
            Ok(if top.len() < HEADER_ROWS { Next::More } else { Next::Stop })
        })?;
        let fits = self.library.datasets.values().filter_map(|dataset| {
            let confirmed = layouts.get(&dataset.key).map(Vec::as_slice).unwrap_or_default();
            Layout::find(dataset, confirmed, &top).ok().map(|layout| (layout.known(), dataset))
        });
        let mut fits: Vec<_> = fits.collect();
        fits.sort_by_key(|(known, dataset)| (std::cmp::Reverse(*known), dataset.columns.len()));
        // The first of the widest rows: a later one is a row of data and may name a person.
        let found =
            top.iter().rev().max_by_key(|row| row.len()).map(|row| row.join(" | ")).unwrap_or_default();
        match fits.as_slice() {
            [] => Err(Refusal::new(Code::FileUnclear, found, "the header of a known dataset")),
            [(one, a), (two, b), ..] if one == two && a.columns.len() == b.columns.len() => {
                Err(Refusal::new(
                    Code::FileUnclear,
                    found,
                    format!("one dataset; it could be {} or {}", a.key, b.key),
                ))
            }
            [(_, dataset), ..] => Ok(dataset.key.clone()),
        }
    }

    async fn propose(
        &self,
        dataset: &str,
        path: &Path,
        layouts: &[HeaderLayout],
    ) -> Result<Vec<SheetProposal>, Refusal> {
        let unknown = || Refusal::new(Code::DatasetUnknown, dataset, "a key of `dataset list`");
        let dataset = self.library.datasets.get(dataset).ok_or_else(unknown)?;
        let samples = tokio::task::block_in_place(|| Sample::read(path))?;
        Ok(gnomon_intake::propose(dataset, layouts, &samples, self.today))
    }

    async fn ingest(
        &self,
        order: &IngestOrder,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<IngestReport, Refusal> {
        let internal = |error: deltalake::DeltaTableError| Refusal::because(Code::Internal, error);
        let unknown = || Refusal::new(Code::DatasetUnknown, order.dataset.clone(), "a key of `dataset list`");
        let dataset = self.library.datasets.get(&order.dataset).ok_or_else(unknown)?;
        let lake = self.lake_dir();
        let table = Table::open_or_create(&lake, dataset).await.map_err(internal)?;
        if !table.fits(dataset).map_err(internal)? {
            return Err(Refusal::new(Code::DatasetChanged, dataset.key.clone(), ""));
        }
        let files = table.files().map_err(internal)?;
        let known: Vec<PathBuf> = files.into_iter().map(|(path, _)| path).collect();
        let (dir, today) = (self.dir.as_path(), self.today);
        let ingest = Ingest { dir, lake, dataset, order, today, progress, rebuilt: None };
        let prepared = tokio::task::block_in_place(|| ingest.prepare(&known))?;
        let mut report = prepared.report;
        let change = Change { added: &prepared.files, now_millis: self.now_millis(), ..Change::default() };
        match table.commit(order.batch.as_str(), &change).await {
            Ok(version) => report.version = version,
            Err(error) => {
                let _ = ingest.clean();
                return Err(internal(error));
            }
        }
        Ok(report)
    }

    async fn settle(&self, order: &IngestOrder) -> Result<Option<IngestReport>, AnalyticsError> {
        let failed = || beneath(format!("settling batch {}", order.number));
        let lake = self.lake_dir();
        let table = Table::open(&lake, &order.dataset).await.map_err(|error| failed()(error.into()))?;
        let held = match &table {
            Some(table) => table.holds(order.batch.as_str()).await.map_err(|error| failed()(error.into()))?,
            None => false,
        };
        if held {
            let mut report = rejected::report(&lake, order.number).map_err(|error| failed()(error.into()))?;
            report.version = table.map(|table| table.version()).unwrap_or_default();
            return Ok(Some(report));
        }
        let start = table::prefix(order.number, None);
        table::sweep(&lake, &order.dataset, &start).map_err(|error| failed()(error.into()))?;
        rejected::remove(&lake, order.number, None).map_err(|error| failed()(error.into()))?;
        Ok(None)
    }

    async fn rebuild(
        &self,
        order: &RebuildOrder,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Vec<IngestReport>, Refusal> {
        self.rebuild_table(order, progress).await
    }

    async fn rebuilt_from(&self, dataset: &str, number: u32) -> Result<u32, AnalyticsError> {
        let Some(described) = self.library.datasets.get(dataset) else { return Ok(number) };
        let failed = || beneath(format!("opening {dataset}"));
        let table = Table::open(&self.lake_dir(), dataset).await.map_err(|error| failed()(error.into()))?;
        let from = table.map(|table| table.rebuilt_from(described, number)).transpose();
        Ok(from.map_err(|error| failed()(error.into()))?.unwrap_or(number))
    }

    async fn gather(&self, dataset: &str) -> Result<Option<u64>, AnalyticsError> {
        self.gather_files(dataset).await
    }

    async fn vacuum(
        &self,
        dataset: &str,
        since: Instant,
        cited: &BTreeSet<u64>,
    ) -> Result<Vacuumed, AnalyticsError> {
        self.vacuum_table(dataset, since, cited).await
    }

    fn person_number(&self, text: &str) -> Result<String, Code> {
        gnomon_link::idno::canonical(text, self.today)
    }

    async fn traces(&self, number: &str, deliveries: &[DeliveredFile]) -> Result<Traces, AnalyticsError> {
        tokio::task::block_in_place(|| self.find_traces(number, deliveries))
    }

    async fn erase(&self, traces: &Traces) -> Result<(), AnalyticsError> {
        self.erase_traces(traces).await
    }

    async fn settle_rebuild(
        &self,
        order: &RebuildOrder,
    ) -> Result<Option<Vec<IngestReport>>, AnalyticsError> {
        self.settle_rebuilding(order).await
    }

    async fn rejected(&self, number: u32, visit: VisitRejected<'_>) -> Result<RejectedRows, AnalyticsError> {
        let mut give = |row| {
            visit(row);
            Ok(())
        };
        let left_out =
            tokio::task::block_in_place(|| rejected::each(&self.lake_dir(), number, None, &mut give));
        let failed = || beneath(format!("reading the refused rows of batch {number}"));
        Ok(left_out.map_err(|error| failed()(error.into()))?.unwrap_or_default())
    }

    async fn tables(&self) -> Result<Vec<TableStatus>, AnalyticsError> {
        let mut statuses = Vec::new();
        for key in self.library.datasets.keys() {
            statuses.extend(self.open_table(key).await?.map(|opened| opened.status));
        }
        Ok(statuses)
    }

    async fn refresh_identities(&self, rulings: &[Ruling]) -> Result<Resolution, AnalyticsError> {
        self.link_identities(rulings).await
    }

    async fn run_model(&self, model: &str, params: &ParamValues, moment: Moment) -> ModelOutcome {
        let Some(model) = self.library.models.get(model) else {
            return ModelOutcome::Failed {
                code: Code::ModelUnknown.word().to_owned(),
                detail: model.to_owned(),
            };
        };
        match self.try_run(model, params, moment).await {
            Ok(outcome) => outcome,
            Err(Failed { code, detail }) => ModelOutcome::Failed { code: code.word().to_owned(), detail },
        }
    }

    async fn missing_for(&self, models: &[&str]) -> Result<BTreeMap<String, Vec<String>>, AnalyticsError> {
        let models = || models.iter().filter_map(|id| self.library.models.get(*id));
        let reads = models().flat_map(|model| model.reads.iter().chain(&model.reads_any));
        // Each table is opened once, however many of the models read it.
        let (tables, _) = self.open_tables(self.library.datasets_below(reads), None).await?;
        let missing = models().map(|model| {
            let supply = self.library.supply(&model.reads, &model.reads_any, &|key| tables.contains_key(key));
            (model.id.clone(), supply.missing.into_iter().collect::<Vec<_>>())
        });
        Ok(missing.filter(|(_, missing)| !missing.is_empty()).collect())
    }

    async fn cases(&self, model: &str) -> Result<Vec<CaseResult>, AnalyticsError> {
        Ok(gnomon_engine::run_cases(&self.library, model).await)
    }

    async fn rows(&self, wanted: &[(String, RowRef)]) -> Result<Vec<TableRow>, AnalyticsError> {
        self.find_rows(wanted).await
    }

    async fn source_line(&self, order: &IngestOrder, row: RowRef) -> Result<SourceLine, AnalyticsError> {
        tokio::task::block_in_place(|| self.find_line(order, row))
    }

    async fn regions(&self) -> Result<Vec<Region>, AnalyticsError> {
        self.region_tree().await
    }

    async fn coverage(&self, dataset: &str) -> Result<Vec<CoverageCell>, AnalyticsError> {
        self.count_coverage(dataset).await
    }

    async fn officials(&self) -> Result<Vec<Official>, AnalyticsError> {
        self.all_officials().await
    }

    async fn kin_matters(
        &self,
        officials: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Vec<KinMatter>>, AnalyticsError> {
        self.matters_of_kin(officials).await
    }

    async fn objects(&self, search: &ObjectSearch) -> Result<(Vec<ObjectEntry>, u64), AnalyticsError> {
        self.list_objects(search).await
    }

    async fn object(&self, kind: ObjectKind, key: &str) -> Result<Option<ObjectRecord>, AnalyticsError> {
        self.find_object(kind, key).await
    }

    async fn make_ties_ready(&self) -> Result<(), AnalyticsError> {
        Lake::make_ties_ready(self).await
    }

    async fn ties(&self, number: &str, on: Option<Day>) -> Result<Vec<Tie>, AnalyticsError> {
        self.ties_of(number, on).await
    }

    async fn tie_paths(&self, question: &TieQuestion) -> Result<TieAnswer, AnalyticsError> {
        self.find_tie_paths(question).await
    }

    fn raw_path(&self, sha256: &str) -> PathBuf {
        raw::path_of(&self.dir, sha256)
    }
}

struct Failed {
    code: Code,
    detail: String,
}

impl From<AnalyticsError> for Failed {
    fn from(error: AnalyticsError) -> Self {
        let gone = error.source.as_deref().and_then(|source| FileGone::beneath(source));
        if let Some(FileGone(file)) = gone {
            return Self { code: error.code, detail: file.clone() };
        }
        let source = error.source.map(|source| format!(": {source}")).unwrap_or_default();
        Self { code: error.code, detail: format!("{}{source}", error.what) }
    }
}

impl From<gnomon_engine::EngineError> for Failed {
    fn from(error: gnomon_engine::EngineError) -> Self {
        Self { code: error.code, detail: error.detail }
    }
}

impl Lake {
    async fn try_run(
        &self,
        model: &Model,
        params: &ParamValues,
        moment: Moment,
    ) -> Result<ModelOutcome, Failed> {
        let reads = model.reads.iter().chain(&model.reads_any);
        let below = self.library.datasets_below(reads);
        let (tables, versions) = self.open_tables(below, moment.known).await?;
        let supply = self.library.supply(&model.reads, &model.reads_any, &|key| tables.contains_key(key));
        if !supply.missing.is_empty() {
            return Ok(ModelOutcome::CannotTell { missing: supply.missing.into_iter().collect() });
        }
        let proof = self.proof.demand(&self.library, model).await;
        proof.map_err(|detail| Failed { code: Code::ModelInvalid, detail })?;
        let (mut tables, who) = self.resolved(&tables, model.certainty)?;
        let reads: Vec<&String> = model.reads.iter().chain(&model.reads_any).collect();
        self.add_kept_views(&reads, &versions, &who, model.certainty, &mut tables).await?;
        let mut findings =
            gnomon_engine::run(&self.library, model, params, moment.as_of, &tables, &self.limits).await?;
        self.name_subjects(&mut findings)?;
        Ok(ModelOutcome::Spoke { findings, versions, without: supply.without.into_iter().collect() })
    }

    /// Fills in names and places that the model did not return and the identities know.
    fn name_subjects(&self, findings: &mut [Finding]) -> Result<(), Failed> {
        let lacking = |finding: &&Finding| finding.subject_name.is_none() || finding.region_code.is_none();
        let numbers: BTreeSet<&str> =
            findings.iter().filter(lacking).map(|finding| finding.subject.as_str()).collect();
        let known = self.identities(&numbers)?;
        for finding in findings {
            if let Some(identity) = known.get(&finding.subject) {
                finding.subject_name = finding.subject_name.take().or_else(|| identity.name.clone());
                finding.region_code = finding.region_code.take().or_else(|| identity.region.clone());
            }
        }
        Ok(())
    }
}
