use axum::{extract::State, response::Response};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Staff, html, redirect};
use gnomon_ui::{Section, Template as _};

use super::may;
use crate::{config::Console, view};

/// The numbers at a glance. Whoever has no part in the supervision begins with the data requests instead.
pub async fn show(State(console): State<Console>, staff: Staff) -> Result<Response, Fault> {
    if !may(&staff.actor, Action::ViewDashboard) {
        return Ok(redirect("/data/requests"));
    }
    let board = console.app().dashboard(&staff.actor).await?;
    let shell = console.site.shell(&staff.visit, Section::Dashboard).await?;
    html(view::dashboard::page(shell, &board).render())
}
