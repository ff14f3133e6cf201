//! Data requests, as the pages show them.

use std::collections::BTreeSet;

use gnomon_app::{DatasetRow, Request, RequestView};
use gnomon_domain as domain;
use gnomon_domain::{RequestEntry, RequestStep};
use gnomon_httpkit::Fields;
use gnomon_kernel::{Cadence, Day, Lang};
use gnomon_library::{Library, dataset::Dataset};
use gnomon_ui::{
    AgreementNote, AskPage, AskedColumn, ChangedRequest, Choice, Cleared, ColumnChoice, DataEnd, Due, Filled,
    LinkKind, ModelChoice, ModelUse, RequestEvent, RequestEventKind, RequestForm, RequestPage, RequestRow,
    RequestSheet, RequestState, RequestsPage, Sensitivity, Shell, text,
};

use super::data::{cadence, sensitivity_word};

/// The list: what waits for somebody first, then what has come to its end last.
pub fn list(shell: Shell, is_required: bool, all: &[gnomon_app::RequestRow<'_>], today: Day) -> RequestsPage {
    let lang = shell.lang;
    let mut shown: Vec<&gnomon_app::RequestRow<'_>> = all.iter().collect();
    // By the day that comes first; those without one after them, those that are over last.
    shown.sort_by_key(|row| {
        let matter = &row.request.matter;
        (!matter.state.is_open(), matter.due.is_none(), matter.due)
    });
    let rows = shown.into_iter().map(|row| {
        let request = &row.request;
        RequestRow {
            id: request.id.to_string(),
            number: request.number.clone(),
            dataset: title(row.dataset, request, lang),
            department: row.dataset.map_or("—", |dataset| dataset.owner.get(lang)).to_owned(),
            state: state(request.matter.state, row.is_degraded),
            due: request.matter.due.map(|due| Due::new(due, today)),
            asked_by: named(&request.asked_by_name),
            asked: request.asked_at,
        }
    });
    RequestsPage { rows: rows.collect(), shell, is_required }
}

/// One request.
pub fn page(
    shell: Shell,
    view: &RequestView<'_>,
    library: &Library,
    today: Day,
    filled: Filled,
) -> RequestPage {
    let lang = shell.lang;
    let (request, dataset) = (&view.row.request, view.row.dataset);
    let matter = &request.matter;
    RequestPage {
        shell,
        id: request.id.to_string(),
        version: request.version,
        number: request.number.clone(),
        state: state(matter.state, view.row.is_degraded),
        due: matter.due.map(|due| Due::new(due, today)),
        sheet: sheet(request, dataset, library, lang),
        batches: view.batches,
        rows: view.rows,
        data_end: matter.data_end.map(data_end),
        cleared: request.cleared.map(|one| Cleared { batches: one.batches, rows: one.rows, at: one.at }),
        timeline: view.timeline.iter().rev().filter_map(event).collect(),
        forms: forms(&view.steps),
        filled,
    }
}

fn sheet(request: &Request, dataset: Option<&Dataset>, library: &Library, lang: Lang) -> RequestSheet {
    let matter = &request.matter;
    let column = |name: &String| {
        let known = dataset.and_then(|dataset| Some((dataset, dataset.column(name)?)));
        AskedColumn {
            name: name.clone(),
            title: known.map_or(name.as_str(), |(_, column)| column.title.get(lang)).to_owned(),
            sensitivity: known.map_or(Sensitivity::Sensitive, |(dataset, column)| {
                sensitivity_word(dataset.sensitivity_of(column))
            }),
        }
    };
    let model = |id: &String| {
        let title = library.models.get(id).map_or(id.as_str(), |model| model.title.get(lang));
        ModelUse { id: id.clone(), title: title.to_owned() }
    };
    RequestSheet {
        key: request.dataset.clone(),
        dataset: title(dataset, request, lang),
        department: dataset.map_or("—", |dataset| dataset.owner.get(lang)).to_owned(),
        purpose: request.purpose.clone(),
        basis: request.basis.clone(),
        columns: request.columns.iter().map(column).collect(),
        models: request.models.iter().map(model).collect(),
        cadence: request.cadence.as_deref().and_then(Cadence::parse).map(cadence),
        from: matter.from,
        until: matter.until,
        link: matter.link.map(link),
        asked_by: named(&request.asked_by_name),
        asked: request.asked_at,
        agreed: request.agreed_at.map(|at| (request.agreed_by_name.clone(), at)),
    }
}

/// The form, new or of a request that is changed. `asked` says what is ticked.
pub fn form(
    shell: Shell,
    row: &DatasetRow<'_>,
    changes: Option<&Request>,
    (asked, mut filled): (Asked, Filled),
    library: &Library,
) -> AskPage {
    let (lang, dataset) = (shell.lang, row.dataset);
    let columns = dataset.columns.iter().map(|column| {
        let known = dataset.sensitivity_of(column);
        let is_usual = known < gnomon_library::dataset::Sensitivity::Sensitive;
        ColumnChoice {
            name: column.name.clone(),
            title: column.title.get(lang).to_owned(),
            sensitivity: sensitivity_word(known),
            is_needed: dataset.is_of_its_form(column),
            is_ticked: asked.columns.as_ref().map_or(is_usual, |ticked| ticked.contains(&column.name)),
        }
    });
    let model = |id: &&str| {
        let model = library.models.get(*id)?;
        let (id, title) = (model.id.clone(), model.title.get(lang).to_owned());
        Some(ModelChoice { is_ticked: asked.models.contains(&id), id, title })
    };
    if let Some(usual) = dataset.cadence {
        filled.values.entry("cadence".to_owned()).or_insert_with(|| usual.as_str().to_owned());
    }
    let cadences = Cadence::ALL.map(|one| Choice::new(one.as_str(), text(lang, cadence(one).title(), &[])));
    AskPage {
        shell,
        key: dataset.key.clone(),
        dataset: dataset.title.get(lang).to_owned(),
        department: dataset.owner.get(lang).to_owned(),
        sensitivity: sensitivity_word(dataset.sensitivity),
        changes: changes.map(|request| ChangedRequest {
            id: request.id.to_string(),
            number: request.number.clone(),
            version: request.version,
        }),
        columns: columns.collect(),
        models: row.models.iter().filter_map(model).collect(),
        cadences: cadences.into(),
        filled,
    }
}

/// What is ticked in the form; columns as proposed when nothing was said yet.
#[derive(Debug, Default)]
pub struct Asked {
    columns: Option<BTreeSet<String>>,
    models: BTreeSet<String>,
}

impl Asked {
    /// As the request says.
    pub fn of(request: &Request) -> Asked {
        Asked {
            columns: Some(request.columns.iter().cloned().collect()),
            models: request.models.iter().cloned().collect(),
        }
    }

    /// As the form was sent.
    pub fn sent(fields: &Fields) -> Asked {
        let all = |name: &str| fields.all(name).map(str::to_owned).collect();
        Asked { columns: Some(all("columns")), models: all("models") }
    }
}

/// A request as the form would have been sent.
pub fn as_filled(request: &Request) -> Filled {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let values = [
        ("purpose", request.purpose.clone()),
        ("basis", request.basis.clone()),
        ("cadence", request.cadence.clone().unwrap_or_default()),
        ("from", day(request.matter.from)),
        ("until", day(request.matter.until)),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Filled { values, ..Filled::default() }
}

/// A request in few words.
pub fn note(note: &gnomon_app::AgreementNote) -> AgreementNote {
    AgreementNote { id: note.id.to_string(), number: note.number.clone(), state: state(note.state, false) }
}

fn title(dataset: Option<&Dataset>, request: &Request, lang: Lang) -> String {
    dataset.map_or(request.dataset.as_str(), |dataset| dataset.title.get(lang)).to_owned()
}

fn named(name: &str) -> Option<String> {
    (!name.is_empty()).then(|| name.to_owned())
}

fn state(state: domain::RequestState, is_degraded: bool) -> RequestState {
    use domain::RequestState as S;
    match state {
        S::Requested => RequestState::Requested,
        S::Returned => RequestState::Returned,
        S::Refused => RequestState::Refused,
        S::Agreed => RequestState::Agreed,
        S::Connecting => RequestState::Connecting,
        S::Live if is_degraded => RequestState::Degraded,
        S::Live => RequestState::Live,
        S::Ending => RequestState::Ending,
        S::Ended => RequestState::Ended,
    }
}

fn link(link: domain::LinkKind) -> LinkKind {
    match link {
        domain::LinkKind::Interface => LinkKind::Interface,
        domain::LinkKind::Line => LinkKind::Line,
        domain::LinkKind::Copy => LinkKind::Copy,
        domain::LinkKind::Form => LinkKind::Form,
    }
}

fn data_end(end: domain::DataEnd) -> DataEnd {
    match end {
        domain::DataEnd::Keep => DataEnd::Keep,
        domain::DataEnd::Archive => DataEnd::Archive,
        domain::DataEnd::Erase => DataEnd::Erase,
    }
}

/// The forms for the steps that this person may take; several steps share one.
fn forms(steps: &[RequestStep]) -> Vec<RequestForm> {
    let mut forms: Vec<RequestForm> = Vec::new();
    for step in steps {
        let form = match step {
            RequestStep::Agree | RequestStep::Refuse | RequestStep::Return => RequestForm::Answer,
            RequestStep::Change => RequestForm::Change,
            RequestStep::Connect => RequestForm::Connect,
            RequestStep::AskEnd => RequestForm::AskEnd,
            RequestStep::KeepOn | RequestStep::End => RequestForm::ConfirmEnd,
            RequestStep::Ask | RequestStep::GoLive | RequestStep::Clear => continue,
        };
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// A line of the timeline; none for one whose choice is not known any more.
fn event(entry: &RequestEntry) -> Option<RequestEvent> {
    let kind = match entry.step {
        RequestStep::Ask => RequestEventKind::Asked,
        RequestStep::Agree => RequestEventKind::Agreed,
        RequestStep::Refuse => RequestEventKind::Refused,
        RequestStep::Return => RequestEventKind::Returned,
        RequestStep::Change => RequestEventKind::Changed,
        RequestStep::Connect => RequestEventKind::Connecting(link(entry.link?)),
        RequestStep::GoLive => RequestEventKind::Live,
        RequestStep::AskEnd => RequestEventKind::EndAsked(data_end(entry.data_end?)),
        RequestStep::KeepOn => RequestEventKind::KeptOn,
        RequestStep::End => RequestEventKind::Ended,
        RequestStep::Clear => RequestEventKind::Cleared,
    };
    Some(RequestEvent { kind, at: entry.at, actor: named(&entry.by_name), note: named(&entry.note) })
}
