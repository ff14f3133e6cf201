//! Handlers: take the request apart, call a verb, render.

pub mod act;
pub mod connections;
pub mod dashboard;
pub mod data;
pub mod delivery;
pub mod freshness;
pub mod hand;
pub mod health;
pub mod inbox;
pub mod intake;
pub mod layout;
pub mod models;
pub mod quarantine;
pub mod reveal;
pub mod runs;
pub mod session;
pub mod source;
pub mod upload;
pub mod warning;

use gnomon_domain::{Action, Actor, Relation};
use gnomon_httpkit::Fault;

/// Whether a button is worth showing. The verb behind it asks again.
fn may(actor: &Actor, action: Action) -> bool {
    gnomon_domain::may(actor, action, &Relation::NONE).is_ok()
}

/// A part of the address that is not what it should be leads nowhere.
fn known<T>(read: Option<T>) -> Result<T, Fault> {
    read.ok_or_else(Fault::not_found)
}
