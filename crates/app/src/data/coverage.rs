//! Which places and months the rows of a dataset speak of.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_domain::{Action, Actor, Volume, usual};
use gnomon_kernel::{Code, Month};
use gnomon_library::dataset::Dataset;
use gnomon_store::{Covered, Region};

use crate::{
    App, Error, Result,
    app::permit,
    data::freshness::{month_of, months_until},
};

/// Rows of a dataset by place and month.
#[derive(Debug, Clone)]
pub struct Coverage<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Months, oldest first; the last one is the last of which rows speak. Empty before the first row.
    pub months: Vec<Month>,
    /// Places by code, rows of unknown place last.
    pub places: Vec<CoverageRow>,
}

/// A place with its rows of each month.
#[derive(Debug, Clone)]
pub struct CoverageRow {
    /// First nine digits of the division code; empty for rows of unknown place.
    pub code: String,
    /// Name, where the administrative tree has it.
    pub name: Option<String>,
    /// The usual number of rows of a month.
    pub usual: u64,
    /// One for each month.
    pub months: Vec<PlaceRows>,
}

/// Rows of one place and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceRows {
    /// How many.
    pub rows: u64,
    /// The same seen from the usual number of this place.
    pub volume: Volume,
    /// Nothing here, while at least half of the other townships of the county have rows.
    pub is_gap: bool,
}

type Cells = BTreeMap<(String, Month), u64>;

impl App {
    /// Rows of one dataset by place and month, as they were counted after the last intake. Townships that the
    /// administrative tree knows and no row names are there too, beside others of their county.
    pub async fn coverage(&self, actor: &Actor, key: &str) -> Result<Coverage<'_>> {
        permit(actor, Action::ViewData)?;
        let dataset = self.library().datasets.get(key).ok_or(Error::NotFound(Code::NotFound))?;
        let tx = self.parts.store.read().await?;
        let today = tx.county_today().await?.unwrap_or_else(|| self.today());
        let counted = tx.coverage(key).await?;
        // What lies in the future is a typing error; it must not push the present out of the table.
        let last =
            counted.iter().map(|cell| cell.month).filter(|month| Some(*month) <= month_of(today)).max();
        let months = last.map(months_until).unwrap_or_default();
        let tree = tx.regions().await?;
        Ok(Coverage { dataset, places: places(counted, &months, &tree), months })
    }

    /// Counts the tables anew that have changed since they were counted last.
    pub(crate) async fn refresh_coverage(&self) -> Result<()> {
        let mut counted = self.parts.store.read().await?.coverage_versions().await?;
        for table in self.parts.analytics.tables().await? {
            let known = counted.remove(&table.dataset);
            let dataset = self.library().datasets.get(&table.dataset);
            if known == Some(table.version) || dataset.and_then(Dataset::coverage_columns).is_none() {
                continue;
            }
            let cells = self.parts.analytics.coverage(&table.dataset).await?;
            let cells: Vec<Covered> = cells
                .into_iter()
                .map(|cell| Covered { region: cell.region, month: cell.month, rows: cell.rows })
                .collect();
            let tx = self.parts.store.write().await?;
            tx.replace_coverage(&table.dataset, table.version, &cells).await?;
            tx.commit().await?;
        }
        let tx = self.parts.store.write().await?;
        for emptied in counted.keys() {
            tx.forget_coverage(emptied).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn places(counted: Vec<Covered>, months: &[Month], tree: &[Region]) -> Vec<CoverageRow> {
    let is_shown = |cell: &Covered| months.contains(&cell.month);
    let cells: Cells =
        counted.into_iter().filter(is_shown).map(|cell| ((cell.region, cell.month), cell.rows)).collect();
    let mut codes: BTreeSet<&str> = cells.keys().map(|(code, _)| code.as_str()).collect();
    let counties: BTreeSet<&str> = codes.iter().filter_map(|code| county_of(code)).collect();
    let names: BTreeMap<&str, &str> = tree
        .iter()
        .filter_map(|region| Some((region.code.strip_suffix("000")?, region.name.as_str())))
        .collect();
    codes.extend(names.keys().filter(|code| county_of(code).is_some_and(|county| counties.contains(county))));
    let row = |code: &&str| {
        let neighbours: Vec<&str> =
            codes.iter().copied().filter(|other| other != code && is_neighbour(code, other)).collect();
        let name = names.get(code).map(|name| (*name).to_owned());
        place(code, name, &neighbours, months, &cells)
    };
    let (unknown, known): (Vec<_>, Vec<_>) = codes.iter().map(row).partition(|row| row.code.is_empty());
    known.into_iter().chain(unknown).collect()
}

fn place(
    code: &str,
    name: Option<String>,
    neighbours: &[&str],
    months: &[Month],
    cells: &Cells,
) -> CoverageRow {
    let rows_of =
        |code: &str, month: Month| cells.get(&(code.to_owned(), month)).copied().unwrap_or_default();
    let usual = usual(months.iter().map(|month| rows_of(code, *month)));
    let month = |month: &Month| {
        let rows = rows_of(code, *month);
        let speaking = neighbours.iter().filter(|other| rows_of(other, *month) > 0).count();
        let is_gap = rows == 0 && speaking > 0 && speaking * 2 >= neighbours.len();
        PlaceRows { rows, volume: Volume::of(rows, usual), is_gap }
    };
    CoverageRow { code: code.to_owned(), name, usual, months: months.iter().map(month).collect() }
}

/// The county of a township; `None` for a code of anything else.
fn county_of(code: &str) -> Option<&str> {
    let (county, township) = code.split_at_checked(6)?;
    (township.len() == 3 && township != "000").then_some(county)
}

fn is_neighbour(one: &str, other: &str) -> bool {
    county_of(one).is_some_and(|county| county_of(other) == Some(county))
}
