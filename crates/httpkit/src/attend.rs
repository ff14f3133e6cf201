//! What goes around every handler of a site.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{Fault, Site, Visit, cookie::Life, fault::Carried, headers::guard};

/// Name of the request in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl Site {
    /// Reads the request's circumstances, lets the handler answer, turns faults into pages, adds cookies and headers,
    /// and writes the access log.
    pub(crate) async fn attend(State(site): State<Site>, request: Request, next: Next) -> Response {
        let begun = Instant::now();
        let method = request.method().clone();
        let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
        let mut response = if request.uri().path().starts_with(gnomon_ui::ASSETS) {
            next.run(request).await
        } else {
            site.attend_page(request, next).await
        };
        guard(response.headers_mut());
        log(&method, route.as_deref(), &response, begun);
        response
    }

    async fn attend_page(&self, request: Request, next: Next) -> Response {
        let (mut parts, body) = request.into_parts();
        let mut visit = match Visit::read(self, &parts) {
            Ok(visit) => visit,
            Err(error) => {
                tracing::error!("no randomness: {error}");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        };
        let response = match visit.recognise(self).await {
            Ok(()) => {
                parts.extensions.insert(visit.clone());
                next.run(Request::from_parts(parts, body)).await
            }
            Err(error) => self.answer_fault(&visit, &Fault::App(error)).await,
        };
        let response = self.without_faults(&visit, response).await;
        let mut response = self.with_visit_cookies(&visit, response);
        if let Ok(name) = HeaderValue::try_from(&visit.request) {
            response.headers_mut().insert(REQUEST_ID, name);
        }
        response
    }

    /// An answer that people can read, whatever the handler or the framework made of the request.
    async fn without_faults(&self, visit: &Visit, mut response: Response) -> Response {
        if let Some(Carried(fault)) = response.extensions_mut().remove::<Carried>() {
            return self.answer_fault(visit, &fault).await;
        }
        let status = response.status();
        let is_failure = status.is_client_error() || status.is_server_error();
        if is_failure && is_bare(&response) {
            return self.answer_fault(visit, &Fault::of_status(status)).await;
        }
        response
    }

    fn with_visit_cookies(&self, visit: &Visit, mut response: Response) -> Response {
        if let Some(lang) = visit.asked_lang {
            response = self.with_cookie(response, self.names.lang, lang.tag(), Life::Year);
        }
        if !is_page(&response) || visit.htmx.is_part() {
            return response;
        }
        if let Some(secret) = &visit.fresh_secret {
            response = self.with_cookie(response, self.names.visitor, secret, Life::Session);
        }
        if visit.notice.is_some() {
            response = self.with_cookie(response, self.names.notice, "", Life::Over);
        }
        response
    }
}

fn kind(response: &Response) -> &str {
    response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
}

fn is_page(response: &Response) -> bool {
    kind(response).starts_with("text/html")
}

/// Whether nobody but the framework had a word in it.
fn is_bare(response: &Response) -> bool {
    let kind = kind(response);
    kind.is_empty() || kind.starts_with("text/plain")
}

/// The route, not the address: an address may hold what somebody searched for.
fn log(method: &Method, route: Option<&str>, response: &Response, begun: Instant) {
    let status = response.status().as_u16();
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    match route {
        Some(route) if route.starts_with(gnomon_ui::ASSETS) => {
            tracing::debug!(http.status = status, elapsed_ms = millis, "{method} asset");
        }
        route => {
            let route = route.unwrap_or("(no route)");
            let id = response.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok());
            tracing::info!(http.status = status, elapsed_ms = millis, request.id = id, "{method} {route}");
        }
    }
}
