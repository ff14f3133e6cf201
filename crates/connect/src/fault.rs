use std::{io, time::Duration};

use gnomon_app::{BatchRefusal, Source};
use gnomon_kernel::{Code, CodeKind};

/// Results of this crate.
pub type Result<T> = std::result::Result<T, Fault>;

/// Why a connection does not do what it should. Never holds a secret.
#[derive(Debug, thiserror::Error)]
#[error("{code}")]
pub struct Fault {
    /// What is the matter.
    pub code: Code,
    /// What was found; may be empty.
    pub found: String,
    /// What was expected; may be empty.
    pub expected: String,
    /// What lies beneath.
    #[source]
    pub source: Option<Source>,
}

impl Fault {
    pub(crate) fn new(code: Code, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { code, found: found.into(), expected: expected.into(), source: None }
    }

    /// The connection's file says something that cannot be used.
    pub(crate) fn file(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::new(Code::ConnectionFile, found, expected)
    }

    /// The source cannot be reached, or went away.
    pub(crate) fn gone(what: impl Into<String>) -> Self {
        Self::new(Code::ConnectionGone, what, "")
    }

    /// The source answered something that cannot be used.
    pub(crate) fn answer(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::new(Code::ConnectionAnswer, found, expected)
    }

    pub(crate) fn time(limit: Duration) -> Self {
        Self::new(Code::ConnectionTime, "", format!("{} s", limit.as_secs()))
    }

    /// Whether it may be gone when tried again soon.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self.code, Code::ConnectionGone | Code::ConnectionTime | Code::Busy | Code::DiskFull)
    }

    /// As it is kept and shown.
    pub fn reason(&self) -> BatchRefusal {
        BatchRefusal { code: self.code, found: self.found.clone(), expected: self.expected.clone() }
    }

    /// As it is logged: what a file was refused for may hold what was in its rows.
    pub(crate) fn told(&self) -> String {
        let beneath = match (self.code, &self.source) {
            (Code::Internal, Some(source)) => source.to_string(),
            _ => String::new(),
        };
        let found = match self.code.kind() {
            CodeKind::System => self.found.as_str(),
            _ => "",
        };
        let code = self.code.to_string();
        let parts = [code.as_str(), found, beneath.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    }
}

impl From<gnomon_app::Error> for Fault {
    fn from(error: gnomon_app::Error) -> Self {
        let (found, expected) = (error.found().to_owned(), error.expected().to_owned());
        Self { code: error.code(), found, expected, source: Some(error.into()) }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        let code = match error.kind() {
            io::ErrorKind::StorageFull => Code::DiskFull,
            _ => Code::Internal,
        };
        Self { code, found: String::new(), expected: String::new(), source: Some(error.into()) }
    }
}

/// Work on files, where it may wait.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.unwrap_or_else(|error| Err(io::Error::other(error)))?)
}
