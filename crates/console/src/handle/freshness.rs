use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_httpkit::{Fault, Query, Staff, html};
use gnomon_ui::{Section, Template as _};

use crate::{config::Console, view};

/// Which deliveries came in which month, and which are late.
pub async fn list(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let rows = console.app().freshness(&staff.actor).await?;
    let shell = console.site.shell(&staff.visit, Section::Data).await?;
    html(view::freshness::page(shell, view::freshness::filter(&fields), &rows).render())
}

/// Rows of one dataset by place and month.
pub async fn coverage(
    State(console): State<Console>,
    staff: Staff,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    let coverage = console.app().coverage(&staff.actor, &key).await?;
    let shell = console.site.shell(&staff.visit, Section::Data).await?;
    html(view::coverage::page(shell, coverage).render())
}
