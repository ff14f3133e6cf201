use axum::{extract::State, response::Response};
use gnomon_app::{Assignment, Error, Seen};
use gnomon_domain::{Action, Role};
use gnomon_httpkit::{Fault, Fields, Form, Query, Staff, html, local_path};
use gnomon_kernel::{Code, UserId, WarningId};
use gnomon_ui::{Notice, Section, Template as _};

use super::may;
use crate::{
    config::Console,
    view::{
        form,
        inbox::{Choices, page},
        query,
    },
};

/// Warnings on one page.
const PAGE: u64 = 50;

/// The inbox, or its list alone when another filter or page is swapped in.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let shown = query::shown(&fields);
    let filter = query::filter(&shown, &staff.actor);
    let after = shown.after.parse().ok();
    let inbox = console.app().inbox(&staff.actor, &filter, after.as_ref(), PAGE).await?;
    let choices = match staff.visit.htmx.is_part() {
        true => Choices::none(may(&staff.actor, Action::Assign)),
        false => choices(&console, &staff).await?,
    };
    let shell = console.site.shell(&staff.visit, Section::Warnings).await?;
    let page = page(shell, shown, &inbox, choices, console.app());
    html(if staff.visit.htmx.is_part() { page.render_list() } else { page.render() })
}

async fn choices(console: &Console, staff: &Staff) -> Result<Choices, Fault> {
    let may_assign = may(&staff.actor, Action::Assign);
    let assignees = if may_assign { console.app().assignees(&staff.actor).await? } else { Vec::new() };
    let regions = console.app().regions(&staff.actor).await?;
    Ok(Choices { assignees, regions, may_assign, is_handler: staff.actor.role == Role::Handler })
}

/// Gives the ticked warnings to a handler. Those that changed meanwhile are left alone, and the next page says so.
pub async fn assign(
    State(console): State<Console>,
    staff: Staff,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let ticked: Vec<Seen> = fields.all("w").filter_map(ticked).collect();
    let order = bulk_order(&fields)?;
    let results = console.app().assign_many(&staff.actor, &ticked, &order).await?;
    if ticked.is_empty() {
        return Err(form::said(Error::field("w", Code::Missing), &fields, staff.visit.lang).into());
    }
    let done = results.iter().filter(|(_, result)| result.is_ok()).count() as u64;
    let mut failures = results.into_iter().filter_map(|(_, result)| result.err());
    // A handler or day that cannot be taken fails for all of them alike.
    if let Some(error) = failures.next().filter(|_| done == 0) {
        return Err(form::said(error, &fields, staff.visit.lang).into());
    }
    let failed = ticked.len() as u64 - done;
    Ok(console.site.done(local_path(fields.get("back")), Notice::Assigned { done, failed }))
}

/// `wrn_….7`: which warning, in which version.
fn ticked(text: &str) -> Option<Seen> {
    let (id, version) = text.rsplit_once('.')?;
    Some(Seen { warning: WarningId::parse(id)?, version: Some(version.parse().ok()?) })
}

fn bulk_order(fields: &Fields) -> Result<Assignment, Error> {
    let to = UserId::parse(fields.get("assignee")).ok_or_else(|| Error::field("to", Code::Invalid))?;
    Ok(Assignment { to, due: form::day(fields, "due")?, note: String::new() })
}
