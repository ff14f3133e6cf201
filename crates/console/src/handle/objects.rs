//! Supervised objects. A person's page asks for a reason before it says anything.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::{Error, Opening, Token, UnitDeclarations};
use gnomon_httpkit::{Fault, Form, Query, Staff, html};
use gnomon_kernel::RowRef;
use gnomon_library::object::ObjectKind;
use gnomon_ui::{Filled, LedHere, Notice, ObjectPage, Section, Shell, Template as _};

use super::known;
use crate::{
    config::Console,
    view::{self, form},
};

/// The objects of one kind.
pub async fn list(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let filter = view::objects::filter(&fields);
    let list = console.app().objects(&staff.actor, &view::objects::search(&filter)).await?;
    let regions = console.app().regions(&staff.actor).await?;
    let shell = console.site.shell(&staff.visit, Section::Objects).await?;
    html(view::objects::list(shell, filter, &list, &regions).render())
}

/// One object; for a person whose page is not open in this session, the question why.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path((kind, address)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let kind = known(ObjectKind::parse(&kind))?;
    match filled(&console, &staff, kind, &address, Filled::default()).await? {
        Some(page) => html(page.render()),
        None => {
            let shell = shell(&console, &staff, kind, &address).await?;
            html(view::objects::ask(shell, kind, address, Filled::default()).render())
        }
    }
}

async fn filled(
    console: &Console,
    staff: &Staff,
    kind: ObjectKind,
    address: &str,
    filled: Filled,
) -> Result<Option<ObjectPage>, Fault> {
    let app = console.app();
    let opening = Opening::Session(session(staff)?);
    let Some(object) = app.object(&staff.actor, kind, address, opening).await? else { return Ok(None) };
    let today = app.data_today().await?;
    let unit = match kind {
        ObjectKind::Unit => unit_told(console, staff, address).await?,
        _ => None,
    };
    let declared = view::objects::Declared { unit, actor: &staff.actor, today: app.today() };
    let shell = shell(console, staff, kind, address).await?;
    Ok(Some(view::objects::page(shell, &object, app.library(), (declared, today), filled)))
}

/// A unit's declarations of the newest year; none where it has none.
async fn unit_told(console: &Console, staff: &Staff, unit: &str) -> Result<Option<UnitDeclarations>, Fault> {
    match console.app().unit_declarations(&staff.actor, unit, None).await {
        Ok(told) => Ok(Some(told)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn shell(console: &Console, staff: &Staff, kind: ObjectKind, address: &str) -> Result<Shell, Fault> {
    let visit = staff.visit.clone().at(view::objects::kind(kind).href(address));
    Ok(console.site.shell(&visit, Section::Objects).await?)
}

/// Whoever is logged in has a session.
fn session(staff: &Staff) -> Result<&Token, Fault> {
    staff.visit.session.as_ref().ok_or(Fault::Login)
}

/// Opens a person's page for a reason.
pub async fn open(
    State(console): State<Console>,
    staff: Staff,
    Path((kind, address)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let kind = known(ObjectKind::parse(&kind))?;
    let reason = fields.get("reason");
    match console.app().open_object(&staff.actor, kind, &address, session(&staff)?, reason).await {
        Ok(()) => Ok(console.site.done(&view::objects::kind(kind).href(&address), Notice::ObjectOpened)),
        Err(error @ Error::Invalid(_)) => {
            let sent = form::came_back("open", &fields, &error, staff.visit.lang);
            let shell = shell(&console, &staff, kind, &address).await?;
            let page = view::objects::ask(shell, kind, address, sent).render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows the full name and number, in answer to the form and nowhere else.
pub async fn reveal(
    State(console): State<Console>,
    staff: Staff,
    Path((kind, address)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let kind = known(ObjectKind::parse(&kind))?;
    let (app, reason) = (console.app(), fields.get("reason"));
    let (status, sent, identity) =
        match app.reveal_object(&staff.actor, kind, &address, session(&staff)?, reason).await {
            Ok(identity) => (StatusCode::OK, Filled::default(), Some(identity)),
            Err(error @ Error::Invalid(_)) => {
                let sent = form::came_back("reveal", &fields, &error, staff.visit.lang);
                (StatusCode::UNPROCESSABLE_ENTITY, sent, None)
            }
            Err(error) => return Err(error.into()),
        };
    let mut page = known(filled(&console, &staff, kind, &address, sent).await?)?;
    if let Some(identity) = identity {
        page.head.number = identity.number.reveal().clone();
        page.head.name = identity.name.map_or_else(|| page.head.name.clone(), |name| name.reveal().clone());
        page.head.is_revealed = true;
    }
    Ok((status, Html(page.render()?)).into_response())
}

/// The delivered line behind a row that names the object.
pub async fn line(
    State(console): State<Console>,
    staff: Staff,
    Path((kind, address, row)): Path<(String, String, String)>,
) -> Result<Response, Fault> {
    let kind = known(ObjectKind::parse(&kind))?;
    let row = known(row.parse::<RowRef>().ok())?;
    let line = console.app().object_line(&staff.actor, kind, &address, session(&staff)?, row).await?;
    let shell = console.site.shell(&staff.visit, Section::Objects).await?;
    let kind = view::objects::kind(kind);
    let from = LedHere::Object(kind.href(&address), view::objects::kind_title(kind, shell.lang));
    html(view::source::page_from(shell, &line, from).render())
}
