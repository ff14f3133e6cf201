//! Models: what they need, how they do, what they said last.

pub(crate) mod perform;
pub(crate) mod run;
pub(crate) mod runs;

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor};
use gnomon_library::{analytics::CaseResult, model::Model};
use gnomon_store::{ModelRecord, Run, RunModel};

use crate::{App, Result, app::permit};

/// So many of a model's runs are shown.
const SHOWN_RUNS: u64 = 10;

/// A model in a list.
#[derive(Debug, Clone)]
pub struct ModelRow<'a> {
    /// The model.
    pub model: &'a Model,
    /// Datasets or views without data that it needs. Empty: it can speak.
    pub missing: Vec<String>,
    /// How well it does; `None` when it raised nothing yet.
    pub record: Option<ModelRecord>,
    /// What it said last.
    pub last: Option<RunModel>,
}

/// One model.
#[derive(Debug, Clone)]
pub struct ModelView<'a> {
    /// As in the list.
    pub row: ModelRow<'a>,
    /// SHA-256 of its logic.
    pub fingerprint: &'a str,
    /// Its last runs, newest first.
    pub runs: Vec<(Run, RunModel)>,
}

impl App {
    /// All models, by id.
    pub async fn models(&self, actor: &Actor) -> Result<Vec<ModelRow<'_>>> {
        permit(actor, Action::ViewModels)?;
        let tx = self.parts.store.read().await?;
        let records = tx.model_records(None).await?;
        let mut records: BTreeMap<String, ModelRecord> =
            records.into_iter().map(|record| (record.model.clone(), record)).collect();
        let ids: Vec<&str> = self.library().models.keys().map(String::as_str).collect();
        let mut missing = self.parts.analytics.missing_for(&ids).await?;
        let mut rows = Vec::with_capacity(ids.len());
        for model in self.library().models.values() {
            rows.push(ModelRow {
                model,
                missing: missing.remove(&model.id).unwrap_or_default(),
                record: records.remove(&model.id),
                last: tx.runs_of_model(&model.id, 1).await?.into_iter().next().map(|(_, row)| row),
            });
        }
        Ok(rows)
    }

    /// One model with its last runs.
    pub async fn model_view(&self, actor: &Actor, id: &str) -> Result<ModelView<'_>> {
        permit(actor, Action::ViewModels)?;
        let model = self.model(id)?;
        let tx = self.parts.store.read().await?;
        let runs = tx.runs_of_model(id, SHOWN_RUNS).await?;
        let row = ModelRow {
            model,
            missing: self.parts.analytics.missing_for(&[id]).await?.remove(id).unwrap_or_default(),
            record: tx.model_records(Some(id)).await?.into_iter().next(),
            last: runs.first().map(|(_, row)| row.clone()),
        };
        let fingerprint = self.library().fingerprints.get(id).map_or("", String::as_str);
        Ok(ModelView { row, fingerprint, runs })
    }

    /// Executes the cases of one model.
    pub async fn cases(&self, actor: &Actor, id: &str) -> Result<Vec<CaseResult>> {
        permit(actor, Action::ViewModels)?;
        self.model(id)?;
        Ok(self.parts.analytics.cases(id).await?)
    }
}
