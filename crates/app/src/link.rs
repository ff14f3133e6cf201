//! Who is who, and what lies where.

use gnomon_domain::{Action, Actor};
use gnomon_kernel::JobId;
use gnomon_library::analytics::IdentityReport;
use gnomon_store::{Region, Tx};

use crate::{App, Result, app::permit};

/// The job kind of collecting who is who.
pub(crate) const LINK_JOB: &str = "link";

impl App {
    /// Asks a worker to collect who is who. Asked again while the first has not begun, it changes nothing.
    pub async fn request_link(&self, actor: &Actor) -> Result<()> {
        permit(actor, Action::UploadData)?;
        let tx = self.parts.store.write().await?;
        self.enqueue_link(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Asks for a linking, unless one is asked for and has not begun.
    pub(crate) async fn enqueue_link(&self, tx: &Tx) -> Result<()> {
        if !tx.is_queued(LINK_JOB).await? {
            tx.enqueue(&JobId::new(self.ids()), LINK_JOB, serde_json::Value::Null, self.now()).await?;
        }
        Ok(())
    }

    /// Puts the tables in order and works out what follows from new rows: who is who, obeying what persons ruled, the administrative tree, which
    /// places and months the tables speak of, and which deliveries are late.
    pub async fn link(&self, actor: &Actor) -> Result<IdentityReport> {
        permit(actor, Action::UploadData)?;
        self.tidy(actor).await?;
        self.count_faults().await?;
        let linked = self.resolve().await?;
        let report = linked.report();
        let found = self.parts.analytics.regions().await?;
        let regions: Vec<Region> = found
            .into_iter()
            .map(|region| Region { code: region.code, name: region.name, parent: region.parent })
            .collect();
        let tx = self.parts.store.write().await?;
        tx.replace_regions(&regions).await?;
        self.keep_linked(&tx, &linked).await?;
        let detail = format!("{} persons, {} organisations", report.persons, report.organisations);
        self.audit(&tx, actor, Action::UploadData, "identities", &detail).await?;
        tx.commit().await?;
        self.refresh_coverage().await?;
        self.check_delays().await?;
        Ok(report)
    }

    /// The administrative tree, by code.
    pub async fn regions(&self, actor: &Actor) -> Result<Vec<Region>> {
        permit(actor, Action::ViewWarnings)?;
        Ok(self.parts.store.read().await?.regions().await?)
    }
}
