//! Handlers: take the request apart, call a verb, render.

pub mod act;
pub mod connections;
pub mod dashboard;
pub mod data;
pub mod delivery;
pub mod erasures;
pub mod freshness;
pub mod hand;
pub mod health;
pub mod identities;
pub mod inbox;
pub mod intake;
pub mod kinship;
pub mod layout;
pub mod models;
pub mod objects;
pub mod quarantine;
pub mod requests;
pub mod reveal;
pub mod runs;
pub mod session;
pub mod source;
pub mod ties;
pub mod upload;
pub mod warning;

use gnomon_app::{App, Batch, Error};
use gnomon_domain::{Action, Actor, Relation};
use gnomon_httpkit::{Fault, Staff};

use crate::config::Console;

/// Whether a button is worth showing. The verb behind it asks again.
fn may(actor: &Actor, action: Action) -> bool {
    gnomon_domain::may(actor, action, &Relation::NONE).is_ok()
}

/// Changes a table and asks for what follows from it, in a task of its own: it is carried through even when the browser
/// leaves.
async fn carried_through<F>(
    console: &Console,
    staff: &Staff,
    change: impl FnOnce(App, Actor) -> F,
) -> Result<Batch, Error>
where
    F: Future<Output = Result<Batch, Error>> + Send + 'static,
{
    let (app, actor) = (console.app().clone(), staff.actor.clone());
    let change = change(app.clone(), actor.clone());
    let work = async move {
        let batch = change.await?;
        app.request_link(&actor).await?;
        Ok(batch)
    };
    tokio::spawn(work).await.map_err(|error| Error::Internal(error.into()))?
}

/// A part of the address that is not what it should be leads nowhere.
fn known<T>(read: Option<T>) -> Result<T, Fault> {
    read.ok_or_else(Fault::not_found)
}
