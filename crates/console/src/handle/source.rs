use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_httpkit::{Fault, Query, Staff, html};
use gnomon_kernel::{RowRef, WarningId};
use gnomon_ui::{Section, Template as _};

use super::known;
use crate::{config::Console, view};

/// The delivered line behind a row of a warning's evidence.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(row): Path<String>,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let row = known(row.parse::<RowRef>().ok())?;
    let id = known(WarningId::parse(fields.get("warning")))?;
    let line = console.app().source_line(&staff.actor, &id, row).await?;
    let warning = console.app().warning(&staff.actor, &id).await?;
    let shell = console.site.shell(&staff.visit, Section::Warnings).await?;
    let page = view::source::page(shell, &line, &warning);
    html(if staff.visit.htmx.is_part() { page.render_line() } else { page.render() })
}
