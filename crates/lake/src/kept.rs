//! Views that are worked out once for each state of their data and kept as a file.

use std::{path::Path, sync::Arc};

use datafusion::{datasource::TableProvider, error::DataFusionError, prelude::SessionContext};
use gnomon_engine::{EngineError, Tables, view_schema};
use gnomon_kernel::Tier;
use gnomon_library::{
    analytics::{AnalyticsError, TableVersion},
    hex,
    view::View,
};
use sha2::{Digest, Sha256};

use crate::{Lake, beneath, identities::WhoIsWho, table::provider::listing};

impl Lake {
    /// A session in which these views can be read, over what holds data now, with everybody under the number to go by.
    pub(crate) async fn views_of_today(&self, views: &[&str]) -> Result<SessionContext, AnalyticsError> {
        let failed = || beneath(format!("preparing {}", views.join(", ")));
        let reads: Vec<String> = views.iter().map(|view| (*view).to_owned()).collect();
        let (tables, versions) = self.open_tables(self.library.datasets_below(&reads), None).await?;
        let (mut tables, who) = self.resolved(&tables, Tier::Certain)?;
        let reads: Vec<&String> = reads.iter().collect();
        let kept = self.add_kept_views(&reads, &versions, &who, Tier::Certain, &mut tables).await;
        kept.map_err(|error| failed()(error.into()))?;
        let session = gnomon_engine::session(&self.library, &reads, &tables, &self.limits).await;
        session.map_err(|error| failed()(error.into()))
    }

    /// Adds the kept views among and below what is read to the tables, working out those that are not there for these
    /// versions.
    pub(crate) async fn add_kept_views(
        &self,
        reads: &[&String],
        versions: &[TableVersion],
        who: &WhoIsWho,
        certainty: Tier,
        tables: &mut Tables,
    ) -> Result<(), EngineError> {
        let views = self.library.views_below(reads.iter().copied());
        for view in views.into_iter().filter(|view| view.kept) {
            let name = format!("{}-{}.parquet", view.key, self.state_of(view, versions, who, certainty));
            let path = self.lake_dir().join("_views").join(&name);
            if !path.exists() {
                self.work_out(view, tables, &path).await?;
            }
            tables.insert(view.key.clone(), read_back(view, &path)?);
        }
        Ok(())
    }

    /// Another text of the view, or of one below it, another version of any table, or other numbers to go by in one, is
    /// another state.
    pub(crate) fn state_of(
        &self,
        view: &View,
        versions: &[TableVersion],
        who: &WhoIsWho,
        certainty: Tier,
    ) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{certainty:?};"));
        let reads: Vec<&String> = view.reads.iter().chain(&view.reads_any).collect();
        for below in self.library.views_below(reads.iter().copied()).into_iter().chain([view]) {
            hash.update(
                self.library.query(&below.key).map(|parsed| parsed.query.to_string()).unwrap_or_default(),
            );
        }
        for dataset in self.library.datasets_below(reads) {
            let version = versions.iter().find(|table| table.dataset == dataset).map(|table| table.version);
            hash.update(format!("{dataset} {version:?} {};", who.of_table(dataset)));
        }
        hex(&hash.finalize())[..16].to_owned()
    }

    /// Writes aside and moves in place: two workers may do the same at once, and one result stays. Earlier states go.
    async fn work_out(&self, view: &View, tables: &Tables, path: &Path) -> Result<(), EngineError> {
        let system = |error: std::io::Error| EngineError::from(DataFusionError::from(error));
        let aside = self.dir.join("tmp").join(format!("{}-{}.parquet", view.key, std::process::id()));
        gnomon_engine::write_view(&self.library, view, tables, &self.limits, &aside.to_string_lossy())
            .await?;
        let folder = self.lake_dir().join("_views");
        let start = format!("{}-", view.key);
        for entry in std::fs::read_dir(&folder).map_err(system)? {
            let entry = entry.map_err(system)?;
            if entry.file_name().to_string_lossy().starts_with(&start) {
                std::fs::remove_file(entry.path()).map_err(system)?;
            }
        }
        std::fs::rename(&aside, path).map_err(system)
    }
}

fn read_back(view: &View, path: &Path) -> Result<Arc<dyn TableProvider>, DataFusionError> {
    listing(&[path], view_schema(&view.columns))
}
