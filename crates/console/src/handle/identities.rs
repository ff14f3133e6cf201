//! The desk of identities: the list, one pair, and the forms of its steps.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{DoubtView, Error, SeenPair};
use gnomon_domain::PairState;
use gnomon_httpkit::{Fault, Fields, Form, Query, Staff, html};
use gnomon_kernel::{Code, RowRef};
use gnomon_ui::{Filled, IdentityPage, LedHere, Notice, Section, Template as _};

use super::known;
use crate::{
    config::Console,
    view::{self, form},
};

type Answer = Result<Response, Fault>;

/// Pairs of mentions that may be one.
pub async fn list(State(console): State<Console>, staff: Staff, Query(fields): Query) -> Answer {
    let shown = view::identities::shown(&fields);
    let filter = view::identities::filter(&shown);
    let desk = console.app().doubts(&staff.actor, &filter, shown.page).await?;
    let shell = console.site.shell(&staff.visit, Section::Identities).await?;
    html(view::identities::list(shell, shown, &desk).render())
}

/// One pair, side by side.
pub async fn show(State(console): State<Console>, staff: Staff, Path(number): Path<String>) -> Answer {
    let view = console.app().doubt(&staff.actor, known(number.parse().ok())?).await?;
    html(page(&console, &staff, &view, Filled::default()).await?.render())
}

/// The delivered line of one of the two.
pub async fn source(
    State(console): State<Console>,
    staff: Staff,
    Path((number, row)): Path<(String, String)>,
) -> Answer {
    let number = known(number.parse().ok())?;
    let row = known(row.parse::<RowRef>().ok())?;
    let line = console.app().doubt_line(&staff.actor, number, row).await?;
    let shell = console.site.shell(&staff.visit, Section::Identities).await?;
    let from = LedHere::Pair(u64::from(number));
    html(view::source::page_from(shell, &line, from).render())
}

/// Says whether the two are one.
pub async fn rule(
    State(console): State<Console>,
    staff: Staff,
    Path(number): Path<String>,
    Form(fields): Form,
) -> Answer {
    let seen = seen(&number, &fields)?;
    let note = fields.get("note");
    let result = match fields.get("decision") {
        "same" => console.app().rule(&staff.actor, seen, true, note).await,
        "not_same" => console.app().rule(&staff.actor, seen, false, note).await,
        _ => Err(Error::field("decision", Code::Missing)),
    };
    answered(&console, &staff, seen, ("rule", &fields), result.map(notice)).await
}

/// Agrees to what another person proposed, or declines it.
pub async fn answer(
    State(console): State<Console>,
    staff: Staff,
    Path(number): Path<String>,
    Form(fields): Form,
) -> Answer {
    let seen = seen(&number, &fields)?;
    let (app, reason) = (console.app(), fields.get("reason"));
    let result = match fields.get("decision") {
        "confirm" => app.confirm_ruling(&staff.actor, seen, reason).await.map(notice),
        "decline" => app.decline_ruling(&staff.actor, seen, reason).await.map(|_| Notice::PairKept),
        _ => Err(Error::field("decision", Code::Missing)),
    };
    answered(&console, &staff, seen, ("answer", &fields), result).await
}

/// Takes a ruling back.
pub async fn undo(
    State(console): State<Console>,
    staff: Staff,
    Path(number): Path<String>,
    Form(fields): Form,
) -> Answer {
    let seen = seen(&number, &fields)?;
    let result = console.app().undo(&staff.actor, seen, fields.get("reason")).await;
    answered(&console, &staff, seen, ("undo", &fields), result.map(notice)).await
}

/// Shows the values as delivered, in answer to the form and nowhere else.
pub async fn reveal(
    State(console): State<Console>,
    staff: Staff,
    Path(number): Path<String>,
    Form(fields): Form,
) -> Answer {
    let number = known(number.parse().ok())?;
    match console.app().reveal_pair(&staff.actor, number, fields.get("reason")).await {
        Ok(view) => html(page(&console, &staff, &view, Filled::default()).await?.render()),
        Err(error @ Error::Invalid(_)) => {
            came_back(&console, &staff, number, ("reveal", &fields), &error).await
        }
        Err(error) => Err(error.into()),
    }
}

fn seen(number: &str, fields: &Fields) -> Result<SeenPair, Fault> {
    let number = known(number.parse().ok())?;
    let version = fields.get("seen").parse().map_err(|_| Error::field("seen", Code::Invalid))?;
    Ok(SeenPair { number, version: Some(version) })
}

/// What is said of where a pair stands after a step.
fn notice(state: PairState) -> Notice {
    if state.waits() { Notice::PairProposed } else { Notice::PairRuled }
}

async fn answered(
    console: &Console,
    staff: &Staff,
    seen: SeenPair,
    sent: (&str, &Fields),
    result: Result<Notice, Error>,
) -> Answer {
    match result {
        Ok(notice) => Ok(console.site.done(&format!("/data/identities/{}", seen.number), notice)),
        Err(error @ Error::Invalid(_)) => came_back(console, staff, seen.number, sent, &error).await,
        Err(error) => Err(error.into()),
    }
}

async fn came_back(
    console: &Console,
    staff: &Staff,
    number: u32,
    (name, fields): (&str, &Fields),
    error: &Error,
) -> Answer {
    let view = console.app().doubt(&staff.actor, number).await?;
    let filled = form::came_back(name, fields, error, staff.visit.lang);
    let page = page(console, staff, &view, filled).await?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

async fn page(
    console: &Console,
    staff: &Staff,
    view: &DoubtView<'_>,
    filled: Filled,
) -> Result<IdentityPage, Fault> {
    let visit = staff.visit.clone().at(format!("/data/identities/{}", view.number));
    let shell = console.site.shell(&visit, Section::Identities).await?;
    Ok(view::identities::page(shell, view, filled))
}
