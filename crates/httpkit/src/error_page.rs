//! Faults as people see them. Details are for the log only.

use std::error::Error as _;

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use gnomon_app::Error;
use gnomon_kernel::{Code, CodeKind};
use gnomon_ui::{ErrorPage, Section, Template as _};

use crate::{Fault, Site, Visit, redirect};

impl Site {
    /// The answer to a request that has no other.
    pub(crate) async fn answer_fault(&self, visit: &Visit, fault: &Fault) -> Response {
        match fault {
            Fault::Login => to_login(visit),
            Fault::App(error) => {
                log(visit, error);
                self.error_page(visit, error).await
            }
        }
    }

    async fn error_page(&self, visit: &Visit, error: &Error) -> Response {
        let code = code_on_screen(error);
        let shell = match self.shell(visit, Section::Elsewhere).await {
            Ok(shell) => shell,
            Err(_) => self.bare_shell(visit, Section::Elsewhere),
        };
        let page = ErrorPage {
            shell,
            code,
            found: error.found().to_owned(),
            expected: error.expected().to_owned(),
            request: Some(visit.request.clone()),
        };
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = match page.render() {
            Ok(page) => (status, Html(page)).into_response(),
            Err(_) => status.into_response(),
        };
        if let Some(seconds) = retry_after(error) {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// A page sends the browser to the log-in; a part of one asks the browser to go there as a whole.
fn to_login(visit: &Visit) -> Response {
    let path = format!("/login?next={}", gnomon_ui::encode(&visit.here));
    if !visit.htmx.is_part() {
        return redirect(&path);
    }
    let place = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/login"));
    (StatusCode::UNAUTHORIZED, [(HeaderName::from_static("hx-redirect"), place)]).into_response()
}

/// Which sentence is shown. "There is no model such-and-such" has a name to fill in; without one the plain word does.
fn code_on_screen(error: &Error) -> Code {
    match error {
        Error::NotFound(_) => Code::NotFound,
        other => other.code(),
    }
}

/// Seconds to wait, where that helps.
pub(crate) fn retry_after(error: &Error) -> Option<u64> {
    match error {
        Error::Busy { retry_after, .. } => Some(retry_after.map_or(2, |wait| wait.as_secs().max(1))),
        _ => None,
    }
}

fn log(visit: &Visit, error: &Error) {
    let mut chain = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        chain.push_str(": ");
        chain.push_str(&source.to_string());
        next = source.source();
    }
    let code = error.code();
    if code.kind() == CodeKind::System {
        tracing::error!(request.id = visit.request, error.code = code.word(), "request failed: {chain}");
    } else {
        tracing::debug!(request.id = visit.request, error.code = code.word(), "request refused");
    }
}
