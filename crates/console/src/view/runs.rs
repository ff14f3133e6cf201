use gnomon_app::{Run, RunModel};
use gnomon_domain::{Outcome, RunState};
use gnomon_kernel::{Instant, Lang};
use gnomon_library::Library;
use gnomon_ui::{OutcomeRow, RunPage, RunRow, RunsPage, Shell};

use super::outcome::outcome;

/// Where a page of runs lies among all of them.
pub struct Place {
    /// Whether it holds the newest.
    pub is_first: bool,
    /// Where the page of older ones begins, if there is one.
    pub older: Option<String>,
}

/// A page of runs, newest first.
pub fn list(shell: Shell, runs: &[(Run, Vec<RunModel>)], place: Place, can_run: bool) -> RunsPage {
    let rows = runs.iter().map(|(run, models)| row(run, models)).collect();
    RunsPage { shell, can_run, rows, is_first: place.is_first, older: place.older }
}

fn row(run: &Run, models: &[RunModel]) -> RunRow {
    let count = |outcome| models.iter().filter(|model| model.outcome == outcome).count() as u64;
    RunRow {
        id: run.id.to_string(),
        began: began(run),
        milliseconds: took(run),
        as_of: run.as_of,
        actor: actor(run),
        models: models.len() as u64,
        findings: models.iter().map(|model| model.counts.found).sum(),
        new: models.iter().map(|model| model.counts.raised).sum(),
        silent: count(Outcome::CannotTell),
        failed: count(Outcome::Failed),
    }
}

/// One run: what came out of each model, those that failed or could not tell first.
pub fn page(shell: Shell, run: &Run, models: &[RunModel], library: &Library) -> RunPage {
    let lang = shell.lang;
    let mut models: Vec<&RunModel> = models.iter().collect();
    models.sort_by_key(|model| match model.outcome {
        Outcome::Failed => 0,
        Outcome::CannotTell => 1,
        Outcome::Spoke | Outcome::Running | Outcome::Waiting => 2,
    });
    RunPage {
        shell,
        id: run.id.to_string(),
        began: began(run),
        milliseconds: took(run),
        as_of: run.as_of,
        known_at: run.known_at,
        actor: actor(run),
        outcomes: models.into_iter().map(|model| outcome_row(model, library, lang)).collect(),
    }
}

fn outcome_row(row: &RunModel, library: &Library, lang: Lang) -> OutcomeRow {
    let model = library.models.get(&row.model);
    OutcomeRow {
        model: row.model.clone(),
        title: model.map_or(row.model.as_str(), |model| model.title.get(lang)).to_owned(),
        revision: u64::from(row.revision),
        outcome: outcome(row, library, lang),
        new: row.counts.raised,
        withdrawn: row.counts.withdrawn,
        milliseconds: row.millis,
    }
}

fn began(run: &Run) -> Instant {
    run.started_at.unwrap_or(run.asked_at)
}

/// None while it runs.
fn took(run: &Run) -> Option<u64> {
    let is_over = matches!(run.state, RunState::Finished | RunState::Failed);
    let length = run.finished_at? - began(run);
    is_over.then(|| u64::try_from(length.num_milliseconds()).unwrap_or_default())
}

fn actor(run: &Run) -> Option<String> {
    (!run.by_name.is_empty()).then(|| run.by_name.clone())
}
