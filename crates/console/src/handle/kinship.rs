//! Declarations of relatives' matters: the year, a unit, one declaration and the forms of its steps, a unit's list.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Declaration, Error};
use gnomon_domain::{Action, KinshipEvent};
use gnomon_httpkit::{Fault, Fields, Form, Query, Staff, html};
use gnomon_kernel::{Code, KinshipId, PublicationId, UserId};
use gnomon_ui::{DeclarationPage, Filled, KinshipPage, Notice, PublicationPage, Section, Template as _};

use super::{known, may};
use crate::{
    config::Console,
    view::{self, declaration::Around, form},
};

type Answer = Result<Response, Fault>;

/// Where the list is.
const PAGE: &str = "/kinship";

/// A year's declarations by unit.
pub async fn list(State(console): State<Console>, staff: Staff, Query(fields): Query) -> Answer {
    html(year_page(&console, &staff, fields.get("year").parse().ok(), Filled::default()).await?.render())
}

async fn year_page(
    console: &Console,
    staff: &Staff,
    year: Option<i32>,
    filled: Filled,
) -> Result<KinshipPage, Fault> {
    let app = console.app();
    let known = app.kinship_year(&staff.actor, year).await?;
    let shell = console.site.shell(&staff.visit, Section::Kinship).await?;
    let opens = may(&staff.actor, Action::OpenKinship).then(|| app.kinship_this_year());
    Ok(view::kinship::year(shell, known, opens, filled))
}

/// Makes a year due.
pub async fn open(State(console): State<Console>, staff: Staff, Form(fields): Form) -> Answer {
    let year = fields.get("year").parse().map_err(|_| Error::field("year", Code::Invalid));
    let result = match year {
        Ok(year) => console.app().open_year(&staff.actor, year).await.map(|_| year),
        // Whoever may not do that learns nothing of fields.
        Err(_) if !may(&staff.actor, Action::OpenKinship) => Err(Error::Forbidden(Code::Forbidden)),
        Err(error) => Err(error),
    };
    match result {
        Ok(year) => Ok(console.site.done(&format!("{PAGE}?year={year}"), Notice::KinshipOpened)),
        Err(error @ Error::Invalid(_)) => {
            let sent = form::came_back("open", &fields, &error, staff.visit.lang);
            let staff = Staff { visit: staff.visit.clone().at(PAGE.to_owned()), ..staff };
            came_back(year_page(&console, &staff, None, sent).await?.render()?)
        }
        Err(error) => Err(error.into()),
    }
}

/// A unit's declarations.
pub async fn unit(
    State(console): State<Console>,
    staff: Staff,
    Path(code): Path<String>,
    Query(fields): Query,
) -> Answer {
    let app = console.app();
    let year = fields.get("year").parse().ok();
    let unit = app.unit_declarations(&staff.actor, &code, year).await?;
    let shell = console.site.shell(&staff.visit, Section::Kinship).await?;
    let can_check = may(&staff.actor, Action::CheckKinship);
    html(view::kinship::unit(shell, unit, &staff.actor, app.today(), can_check).render())
}

/// Puts a unit's list together.
pub async fn publish(
    State(console): State<Console>,
    staff: Staff,
    Path(code): Path<String>,
    Form(fields): Form,
) -> Answer {
    let year = known(fields.get("year").parse().ok())?;
    let list = console.app().ask_publication(&staff.actor, &code, year).await?;
    Ok(console.site.done(&format!("{PAGE}/publications/{}", list.id), Notice::ListAsked))
}

/// Has a unit compared with the registers.
pub async fn check(
    State(console): State<Console>,
    staff: Staff,
    Path(code): Path<String>,
    Form(fields): Form,
) -> Answer {
    let year = known(fields.get("year").parse().ok())?;
    console.app().ask_comparison(&staff.actor, &code, year).await?;
    Ok(console.site.done(&format!("{PAGE}/units/{code}?year={year}"), Notice::KinshipCheckAsked))
}

/// A unit's list.
pub async fn list_of_unit(State(console): State<Console>, staff: Staff, Path(id): Path<String>) -> Answer {
    let id = known(PublicationId::parse(&id))?;
    html(list_page(&console, &staff, &id, Filled::default()).await?.render())
}

async fn list_page(
    console: &Console,
    staff: &Staff,
    id: &PublicationId,
    filled: Filled,
) -> Result<PublicationPage, Fault> {
    let app = console.app();
    let view = app.publication(&staff.actor, id).await?;
    let visit = staff.visit.clone().at(format!("{PAGE}/publications/{id}"));
    let shell = console.site.shell(&visit, Section::Kinship).await?;
    Ok(view::kinship::list(shell, view, app.today(), filled))
}

/// Releases a list or sends it back.
pub async fn release(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let id = known(PublicationId::parse(&id))?;
    let (reason, notice) = match fields.get("decision") {
        "release" => (None, Notice::ListReleased),
        "return" => (Some(fields.get("reason")), Notice::ListReturned),
        _ => return Err(Error::field("decision", Code::Missing).into()),
    };
    match console.app().answer_publication(&staff.actor, &id, reason).await {
        Ok(_) => Ok(console.site.done(&format!("{PAGE}/publications/{id}"), notice)),
        Err(error @ Error::Invalid(_)) => {
            let sent = form::came_back("release", &fields, &error, staff.visit.lang);
            came_back(list_page(&console, &staff, &id, sent).await?.render()?)
        }
        Err(error) => Err(error.into()),
    }
}

