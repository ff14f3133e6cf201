use gnomon_app::{SourceView, WarningView};
use gnomon_ui::{Shell, SourceCell, SourceLine, SourcePage};

use super::value;

/// One line of a delivered file, as it came. What the model matched is marked.
pub fn page(shell: Shell, line: &SourceView, warning: &WarningView) -> SourcePage {
    let is_hit = |column: &str| warning.cells.iter().any(|cell| cell.name == column);
    let from = (warning.item.id.to_string(), warning.item.number.clone());
    SourcePage { warning: Some(from), ..told(shell, line, is_hit) }
}

/// One line that holds one of a pair of mentions.
pub fn of_pair(shell: Shell, line: &SourceView, pair: u32) -> SourcePage {
    SourcePage { pair: Some(u64::from(pair)), ..told(shell, line, |_| false) }
}

fn told(shell: Shell, line: &SourceView, is_hit: impl Fn(&str) -> bool) -> SourcePage {
    let led_here = (warning.item.id.to_string(), warning.item.number.clone());
    SourcePage { warning: Some(led_here), object: None, line: source_line(&shell, line, is_hit), shell }
}

/// One line of a delivered file that names an object; where the object's page is, and what it is called there.
pub fn page_of_object(shell: Shell, line: &SourceView, object: (String, String)) -> SourcePage {
    SourcePage { warning: None, object: Some(object), line: source_line(&shell, line, |_| false), shell }
}

fn source_line(shell: &Shell, line: &SourceView, is_hit: impl Fn(&str) -> bool) -> SourceLine {
    let lang = shell.lang;
pub fn page(shell: Shell, line: &SourceView, warning: Option<&WarningView>) -> SourcePage {
    let lang = shell.lang;
    let cells = warning.map(|warning| warning.cells.as_slice()).unwrap_or_default();
    let is_hit = |column: &str| cells.iter().any(|cell| cell.name == column);
    let cell = |cell: &gnomon_app::SourceCell| SourceCell {
        header: cell.header.clone(),
        original: cell.original.clone(),
        stored: cell.stored.as_ref().map_or_else(String::new, |value| value::words(lang, value)),
        is_hit: is_hit(&cell.column),
    };
    SourcePage {
        shell,
        line: SourceLine {
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
        },
        warning: None,
        pair: None,
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
        warning: warning.map(|warning| (warning.item.id.to_string(), warning.item.number.clone())),
    }
}
