//! Keeping tables in order in the background: small files gathered, files that nobody needs any more removed.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_domain::{Action, Actor};

use crate::{App, Result, app::permit, lock};

/// What was done to all tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Versions that hold gathered files.
    pub gathered: u64,
    /// Old files that were removed.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl App {
    /// Gathers small files of all tables, and removes files that were replaced longer ago than the deployment keeps them,
    /// except those that open warnings rest on. Intake waits for one table at a time.
    pub async fn tidy(&self, actor: &Actor) -> Result<Tidied> {
        permit(actor, Action::UploadData)?;
        let since = self.now() - self.parts.keep;
        let cited = self.cited_versions().await?;
        let none = BTreeSet::new();
        let mut done = Tidied::default();
        for dataset in self.library().datasets.keys() {
            let _lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
            while self.parts.analytics.gather(dataset).await?.is_some() {
                done.gathered += 1;
            }
            let cited = cited.get(dataset).unwrap_or(&none);
            let vacuumed = self.parts.analytics.vacuum(dataset, since, cited).await?;
            done.files += vacuumed.files;
            done.bytes += vacuumed.bytes;
        }
        if done.files > 0 {
            let tx = self.parts.store.write().await?;
            let detail = format!("{} old files of {} bytes removed", done.files, done.bytes);
            self.audit(&tx, actor, Action::UploadData, "tables", &detail).await?;
            tx.commit().await?;
        }
        Ok(done)
    }

    /// The versions of each table that open warnings rest on.
    async fn cited_versions(&self) -> Result<BTreeMap<String, BTreeSet<u64>>> {
        let mut cited: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for (dataset, version) in self.parts.store.read().await?.versions_of_open_warnings().await? {
            cited.entry(dataset).or_default().insert(version);
        }
        Ok(cited)
    }
}
