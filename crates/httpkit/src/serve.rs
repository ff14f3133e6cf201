//! A site's routes with what goes around them.

use std::time::Duration;

use axum::{Router, http::StatusCode, middleware::from_fn_with_state};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use crate::{Fault, Site, assets::assets, fault::panicked};

impl Site {
    /// Adds the browser's files, an answer for unknown addresses and methods, and for handlers that break; around all of
    /// it sessions, languages, error pages, headers and the access log.
    pub fn serve(&self, routes: Router) -> Router {
        routes
            .merge(assets())
            .fallback(unknown)
            .method_not_allowed_fallback(unknown)
            .layer(CatchPanicLayer::custom(panicked))
            .layer(from_fn_with_state(self.clone(), Site::attend))
    }
}

async fn unknown() -> Fault {
    Fault::not_found()
}

/// Gives a route up after a while. What it began in the store is undone.
pub fn time_limit(limit: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limit)
}
