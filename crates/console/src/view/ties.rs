use gnomon_app::{TieFact, TieLeg, TieParty, TieWay, TiesView, WarningView};
use gnomon_kernel::{Day, EntityKind, Lang, WarningId};
use gnomon_ui::{Filled, PartyKind, Shell, TiedParty, TiesAnswer, TiesPage, encode};

/// The form, with the ends that a warning names.
pub fn page(
    shell: Shell,
    filled: Filled,
    warning: Option<&WarningView>,
    (keys, ends): ([&str; 2], [Option<TieParty>; 2]),
    on: Day,
) -> TiesPage {
    let [from, to] = ends;
    let end = |key: &str, party: Option<TieParty>| Some((key.to_owned(), name(&party?)));
    TiesPage {
        shell,
        filled,
        warning: warning.map(|warning| (warning.item.id.to_string(), warning.item.number.clone())),
        ends: [end(keys[0], from), end(keys[1], to)],
        on: on.to_string(),
        answer: None,
    }
}

/// Where the form stands; what a person typed is not in it.
pub fn address(warning: Option<&WarningId>, keys: [&str; 2], ends: &[Option<TieParty>; 2]) -> String {
    let key = |at: usize| ends[at].as_ref().map_or("", |_| keys[at]);
    let (from, to) = (encode(key(0)), encode(key(1)));
    match warning {
        Some(warning) => format!("/ties?warning={warning}&from={from}&to={to}"),
        None if from.is_empty() && to.is_empty() => "/ties".to_owned(),
        None => format!("/ties?from={from}&to={to}"),
    }
}

/// How they are tied.
pub fn answer(view: &TiesView, opens_records: bool, lang: Lang) -> TiesAnswer {
    TiesAnswer {
        parties: view.parties.iter().map(party).collect(),
        unknown: view.unknown.iter().map(name).collect(),
        on: view.on,
        ways: view.ways.iter().map(|one| way(one, lang)).collect(),
        more: view.more,
        deals: view.deals.iter().map(|one| leg(one, lang)).collect(),
        on_other_days: view.on_other_days,
        opens_records,
    }
}

fn name(party: &TieParty) -> String {
    party.name.clone().unwrap_or_else(|| party.number.clone())
}

fn party(party: &TieParty) -> TiedParty {
    TiedParty {
        kind: match party.kind {
            EntityKind::Person => PartyKind::Person,
            EntityKind::Organisation => PartyKind::Org,
        },
        name: party.name.clone().unwrap_or_default(),
        number: party.number.clone(),
        is_revealed: false,
    }
}

fn way(way: &TieWay, lang: Lang) -> gnomon_ui::TieWay {
    gnomon_ui::TieWay {
        legs: way.legs.iter().map(|one| leg(one, lang)).collect(),
        is_shortest: way.is_shortest,
        is_strongest: way.is_strongest,
        through_many: way.through_many,
    }
}

fn leg(leg: &TieLeg, lang: Lang) -> gnomon_ui::TieLeg {
    gnomon_ui::TieLeg {
        from: leg.from,
        to: leg.to,
        ties: leg.ties.iter().map(|tie| fact(tie, lang)).collect(),
    }
}

fn fact(tie: &TieFact, lang: Lang) -> gnomon_ui::TieFact {
    let records = tie.records.iter().map(|record| (record.row, record.title.get(lang).to_owned()));
    gnomon_ui::TieFact {
        first: tie.first,
        second: tie.second,
        kind: tie.kind,
        tier: tie.tier,
        from: tie.from,
        until: tie.until,
        share: tie.share,
        many: tie.many,
        holds: tie.holds,
        project: tie.project.clone(),
        records: records.collect(),
    }
}
