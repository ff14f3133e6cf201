//! What every page of a site needs and no page in particular: who is there, in which language, whether a form is the
//! site's own, what an error looks like, which headers go out. Knows no page but the one for errors.
//!
//! A site is a [`axum::Router`] whose handlers answer with [`Fault`] when something is in the way; [`Site::serve`] puts
//! around them what is the same for all.

mod assets;
mod attend;
mod cookie;
mod csrf;
mod error_page;
mod fault;
mod fields;
mod headers;
mod htmx;
mod language;
mod reply;
mod serve;
mod site;
mod visit;

pub use fault::Fault;
pub use fields::{Fields, Form, Query};
pub use htmx::Htmx;
pub use language::choose as choose_lang;
pub use reply::{html, local_path, redirect};
pub use serve::time_limit;
pub use site::{Settings, Site};
pub use visit::{Staff, Visit};
