//! Files in, checked canonical tables out: Delta tables with lineage, refused rows beside them, and the
//! [`Analytics`](gnomon_library::Analytics) port over both.
//!
//! Folder of a deployment's data directory: `raw/` the delivered bytes under their hash, `lake/<dataset>/` one Delta table
//! each, `lake/_rejected/` refused rows and counts per batch, `lake/_identities/` who is who by number,
//! `lake/_views/` views worked out once.

mod erase;
mod identities;
mod ingest;
mod kept;
mod objects;
mod port;
mod proof;
mod raw;
mod rebuild;
mod rejected;
mod table;
mod ties;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use gnomon_engine::Limits;
use gnomon_kernel::{Code, Day};
use gnomon_library::{
    Library,
    analytics::{AnalyticsError, code_of},
};

/// The analytical side of one deployment.
pub struct Lake {
    dir: PathBuf,
    library: Arc<Library>,
    limits: Limits,
    today: Day,
    proof: proof::Proof,
    ties: ties::Held,
}

impl Lake {
    /// Opens the data directory `dir`, making the folders it needs. `today` bounds days and birthdays in files; `proven`
    /// are fingerprints of models whose cases are known to hold.
    pub fn open(
        dir: &Path,
        library: Arc<Library>,
        limits: Limits,
        today: Day,
        proven: impl IntoIterator<Item = String>,
    ) -> std::io::Result<Lake> {
        for folder in ["raw", "lake", "lake/_rejected", "lake/_identities", "lake/_views", "tmp"] {
            std::fs::create_dir_all(dir.join(folder))?;
        }
        let limits = Limits { spill: Some(dir.join("tmp")), ..limits };
        Ok(Lake {
            dir: dir.to_owned(),
            library,
            limits,
            today,
            proof: proof::Proof::new(proven),
            ties: ties::Held::default(),
        })
    }

    /// The modification time that commits carry: the data's day, so that the same county makes the same tables.
    fn now_millis(&self) -> i64 {
        self.today.signed_duration_since(Day::default()).num_milliseconds()
    }

    fn lake_dir(&self) -> PathBuf {
        self.dir.join("lake")
    }
}

/// An error beneath the port, with what was being done.
fn beneath(
    what: impl Into<String>,
) -> impl FnOnce(Box<dyn std::error::Error + Send + Sync>) -> AnalyticsError {
    let what = what.into();
    move |source| {
        let code = code_of(source.as_ref()).unwrap_or(Code::Internal);
        AnalyticsError { code, what, source: Some(source) }
    }
}
