use gnomon_app::{Actor, Assignee, Evidence, EvidenceRow, WarningView};
use gnomon_domain::Step;
use gnomon_kernel::{Day, Lang, Money};
use gnomon_library::Library;
use gnomon_ui::{
    Action, Due, EvidenceCell, Filled, Origin, Series, SeriesKind, Shell, SourceRow, Trend, WarningPage,
    amounts_by_month,
};

use super::{
    inbox, kinship,
    param::{self, Value},
    value,
    warning_parts::{graph, parties, tied, timeline, verdict},
};

/// What the page needs beside the warning.
pub struct Sources<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// Its source rows.
    pub evidence: Evidence,
    /// Who can be given it.
    pub assignees: Vec<Assignee>,
    /// Whether this person may ask how its parties are tied.
    pub may_ask_ties: bool,
    /// The form that came back.
    pub filled: Filled,
    /// Today.
    pub today: Day,
    /// The deadline that an assignment of today has by default.
    pub due: Day,
}

/// One warning with everything that leads to it and follows from it.
pub fn page(shell: Shell, view: &WarningView, sources: Sources<'_>, library: &Library) -> WarningPage {
    let lang = shell.lang;
    let model = library.models.get(&view.item.model);
    let advice = |pick: fn(&gnomon_library::model::Model) -> &gnomon_library::model::WordLists| {
        model.map(|model| pick(model).get(lang).to_vec()).unwrap_or_default()
    };
    let Evidence { rows, row_count, trend } = &sources.evidence;
    WarningPage {
        warning: warning(view, sources.today, lang),
        cells: view.cells.iter().map(|cell| evidence_cell(cell, lang)).collect(),
        sources: rows.iter().map(|row| source(row, lang)).collect(),
        more_sources: row_count.saturating_sub(rows.len() as u64),
        graph: graph(view, model.map(|model| model.subject), lang),
        trend: trend.as_ref().and_then(|trend| chart(trend, lang)),
        parties: parties(view, lang),
        arranged: view
            .arranged
            .iter()
            .map(|note| kinship::note(note, sources.actor, sources.today))
            .collect(),
        tied: sources.may_ask_ties.then(|| tied(view)).flatten(),
        innocent: advice(|model| &model.innocent),
        verify: advice(|model| &model.verify),
        origin: origin(view, library, lang),
        actions: actions(view, &sources),
        timeline: timeline(view),
        filled: sources.filled,
        shell,
    }
}

fn warning(view: &WarningView, today: Day, lang: Lang) -> gnomon_ui::WarningView {
    let item = &view.item;
    gnomon_ui::WarningView {
        id: item.id.to_string(),
        number: item.number.clone(),
        version: i64::from(item.version),
        level: item.level,
        title: item.title.get(lang).to_owned(),
        why: value::sentence(lang, item),
        state: inbox::state(item.state),
        vanished: item.vanished,
        verdict: view.verdict.map(verdict),
        fen: item.money,
        region: item.place.clone().unwrap_or_else(|| "—".to_owned()),
        happened_on: view.happened_on,
        owner: item.assignee_name.clone(),
        due: item.state.is_open().then(|| Due::new(item.due, today)),
        to_recover: view.to_recover,
        recovered: view.to_recover.map(|_| view.recovered),
    }
}

pub fn evidence_cell(cell: &gnomon_app::Cell, lang: Lang) -> EvidenceCell {
    EvidenceCell { title: cell.title.get(lang).to_owned(), value: value::cell(lang, cell) }
}

/// A row's main cells in words: what tells when and how much has columns of its own.
pub fn source(row: &EvidenceRow, lang: Lang) -> SourceRow {
    let told = |cell: &&gnomon_app::Cell| cell.value != row.when;
    let cells = row.cells.iter().filter(told);
    let content: Vec<String> =
        cells.map(|cell| format!("{} {}", cell.title.get(lang), value::cell(lang, cell))).collect();
    SourceRow {
        dataset: row.title.get(lang).to_owned(),
        department: row.owner.get(lang).to_owned(),
        when: value::words(lang, &row.when),
        content: content.join(" · "),
        file: row.file.clone(),
        row: row.row,
    }
}

/// One month is a number, not a development.
fn chart(trend: &gnomon_app::Trend, lang: Lang) -> Option<Trend> {
    let (heading, measure) = amounts_by_month(lang);
    let sums = &trend.sums;
    let yuan = |(_, sum): &(gnomon_kernel::Month, Money)| Some(sum.fen() as f64 / 100.0);
    (sums.len() > 1).then(|| Trend {
        title: format!("{heading} · {}", trend.title.get(lang)),
        x: sums.iter().map(|(month, _)| month.to_string()).collect(),
        series: vec![Series {
            name: measure.into_owned(),
            kind: SeriesKind::Bar,
            data: sums.iter().map(yuan).collect(),
        }],
    })
}

fn origin(view: &WarningView, library: &Library, lang: Lang) -> Origin {
    let model = library.models.get(&view.item.model);
    let (verified, found_true) = super::told(view.record.as_ref());
    let parameter = |(name, param): (&String, &gnomon_library::param::Param)| {
        let value = param::words(Value::of(param, view.params.get(name)?), lang);
        Some((param.label.get(lang).to_owned(), param::with_unit(param, value, lang)))
    };
    Origin {
        model: view.item.model.clone(),
        revision: u64::from(view.revision),
        verified,
        found_true,
        why: model.map_or("", |model| model.why.get(lang)).to_owned(),
        basis: model.map_or("", |model| model.basis.get(lang)).to_owned(),
        parameters: model
            .map(|model| model.params.iter().filter_map(parameter).collect())
            .unwrap_or_default(),
        run: view.as_of.map(|day| (view.run.to_string(), day)),
    }
}

/// The forms, in the order in which they are likely to be wanted.
fn actions(view: &WarningView, sources: &Sources<'_>) -> Vec<Action> {
    let today = sources.today;
    let can = |step| view.steps.contains(&step);
    let to_recover = view.to_recover.or(view.item.money).unwrap_or_default();
    let left = Money((to_recover.fen() - view.recovered.fen()).max(0));
    let may_ask_for_money = can(Step::ReturnToDispose);
    let assign = || Action::Assign {
        assignees: sources.assignees.iter().map(inbox::assignee).collect(),
        due: sources.due,
    };
    let offered = [
        (can(Step::Accept), Action::Review { may_ask_for_money }),
        (can(Step::Recover), Action::Recover { left, today }),
        (can(Step::Dispose), Action::Dispose { to_recover }),
        (can(Step::Submit), Action::Submit),
        (can(Step::Verify), Action::Verify),
        (can(Step::Assign), assign()),
    ];
    offered.into_iter().filter(|(is_offered, _)| *is_offered).map(|(_, action)| action).collect()
}
