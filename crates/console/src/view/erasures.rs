use gnomon_app::{Actor, Erasure, ErasureCounts};
use gnomon_domain::{ErasureState, erasure::may_answer};
use gnomon_kernel::Lang;
use gnomon_library::Library;
use gnomon_ui::{ErasureExtent, ErasureRow, ErasureStanding, ErasuresPage, Filled, Shell};

/// The page; `answers` is who may answer what another person asked for.
pub fn page(
    shell: Shell,
    erasures: Vec<Erasure>,
    library: &Library,
    answers: Option<&Actor>,
    filled: Filled,
) -> ErasuresPage {
    let rows = erasures.into_iter().map(|erasure| row(erasure, library, answers, shell.lang)).collect();
    ErasuresPage { shell, filled, rows }
}

fn row(erasure: Erasure, library: &Library, answers: Option<&Actor>, lang: Lang) -> ErasureRow {
    let can_answer =
        answers.is_some_and(|actor| may_answer(erasure.state, erasure.asked_by.as_ref(), actor).is_ok());
    let declined = erasure.state == ErasureState::Declined;
    let held_by = match declined {
        true => Vec::new(),
        false => erasure.remark.split_whitespace().map(str::to_owned).collect(),
    };
    ErasureRow {
        number: u64::from(erasure.number),
        state: match erasure.state {
            ErasureState::Asked => ErasureStanding::Asked,
            ErasureState::Agreed | ErasureState::Erasing => ErasureStanding::Working,
            ErasureState::Done => ErasureStanding::Done,
            ErasureState::Declined => ErasureStanding::Declined,
        },
        person: erasure.subject.map(|subject| subject.to_string()),
        ground: erasure.ground,
        declined_because: Some(erasure.remark).filter(|_| declined),
        held_by,
        extent: erasure.counts.map(|counts| extent(counts, library, lang)),
        asked_by: erasure.asked_name,
        asked: erasure.asked_at,
        answered: erasure.answered_at.map(|at| (erasure.answered_name, at)),
        done: erasure.done_at,
        can_answer,
    }
}

fn extent(counts: ErasureCounts, library: &Library, lang: Lang) -> ErasureExtent {
    let title = |key: String| match library.datasets.get(&key) {
        Some(dataset) => dataset.title.get(lang).to_owned(),
        None => key,
    };
    let rows = counts.rows.into_iter().map(|(key, rows)| (title(key), rows)).collect();
    ErasureExtent { rows, files: counts.files, lines: counts.lines }
}
