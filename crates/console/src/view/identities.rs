//! The desk of identities.

use std::borrow::Cow;

use gnomon_app::{
    ComparedField, DoubtPlace, DoubtRow, DoubtView, IdentityDesk, PAIRS_SHOWN, PairFilter, PairRights,
    PairsShown,
};
use gnomon_domain::{EntityShift, PairEntry, PairState, PairStep};
use gnomon_httpkit::Fields;
use gnomon_kernel::{EntityKind, Lang, Tier};
use gnomon_ui::{
    FieldLevel, FieldRow, Filled, IdentitiesPage, IdentityFilter, IdentityPage, Likely, MoveRow, PairEvent,
    PairEventKind, PairForm, PairRow, PairStanding, PlaceRow, Shell, TouchedWarning, ValuePiece,
    identity_field, identity_value,
};

/// What the page shows as its filter.
pub fn shown(fields: &Fields) -> IdentityFilter {
    let text = |name| fields.get(name).to_owned();
    IdentityFilter {
        shown: text("shown"),
        kind: text("kind"),
        tier: text("tier"),
        touched: text("touched"),
        q: text("q"),
        page: fields.get("page").parse().unwrap_or_default(),
    }
}

/// What is looked for. A field that holds nothing useful narrows nothing.
pub fn filter(shown: &IdentityFilter) -> PairFilter {
    PairFilter {
        shown: match shown.shown.as_str() {
            IdentityFilter::RULED => PairsShown::Ruled,
            IdentityFilter::ALL => PairsShown::All,
            _ => PairsShown::ToDo,
        },
        kind: EntityKind::parse(&shown.kind),
        tier: Tier::parse(&shown.tier),
        touched: match shown.touched.as_str() {
            IdentityFilter::TOUCHED => Some(true),
            IdentityFilter::UNTOUCHED => Some(false),
            _ => None,
        },
        text: (!shown.q.is_empty()).then(|| shown.q.clone()),
    }
}

/// The list.
pub fn list(shell: Shell, filter: IdentityFilter, desk: &IdentityDesk) -> IdentitiesPage {
    let moved = |one: &gnomon_app::MoveCount| MoveRow {
        at: one.at,
        kind: one.kind,
        is_merge: one.shift == EntityShift::Merged,
        entities: one.entities,
    };
    IdentitiesPage {
        shell,
        rows: desk.rows.iter().map(row).collect(),
        count: desk.count,
        has_more: desk.count > filter.page.saturating_add(1).saturating_mul(PAIRS_SHOWN),
        moves: desk.moves.iter().map(moved).collect(),
        filter,
    }
}

fn row(row: &DoubtRow) -> PairRow {
    PairRow {
        number: u64::from(row.number),
        kind: row.kind,
        names: row.names.clone(),
        likely: Likely { tier: row.tier, probability: row.probability, together: row.together },
        agree: row.agree,
        differ: row.differ,
        is_touched: row.is_touched,
        standing: standing(row.state, row.is_found),
        first_seen: row.first_seen,
    }
}

fn standing(state: PairState, is_found: bool) -> PairStanding {
    match state {
        PairState::Open if is_found => PairStanding::Open,
        PairState::Open => PairStanding::Gone,
        PairState::Proposed => PairStanding::Proposed,
        PairState::Same => PairStanding::Same,
        PairState::NotSame => PairStanding::NotSame,
        PairState::UndoProposed => PairStanding::UndoProposed,
    }
}

