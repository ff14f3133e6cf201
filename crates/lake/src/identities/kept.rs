//! What is kept of a result, so that the next one follows from it: linkings, and what was said of everybody.

use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
};

use gnomon_identity::{Kept, OfEach};
use gnomon_kernel::EntityKind;
use serde::{Serialize, de::DeserializeOwned};

use super::{Failure, REVISION};
use crate::Lake;

impl Lake {
    /// Where something is kept. Another build may make other things of the same tables, and then counts [`REVISION`].
    pub(super) fn kept_path(&self, state: &str, name: &str) -> PathBuf {
        self.identity_path(state, &format!("{name}-{REVISION}")).with_extension("postcard")
    }

    fn linking_path(&self, state: &str, kind: EntityKind) -> PathBuf {
        self.kept_path(state, &format!("linking-{}", kind.as_str()))
    }

    /// Reads the linkings of the result in use, while something else is done. One that cannot be read is none: everybody is
    /// linked anew.
    pub(super) fn last_linkings(&self) -> JoinHandle<OfEach<Option<Kept>>> {
        let paths = self
            .current_identities()
            .map(|state| EntityKind::ALL.map(|kind| self.linking_path(&state, kind)));
        thread::spawn(move || paths.map(|paths| paths.map(|path| load(&path))).unwrap_or_default())
    }

    /// Keeps a linking with the result that it belongs to.
    pub(super) fn keep_linking(&self, state: &str, kind: EntityKind, linking: &Kept) -> Result<(), Failure> {
        save(&self.linking_path(state, kind), linking)
    }

    /// Has everybody linked anew next time. A linking remembers what is no more in any table.
    pub(crate) fn forget_linkings(&self) -> Result<(), Failure> {
        let Some(state) = self.current_identities() else { return Ok(()) };
        for kind in EntityKind::ALL {
            match fs::remove_file(self.linking_path(&state, kind)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }
}

/// What was saved there; nothing where that is nothing or cannot be read.
pub(super) fn load<T: DeserializeOwned>(path: &Path) -> Option<T> {
    postcard::from_bytes(&fs::read(path).ok()?).ok()
}

pub(super) fn save<T: Serialize>(path: &Path, kept: &T) -> Result<(), Failure> {
    let written = postcard::to_io(kept, BufWriter::new(File::create(path)?))?;
    Ok(written.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?)
}
