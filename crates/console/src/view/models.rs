use std::collections::BTreeMap;

use gnomon_domain::Outcome;
use gnomon_kernel::Lang;
use gnomon_library::Library;
use gnomon_ui::{ModelRow, ModelsPage, Pack, Shell, Speech, Status};

use super::outcome::titles;

/// All models, pack by pack; or only those that cannot tell.
pub fn page(
    shell: Shell,
    models: &[gnomon_app::ModelRow<'_>],
    only_silent: bool,
    library: &Library,
) -> ModelsPage {
    let lang = shell.lang;
    let silent = models.iter().filter(|row| !row.missing.is_empty()).count() as u64;
    let shown = models.iter().filter(|row| !only_silent || !row.missing.is_empty());
    let mut packs: BTreeMap<(u32, &str), Pack> = BTreeMap::new();
    for row in shown {
        let key = row.model.pack();
        let order = library.packs.get(key).map_or(u32::MAX, |pack| pack.order);
        let title = || library.pack_title(key).get(lang).to_owned();
        let pack = packs.entry((order, key)).or_insert_with(|| Pack { title: title(), models: Vec::new() });
        pack.models.push(model(row, library, lang));
    }
    ModelsPage {
        shell,
        only_silent,
        speaking: models.len() as u64 - silent,
        silent,
        packs: packs.into_values().collect(),
    }
}

fn model(row: &gnomon_app::ModelRow<'_>, library: &Library, lang: Lang) -> ModelRow {
    let spoke = row.last.as_ref().filter(|last| last.outcome == Outcome::Spoke);
    let (verified, found_true) = super::told(row.record.as_ref());
    ModelRow {
        id: row.model.id.clone(),
        title: row.model.title.get(lang).to_owned(),
        level: row.model.level,
        status: status(row.model.status),
        revision: u64::from(row.model.revision),
        cases: row.model.cases.len() as u64,
        speech: speech(&row.missing, library, lang),
        findings: spoke.map(|last| last.counts.found),
        verified,
        found_true,
    }
}

/// Whether a model can say anything about the data that are there.
pub fn speech(missing: &[String], library: &Library, lang: Lang) -> Speech {
    if missing.is_empty() { Speech::CanSpeak } else { Speech::CannotTell(titles(missing, library, lang)) }
}

/// How far a model is, as the pages name it.
pub fn status(status: gnomon_library::model::Status) -> Status {
    use gnomon_library::model::Status as S;
    match status {
        S::Draft => Status::Draft,
        S::Trial => Status::Trial,
        S::Stable => Status::Stable,
        S::Retired => Status::Retired,
    }
}
