//! Rows that somebody types.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Error, Typed, TypedRows};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Form, Staff, html};
use gnomon_kernel::{Code, CodeKind};
use gnomon_library::dataset::Dataset;
use gnomon_ui::{HandPage, Notice, Section, Template as _};

use super::{known, may};
use crate::{
    config::Console,
    view::{self, hand::Sent},
};

/// The form with one empty row.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    if !may(&staff.actor, Action::UploadData) {
        return Err(Error::Forbidden(Code::Forbidden).into());
    }
    let dataset = known(console.app().library().datasets.get(&key))?;
    html(page(&console, &staff, dataset, Sent::empty()).await?.render())
}

/// Takes the rows in, or shows the form again: with one row more, with what is wrong, or with the rows that came back.
pub async fn send(
    State(console): State<Console>,
    staff: Staff,
    Path(key): Path<String>,
    Form(fields): Form,
) -> Result<Response, Fault> {
    if !may(&staff.actor, Action::UploadData) {
        return Err(Error::Forbidden(Code::Forbidden).into());
    }
    let dataset = known(console.app().library().datasets.get(&key))?;
    let typed = view::hand::typed(&fields, dataset);
    if !fields.get("more").is_empty() {
        let grown = Sent::grown(&fields, &typed);
        return html(page(&console, &staff, dataset, grown).await?.render());
    }
    let lang = staff.visit.lang;
    let sent = match added(&console, &staff, typed.clone()).await {
        Ok(done) if done.faults.is_empty() => {
            let counts = done.batch.counts;
            let notice = Notice::TakenIn { accepted: counts.accepted, rejected: counts.rejected };
            return Ok(console.site.done(&format!("/data/batches/{}", done.batch.id), notice));
        }
        Ok(done) => Sent::came_back(&typed, &done, lang),
        Err(error @ Error::Invalid(_)) => Sent::lacking(&fields, &typed, &error, dataset, lang),
        Err(error) if error.code().kind() == CodeKind::File => Sent::known(&fields, &typed, &error, lang),
        Err(error) => return Err(error.into()),
    };
    let page = page(&console, &staff, dataset, sent).await?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

async fn page(console: &Console, staff: &Staff, dataset: &Dataset, sent: Sent) -> Result<HandPage, Fault> {
    let visit = staff.visit.clone().at(format!("/data/{}/rows/new", dataset.key));
    let shell = console.site.shell(&visit, Section::Data).await?;
    Ok(view::hand::page(shell, dataset, sent))
}

/// In a task of its own: it is carried through even when the browser leaves.
async fn added(console: &Console, staff: &Staff, typed: TypedRows) -> Result<Typed, Error> {
    let (app, actor) = (console.app().clone(), staff.actor.clone());
    let work = async move {
        let done = app.add_rows(&actor, &typed).await?;
        app.request_link(&actor).await?;
        Ok(done)
    };
    tokio::spawn(work).await.map_err(|error| Error::Internal(error.into()))?
}
