use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_app::{RunOrder, Selection};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Form, Staff, html};
use gnomon_kernel::RunId;
use gnomon_ui::{Notice, Section, Template as _};

use super::{known, may};
use crate::{config::Console, view};

/// Runs on the page.
const PAGE: u64 = 50;

/// The newest runs.
pub async fn list(State(console): State<Console>, staff: Staff) -> Result<Response, Fault> {
    let runs = console.app().runs(&staff.actor, None, PAGE).await?;
    let shell = console.site.shell(&staff.visit, Section::Runs).await?;
    html(view::runs::list(shell, &runs, may(&staff.actor, Action::RunModels)).render())
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
    let order = RunOrder { selection: Selection::All, as_of: None, overrides: Vec::new() };
    let requested = console.app().request_run(&staff.actor, &order).await?;
    Ok(console.site.done(&format!("/runs/{}", requested.run), Notice::RunAsked))
}
