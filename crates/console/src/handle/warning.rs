use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_app::Assignee;
use gnomon_domain::Step;
use gnomon_httpkit::{Fault, Staff, html};
use gnomon_kernel::WarningId;
use gnomon_ui::{Filled, Section, Template as _, WarningPage};

use super::known;
use crate::{
    config::Console,
    view::warning::{Sources, page},
};

/// One warning with everything that leads to it and follows from it.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = known(WarningId::parse(&id))?;
    html(filled(&console, &staff, &id, Filled::default()).await?.render())
}

/// The page with a form that came back.
pub async fn filled(
    console: &Console,
    staff: &Staff,
    id: &WarningId,
    filled: Filled,
) -> Result<WarningPage, Fault> {
    let app = console.app();
    let view = app.warning(&staff.actor, id).await?;
    let evidence = app.evidence(&staff.actor, id).await?;
    let assignees: Vec<Assignee> = match view.steps.contains(&Step::Assign) {
        true => app.assignees(&staff.actor).await?,
        false => Vec::new(),
    };
    let visit = staff.visit.clone().at(format!("/warnings/{id}"));
    let shell = console.site.shell(&visit, Section::Warnings).await?;
    // Who sees the warning and may reveal its persons may ask how they are tied.
    let may_ask_ties = view.steps.contains(&Step::Reveal);
    let sources = Sources {
        actor: &staff.actor,
        evidence,
        assignees,
        may_ask_ties,
        filled,
        today: app.today(),
        due: app.due(view.item.level),
    };
    Ok(page(shell, &view, sources, app.library()))
}
