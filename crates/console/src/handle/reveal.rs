use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::Error;
use gnomon_httpkit::{Fault, Form, Staff};
use gnomon_kernel::WarningId;
use gnomon_ui::{Filled, Template as _};

use super::{known, warning};
use crate::{config::Console, view::form};

/// Shows the full name and number of one party, in answer to the form and nowhere else.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let id = known(WarningId::parse(&id))?;
    let key = fields.get("party");
    let (status, filled, identity) =
        match console.app().reveal(&staff.actor, &id, key, fields.get("reason")).await {
            Ok(identity) => (StatusCode::OK, Filled::default(), Some(identity)),
            Err(error @ Error::Invalid(_)) => {
                let filled = form::came_back("reveal", &fields, &error, staff.visit.lang);
                (StatusCode::UNPROCESSABLE_ENTITY, filled, None)
            }
            Err(error) => return Err(error.into()),
        };
    let mut page = warning::filled(&console, &staff, &id, filled).await?;
    if let (Some(identity), Some(party)) = (identity, page.parties.iter_mut().find(|one| one.key == key)) {
        party.name = identity.name.map_or_else(String::new, |name| name.reveal().clone());
        party.number = identity.number.reveal().clone();
        party.is_revealed = true;
    }
    let html = if staff.visit.htmx.is_part() { page.render_parties()? } else { page.render()? };
    Ok((status, Html(html)).into_response())
}
