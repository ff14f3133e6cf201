use std::path::{Path, PathBuf};

/// Why a county could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    /// A file or folder could not be written.
    #[error("cannot write {path}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A workbook could not be written.
    #[error("cannot write the workbook {path}")]
    Workbook {
        /// The workbook.
        path: PathBuf,
        /// What the workbook writer said.
        source: rust_xlsxwriter::XlsxError,
    },
    /// The county is too small or too large to be told.
    #[error("a county has between {least} and {most} people")]
    People {
        /// The fewest people.
        least: u32,
        /// The most people.
        most: u32,
    },
}

impl SynthError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> SynthError {
        let path = path.to_owned();
        move |source| SynthError::Io { path, source }
    }

    pub(crate) fn workbook(path: &Path) -> impl FnOnce(rust_xlsxwriter::XlsxError) -> SynthError {
        let path = path.to_owned();
        move |source| SynthError::Workbook { path, source }
    }
}
