use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_app::{Known, RunOrder, Selection};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Form, Query, Staff, html};
use gnomon_kernel::{Instant, RunId};
use gnomon_ui::{Notice, Section, Template as _};

use super::{known, may};
use crate::{
    config::Console,
    view::{self, runs::Place},
};

/// Runs on the page.
const PAGE: usize = 50;

/// The newest runs, or those asked for before a moment: `?before=` in microseconds since 1970.
pub async fn list(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let before = fields.get("before").parse().ok().and_then(Instant::from_timestamp_micros);
    // One more than is shown tells whether there are older ones.
    let mut runs = console.app().runs(&staff.actor, before, PAGE as u64 + 1).await?;
    let has_older = runs.len() > PAGE;
    runs.truncate(PAGE);
    let last = runs.last().filter(|_| has_older);
    let place = Place {
        is_first: before.is_none(),
        older: last.map(|(run, _)| run.asked_at.timestamp_micros().to_string()),
    };
    let shell = console.site.shell(&staff.visit, Section::Runs).await?;
    html(view::runs::list(shell, &runs, place, may(&staff.actor, Action::RunModels)).render())
}

/// One run: what came out of each model.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = known(RunId::parse(&id))?;
    let (run, models) = console.app().run(&staff.actor, &id).await?;
    let shell = console.site.shell(&staff.visit, Section::Runs).await?;
    html(view::runs::page(shell, &run, &models, console.app().library()).render())
}

/// Asks for a run of all models in use.
pub async fn ask(State(console): State<Console>, staff: Staff, _own: Form) -> Result<Response, Fault> {
    let order =
        RunOrder { selection: Selection::All, as_of: None, known: Known::default(), overrides: Vec::new() };
    let requested = console.app().request_run(&staff.actor, &order).await?;
    Ok(console.site.done(&format!("/runs/{}", requested.run), Notice::RunAsked))
}
