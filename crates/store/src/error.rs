use gnomon_kernel::Code;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// What can go wrong beneath the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer version of the program has been here.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// Schema version found.
        found: u32,
        /// Schema version of this program.
        known: u32,
    },
    /// Somebody else changed the row since it was read.
    #[error("somebody else changed this in the meantime")]
    Conflict,
    /// Another process holds the database for too long.
    #[error("the database is busy")]
    Busy(#[source] DbErr),
    /// No room left.
    #[error("the disk is full")]
    DiskFull(#[source] DbErr),
    /// A value that this program never wrote.
    #[error("{0} in the database cannot be read")]
    Corrupt(&'static str),
    /// The URL names no engine that this program speaks.
    #[error("a database address begins with sqlite: or postgres:")]
    Address,
    /// Anything else.
    #[error("the database failed")]
    Database(#[source] DbErr),
}

/// Results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The code for people.
    pub fn code(&self) -> Code {
        match self {
            Error::Newer { .. } => Code::StoreNewer,
            Error::Conflict => Code::Conflict,
            Error::Busy(_) => Code::Busy,
            Error::DiskFull(_) => Code::DiskFull,
            Error::Corrupt(_) | Error::Address | Error::Database(_) => Code::Internal,
        }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if matches!(error, DbErr::ConnectionAcquire(_)) {
            return Error::Busy(error);
        }
        if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return Error::Conflict;
        }
        match engine_code(&error).as_deref() {
            Some(code) if is_busy(code) => Error::Busy(error),
            Some("13" | "4874" | "53100") => Error::DiskFull(error),
            _ => Error::Database(error),
        }
    }
}

/// SQLITE_BUSY, SQLITE_LOCKED and their extended forms; serialization failure, deadlock and lock time-out of PostgreSQL.
fn is_busy(code: &str) -> bool {
    matches!(code, "5" | "6" | "261" | "262" | "517" | "773" | "40001" | "40P01" | "55P03")
}

fn engine_code(error: &DbErr) -> Option<String> {
    let (DbErr::Conn(RuntimeErr::SqlxError(inner))
    | DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner.as_database_error()?.code().map(|code| code.into_owned())
}

/// A stored word or identifier that must be readable.
pub(crate) fn readable<T>(value: Option<T>, what: &'static str) -> Result<T> {
    value.ok_or(Error::Corrupt(what))
}
