use std::time::Duration;

use gnomon_domain::Refused;
use gnomon_kernel::Code;
use gnomon_library::{
    analytics::{AnalyticsError, FileGone, Refusal},
    param::ParamError,
};

/// Results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a verb did not do what was asked. Words for people come from the locale by [`Error::code`] with
/// [`Error::found`] and [`Error::expected`]; words for the log from the source chain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is not for this person.
    #[error("{0}")]
    NotFound(Code),
    /// This person may not do that.
    #[error("{0}")]
    Forbidden(Code),
    /// It does not fit what has happened in the meantime.
    #[error("{code}")]
    Conflict {
        /// `Conflict`, `State`, `FileKnown`, `KeyReused` or `NotAgreed`.
        code: Code,
        /// What is in the way, e.g. the earlier batch; may be empty.
        found: String,
    },
    /// Something in the request cannot be used.
    #[error("{}", .0.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect::<Vec<_>>().join(", "))]
    Invalid(Vec<Problem>),
    /// Try again, at the earliest after this time.
    #[error("{code}")]
    Busy {
        /// `Busy` or `LoginSlow`.
        code: Code,
        /// How long to wait, where it is known.
        retry_after: Option<Duration>,
    },
    /// The machine cannot do it now: full disk, missing data file, newer data directory.
    #[error("{code}")]
    Unavailable {
        /// What is the matter.
        code: Code,
        /// What lies beneath.
        #[source]
        source: Source,
    },
    /// Something failed that should not have.
    #[error("internal error")]
    Internal(#[source] Source),
}

/// What lies beneath an error.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// One field that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the field.
    pub field: String,
    /// What is wrong.
    pub code: Code,
    /// What was found; may be empty.
    pub found: String,
    /// What can be taken; may be empty.
    pub expected: String,
}

impl Problem {
    /// What is wrong with a text that has to say something, in at most so many characters.
    pub(crate) fn of_text(field: &str, text: &str, most: usize) -> Option<Problem> {
        let (code, found, expected) = match text.trim().chars().count() {
            0 => (Code::Missing, String::new(), String::new()),
            count if count <= most => return None,
            count => (Code::TextLength, count.to_string(), most.to_string()),
        };
        Some(Problem { field: field.to_owned(), code, found, expected })
    }
}

impl Error {
    /// One field that cannot be used.
    pub fn field(field: impl Into<String>, code: Code) -> Self {
        let (found, expected) = (String::new(), String::new());
        Error::Invalid(vec![Problem { field: field.into(), code, found, expected }])
    }

    /// The code, for status, number and words.
    pub fn code(&self) -> Code {
        match self {
            Error::NotFound(code) | Error::Forbidden(code) => *code,
            Error::Conflict { code, .. } | Error::Busy { code, .. } | Error::Unavailable { code, .. } => {
                *code
            }
            Error::Invalid(problems) => problems.first().map_or(Code::Invalid, |problem| problem.code),
            Error::Internal(_) => Code::Internal,
        }
    }

    /// What was found, for the words; may be empty.
    pub fn found(&self) -> &str {
        match self {
            Error::Conflict { found, .. } => found,
            Error::Unavailable { source, .. } => FileGone::beneath(&**source).map_or("", |gone| &gone.0),
            Error::Invalid(problems) => problems.first().map_or("", |problem| &problem.found),
            _ => "",
        }
    }

    /// What was expected, for the words; may be empty.
    pub fn expected(&self) -> &str {
        match self {
            Error::Invalid(problems) => problems.first().map_or("", |problem| &problem.expected),
            _ => "",
        }
    }

    /// The fields at fault.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Error::Invalid(problems) => problems,
            _ => &[],
        }
    }

    /// The same once more, for somebody else who asks; what lies beneath as text.
    pub fn again(&self) -> Error {
        let text = |source: &Source| match FileGone::beneath(&**source) {
            Some(gone) => Source::from(gone.clone()),
            None => Source::from(source.to_string()),
        };
        match self {
            Error::NotFound(code) => Error::NotFound(*code),
            Error::Forbidden(code) => Error::Forbidden(*code),
            Error::Conflict { code, found } => Error::Conflict { code: *code, found: found.clone() },
            Error::Invalid(problems) => Error::Invalid(problems.clone()),
            Error::Busy { code, retry_after } => Error::Busy { code: *code, retry_after: *retry_after },
            Error::Unavailable { code, source } => Error::Unavailable { code: *code, source: text(source) },
            Error::Internal(source) => Error::Internal(text(source)),
        }
    }

    pub(crate) fn internal(source: impl Into<Source>) -> Self {
        Error::Internal(source.into())
    }

    /// What the policy or a rule refused.
    pub(crate) fn refused(code: Code) -> Self {
        match code {
            Code::NotFound | Code::DatasetUnknown | Code::ModelUnknown => Error::NotFound(code),
            Code::Conflict | Code::State => Error::Conflict { code, found: String::new() },
            _ => Error::Forbidden(code),
        }
    }
}

impl From<gnomon_store::Error> for Error {
    fn from(error: gnomon_store::Error) -> Self {
        match error.code() {
            Code::Conflict => Error::Conflict { code: Code::Conflict, found: String::new() },
            Code::Busy => Error::Busy { code: Code::Busy, retry_after: None },
            code @ (Code::DiskFull | Code::StoreNewer) => Error::Unavailable { code, source: error.into() },
            _ => Error::internal(error),
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        if refused.field.is_empty() {
            Error::refused(refused.code)
        } else {
            Error::field(refused.field, refused.code)
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        if let code @ (Code::DiskFull | Code::DataFileGone) = refusal.code {
            return Error::Unavailable { code, source: refusal.into() };
        }
        if refusal.code == Code::Internal {
            return Error::internal(refusal);
        }
        let Refusal { code, found, expected, .. } = refusal;
        Error::Invalid(vec![Problem { field: "file".into(), code, found, expected }])
    }
}

impl From<AnalyticsError> for Error {
    fn from(error: AnalyticsError) -> Self {
        match error.code {
            code @ (Code::NotFound | Code::ModelUnknown | Code::DatasetUnknown) => Error::NotFound(code),
            code @ (Code::DiskFull | Code::DataFileGone | Code::StoreNewer | Code::Busy) => {
                Error::Unavailable { code, source: error.into() }
            }
            _ => Error::internal(error),
        }
    }
}

impl From<ParamError> for Error {
    fn from(error: ParamError) -> Self {
        let ParamError { code, name, found, expected } = error;
        Error::Invalid(vec![Problem { field: name, code, found, expected }])
    }
}
