//! Data requests: the list, one with its agreement, and the forms of its steps.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{App, Error, NewRequest, Request, Sharing};
use gnomon_domain::{Action, DataEnd, LinkKind, RequestEvent, RequestState, RequestStep};
use gnomon_httpkit::{Fault, Fields, Form, Query, Staff, html};
use gnomon_kernel::{Code, RequestId};
use gnomon_ui::{AskPage, Filled, Notice, RequestPage, Section, Template as _};

use super::{known, may};
use crate::{
    config::Console,
    view::{self, form, requests::Asked},
};

type Answer = Result<Response, Fault>;

/// Where the rail stands: for those who open nothing else of the data it has an entry of its own.
fn section(staff: &Staff) -> Section {
    if may(&staff.actor, Action::ViewData) { Section::Data } else { Section::Requests }
}

/// All requests that this person may see.
pub async fn list(State(console): State<Console>, staff: Staff) -> Answer {
    let app = console.app();
    let rows = app.requests(&staff.actor).await?;
    let shell = console.site.shell(&staff.visit, section(&staff)).await?;
    let is_required = app.needs_agreements() == Sharing::Required;
    html(view::requests::list(shell, is_required, &rows, app.today()).render())
}

/// One request.
pub async fn show(State(console): State<Console>, staff: Staff, Path(id): Path<String>) -> Answer {
    let id = known(RequestId::parse(&id))?;
    html(filled(&console, &staff, &id, Filled::default()).await?.render())
}

/// The page with a form that came back.
async fn filled(
    console: &Console,
    staff: &Staff,
    id: &RequestId,
    filled: Filled,
) -> Result<RequestPage, Fault> {
    let app = console.app();
    let view = app.request(&staff.actor, id).await?;
    let visit = staff.visit.clone().at(format!("/data/requests/{id}"));
    let shell = console.site.shell(&visit, section(staff)).await?;
    Ok(view::requests::page(shell, &view, app.library(), app.today(), filled))
}

/// The form that asks for the dataset named in the address.
pub async fn new(State(console): State<Console>, staff: Staff, Query(fields): Query) -> Answer {
    let key = fields.get("dataset");
    html(form_page(&console, &staff, key, None, Asked::default(), Filled::default()).await?.render())
}

/// Asks the department.
pub async fn ask(State(console): State<Console>, staff: Staff, Form(fields): Form) -> Answer {
    let result = match read(&fields) {
        Ok(new) => console.app().ask_for_data(&staff.actor, &new).await,
        Err(error) => Err(error),
    };
    asked(&console, &staff, None, &fields, result).await
}

/// The form that changes a request which the department has sent back.
pub async fn change_form(State(console): State<Console>, staff: Staff, Path(id): Path<String>) -> Answer {
    let id = known(RequestId::parse(&id))?;
    let request = changeable(console.app(), &staff, &id).await?;
    let (sent, asked) = (view::requests::as_filled(&request), Asked::of(&request));
    html(form_page(&console, &staff, &request.dataset, Some(&request), asked, sent).await?.render())
}

/// Asks again.
pub async fn change(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let id = known(RequestId::parse(&id))?;
    let result = match read(&fields) {
        Ok(new) => {
            let note = fields.get("note");
            console.app().change_request(&staff.actor, &id, seen(&fields), &new, note).await
        }
        Err(error) => Err(error),
    };
    asked(&console, &staff, Some(&id), &fields, result).await
}

/// Agrees, refuses or sends back.
pub async fn answer(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let text = fields.get("reason").to_owned();
    let event = match fields.get("decision") {
        "agree" => Ok(RequestEvent::Agree { note: text }),
        "refuse" => Ok(RequestEvent::Refuse { reason: text }),
        "return" => Ok(RequestEvent::Return { reason: text }),
        other => Err(unchosen("decision", other)),
    };
    step(&console, &staff, "answer", (&id, &fields), event).await
}

/// Chooses how the data come.
pub async fn connect(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let word = fields.get("link");
    let event = LinkKind::parse(word).ok_or_else(|| unchosen("link", word));
    let event = event.map(|link| RequestEvent::Connect { link });
    step(&console, &staff, "connect", (&id, &fields), event).await
}

/// Asks for the end.
pub async fn ask_end(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let (word, reason) = (fields.get("data"), fields.get("reason").to_owned());
    let event = DataEnd::parse(word).ok_or_else(|| unchosen("data", word));
    let event = event.map(|data| RequestEvent::AskEnd { data, reason });
    step(&console, &staff, "ask-end", (&id, &fields), event).await
}

