//! Who is who, and what lies where.

use gnomon_domain::{Action, Actor};
use gnomon_library::analytics::IdentityReport;
use gnomon_store::Region;

use crate::{App, Result, app::permit};

impl App {
    /// Collects who is who by valid numbers, and takes over the administrative tree.
    pub async fn link(&self, actor: &Actor) -> Result<IdentityReport> {
        permit(actor, Action::UploadData)?;
        let report = self.parts.analytics.refresh_identities().await?;
        let found = self.parts.analytics.regions().await?;
        let regions: Vec<Region> = found
            .into_iter()
            .map(|region| Region { code: region.code, name: region.name, parent: region.parent })
            .collect();
        let tx = self.parts.store.write().await?;
        tx.replace_regions(&regions).await?;
        let detail = format!("{} persons, {} organisations", report.persons, report.organisations);
        self.audit(&tx, actor, Action::UploadData, "identities", &detail).await?;
        tx.commit().await?;
        Ok(report)
    }

    /// The administrative tree, by code.
    pub async fn regions(&self, actor: &Actor) -> Result<Vec<Region>> {
        permit(actor, Action::ViewWarnings)?;
        Ok(self.parts.store.read().await?.regions().await?)
    }
}
