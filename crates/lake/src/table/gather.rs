//! Small data files gathered into larger ones, sorted by whom their rows are about. The rows stay what they are: those that
//! were replaced too, with their references, so that every earlier delivery can still be taken out again.

use std::{collections::BTreeMap, path::PathBuf};

use datafusion::{error::DataFusionError, logical_expr::SortExpr, prelude::col};
use futures::StreamExt as _;
use gnomon_engine::{Tables, session};
use gnomon_library::{analytics::AnalyticsError, dataset::Dataset};

use crate::{
    Lake, beneath,
    raw::sync_folder,
    table::{
        self, Holds, Table,
        columns::{REPLACES, ROW, file_schema},
        datafile::{DataFile, NewFile},
        provider::listing,
    },
};

/// Files of one size are gathered when there are so many.
const MANY: usize = 16;
/// At most so many at once, and so many rows, so that intake does not wait long.
const AT_ONCE: usize = 64;
const ROWS_AT_ONCE: u64 = 16 << 20;
/// Sizes, as rows below which a file is of that size or a smaller one. A row is written again at most once per size.
const SIZES: [u64; 3] = [4_096, 65_536, 1_048_576];

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Lake {
    /// Gathers files of one dataset, where there are many small ones; the new version, or `None`.
    pub(crate) async fn gather_files(&self, key: &str) -> Result<Option<u64>, AnalyticsError> {
        let Some(dataset) = self.library.datasets.get(key) else { return Ok(None) };
        let failed = || beneath(format!("gathering the files of {key}"));
        let lake = self.lake_dir();
        let table = Table::open(&lake, key).await.map_err(|error| failed()(error.into()))?;
        let Some(table) = table else { return Ok(None) };
        if !table.fits(dataset).map_err(|error| failed()(error.into()))? {
            return Ok(None);
        }
        let files = table.files().map_err(|error| failed()(error.into()))?;
        let Some(small) = many_small(&files) else { return Ok(None) };
        let version = table.version() + 1;
        let start = table::gathered_prefix(version);
        table::sweep(&lake, key, &start).map_err(|error| failed()(error.into()))?;
        let done = match self.write_gathered(dataset, &small, version).await {
            Ok(file) => {
                let removed = small.iter().filter_map(|file| Some(file.file_name()?.to_str()?.to_owned()));
                let commit = table.commit_gathered(removed.collect(), file, self.now_millis()).await;
                commit.map_err(Failure::from)
            }
            Err(error) => Err(error),
        };
        if done.is_err() {
            // What cannot be removed now is removed before the next version is made.
            let _ = table::sweep(&lake, key, &start);
        }
        done.map(Some).map_err(failed())
    }

    async fn write_gathered(
        &self,
        dataset: &Dataset,
        small: &[PathBuf],
        version: u64,
    ) -> Result<NewFile, Failure> {
        let folder = table::folder(&self.lake_dir(), &dataset.key);
        let schema = file_schema(dataset);
        let context = session(&self.library, &[], &Tables::new(), &self.limits).await?;
        let frame = context.read_table(listing(small, schema.clone())?)?.sort(order(dataset))?;
        let mut rows = frame.execute_stream().await?;
        let mut file = DataFile::create(folder.join(name(small, version, Holds::Facts)?), schema.clone())?;
        while let Some(batch) = rows.next().await {
            let batch = batch?.with_schema(schema.clone()).map_err(DataFusionError::from)?;
            file.write(batch)?;
        }
        let holds = small.iter().map(|path| Holds::of(path)).max().unwrap_or(Holds::Facts);
        let file = file.close(&folder.join(name(small, version, holds)?))?;
        sync_folder(&folder)?;
        Ok(file)
    }
}

/// By whom it is about and when: rows of one person lie together, which is how they are asked for, and pack well.
fn order(dataset: &Dataset) -> Vec<SortExpr> {
    let about = [&dataset.person, &dataset.org, &dataset.time].into_iter().flatten().map(String::as_str);
    about.chain([ROW, REPLACES]).map(|column| col(format!("\"{column}\"")).sort(true, true)).collect()
}

fn name(small: &[PathBuf], version: u64, holds: Holds) -> Result<String, std::io::Error> {
    let batches = || small.iter().filter_map(|path| table::batches_of(path));
    let first = batches().map(|range| *range.start()).min();
    let last = batches().map(|range| *range.end()).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Err(std::io::Error::other("data files of no batch"));
    };
    let prefix = format!("{}{first:08}-{last:08}-", table::gathered_prefix(version));
    Ok(table::file_name(&prefix, 0, holds))
}

/// The files to be gathered next: many of one size, all facts or all endings.
fn many_small(files: &[(PathBuf, u64)]) -> Option<Vec<PathBuf>> {
    let mut sizes: BTreeMap<(bool, usize), Vec<&(PathBuf, u64)>> = BTreeMap::new();
    for file @ (path, rows) in files {
        let Some(size) = SIZES.iter().position(|below| rows < below) else { continue };
        sizes.entry((Holds::of(path) == Holds::Ends, size)).or_default().push(file);
    }
    let many = sizes.into_values().find(|files| files.len() >= MANY)?;
    let mut rows_so_far = 0;
    let fits = |(_, rows): &&(PathBuf, u64)| {
        rows_so_far += rows;
        rows_so_far <= ROWS_AT_ONCE
    };
    Some(many.into_iter().take(AT_ONCE).take_while(fits).map(|(path, _)| path.clone()).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn files(rows: &[u64]) -> Vec<(PathBuf, u64)> {
        let name = |number: usize| PathBuf::from(format!("{number:08}-0000.parquet"));
        rows.iter().enumerate().map(|(number, rows)| (name(number), *rows)).collect()
    }

    #[test]
    fn many_files_of_one_size_are_gathered() {
        assert_eq!(many_small(&files(&[10; 15])), None);
        assert_eq!(many_small(&files(&[10; 16])).unwrap().len(), 16);
        assert_eq!(many_small(&files(&[10; 100])).unwrap().len(), AT_ONCE);
        assert_eq!(
            many_small(&files(&[1_000_000; 100])).unwrap().len(),
            16,
            "no more rows than can be waited for"
        );
        assert_eq!(many_small(&files(&[2_000_000; 100])), None, "large files stay");
        let mixed: Vec<u64> = [[10; 15].as_slice(), &[10_000; 16]].concat();
        let gathered = many_small(&files(&mixed)).unwrap();
        assert!(gathered.iter().all(|path| path >= &PathBuf::from("00000015")), "{gathered:?}");
    }

    #[test]
    fn endings_are_gathered_among_themselves() {
        let mut mixed = files(&[10; 20]);
        for (path, _) in mixed.iter_mut().take(10) {
            *path = PathBuf::from(path.to_string_lossy().replace(".parquet", "-ends.parquet"));
        }
        assert_eq!(many_small(&mixed), None);
    }

    #[test]
    fn the_name_tells_which_batches_are_in_it() {
        let small =
            [PathBuf::from("c00000009-00000003-00000007-0000.parquet"), "00000012-0000.parquet".into()];
        let name = name(&small, 10, Holds::Corrections).unwrap();
        assert_eq!(name, "c00000010-00000003-00000012-0000-corrects.parquet");
        assert_eq!(table::batches_of(Path::new(&name)), Some(3..=12));
    }
}
