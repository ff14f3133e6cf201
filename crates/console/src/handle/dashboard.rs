use axum::{extract::State, response::Response};
use gnomon_httpkit::{Fault, Staff, html};
use gnomon_ui::{Section, Template as _};

use crate::{config::Console, view};

/// The numbers at a glance.
pub async fn show(State(console): State<Console>, staff: Staff) -> Result<Response, Fault> {
    let board = console.app().dashboard(&staff.actor).await?;
    let shell = console.site.shell(&staff.visit, Section::Dashboard).await?;
    html(view::dashboard::page(shell, &board).render())
}
