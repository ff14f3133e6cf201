//! What became of a model in a run.

use gnomon_app::RunModel;
use gnomon_kernel::{Code, Lang};
use gnomon_library::Library;
use gnomon_ui::Outcome;

/// The outcome as the pages name it.
pub fn outcome(row: &RunModel, library: &Library, lang: Lang) -> Outcome {
    use gnomon_domain::Outcome as O;
    match row.outcome {
        O::Waiting | O::Running => Outcome::Pending,
        O::Spoke => Outcome::Findings(row.counts.found),
        O::CannotTell => Outcome::CannotTell(titles(&row.missing, library, lang)),
        O::Failed => Outcome::Failed {
            code: row.code.unwrap_or(Code::ModelFailed),
            found: row.detail.clone(),
            expected: String::new(),
        },
    }
}

/// Titles of datasets and views.
pub fn titles(keys: &[String], library: &Library, lang: Lang) -> Vec<String> {
    let title =
        |key: &String| library.table_title(key).map_or(key.as_str(), |words| words.get(lang)).to_owned();
    keys.iter().map(title).collect()
}
