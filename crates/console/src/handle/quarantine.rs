use axum::{extract::State, response::Response};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Query, Staff, html};
use gnomon_ui::{Section, Template as _};

use super::may;
use crate::{
    config::Console,
    view::{self, quarantine::Rights},
};

/// Everything that was kept back and is still open.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let (app, actor) = (console.app(), &staff.actor);
    let shown = view::quarantine::shown(&fields);
    let desk = app.quarantine(actor, &view::quarantine::filter(&shown)).await?;
    let rights = Rights {
        can_download: may(actor, Action::DownloadRejected),
        can_upload: may(actor, Action::UploadData),
        can_lay_out: may(actor, Action::ManageLayouts),
    };
    let shell = console.site.shell(&staff.visit, Section::Quarantine).await?;
    html(view::quarantine::page(shell, shown, &desk, rights, app.library()).render())
}
