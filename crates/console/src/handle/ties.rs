use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Error, TieInquiry, TiesView};
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Fields, Form, Query, Staff, html};
use gnomon_kernel::{Code, Day, Masked, WarningId};
use gnomon_ui::{Filled, Section, Template as _, TiesPage};

use super::{known, may};
use crate::{
    config::Console,
    view::{form, ties},
};

/// The form, filled in as far as a warning's parties tell. It answers nothing yet.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    html(page(&console, &staff, &fields, Filled::default()).await?.render())
}

/// Answers. The question is a form and no address, so that no number gets into one.
pub async fn ask(
    State(console): State<Console>,
    staff: Staff,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let asked = match inquiry(&console, &fields).await {
        Ok(inquiry) => console.app().ties(&staff.actor, &inquiry, fields.get("reason")).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(view) => answered(&console, &staff, &fields, &view, None).await,
        Err(error @ Error::Invalid(_)) => came_back(&console, &staff, &fields, &error).await,
        Err(error) => Err(error.into()),
    }
}

/// Answers once more, with one person's full name and number, and nowhere else.
pub async fn reveal(
    State(console): State<Console>,
    staff: Staff,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let place = known(fields.get("place").parse::<usize>().ok())?;
    let (app, reason) = (console.app(), fields.get("reason"));
    let asked = async {
        let inquiry = inquiry(&console, &fields).await?;
        let identity = app.reveal_tied(&staff.actor, &inquiry, (place, fields.get("masked")), reason).await?;
        Ok((identity, app.ties(&staff.actor, &inquiry, reason).await?))
    };
    match asked.await {
        Ok((identity, view)) => {
            let name = identity.name.unwrap_or_else(|| Masked::new(String::new()));
            answered(&console, &staff, &fields, &view, Some((place, name, identity.number))).await
        }
        Err(error @ Error::Invalid(_)) => came_back(&console, &staff, &fields, &error).await,
        Err(error) => Err(error.into()),
    }
}

async fn inquiry(console: &Console, fields: &Fields) -> Result<TieInquiry, Error> {
    Ok(TieInquiry {
        warning: warning(fields)?,
        from: fields.get("from").to_owned(),
        to: fields.get("to").to_owned(),
        on: match form::day(fields, "on")? {
            Some(day) => day,
            None => console.app().data_today().await?,
        },
        through_many: fields.get("many") == "yes",
    })
}

fn warning(fields: &Fields) -> Result<Option<WarningId>, Error> {
    match fields.get("warning") {
        "" => Ok(None),
        id => WarningId::parse(id).map(Some).ok_or(Error::NotFound(Code::NotFound)),
    }
}

async fn page(console: &Console, staff: &Staff, fields: &Fields, filled: Filled) -> Result<TiesPage, Fault> {
    let (app, warning) = (console.app(), warning(fields)?);
    let keys = [fields.get("from"), fields.get("to")];
    let ends = app.tie_ends(&staff.actor, warning.as_ref(), keys).await?;
    let from = match &warning {
        Some(id) => Some(app.warning(&staff.actor, id).await?),
        None => None,
    };
    let asked: Option<Day> = fields.get("on").parse().ok();
    let happened = from.as_ref().and_then(|warning| warning.happened_on);
    let on = match asked.or(happened) {
        Some(day) => day,
        None => app.data_today().await?,
    };
    let visit = staff.visit.clone().at(ties::address(warning.as_ref(), keys, &ends));
    let shell = console.site.shell(&visit, Section::Ties).await?;
    Ok(ties::page(shell, filled, from.as_ref(), (keys, ends), on))
}

async fn answered(
    console: &Console,
    staff: &Staff,
    fields: &Fields,
    view: &TiesView,
    opened: Option<(usize, Masked<String>, Masked<String>)>,
) -> Result<Response, Fault> {
    let filled = Filled { form: "ask".to_owned(), values: fields.typed(), ..Filled::default() };
    let mut page = page(console, staff, fields, filled).await?;
    // The next question has a reason of its own.
    page.filled.values.remove("reason");
    let opens_records = may(&staff.actor, Action::ViewSource);
    let mut answer = ties::answer(view, opens_records, page.shell.lang);
    if let Some((place, name, number)) = opened
        && let Some(party) = answer.parties.get_mut(place)
    {
        party.name = name.reveal().clone();
        party.number = number.reveal().clone();
        party.is_revealed = true;
    }
    page.answer = Some(answer);
    html(page.render())
}

async fn came_back(
    console: &Console,
    staff: &Staff,
    fields: &Fields,
    error: &Error,
) -> Result<Response, Fault> {
    let filled = form::came_back("ask", fields, error, staff.visit.lang);
    let page = page(console, staff, fields, filled).await?.render()?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}
