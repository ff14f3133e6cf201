use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_app::LeftOut;
use gnomon_domain::{Action, BatchState};
use gnomon_httpkit::{Fault, Query, Staff, html};
use gnomon_kernel::BatchId;
use gnomon_ui::{DatasetPage, Filled, Section, Template as _};

use super::may;
use crate::{
    config::Console,
    view::{self, data::Deliveries},
};

/// Deliveries on a dataset's page.
const SHOWN: u64 = 100;

/// The catalogue.
pub async fn list(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let datasets = console.app().datasets(&staff.actor).await?;
    let shell = console.site.shell(&staff.visit, Section::Data).await?;
    let can_erase = may(&staff.actor, Action::AskErasure);
    html(view::catalogue::page(shell, view::catalogue::filter(&fields), &datasets, can_erase).render())
}

/// One dataset. `?batch=` chooses the delivery whose refused rows are explained.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(key): Path<String>,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let chosen = BatchId::parse(fields.get("batch"));
    html(filled(&console, &staff, &key, chosen, Filled::default()).await?.render())
}

/// A dataset's page with an upload that was refused.
pub async fn filled(
    console: &Console,
    staff: &Staff,
    key: &str,
    chosen: Option<BatchId>,
    filled: Filled,
) -> Result<DatasetPage, Fault> {
    let (app, actor) = (console.app(), &staff.actor);
    let row = app.dataset(actor, key).await?;
    let fresh = app.freshness_of(actor, key).await?;
    let batches = app.batches(actor, Some(key), None, SHOWN).await?;
    let mut accepted = batches.iter().filter(|batch| batch.state == BatchState::Accepted);
    let explained = accepted.find(|batch| match &chosen {
        Some(id) => batch.id == *id,
        None => batch.counts.rejected > 0,
    });
    let left_out = match explained {
        Some(batch) => app.left_out(actor, &batch.id).await?,
        None => LeftOut::default(),
    };
    let visit = staff.visit.clone().at(format!("/data/{key}"));
    let shell = console.site.shell(&visit, Section::Data).await?;
    let can_upload = may(actor, Action::UploadData);
    let can_download = may(actor, Action::DownloadRejected);
    let deliveries = Deliveries {
        batches: &batches,
        left_out: &left_out,
        layouts: &app.layouts(actor, key).await?,
        can_retire: may(actor, Action::ManageLayouts),
        can_upload,
        can_download,
        sharing: &app.agreements(actor).await?,
        can_ask: may(actor, Action::AskForData),
        filled,
    };
    Ok(view::data::dataset(shell, (&row, fresh.as_ref()), deliveries, app.library()))
}
