//! Which places and months the rows of a dataset speak of.

use gnomon_app::{Coverage, CoverageRow, PlaceRows};
use gnomon_ui::{CoverageCell, CoveragePage, Months, Shell};

use super::freshness::volume;

/// The table of one dataset.
pub fn page(shell: Shell, coverage: Coverage<'_>) -> CoveragePage {
    CoveragePage {
        key: coverage.dataset.key.clone(),
        title: coverage.dataset.title.get(shell.lang).to_owned(),
        is_countable: coverage.dataset.coverage_columns().is_some(),
        months: Months(coverage.months),
        rows: coverage.places.into_iter().map(row).collect(),
        shell,
    }
}

fn row(place: CoverageRow) -> gnomon_ui::CoverageRow {
    let cell =
        |one: &PlaceRows| CoverageCell { rows: one.rows, volume: volume(one.volume), is_gap: one.is_gap };
    let code = Some(place.code).filter(|code| !code.is_empty());
    gnomon_ui::CoverageRow {
        place: place.name.or(code),
        usual: place.usual,
        cells: place.months.iter().map(cell).collect(),
    }
}
