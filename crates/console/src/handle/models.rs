use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Query, Staff, html};
use gnomon_ui::{Section, Template as _};

use super::may;
use crate::{config::Console, view};

/// All models, or only those that cannot tell.
pub async fn list(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let models = console.app().models(&staff.actor).await?;
    let shell = console.site.shell(&staff.visit, Section::Models).await?;
    let only_silent = fields.get("speech") == "cannot_tell";
    html(view::models::page(shell, &models, only_silent, console.app().library()).render())
}

/// One model: what it asks, of which data, with which values, and how it is proven.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let app = console.app();
    let model = app.model_view(&staff.actor, &id).await?;
    let cases = app.cases(&staff.actor, &id).await?;
    let rows = match may(&staff.actor, Action::ViewData) {
        true => app.datasets(&staff.actor).await?,
        false => Vec::new(),
    };
    let as_of = app.data_today().await?;
    let shell = console.site.shell(&staff.visit, Section::Models).await?;
    let facts = view::model::Facts { cases, rows, as_of };
    html(view::model::page(shell, &model, &facts, app.library()).map_err(Fault::internal)?.render())
}
