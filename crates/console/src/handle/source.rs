use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_httpkit::{Fault, Query, Staff, html};
use gnomon_kernel::{RowRef, WarningId};
use gnomon_ui::{Section, Template as _};

use super::known;
use crate::{config::Console, view};

/// The delivered line behind a row of a warning's evidence, or behind a record that tells a tie.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(row): Path<String>,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let row = known(row.parse::<RowRef>().ok())?;
    let app = console.app();
    let (line, warning, section) = match fields.get("warning") {
        "" => (app.tie_line(&staff.actor, row).await?, None, Section::Ties),
        id => {
            let id = known(WarningId::parse(id))?;
            let line = app.source_line(&staff.actor, &id, row).await?;
            (line, Some(app.warning(&staff.actor, &id).await?), Section::Warnings)
        }
    };
    let shell = console.site.shell(&staff.visit, section).await?;
    let page = view::source::page(shell, &line, warning.as_ref());
    html(if staff.visit.htmx.is_part() { page.render_line() } else { page.render() })
}
