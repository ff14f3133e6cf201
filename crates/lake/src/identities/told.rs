//! What the rows of a table say of people, kept with the result: a delivery changes one table, and only that one is read anew.

use std::{fs::File, path::Path, sync::Arc};

use datafusion::datasource::TableProvider;
use futures::StreamExt;
use gnomon_identity::{Line, Source};
use gnomon_library::analytics::AnalyticsError;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{
    Failure, hash_of,
    lines::{asked, lines, tally},
};
use crate::{Lake, beneath, table::datafile::DataFile};

impl Lake {
    /// Gives what the rows of a source's table say, each with how many say so. `table` names what its rows depend on.
    pub(super) async fn each_told(
        &self,
        state: &str,
        source: &Source<'_>,
        table: &str,
        see: &mut (dyn FnMut(&Line<'_>) + Send),
    ) -> Result<(), AnalyticsError> {
        let dataset = &source.dataset.key;
        let failed = || beneath(format!("reading who is who in {dataset}"));
        let query = tally(source);
        let name = format!("told-{}", hash_of(&[dataset, table, &query]));
        let path = self.identity_path(state, &name);
        if !self.carry_over(state, &name).map_err(failed())? {
            let Some(opened) = self.open_table(dataset).await? else { return Ok(()) };
            write(opened.provider, &query, &path).await.map_err(failed())?;
        }
        read(&path, see).map_err(failed())
    }
}

async fn write(table: Arc<dyn TableProvider>, query: &str, path: &Path) -> Result<(), Failure> {
    let mut stream = asked(table, query).await?;
    let mut file = DataFile::create(path.to_owned(), stream.schema())?;
    while let Some(batch) = stream.next().await {
        file.write(batch?)?;
    }
    file.close(path)?;
    Ok(())
}

fn read(path: &Path, see: &mut (dyn FnMut(&Line<'_>) + Send)) -> Result<(), Failure> {
    for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()? {
        lines(&batch?, see)?;
    }
    Ok(())
}
