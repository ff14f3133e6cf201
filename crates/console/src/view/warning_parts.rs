//! What a warning's page is put together from: its chain, its parties, its timeline.

use gnomon_app::{ChainNode, PartyKind, WarningView};
use gnomon_domain::{State, Step, TimelineEntry};
use gnomon_kernel::{Day, Lang, Money};
use gnomon_library::{column::ColumnType, model::Subject};
use gnomon_ui::{Edge, Event, EventKind, Graph, Node, NodeKind, Party, Tied, Verdict, text};

use super::value;

/// The chain that the model draws, if it draws one. Node ids are places in the chain, so that no number gets into them.
pub fn graph(view: &WarningView, subject: Option<Subject>, lang: Lang) -> Option<Graph> {
    if view.chain.len() < 2 {
        return None;
    }
    let id = |at: usize| format!("n{at}");
    let node = |(at, link): (usize, &ChainNode)| Node {
        id: id(at),
        label: label(link, view, lang),
        kind: kind(link, view, subject),
    };
    let edge = |(at, link): (usize, &ChainNode)| {
        let words = link.edge.as_ref()?;
        Some(Edge {
            from: id(at.checked_sub(1)?),
            to: id(at),
            label: words.get(lang).to_owned(),
            is_key: true,
        })
    };
    Some(Graph {
        nodes: view.chain.iter().enumerate().map(node).collect(),
        edges: view.chain.iter().enumerate().filter_map(edge).collect(),
    })
}

/// A party by name where there is one, anything else by its value.
fn label(link: &ChainNode, view: &WarningView, lang: Lang) -> String {
    let party = view.parties.iter().find(|party| party.key == link.cell.name);
    let name = party.and_then(|party| party.name.clone());
    name.unwrap_or_else(|| value::cell(lang, &link.cell))
}

fn kind(link: &ChainNode, view: &WarningView, subject: Option<Subject>) -> NodeKind {
    if link.cell.name == "subject" {
        return match subject {
            Some(Subject::Org) => NodeKind::Org,
            Some(Subject::Unit) => NodeKind::Unit,
            Some(Subject::Contract | Subject::Asset) => NodeKind::Record,
            Some(Subject::Account) => NodeKind::Account,
            Some(Subject::Person) | None => NodeKind::Person,
        };
    }
    let is_org = |party: &gnomon_app::Party| party.key == link.cell.name && party.kind == PartyKind::Org;
    if view.parties.iter().any(is_org) {
        return NodeKind::Org;
    }
    match link.cell.ty {
        Some(
            ColumnType::Idno
            | ColumnType::Party
            | ColumnType::Name
            | ColumnType::PartyName
            | ColumnType::Phone,
        ) => NodeKind::Person,
        Some(ColumnType::Region) => NodeKind::Unit,
        Some(ColumnType::Bankacct) => NodeKind::Account,
        _ => NodeKind::Record,
    }
}

/// Whom the warning speaks of.
pub fn parties(view: &WarningView, lang: Lang) -> Vec<Party> {
    let can_reveal = view.steps.contains(&Step::Reveal);
    let party = |one: &gnomon_app::Party| Party {
        key: one.key.clone(),
        kind: match one.kind {
            PartyKind::Person => gnomon_ui::PartyKind::Person,
            PartyKind::Org => gnomon_ui::PartyKind::Org,
        },
        name: one.name.clone().unwrap_or_default(),
        role: one
            .role
            .as_ref()
            .map_or_else(|| text(lang, "subject", &[]).into_owned(), |role| role.get(lang).to_owned()),
        number: one.number.clone(),
        is_revealed: false,
        can_reveal: can_reveal && one.kind == PartyKind::Person,
    };
    view.parties.iter().map(party).collect()
}

/// A person and an organisation among the parties: the first of each.
pub fn tied(view: &WarningView) -> Option<Tied> {
    let first = |kind| view.parties.iter().find(|party| party.kind == kind);
    let pair = [first(PartyKind::Person)?, first(PartyKind::Org)?];
    Some(Tied {
        keys: pair.map(|party| party.key.clone()),
        names: pair.map(|party| party.name.clone().unwrap_or_else(|| party.number.clone())),
    })
}

/// What happened, newest first.
pub fn timeline(view: &WarningView) -> Vec<Event> {
    let event = |entry: &TimelineEntry| Event {
        at: entry.at,
        actor: (!entry.by_name.is_empty()).then(|| entry.by_name.clone()),
        kind: event_kind(entry, view),
        note: (!entry.note.is_empty()).then(|| entry.note.clone()),
    };
    view.timeline.iter().rev().map(event).collect()
}

fn event_kind(entry: &TimelineEntry, view: &WarningView) -> EventKind {
    let day = || entry.day.unwrap_or(Day::MIN);
    let amount = || entry.amount.unwrap_or(Money::ZERO);
    match entry.step {
        Step::Raise if view.as_of.is_none() => EventKind::HandedOn,
        Step::Raise => {
            EventKind::Raised { model: view.item.model.clone(), revision: u64::from(view.revision) }
        }
        Step::Refresh => EventKind::Changed,
        Step::ChangeLevel => EventKind::Relevelled(entry.level.unwrap_or(view.item.level)),
        Step::Vanish if entry.to == State::Withdrawn => EventKind::Withdrawn,
        Step::Vanish => EventKind::NotFoundAgain,
        Step::LoseSource => EventKind::LostSource,
        Step::Assign => EventKind::Assigned { to: entry.person.clone().unwrap_or_default(), due: day() },
        Step::Verify => EventKind::Verified(entry.verdict.map_or(Verdict::CannotTell, verdict)),
        Step::Dispose => EventKind::Disposed { to_recover: amount() },
        Step::Recover => EventKind::Recovered { amount: amount(), day: day() },
        Step::Submit => EventKind::Submitted,
        Step::Accept => EventKind::Accepted,
        Step::ReturnToVerify | Step::ReturnToDispose => EventKind::Returned,
        Step::Reveal => EventKind::Revealed { party: party_name(entry, view) },
    }
}

/// The masked name of the party that was looked at.
fn party_name(entry: &TimelineEntry, view: &WarningView) -> String {
    let key = entry.person.as_deref().unwrap_or_default();
    let party = view.parties.iter().find(|party| party.key == key);
    party.map_or_else(String::new, |party| party.name.clone().unwrap_or_else(|| party.number.clone()))
}

/// The verdict as the pages name it.
pub fn verdict(verdict: gnomon_domain::Verdict) -> Verdict {
    match verdict {
        gnomon_domain::Verdict::True => Verdict::True,
        gnomon_domain::Verdict::Explained => Verdict::Explained,
        gnomon_domain::Verdict::CannotTell => Verdict::CannotTell,
    }
}
