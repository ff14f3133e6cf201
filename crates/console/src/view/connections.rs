use gnomon_app::{BatchRefusal, ConnectionRow, ConnectionState, SharingView};
use gnomon_connect::{Definition, Kind, Listed};
use gnomon_kernel::{Code, Lang};
use gnomon_library::Library;
use gnomon_ui::{
    ConnectionHealth, ConnectionKind, ConnectionSource, ConnectionsPage, PulledDelivery, Refusal, Shell,
};

use super::requests;

/// What files say and how far each connection has come; those that need somebody first.
pub fn page(
    shell: Shell,
    listed: Vec<Listed>,
    states: &[ConnectionRow],
    sharing: &SharingView,
    library: &Library,
    can_pull: bool,
) -> ConnectionsPage {
    let mut rows: Vec<gnomon_ui::ConnectionRow> = listed
        .into_iter()
        .map(|one| {
            let known = states.iter().find(|known| known.state.name == one.name);
            row(one, known, sharing, library, shell.lang)
        })
        .collect();
    rows.sort_by_key(|row| match row.health {
        ConnectionHealth::Unusable | ConnectionHealth::Failing | ConnectionHealth::NotAgreed => 0,
        ConnectionHealth::Off => 2,
        _ => 1,
    });
    ConnectionsPage { shell, can_pull, rows }
}

fn row(
    one: Listed,
    known: Option<&ConnectionRow>,
    sharing: &SharingView,
    library: &Library,
    lang: Lang,
) -> gnomon_ui::ConnectionRow {
    let state = known.map(|known| &known.state);
    let last_error = state.and_then(|state| state.last_error.clone());
    let dataset = one.definition.as_ref().ok().map(|definition| definition.dataset.as_str());
    let agreement = dataset.and_then(|dataset| sharing.by_dataset.get(dataset)).map(requests::note);
    let (reason, source, health) = match &one.definition {
        Err(fault) => (Some(fault.reason()), None, ConnectionHealth::Unusable),
        Ok(definition) => {
            // What has been refused for want of an agreement is over as soon as there is one, and said by the health before.
            let reason = last_error.filter(|error| error.code != Code::NotAgreed);
            let health = match sharing.holds_up(&definition.dataset) {
                true => ConnectionHealth::NotAgreed,
                false => health(definition, state),
            };
            (reason, Some(source(definition, library, lang)), health)
        }
    };
    let next_due = state.and_then(|state| state.next_due_at);
    gnomon_ui::ConnectionRow {
        name: one.name,
        source,
        health,
        last_success: state.and_then(|state| state.last_success_at),
        next_due: next_due.filter(|_| {
            !matches!(
                health,
                ConnectionHealth::Unusable | ConnectionHealth::Off | ConnectionHealth::NotAgreed
            )
        }),
        last_delivery: known
            .and_then(|known| known.last_batch.as_ref())
            .map(|batch| PulledDelivery { id: batch.id.to_string(), rows: batch.counts.rows }),
        failures: state.map_or(0, |state| u64::from(state.failures)),
        reason: reason.map(|BatchRefusal { code, found, expected }| Refusal { code, found, expected }),
        unmarked: state.map_or(0, |state| state.unmarked),
        agreement,
    }
}

fn health(definition: &Definition, state: Option<&ConnectionState>) -> ConnectionHealth {
    match state {
        Some(state) if state.asked_at.is_some() => ConnectionHealth::Asked,
        Some(state) if state.last_error.is_some() => ConnectionHealth::Failing,
        _ if !definition.enabled => ConnectionHealth::Off,
        Some(state) if state.last_success_at.is_some() => ConnectionHealth::Fine,
        _ => ConnectionHealth::New,
    }
}

fn source(definition: &Definition, library: &Library, lang: Lang) -> ConnectionSource {
    let dataset = library.datasets.get(&definition.dataset);
    ConnectionSource {
        kind: match definition.kind {
            Kind::Postgresql => ConnectionKind::Postgresql,
            Kind::Mysql => ConnectionKind::Mysql,
            Kind::Sqlite => ConnectionKind::Sqlite,
            Kind::Http => ConnectionKind::Http,
            Kind::Folder => ConnectionKind::Folder,
            Kind::S3 => ConnectionKind::S3,
            Kind::Sftp => ConnectionKind::Sftp,
        },
        dataset: definition.dataset.clone(),
        title: dataset.map_or(definition.dataset.as_str(), |dataset| dataset.title.get(lang)).to_owned(),
        schedule: definition.schedule.text().to_owned(),
    }
}