/// One declaration.
pub async fn show(State(console): State<Console>, staff: Staff, Path(id): Path<String>) -> Answer {
    let id = known(KinshipId::parse(&id))?;
    html(page(&console, &staff, &id, Sent::default()).await?.render())
}

/// A form that came back, and how many of its rows.
#[derive(Default)]
struct Sent {
    filled: Filled,
    rows: Option<usize>,
}

async fn page(
    console: &Console,
    staff: &Staff,
    id: &KinshipId,
    sent: Sent,
) -> Result<DeclarationPage, Fault> {
    let app = console.app();
    let view = app.declaration(&staff.actor, id).await?;
    let handlers = match may(&staff.actor, Action::Assign) {
        true => app.assignees(&staff.actor).await?,
        false => Vec::new(),
    };
    let visit = staff.visit.clone().at(format!("{PAGE}/{id}"));
    let shell = console.site.shell(&visit, Section::Kinship).await?;
    let around = Around { actor: &staff.actor, handlers, library: app.library(), today: app.today() };
    Ok(view::declaration::page(shell, view, &around, sent.filled, sent.rows))
}

/// Writes a declaration down, hands it in, or shows the form with one row more.
pub async fn declare(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let id = known(KinshipId::parse(&id))?;
    let typed = view::declaration::typed(&fields);
    if fields.get("then") == "more" {
        let filled = Filled { form: "declare".to_owned(), values: fields.typed(), ..Filled::default() };
        let sent = Sent { filled, rows: Some(typed.len() + 1) };
        return html(page(&console, &staff, &id, sent).await?.render());
    }
    let app = console.app();
    let hands_in = fields.get("then") == "submit";
    let result = match app.declare(&staff.actor, &id, seen(&fields), &typed).await {
        Ok(saved) if hands_in => app.submit_declaration(&staff.actor, &id, Some(saved.version)).await,
        result => result,
    };
    let notice = if hands_in { Notice::KinshipStepped } else { Notice::KinshipSaved };
    stepped(&console, &staff, ("declare", &id), &fields, (result, notice, Some(typed.len()))).await
}

/// Answers what differs, and completes.
pub async fn complete(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let id = known(KinshipId::parse(&id))?;
    let answers = view::declaration::answers(&fields);
    let result = console.app().complete(&staff.actor, &id, seen(&fields), &answers).await;
    stepped(&console, &staff, ("complete", &id), &fields, (result, Notice::KinshipStepped, None)).await
}

/// Tells a change.
pub async fn change(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let id = known(KinshipId::parse(&id))?;
    let day = form::day(&fields, "changed_on")
        .and_then(|day| day.ok_or_else(|| Error::field("changed_on", Code::Missing)));
    let result = match day {
        Ok(day) => console.app().open_change(&staff.actor, &id, day).await,
        Err(error) => Err(error),
    };
    stepped(&console, &staff, ("change", &id), &fields, (result, Notice::KinshipStepped, None)).await
}

/// Gives a matter to a handler.
pub async fn assign(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let id = known(KinshipId::parse(&id))?;
    let to = UserId::parse(fields.get("assignee")).ok_or_else(|| Error::field("to", Code::Missing));
    let result = match to {
        Ok(to) => console.app().assign_declaration(&staff.actor, &id, seen(&fields), &to).await,
        Err(error) => Err(error),
    };
    stepped(&console, &staff, ("assign", &id), &fields, (result, Notice::KinshipStepped, None)).await
}

/// Says what follows from a matter.
pub async fn settle(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Answer {
    let id = known(KinshipId::parse(&id))?;
    let text = fields.get("reason").to_owned();
    let event = match fields.get("decision") {
        "explain" => Ok(KinshipEvent::Explain { reason: text }),
        "recuse" => Ok(KinshipEvent::Recuse { record: text }),
        "ask_exit" => Ok(KinshipEvent::AskExit { reason: text }),
        "prove_exit" => Ok(KinshipEvent::ProveExit { proof: text }),
        "to_clue" => Ok(KinshipEvent::ToClue { reason: text }),
        "" => Err(Error::field("decision", Code::Missing)),
        _ => Err(Error::field("decision", Code::Invalid)),
    };
    let result = match event {
        Ok(event) => console.app().settle_matter(&staff.actor, &id, seen(&fields), event).await,
        Err(error) => Err(error),
    };
    stepped(&console, &staff, ("settle", &id), &fields, (result, Notice::KinshipStepped, None)).await
}

/// What a form came to: the declaration afterwards, what to say, and how many rows it had.
type Came = (Result<Declaration, Error>, Notice, Option<usize>);

/// On to the declaration, or back to the form with what is wrong with it.
async fn stepped(
    console: &Console,
    staff: &Staff,
    (form, id): (&str, &KinshipId),
    fields: &Fields,
    (result, notice, rows): Came,
) -> Answer {
    match result {
        Ok(after) => Ok(console.site.done(&format!("{PAGE}/{}", after.id), notice)),
        Err(error @ Error::Invalid(_)) => {
            let filled = form::came_back(form, fields, &error, staff.visit.lang);
            came_back(page(console, staff, id, Sent { filled, rows }).await?.render()?)
        }
        Err(error) => Err(error.into()),
    }
}

fn came_back(page: String) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// A form without a version is as stale as one with an old version; no declaration has this one.
fn seen(fields: &Fields) -> Option<i32> {
    Some(fields.get("seen").parse().unwrap_or(-1))
}
