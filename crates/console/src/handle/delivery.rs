//! One delivery: its page, its rows that were kept back, taking it out again.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Actor, App, Batch, Error, LeftOut, RejectedForm, RejectedWords};
use gnomon_domain::{Action, BatchState};
use gnomon_httpkit::{Fault, Form, Staff, html};
use gnomon_kernel::BatchId;
use gnomon_ui::{DeliveryPage, Filled, Notice, Section, Template as _, bare_error_text, rejected_headings};

use super::{carried_through, known, may};
use crate::{
    config::Console,
    view::{self, delivery::Sources, form},
};

/// One delivery: what became of it and what rests on it.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = known(BatchId::parse(&id))?;
    html(filled(&console, &staff, &id, Filled::default()).await?.render())
}

/// The page with a form that came back.
async fn filled(
    console: &Console,
    staff: &Staff,
    id: &BatchId,
    filled: Filled,
) -> Result<DeliveryPage, Fault> {
    let (app, actor) = (console.app(), &staff.actor);
    let view = app.delivery(actor, id).await?;
    let left_out = match view.batch.state {
        BatchState::Accepted => app.left_out(actor, id).await?,
        _ => LeftOut::default(),
    };
    let visit = staff.visit.clone().at(format!("/data/batches/{id}"));
    let shell = console.site.shell(&visit, Section::Data).await?;
    let can_download = may(actor, Action::DownloadRejected);
    let can_withdraw = may(actor, Action::WithdrawData);
    let can_lay_out = may(actor, Action::ManageLayouts);
    let sources = Sources { left_out, can_download, can_lay_out, can_withdraw, filled };
    Ok(view::delivery::page(shell, &view, sources, app.library()))
}

/// Takes a delivery out of its table.
pub async fn withdraw(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let id = known(BatchId::parse(&id))?;
    match taken_out(&console, &staff, id.clone(), fields.get("reason").to_owned()).await {
        Ok(_) => Ok(console.site.done(&format!("/data/batches/{id}"), Notice::Withdrawn)),
        Err(error @ Error::Invalid(_)) => {
            let sent = form::came_back("withdraw", &fields, &error, staff.visit.lang);
            let page = filled(&console, &staff, &id, sent).await?.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn taken_out(console: &Console, staff: &Staff, id: BatchId, reason: String) -> Result<Batch, Error> {
    let withdraw = |app: App, actor: Actor| async move { app.withdraw(&actor, &id, &reason, &|_| {}).await };
    carried_through(console, staff, withdraw).await
}

/// The rows of a delivery that were kept back, with their reasons, as a file to be read.
pub async fn rejected_csv(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    rejected(&console, &staff, &id, RejectedForm::Csv).await
}

/// The same as a workbook to be mended and sent again.
pub async fn rejected_xlsx(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    rejected(&console, &staff, &id, RejectedForm::Xlsx).await
}

async fn rejected(console: &Console, staff: &Staff, id: &str, form: RejectedForm) -> Result<Response, Fault> {
    let id = known(BatchId::parse(id))?;
    let lang = staff.visit.lang;
    let headings = rejected_headings(lang);
    let words = RejectedWords {
        lang,
        headings: headings.each_ref().map(|heading| heading.as_ref()),
        reason: &|code| bare_error_text(lang, code),
    };
    let file = console.app().rejected_file(&staff.actor, &id, form, &words).await?;
    let name: String =
        file.name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let disposition = disposition.map_err(Fault::internal)?;
    let kind = HeaderValue::from_static(match form {
        RejectedForm::Csv => "text/csv; charset=utf-8",
        RejectedForm::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    });
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], file.bytes)
        .into_response())
}
