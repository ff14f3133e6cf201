use gnomon_app::{SourceView, WarningView};
use gnomon_ui::{LedHere, Shell, SourceCell, SourceLine, SourcePage};

use super::value;

/// One line of a delivered file, as it came. What the model of a warning matched is marked.
pub fn page(shell: Shell, line: &SourceView, warning: Option<&WarningView>) -> SourcePage {
    let cells = warning.map(|warning| warning.cells.as_slice()).unwrap_or_default();
    let is_hit = |column: &str| cells.iter().any(|cell| cell.name == column);
    let from =
        warning.map(|warning| LedHere::Warning(warning.item.id.to_string(), warning.item.number.clone()));
    SourcePage { line: source_line(&shell, line, is_hit), shell, from }
}

/// The same, reached from another page than a warning's.
pub fn page_from(shell: Shell, line: &SourceView, from: LedHere) -> SourcePage {
    SourcePage { from: Some(from), ..page(shell, line, None) }
}

fn source_line(shell: &Shell, line: &SourceView, is_hit: impl Fn(&str) -> bool) -> SourceLine {
    let lang = shell.lang;
    let cell = |cell: &gnomon_app::SourceCell| SourceCell {
        header: cell.header.clone(),
        original: cell.original.clone(),
        stored: cell.stored.as_ref().map_or_else(String::new, |value| value::words(lang, value)),
        is_hit: is_hit(&cell.column),
    };
    SourceLine {
        row: line.row,
        dataset: line.batch.dataset.clone(),
        title: line.title.get(lang).to_owned(),
        department: line.owner.get(lang).to_owned(),
        file: line.batch.name.clone(),
        sheet: (!line.sheet.is_empty()).then(|| line.sheet.clone()),
        batch: line.batch.id.to_string(),
        received: line.batch.received_at,
        cells: line.cells.iter().map(cell).collect(),
        is_current: line.is_current,
        rejected: None,
    }
}
