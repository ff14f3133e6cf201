//! What goes around every handler: headers, an answer for what the framework refuses, the access log.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use gnomon_kernel::{Ids as _, RandomIds};
use tracing::Instrument as _;

use crate::fault::Fault;

/// Name of the request in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The page for people has style and letters of this site, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(crate) async fn attend(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let id = RandomIds.next();
    let span = tracing::info_span!("push", request.id = id);
    let mut response = next.run(request).instrument(span).await;
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if is_failure && is_bare(response.headers()) {
        response = Fault::of_status(status).into_response();
    }
    guard(response.headers_mut(), &id);
    let status = response.status().as_u16();
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    // The route, not the address: a name in it may be a person's.
    let route = route.as_deref().unwrap_or("(no route)");
    tracing::info!(http.status = status, elapsed_ms = millis, request.id = id, "{method} {route}");
    response
}

/// Whether nobody but the framework had a word in it.
fn is_bare(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.is_empty() || kind.starts_with("text/plain")
}

fn guard(headers: &mut HeaderMap, id: &str) {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(REQUEST_ID, id);
    }
}