/// One pair.
pub fn page(shell: Shell, view: &DoubtView<'_>, filled: Filled) -> IdentityPage {
    let lang = shell.lang;
    let warning = |item: &gnomon_app::WarningItem| TouchedWarning {
        id: item.id.to_string(),
        number: item.number.clone(),
        title: item.title.get(lang).to_owned(),
        level: item.level,
    };
    let side = |at: usize| view.sides[at].places.iter().map(|one| place(one, lang)).collect();
    IdentityPage {
        shell,
        number: u64::from(view.number),
        version: view.version,
        kind: view.kind,
        names: [0, 1].map(|at| view.sides[at].name.clone()),
        likely: Likely { tier: view.tier, probability: view.probability, together: view.together },
        standing: standing(view.state, view.is_found),
        splits: view.same == Some(false),
        first_seen: view.first_seen,
        last_seen: view.last_seen,
        fields: view.fields.iter().map(|one| field(one, view, lang)).collect(),
        places: [side(0), side(1)],
        warnings: view.warnings.iter().map(warning).collect(),
        timeline: view.timeline.iter().rev().map(event).collect(),
        offered: offered(view.rights),
        can_reveal: view.rights.can_reveal,
        is_revealed: view.is_open,
        filled,
    }
}

fn offered(rights: PairRights) -> Option<PairForm> {
    let forms = [
        (rights.can_rule, PairForm::Rule),
        (rights.can_answer, PairForm::Answer),
        (rights.can_undo, PairForm::Undo),
    ];
    forms.into_iter().find(|(can, _)| *can).map(|(_, form)| form)
}

fn field(field: &ComparedField, view: &DoubtView<'_>, lang: Lang) -> FieldRow {
    let pieces = |side: usize| {
        let piece =
            |piece: &gnomon_app::Piece| ValuePiece { text: piece.text.clone(), differs: piece.differs };
        let value = &field.values[side];
        let whole: String = value.iter().map(|piece| piece.text.as_str()).collect();
        match identity_value(lang, &field.field, &whole) {
            Some(word) => {
                let differs = value.iter().any(|piece| piece.differs);
                vec![ValuePiece { text: word.into_owned(), differs }]
            }
            None => value.iter().map(piece).collect(),
        }
    };
    FieldRow {
        title: title(&field.field, view, lang),
        values: [pieces(0), pieces(1)],
        level: field.level.as_deref().map(FieldLevel::parse),
        weight: field.weight,
        household: field.household,
    }
}

/// A word that is not everybody's is a column of one of the datasets.
fn title(word: &str, view: &DoubtView<'_>, lang: Lang) -> String {
    let mut datasets = view.sides.iter().flat_map(|side| &side.places).filter_map(|place| place.dataset);
    let of_column = || {
        let column = datasets.find_map(|dataset| dataset.column(word));
        column.map_or(word, |column| column.title.get(lang)).to_owned()
    };
    identity_field(lang, view.kind, word).map_or_else(of_column, Cow::into_owned)
}

fn place(place: &DoubtPlace<'_>, lang: Lang) -> PlaceRow {
    let dataset = place.dataset;
    PlaceRow {
        key: dataset.map(|dataset| dataset.key.clone()),
        title: dataset.map_or(place.key.as_str(), |dataset| dataset.title.get(lang)).to_owned(),
        column: place.column.map_or("", |column| column.title.get(lang)).to_owned(),
        department: dataset.map_or("—", |dataset| dataset.owner.get(lang)).to_owned(),
        rows: place.rows,
        sample: place.sample,
    }
}

fn event(entry: &PairEntry) -> PairEvent {
    let is_undoing = entry.from == PairState::UndoProposed;
    let kind = match entry.step {
        PairStep::Propose => PairEventKind::Proposed,
        PairStep::Rule if entry.to == PairState::Same => PairEventKind::RuledSame,
        PairStep::Rule => PairEventKind::RuledNotSame,
        PairStep::Confirm if is_undoing => PairEventKind::UndoConfirmed,
        PairStep::Confirm => PairEventKind::Confirmed,
        PairStep::Decline if is_undoing => PairEventKind::UndoDeclined,
        PairStep::Decline => PairEventKind::Declined,
        PairStep::ProposeUndo => PairEventKind::UndoProposed,
        PairStep::Undo => PairEventKind::Undone,
        PairStep::Reveal => PairEventKind::Revealed,
    };
    let given = |text: &String| (!text.is_empty()).then(|| text.clone());
    PairEvent { kind, at: entry.at, actor: given(&entry.by_name), note: given(&entry.note) }
}
