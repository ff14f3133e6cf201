//! Headers that nobody knew: the proposal, the person's word, and layouts that count no more.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Actor, App, Batch, Error};
use gnomon_httpkit::{Fault, Form, Staff, html};
use gnomon_kernel::{BatchId, Code, CodeKind, LayoutId};
use gnomon_ui::{Filled, LayoutPage, Notice, Section, Template as _};

use super::{carried_through, known};
use crate::{
    config::Console,
    view::{self, form, layout::Meanings},
};

/// What the headers of a refused delivery may mean.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id = known(BatchId::parse(&id))?;
    html(filled(&console, &staff, &id, Filled::default()).await?.render())
}

/// The page with a form that came back.
async fn filled(console: &Console, staff: &Staff, id: &BatchId, filled: Filled) -> Result<LayoutPage, Fault> {
    let proposal = console.app().propose_layout(&staff.actor, id).await?;
    let visit = staff.visit.clone().at(format!("/data/batches/{id}/layout"));
    let shell = console.site.shell(&visit, Section::Data).await?;
    Ok(view::layout::page(shell, &proposal, filled))
}

/// Keeps what the headers mean and takes the file in again.
pub async fn confirm(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let id = known(BatchId::parse(&id))?;
    let meanings = view::layout::meanings(&fields.typed());
    let error = match taken_in(&console, &staff, id.clone(), meanings).await {
        Ok(batch) => {
            let notice = Notice::TakenIn { accepted: batch.counts.accepted, rejected: batch.counts.rejected };
            return Ok(console.site.done(&format!("/data/batches/{}", batch.id), notice));
        }
        Err(error @ Error::Invalid(_)) => error,
        Err(error) => return Err(error.into()),
    };
    let code = error.code();
    if code.kind() != CodeKind::File && ![Code::Missing, Code::Invalid].contains(&code) {
        return Err(error.into());
    }
    let sent = form::came_back("layout", &fields, &error, staff.visit.lang);
    let page = filled(&console, &staff, &id, sent).await?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

async fn taken_in(
    console: &Console,
    staff: &Staff,
    id: BatchId,
    meanings: Vec<Meanings>,
) -> Result<Batch, Error> {
    let confirm =
        |app: App, actor: Actor| async move { app.confirm_layout(&actor, &id, &meanings, &|_| {}).await };
    carried_through(console, staff, confirm).await
}

/// A layout counts no more for what comes in.
pub async fn retire(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    _own: Form,
) -> Result<Response, Fault> {
    let id = known(LayoutId::parse(&id))?;
    let dataset = console.app().retire_layout(&staff.actor, &id).await?;
    Ok(console.site.done(&format!("/data/{dataset}"), Notice::LayoutRetired))
}
