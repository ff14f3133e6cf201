//! What is in the way of an answer, as programs read it.

use std::{any::Any, error::Error as _};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gnomon_app::{Error, Problem};
use gnomon_kernel::{Code, CodeKind};

use crate::answer::{ErrorBody, json};

/// Why there is no other answer.
#[derive(Debug)]
pub(crate) struct Fault {
    code: Code,
    found: String,
    expected: String,
    /// Seconds to wait, where that helps.
    retry_after: Option<u64>,
}

impl Fault {
    pub fn new(code: Code, found: impl Into<String>, expected: impl Into<String>) -> Fault {
        Fault { code, found: found.into(), expected: expected.into(), retry_after: None }
    }

    /// There is no such thing, or it is not for this token.
    pub fn not_found() -> Fault {
        Fault::new(Code::NotFound, "", "")
    }

    /// The token is missing.
    pub fn no_token() -> Fault {
        Fault::new(Code::TokenInvalid, "", "")
    }

    /// More than `limit`, in words, was sent.
    pub fn too_large(limit: String) -> Fault {
        Fault::new(Code::TooLarge, "", limit)
    }

    /// So many requests of one token are under way already.
    pub fn too_many(limit: usize) -> Fault {
        Fault { retry_after: Some(1), ..Fault::new(Code::TooMany, "", limit.to_string()) }
    }

    /// Of a verb that was asked about this dataset.
    pub fn of_dataset(error: Error, key: &str) -> Fault {
        let mut fault = Fault::from(error);
        if fault.code == Code::DatasetUnknown {
            key.clone_into(&mut fault.found);
        }
        fault
    }

    pub fn status(&self) -> u16 {
        self.code.status()
    }

    /// Whether the same push has the same answer next time: it is the sender's to mend, not the machine's.
    pub fn is_final(&self) -> bool {
        self.code.kind() == CodeKind::File
            && !matches!(self.code, Code::FileUnreadable | Code::DatasetChanged | Code::DatasetUnknown)
    }

    pub fn body(&self) -> ErrorBody {
        ErrorBody::new(self.code, &self.found, &self.expected)
    }

    /// What a bare status of the framework means.
    pub fn of_status(status: StatusCode) -> Fault {
        match status.as_u16() {
            413 => Fault::too_large(String::new()),
            503 => Fault { retry_after: Some(2), ..Fault::new(Code::Busy, "", "") },
            400 | 422 => Fault::new(Code::Invalid, "", ""),
            401..=499 => Fault::not_found(),
            other => {
                tracing::error!("a handler answered with a bare {other}");
                Fault::new(Code::Internal, "", "")
            }
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let code = error.code();
        if code.kind() == CodeKind::System {
            tracing::error!(error.code = code.word(), "request failed: {}", chain(&error));
        } else {
            tracing::debug!(error.code = code.word(), "request refused");
        }
        let retry_after = match &error {
            Error::Busy { retry_after, .. } => Some(retry_after.map_or(2, |wait| wait.as_secs().max(1))),
            _ => None,
        };
        let (found, expected) = match error.problems() {
            // A field is named where the words would otherwise say nothing.
            [Problem { field, code: Code::Missing | Code::Invalid, found, expected }, ..]
                if found.is_empty() =>
            {
                (field.clone(), expected.clone())
            }
            _ => (error.found().to_owned(), error.expected().to_owned()),
        };
        Fault { code, found, expected, retry_after }
    }
}

/// What went wrong and what lies beneath it.
pub(crate) fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = json(self.status(), &self.body());
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.code == Code::TokenInvalid {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The answer of a handler that broke.
pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!("a handler broke: {text}");
    Fault::new(Code::Internal, "", "").into_response()
}
