//! What can go wrong below the parsers, carried through them inside `io::Error`.

use std::io;

use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

/// A fault of the bytes that a reader noticed.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Fault {
    #[error("unpacks to more than {0} bytes")]
    Bomb(u64),
    #[error("a record is too long")]
    LongRecord,
    #[error("{0} data end too early")]
    Cut(&'static str),
    #[error("{0} data are damaged")]
    Damaged(&'static str),
}

impl Fault {
    pub(crate) fn into_io(self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, self)
    }

    /// The fault inside an error of a reader.
    pub(crate) fn within(error: &io::Error) -> Option<&Fault> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

/// The refusal for an error of a reader.
pub(crate) fn refusal(error: io::Error) -> Refusal {
    match Fault::within(&error) {
        Some(Fault::Bomb(limit)) => bomb(*limit),
        Some(Fault::LongRecord) => long_record("a longer one"),
        Some(fault) => Refusal::new(Code::FileUnreadable, fault.to_string(), "a complete file"),
        None => Refusal::because(Code::FileUnreadable, error),
    }
}

pub(crate) fn bomb(limit: u64) -> Refusal {
    let most = if limit < 1 << 20 { format!("{limit} bytes") } else { format!("{} MiB", limit >> 20) };
    Refusal::new(Code::FileBomb, "more", format!("at most {most} unpacked"))
}

pub(crate) fn long_record(found: impl Into<String>) -> Refusal {
    let expected = format!("lines of at most {} MiB; a quote may be open", crate::MAX_RECORD >> 20);
    Refusal::new(Code::FileTooLarge, found, expected)
}

/// Runs a parser that may panic on hostile bytes; the panic becomes the refusal `otherwise`.
pub(crate) fn guarded<T>(
    what: &'static str,
    parse: impl FnOnce() -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(parse)).unwrap_or_else(|_| {
        Err(Refusal::new(Code::FileUnreadable, format!("{what} that is damaged"), "a complete file"))
    })
}
