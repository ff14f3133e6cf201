//! Linkings on disk, to be followed when the tables change.

use std::{
    fs::{self, File},
    io::BufWriter,
    path::PathBuf,
};

use gnomon_identity::Kept;
use gnomon_kernel::EntityKind;

use super::{Failure, REVISION};
use crate::Lake;

impl Lake {
    /// Where the linking of a kind is kept. Another build may find other things in the same mentions, and then counts
    /// [`REVISION`].
    fn linking_path(&self, state: &str, kind: EntityKind) -> PathBuf {
        let name = format!("linking-{REVISION}-{}", kind.as_str());
        self.identity_path(state, &name).with_extension("postcard")
    }

    /// The linking of the result in use. One that cannot be read is none: everybody is linked anew.
    pub(super) fn kept_linking(&self, kind: EntityKind) -> Option<Kept> {
        let bytes = fs::read(self.linking_path(&self.current_identities()?, kind)).ok()?;
        postcard::from_bytes(&bytes).ok()
    }

    /// Keeps a linking with the result that it belongs to.
    pub(super) fn keep_linking(
        &self,
        state: &str,
        kind: EntityKind,
        kept: Option<&Kept>,
    ) -> Result<(), Failure> {
        let Some(kept) = kept else { return Ok(()) };
        let path = self.linking_path(state, kind);
        let written = postcard::to_io(kept, BufWriter::new(File::create(path)?))?;
        Ok(written.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?)
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
