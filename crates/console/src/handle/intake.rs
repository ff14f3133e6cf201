//! A file that is being taken in: its page, and how far it is as it goes.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response, Sse, sse::Event},
};
use futures::stream;
use gnomon_app::Error;
use gnomon_domain::Action;
use gnomon_httpkit::{Fault, Staff, html};
use gnomon_kernel::{Code, IntakeId};
use gnomon_ui::{IntakePage, Notice, Section, Template as _};
use tokio::time::{Instant, sleep};

use super::{known, may, upload};
use crate::{config::Console, intakes::Running};

/// How often a page is told.
const EVERY: Duration = Duration::from_millis(500);
/// How long it is told before it has to ask again: by then the person may no longer be allowed to.
const WATCHED: Duration = Duration::from_secs(60);

/// How far a file is; when it is over, the delivery that it became, or the form that it was sent with.
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let running = watched(&console, &staff, &id)?;
    match running.end() {
        None => html(page(&console, &staff, &running).await?.render()),
        Some(Err(error)) => upload::refused(&console, &staff, &running.key, &error).await,
        Some(Ok(batch)) => {
            let notice = Notice::TakenIn { accepted: batch.counts.accepted, rejected: batch.counts.rejected };
            Ok(console.site.done(&format!("/data/batches/{}", batch.id), notice))
        }
    }
}

/// The same as it goes: the part of the page that changes, and in the end the word that it is over.
pub async fn progress(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let running = watched(&console, &staff, &id)?;
    let page = page(&console, &staff, &running).await?;
    let watch = Watch { running, page, begun: Instant::now(), is_first: true, is_over: false };
    Ok(Sse::new(stream::unfold(watch, next)).into_response())
}

/// A file of this process, for whoever may see data.
fn watched(console: &Console, staff: &Staff, id: &str) -> Result<Arc<Running>, Fault> {
    if !may(&staff.actor, Action::ViewData) {
        return Err(Error::Forbidden(Code::Forbidden).into());
    }
    known(IntakeId::parse(id).and_then(|id| console.intakes.find(&id)))
}

async fn page(console: &Console, staff: &Staff, running: &Running) -> Result<IntakePage, Fault> {
    let visit = staff.visit.clone().at(format!("/data/intakes/{}", running.id));
    let shell = console.site.shell(&visit, Section::Data).await?;
    let dataset = console.app().library().datasets.get(&running.key);
    Ok(IntakePage {
        title: dataset.map_or(running.key.as_str(), |dataset| dataset.title.get(shell.lang)).to_owned(),
        id: running.id.to_string(),
        key: running.key.clone(),
        file: running.file.clone(),
        state: running.state(),
        shell,
    })
}

/// One who watches.
struct Watch {
    running: Arc<Running>,
    page: IntakePage,
    begun: Instant,
    is_first: bool,
    is_over: bool,
}

async fn next(mut watch: Watch) -> Option<(Result<Event, Infallible>, Watch)> {
    if watch.is_over || watch.begun.elapsed() > WATCHED {
        return None;
    }
    if !std::mem::replace(&mut watch.is_first, false) {
        sleep(EVERY).await;
    }
    watch.is_over = watch.running.end().is_some();
    watch.page.state = watch.running.state();
    let event = Event::default().retry(EVERY);
    let event = match watch.page.render_state() {
        Ok(state) if !watch.is_over => event.data(state),
        // A message without data is none.
        _ => event.event("over").data("over"),
    };
    Some((Ok(event), watch))
}
