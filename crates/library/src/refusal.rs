//! Why a delivery is not in, and what lies beneath that whoever keeps the machine can mend.

use std::{error::Error, ffi::OsStr, io, iter, path::Path};

use gnomon_kernel::Code;

/// Why a file as a whole is not in. Nothing has changed.
#[derive(Debug, thiserror::Error)]
#[error("{code}: found {found}, expected {expected}")]
pub struct Refusal {
    /// What is wrong.
    pub code: Code,
    /// What was found, in the file's own words; cut to 200 characters.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What lies beneath, for the log.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl Refusal {
    /// A refusal without a deeper cause.
    pub fn new(code: Code, found: impl Into<String>, expected: impl Into<String>) -> Self {
        let found: String = found.into();
        Self { code, found: found.chars().take(200).collect(), expected: expected.into(), source: None }
    }

    /// A refusal caused by `source`. What everybody can mend is recognised whatever `code` says.
    pub fn because(code: Code, source: impl Error + Send + Sync + 'static) -> Self {
        let code = code_of(&source).unwrap_or(code);
        let mut refusal = Self::new(code, source.to_string(), "");
        refusal.source = Some(Box::new(source));
        refusal
    }
}

/// A data file that the log of a table names is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is missing")]
pub struct FileGone(
    /// Dataset and name, with a stroke between them.
    pub String,
);

impl FileGone {
    /// A file in the folder of its table.
    pub fn new(path: &Path) -> Self {
        let name = |path: Option<&OsStr>| path.unwrap_or_default().to_string_lossy().into_owned();
        let folder = path.parent().and_then(Path::file_name);
        Self(format!("{}/{}", name(folder), name(path.file_name())))
    }

    /// Is it why there is this error?
    pub fn beneath<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e FileGone> {
        chain(error).find_map(|error| error.downcast_ref())
    }
}

/// What lies beneath an error, itself first.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    iter::successors(Some(error), |error| (**error).source())
}

/// The code of an error that whoever keeps the machine can mend.
pub fn code_of(error: &(dyn Error + 'static)) -> Option<Code> {
    let gone = || FileGone::beneath(error).map(|_| Code::DataFileGone);
    if is_disk_full(error) { Some(Code::DiskFull) } else { gone() }
}

/// Does this error, or one beneath it, say that the disk is full?
pub fn is_disk_full(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|error| {
        let io = error.downcast_ref::<io::Error>();
        io.is_some_and(|io| io.kind() == io::ErrorKind::StorageFull)
            || error.to_string().contains("No space left on device")
    })
}
