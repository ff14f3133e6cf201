//! Asking for a run.

use std::{collections::BTreeMap, str::FromStr};

use gnomon_domain::{Action, Actor, Outcome, RunState, end_of_day};
use gnomon_kernel::{Code, Day, Instant, JobId, RunId};
use gnomon_library::model::{Model, Status};
use gnomon_store::{Run, RunCounts, RunModel};

use crate::{App, Error, Problem, Result, app::permit};

/// The job kind of a run.
pub(crate) const RUN_JOB: &str = "run";

/// Which models to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// All in force or on trial.
    All,
    /// These, and those in force or on trial of these packs.
    Some {
        /// Ids. A draft can be run by naming it.
        models: Vec<String>,
        /// Keys.
        packs: Vec<String>,
    },
}

/// A value for one parameter of one model, in place of the default: `BF-GEN-001.grace_months=2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Id of the model.
    pub model: String,
    /// Name of the parameter.
    pub param: String,
    /// The value, as text.
    pub value: String,
}

impl FromStr for Override {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_once('=').and_then(|(name, value)| Some((name.split_once('.')?, value)));
        let Some(((model, param), value)) = parts else {
            let (found, expected) = (text.to_owned(), "ID.param=value".to_owned());
            return Err(Error::Invalid(vec![Problem {
                field: "set".into(),
                code: Code::Invalid,
                found,
                expected,
            }]));
        };
        let [model, param, value] = [model, param, value].map(|part| part.trim().to_owned());
        Ok(Self { model, param, value })
    }
}

/// Which deliveries a run reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Known {
    /// Without a day of its own, everything. With one, what was in by the end of that day; where nothing was in by
    /// then, the records of that time came later, and everything is read.
    #[default]
    Fitting,
    /// Everything that is in now.
    Now,
    /// What was in at that moment.
    At(Instant),
}

/// What to run, and how.
#[derive(Debug, Clone)]
pub struct RunOrder {
    /// Which models.
    pub selection: Selection,
    /// The day they take for today; the data's today when absent.
    pub as_of: Option<Day>,
    /// Which deliveries they read.
    pub known: Known,
    /// Values in place of defaults.
    pub overrides: Vec<Override>,
}

/// A run that waits for a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    /// The run.
    pub run: RunId,
    /// The job that will perform it.
    pub job: JobId,
}

impl App {
    /// Asks for a run. It is checked at once and performed by a worker.
    pub async fn request_run(&self, actor: &Actor, order: &RunOrder) -> Result<Requested> {
        permit(actor, Action::RunModels)?;
        let models = self.selected(&order.selection)?;
        let as_of = match order.as_of {
            Some(day) => day,
            None => self.data_today().await?,
        };
        let known_at = self.known_at(order).await?;
        let now = self.now();
        let requested = Requested { run: RunId::new(self.ids()), job: JobId::new(self.ids()) };
        let mut rows = self.rows_of(&requested.run, &models, &order.overrides)?;
        // What was known once is an answer; what is known now decides about warnings.
        rows.iter_mut().for_each(|row| row.raises &= known_at.is_none());
        let run = Run {
            id: requested.run.clone(),
            state: RunState::Queued,
            as_of,
            known_at,
            by: actor.user.clone(),
            by_name: actor.name.clone(),
            asked_at: now,
            started_at: None,
            finished_at: None,
        };
        let tx = self.parts.store.write().await?;
        tx.add_run(&run, actor, &rows).await?;
        tx.enqueue(&requested.job, RUN_JOB, serde_json::json!({ "run": requested.run }), now).await?;
        let detail = format!("{} models as of {as_of}", rows.len());
        self.audit(&tx, actor, Action::RunModels, run.id.as_str(), &detail).await?;
        tx.commit().await?;
        Ok(requested)
    }

    /// `None` stands for everything that is in now.
    async fn known_at(&self, order: &RunOrder) -> Result<Option<Instant>> {
        let moment = match (order.known, order.as_of) {
            (Known::Now, _) | (Known::Fitting, None) => return Ok(None),
            (Known::At(moment), _) => moment,
            (Known::Fitting, Some(day)) => end_of_day(day),
        };
        let is_past = moment < self.now();
        if !is_past || order.known == Known::Fitting && !self.held_data_at(moment).await? {
            return Ok(None);
        }
        Ok(Some(moment))
    }

    async fn held_data_at(&self, moment: Instant) -> Result<bool> {
        let first = self.parts.store.read().await?.first_accepted_at().await?;
        Ok(first.is_some_and(|first| first <= moment))
    }

    /// Models that a run of everything runs: those in force or on trial.
    pub(crate) fn models_in_use(&self) -> impl Iterator<Item = &Model> {
        self.library().models.values().filter(|model| matches!(model.status, Status::Stable | Status::Trial))
    }

    fn selected(&self, selection: &Selection) -> Result<Vec<&Model>> {
        let library = self.library();
        let selected: BTreeMap<&str, &Model> = match selection {
            Selection::All => self.models_in_use().map(|model| (model.id.as_str(), model)).collect(),
            Selection::Some { models, packs } => {
                if let Some(unknown) =
                    packs.iter().find(|key| !library.models.values().any(|m| m.pack() == **key))
                {
                    return Err(unknown_model("pack", unknown));
                }
                let of_packs =
                    self.models_in_use().filter(|model| packs.iter().any(|key| key == model.pack()));
                let mut selected: BTreeMap<&str, &Model> =
                    of_packs.map(|model| (model.id.as_str(), model)).collect();
                for id in models {
                    let model = library.models.get(id).ok_or_else(|| unknown_model("model", id))?;
                    selected.insert(&model.id, model);
                }
                selected
            }
        };
        if selected.is_empty() {
            return Err(Error::field("model", Code::Missing));
        }
        Ok(selected.into_values().collect())
    }

    fn rows_of(&self, run: &RunId, models: &[&Model], overrides: &[Override]) -> Result<Vec<RunModel>> {
        if let Some(stray) = overrides.iter().find(|one| !models.iter().any(|model| model.id == one.model)) {
            return Err(unknown_model("set", &stray.model));
        }
        models.iter().map(|model| self.row_of(run, model, overrides)).collect()
    }

    fn row_of(&self, run: &RunId, model: &Model, overrides: &[Override]) -> Result<RunModel> {
        let of_model = overrides.iter().filter(|one| one.model == model.id);
        let texts: BTreeMap<String, String> =
            of_model.map(|one| (one.param.clone(), one.value.clone())).collect();
        let values = model.param_set().with_text(&texts)?;
        let overridden = values != model.param_set().defaults()?;
        Ok(RunModel {
            run: run.clone(),
            model: model.id.clone(),
            revision: model.revision,
            fingerprint: self.library().fingerprints.get(&model.id).cloned().unwrap_or_default(),
            params: serde_json::to_value(&values).map_err(Error::internal)?,
            overridden,
            raises: model.status == Status::Stable,
            outcome: Outcome::Waiting,
            attempts: 0,
            millis: 0,
            counts: RunCounts::default(),
            missing: Vec::new(),
            without: Vec::new(),
            versions: Vec::new(),
            code: None,
            detail: String::new(),
        })
    }
}

fn unknown_model(field: &str, name: &str) -> Error {
    let (code, found) = (Code::ModelUnknown, name.to_owned());
    Error::Invalid(vec![Problem { field: field.to_owned(), code, found, expected: String::new() }])
}
