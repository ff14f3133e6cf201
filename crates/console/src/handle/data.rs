use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use gnomon_app::RejectedWords;
use gnomon_domain::{Action, BatchState};
use gnomon_httpkit::{Fault, Query, Staff, html, redirect};
use gnomon_kernel::BatchId;
use gnomon_ui::{DatasetPage, Filled, Section, Template as _, rejected_headings};

use super::{known, may};
use crate::{
    config::Console,
    view::{self, data::Deliveries},
};

/// Deliveries counted for the catalogue.
const COUNTED: u64 = 10_000;
/// Deliveries on a dataset's page.
const SHOWN: u64 = 100;

/// The catalogue, and the files that were refused.
pub async fn list(State(console): State<Console>, staff: Staff) -> Result<Response, Fault> {
    let datasets = console.app().datasets(&staff.actor).await?;
    let batches = console.app().batches(&staff.actor, None, None, COUNTED).await?;
    let shell = console.site.shell(&staff.visit, Section::Data).await?;
    html(view::data::catalogue(shell, &datasets, &batches).render())
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
    let row = known(app.datasets(actor).await?.into_iter().find(|row| row.dataset.key == key))?;
    let batches = app.batches(actor, Some(key), None, SHOWN).await?;
    let explained = batches.iter().find(|batch| match &chosen {
        Some(id) => batch.id == *id && batch.state == BatchState::Accepted,
        None => batch.counts.rejected > 0,
    });
    let reasons = match explained {
        Some(batch) => app.rejected_reasons(actor, &batch.id).await?,
        None => Vec::new(),
    };
    let visit = staff.visit.clone().at(format!("/data/{key}"));
    let shell = console.site.shell(&visit, Section::Data).await?;
    let can_upload = may(actor, Action::UploadData);
    let deliveries = Deliveries { batches: &batches, reasons: &reasons, can_upload, filled };
    Ok(view::data::dataset(shell, &row, deliveries, app.library()))
}

/// A delivery stands on its dataset's page.
pub async fn batch(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let batch = console.app().batch(&staff.actor, &known(BatchId::parse(&id))?).await?;
    Ok(redirect(&format!("/data/{}?batch={}", batch.dataset, batch.id)))
}

/// The rows of a delivery that were kept back, with their reasons, as a file.
pub async fn rejected(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = known(BatchId::parse(&id))?;
    let lang = staff.visit.lang;
    let headings = rejected_headings(lang);
    let words = RejectedWords {
        headings: headings.each_ref().map(|heading| heading.as_ref()),
        reason: &|code| view::data::reason(lang, code),
    };
    let file = console.app().rejected_csv(&staff.actor, &id, &words).await?;
    let name: String =
        file.name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let disposition = disposition.map_err(Fault::internal)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], file.bytes)
        .into_response())
}
