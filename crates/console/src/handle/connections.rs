use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Form, Staff, html};
use gnomon_ui::{Notice, Section, Template as _};

use super::may;
use crate::{config::Console, view};

/// All connections: what they read, how far they have come, what is in their way.
pub async fn list(State(console): State<Console>, staff: Staff) -> Result<Response, Fault> {
    let states = console.app().connections(&staff.actor).await?;
    let sharing = console.app().agreements(&staff.actor).await?;
    let listed = console.connections.list().await.map_err(Fault::internal)?;
    let shell = console.site.shell(&staff.visit, Section::Data).await?;
    let can_pull = may(&staff.actor, Action::PullData);
    html(
        view::connections::page(shell, listed, &states, &sharing, console.app().library(), can_pull).render(),
    )
}

/// Has a connection pull out of turn.
pub async fn pull(
    State(console): State<Console>,
    staff: Staff,
    Path(name): Path<String>,
    _own: Form,
) -> Result<Response, Fault> {
    console.app().ask_for_pull(&staff.actor, &name).await?;
    Ok(console.site.done("/data/connections", Notice::PullAsked))
}
