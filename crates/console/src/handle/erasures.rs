use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Answer, Error};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Form, Staff, html};
use gnomon_kernel::Code;
use gnomon_ui::{ErasuresPage, Filled, Notice, Section, Template as _};

use super::{known, may};
use crate::{
    config::Console,
    view::{self, form},
};

/// Where the page is.
const PAGE: &str = "/data/erasures";

/// What was asked to be erased, and what became of it.
pub async fn list(State(console): State<Console>, staff: Staff) -> Result<Response, Fault> {
    html(filled(&console, &staff, Filled::default()).await?.render())
}

async fn filled(console: &Console, staff: &Staff, filled: Filled) -> Result<ErasuresPage, Fault> {
    let erasures = console.app().erasures(&staff.actor).await?;
    let visit = staff.visit.clone().at(PAGE.to_owned());
    let shell = console.site.shell(&visit, Section::Data).await?;
    let answers = may(&staff.actor, Action::AnswerErasure).then_some(&staff.actor);
    Ok(view::erasures::page(shell, erasures, console.app().library(), answers, filled))
}

/// Asks that a person be erased.
pub async fn ask(
    State(console): State<Console>,
    staff: Staff,
    Form(fields): Form,
) -> Result<Response, Fault> {
    match console.app().ask_erasure(&staff.actor, fields.get("number"), fields.get("ground")).await {
        Ok(_) => Ok(console.site.done(PAGE, Notice::ErasureAsked)),
        Err(error @ Error::Invalid(_)) => {
            came_back(&console, &staff, form::came_back("ask", &fields, &error, staff.visit.lang)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Agrees to an erasure or declines it.
pub async fn answer(
    State(console): State<Console>,
    staff: Staff,
    Path(number): Path<String>,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let erasure = known(number.parse().ok())?;
    let (answer, notice) = match fields.get("decision") {
        "agree" => (Answer::Agree, Notice::ErasureAgreed),
        "decline" => (Answer::Decline(fields.get("reason").to_owned()), Notice::ErasureDeclined),
        _ => return Err(Error::field("decision", Code::Missing).into()),
    };
    match console.app().answer_erasure(&staff.actor, erasure, &answer).await {
        Ok(()) => Ok(console.site.done(PAGE, notice)),
        Err(error @ Error::Invalid(_)) => {
            came_back(&console, &staff, form::came_back(&number, &fields, &error, staff.visit.lang)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn came_back(console: &Console, staff: &Staff, sent: Filled) -> Result<Response, Fault> {
    let page = filled(console, staff, sent).await?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}