/// Confirms the end, or lets it go on.
pub async fn confirm_end(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let text = fields.get("reason").to_owned();
    let event = match fields.get("decision") {
        "end" => Ok(RequestEvent::End { note: text }),
        "keep_on" => Ok(RequestEvent::KeepOn { reason: text }),
        other => Err(unchosen("decision", other)),
    };
    step(&console, &staff, "confirm-end", (&id, &fields), event).await
}

async fn step(
    console: &Console,
    staff: &Staff,
    form: &str,
    (id, fields): (&str, &Fields),
    event: Result<RequestEvent, Error>,
) -> Answer {
    let id = known(RequestId::parse(id))?;
    let result = match event {
        Ok(event) => console.app().step_request(&staff.actor, &id, seen(fields), event).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(_) => Ok(console.site.done(&format!("/data/requests/{id}"), Notice::RequestStepped)),
        Err(error @ Error::Invalid(_)) => {
            let sent = form::came_back(form, fields, &error, staff.visit.lang);
            came_back(filled(console, staff, &id, sent).await?.render()?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Back to the request, or to the form with what is wrong with it.
async fn asked(
    console: &Console,
    staff: &Staff,
    id: Option<&RequestId>,
    fields: &Fields,
    result: Result<Request, Error>,
) -> Answer {
    let error = match result {
        Ok(request) => {
            let notice = if id.is_some() { Notice::RequestStepped } else { Notice::RequestAsked };
            return Ok(console.site.done(&format!("/data/requests/{}", request.id), notice));
        }
        Err(error @ Error::Invalid(_)) => error,
        Err(error) => return Err(error.into()),
    };
    let request = match id {
        Some(id) => Some(changeable(console.app(), staff, id).await?),
        None => None,
    };
    let sent = form::came_back("ask", fields, &error, staff.visit.lang);
    let ticked = Asked::sent(fields);
    let page = form_page(console, staff, fields.get("dataset"), request.as_ref(), ticked, sent).await?;
    came_back(page.render()?)
}

fn came_back(page: String) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

async fn form_page(
    console: &Console,
    staff: &Staff,
    key: &str,
    changes: Option<&Request>,
    asked: Asked,
    filled: Filled,
) -> Result<AskPage, Fault> {
    if !may(&staff.actor, Action::AskForData) {
        return Err(Error::Forbidden(Code::Forbidden).into());
    }
    let app = console.app();
    let row = known(app.datasets(&staff.actor).await?.into_iter().find(|row| row.dataset.key == key))?;
    let here = match changes {
        Some(request) => format!("/data/requests/{}/change", request.id),
        None => format!("/data/requests/new?dataset={key}"),
    };
    let shell = console.site.shell(&staff.visit.clone().at(here), Section::Data).await?;
    Ok(view::requests::form(shell, &row, changes, (asked, filled), app.library()))
}

/// A request that this person may change now.
async fn changeable(app: &App, staff: &Staff, id: &RequestId) -> Result<Request, Error> {
    let view = app.request(&staff.actor, id).await?;
    let request = view.row.request;
    if view.steps.contains(&RequestStep::Change) {
        return Ok(request);
    }
    Err(match request.matter.state {
        RequestState::Returned => Error::Forbidden(Code::Forbidden),
        _ => Error::Conflict { code: Code::State, found: request.number },
    })
}

fn read(fields: &Fields) -> Result<NewRequest, Error> {
    let all = |name: &str| fields.all(name).map(str::to_owned).collect::<Vec<_>>();
    Ok(NewRequest {
        dataset: fields.get("dataset").to_owned(),
        purpose: fields.get("purpose").to_owned(),
        basis: fields.get("basis").to_owned(),
        columns: Some(all("columns")),
        models: all("models"),
        cadence: gnomon_kernel::Cadence::parse(fields.get("cadence")),
        from: form::day(fields, "from")?,
        until: form::day(fields, "until")?,
    })
}

/// A form without a version is as stale as one with an old version; no request has this one.
fn seen(fields: &Fields) -> Option<i32> {
    Some(fields.get("seen").parse().unwrap_or(-1))
}

fn unchosen(field: &str, word: &str) -> Error {
    Error::field(field, if word.is_empty() { Code::Missing } else { Code::Invalid })
}
