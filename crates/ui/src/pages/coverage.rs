use askama::Template;

use super::Volume;
use crate::months::Months;
use crate::page::{Page as _, page};
use crate::shell::Shell;

/// Rows of one dataset by place and month.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/coverage.html")]
pub struct CoveragePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Key of the dataset.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Whether it says of its rows which place and month they speak of.
    pub is_countable: bool,
    /// Columns; none before the first row.
    pub months: Months,
    /// Places by code.
    pub rows: Vec<CoverageRow>,
}

page!(CoveragePage);

/// A place.
#[derive(Debug, Clone)]
pub struct CoverageRow {
    /// Name, or the code where it is not known; none for rows of unknown place.
    pub place: Option<String>,
    /// The usual number of rows of a month.
    pub usual: u64,
    /// One cell for each month.
    pub cells: Vec<CoverageCell>,
}

/// Rows of one place and month.
#[derive(Debug, Clone, Copy)]
pub struct CoverageCell {
    /// How many.
    pub rows: u64,
    /// The same seen from the usual number of the place.
    pub volume: Volume,
    /// Nothing here, while neighbours have rows.
    pub is_gap: bool,
}

impl CoveragePage {
    /// Cells that stand out.
    fn gaps(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.is_gap).count()
    }
}
