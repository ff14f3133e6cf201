//! What is in the way of an answer.

use std::{any::Any, sync::Arc};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use gnomon_app::Error;
use gnomon_kernel::Code;
use gnomon_ui::RenderError;

/// Why a handler has no answer. It travels with an empty response to where the person's language is known, and becomes
/// a page there.
#[derive(Debug)]
pub enum Fault {
    /// Somebody has to log in first.
    Login,
    /// A verb refused or failed, or the request itself is at fault.
    App(Error),
}

/// A fault on its way out.
#[derive(Debug, Clone)]
pub(crate) struct Carried(pub Arc<Fault>);

impl Fault {
    /// There is no such thing, or it is not for this person.
    pub fn not_found() -> Fault {
        Fault::App(Error::NotFound(Code::NotFound))
    }

    /// The form did not come from this site, or is stale.
    pub fn csrf() -> Fault {
        Fault::App(Error::Forbidden(Code::Csrf))
    }

    /// The request is larger than `limit`, in words.
    pub fn too_large(limit: String) -> Fault {
        let (field, found) = (String::new(), String::new());
        let problem = gnomon_app::Problem { field, code: Code::TooLarge, found, expected: limit };
        Fault::App(Error::Invalid(vec![problem]))
    }

    /// Something failed that should not have.
    pub fn internal(source: impl Into<gnomon_app::Source>) -> Fault {
        Fault::App(Error::Internal(source.into()))
    }

    /// What a bare status of the framework means.
    pub(crate) fn of_status(status: StatusCode) -> Fault {
        match status.as_u16() {
            400..=412 | 414..=499 => Fault::not_found(),
            413 => Fault::too_large(String::new()),
            503 => Fault::App(Error::Busy { code: Code::Busy, retry_after: None }),
            other => Fault::internal(format!("a handler answered with a bare {other}")),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::App(error)
    }
}

impl From<RenderError> for Fault {
    fn from(error: RenderError) -> Self {
        Fault::internal(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Carried(Arc::new(self)));
        response
    }
}

/// The answer of a handler that broke.
pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message");
    Fault::internal(format!("a handler broke: {text}")).into_response()
}
