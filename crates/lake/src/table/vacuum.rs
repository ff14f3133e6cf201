//! Removing data files that no version worth keeping names. The log stays whole: it still says what every version was.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

use gnomon_kernel::Instant;
use gnomon_library::analytics::{AnalyticsError, Vacuumed};
use serde_json::Value;

use crate::{
    Lake, beneath,
    table::{self, Table, committed_at, log_entry},
};

impl Lake {
    /// Removes what only versions before `since` name that are not among `cited`.
    pub(crate) async fn vacuum_table(
        &self,
        key: &str,
        since: Instant,
        cited: &BTreeSet<u64>,
    ) -> Result<Vacuumed, AnalyticsError> {
        let failed = || beneath(format!("removing old files of {key}"));
        let lake = self.lake_dir();
        let table = Table::open(&lake, key).await.map_err(|error| failed()(error.into()))?;
        let Some(table) = table else { return Ok(Vacuumed::default()) };
        let folder = table::folder(&lake, key);
        let files = table.files().map_err(|error| failed()(error.into()))?;
        let newest: HashSet<PathBuf> = files.into_iter().map(|(path, _)| path).collect();
        let mut earlier = table::data_files(&folder).map_err(|error| failed()(error.into()))?;
        earlier.retain(|path| !newest.contains(path));
        // Most tables have none, and their log need not be read.
        if earlier.is_empty() {
            return Ok(Vacuumed::default());
        }
        let kept = named(&folder, table.version(), since, cited).map_err(|error| failed()(error.into()))?;
        remove(earlier.iter().filter(|path| !kept.contains(*path))).map_err(|error| failed()(error.into()))
    }
}

/// The data files of the cited versions and of every version that was the newest at some time since.
fn named(
    folder: &Path,
    newest: u64,
    since: Instant,
    cited: &BTreeSet<u64>,
) -> Result<HashSet<PathBuf>, deltalake::DeltaTableError> {
    let (mut now, mut kept) = (HashSet::new(), HashSet::new());
    for version in 0..=newest {
        for line in log_entry(folder, version)?.lines() {
            let action: Value = serde_json::from_str(line)?;
            let path =
                |kind: &str| action.pointer(kind).and_then(Value::as_str).map(|name| folder.join(name));
            if let Some(path) = path("/remove/path") {
                now.remove(&path);
            }
            now.extend(path("/add/path"));
        }
        let was_newest_since =
            version == newest || committed_at(folder, version + 1)? > since.timestamp_millis();
        if was_newest_since || cited.contains(&version) {
            kept.extend(now.iter().cloned());
        }
    }
    Ok(kept)
}

fn remove<'p>(files: impl Iterator<Item = &'p PathBuf>) -> std::io::Result<Vacuumed> {
    let mut done = Vacuumed::default();
    for path in files {
        done.files += 1;
        done.bytes += fs::metadata(path)?.len();
        fs::remove_file(path)?;
    }
    Ok(done)
}
