//! The machine interface: departments' systems push files and rows with a token of their own. [`ROUTES`] lists all of it;
//! [`router`] answers below `/api/`, [`gather`] takes in what was pushed as rows.
//!
//! Nothing here knows sessions, cookies or forms.

mod answer;
mod around;
mod caller;
mod config;
mod describe;
mod fault;
mod gather;
mod handle;
mod receive;
mod routes;

pub use config::Config;
pub use gather::gather;
pub use routes::{Access, ROUTES, Route};

use axum::{Router, middleware::from_fn, routing::any};
use config::Api;
use fault::Fault;
use gnomon_app::App;
use tower_http::catch_panic::CatchPanicLayer;

/// Everything below `/api/`; to be merged with a site that has answers for all other addresses.
pub fn router(app: App, config: Config) -> Router {
    routes::table()
        .route("/api/{*rest}", any(unknown))
        .method_not_allowed_fallback(unknown)
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(from_fn(around::attend))
        .with_state(Api::new(app, config))
}

async fn unknown() -> Fault {
    Fault::not_found()
}
