//! One declaration, as its page shows it to one person.

use std::collections::BTreeMap;

use gnomon_app::{
    Actor, Arrangement, Assignee, DeclarationContent, DeclarationView, DeclaredRelative, Difference,
    RELATIVES, Relative, relative_field,
};
use gnomon_domain::{ArrangementKind, DifferenceKind, KinshipEntry, KinshipStep, Role};
use gnomon_httpkit::Fields;
use gnomon_kernel::{Day, Lang, RowRef, mask_id, mask_name};
use gnomon_library::Library;
use gnomon_ui::{
    Choice, DeclarationPage, Due, Filled, KinArrangement, KinContent, KinDecision, KinDifference,
    KinDifferenceKind, KinEvent, KinEventKind, KinFormRow, KinRelative, KinRights, Shell, matter_title,
    relation_title, text,
};

use super::kinship::{official_name, state};

/// Key of the dataset whose words the form offers.
const DATASET: &str = "kinship_disclosure";

/// What a page needs beside the declaration.
pub struct Around<'a> {
    /// Who reads it.
    pub actor: &'a Actor,
    /// Handlers that a matter can be given to.
    pub handlers: Vec<Assignee>,
    /// Where the words of the form come from.
    pub library: &'a Library,
    /// Today.
    pub today: Day,
}

/// The page. `rows` is how many rows the form had when it was sent; one more than are stored otherwise.
pub fn page(
    shell: Shell,
    view: DeclarationView,
    around: &Around<'_>,
    filled: Filled,
    rows: Option<usize>,
) -> DeclarationPage {
    let (lang, actor, today) = (shell.lang, around.actor, around.today);
    let can = rights(&view, around, lang, rows);
    let filled = match can.rows.is_empty() || filled.form == "declare" {
        true => filled,
        false => with_stored(filled, &view),
    };
    let declaration = view.declaration;
    let handed_in = declaration.declared_at.map(|at| (declaration.declared_by_name, at));
    DeclarationPage {
        shell,
        id: declaration.id.to_string(),
        version: declaration.version,
        number: declaration.number,
        year: declaration.year,
        changed_on: declaration.changed_on,
        official: official_name(&declaration.official_name, actor),
        person: mask_id(declaration.official.reveal()),
        post: declaration.post,
        unit: (declaration.unit, declaration.unit_name),
        state: state(declaration.matter.state),
        due: declaration.matter.due.map(|due| Due::new(due, today)),
        declared: handed_in,
        handler: Some(declaration.handler_name).filter(|name| !name.is_empty()),
        list: declaration.publication.map(|id| id.to_string()),
        relative_count: view.relative_count,
        difference_count: view.difference_count,
        content: view.content.map(|known| content(known, actor, today)),
        timeline: view.timeline.into_iter().rev().filter_map(event).collect(),
        can,
        filled,
    }
}

fn rights(view: &DeclarationView, around: &Around<'_>, lang: Lang, rows: Option<usize>) -> KinRights {
    let can = |step: KinshipStep| view.steps.contains(&step);
    let is_own = around.actor.role == Role::Department;
    let answers = view.content.as_ref().is_some_and(|known| !known.differences.is_empty());
    let is_matter = view.declaration.matter.can(KinshipStep::Explain);
    let answer = match (can(KinshipStep::Complete), is_own && is_matter && answers) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    let decision = |step: &KinshipStep| decision(*step);
    let handler = |one: &Assignee| Choice::new(one.id.to_string(), one.name.clone());
    let is_assignable = can(KinshipStep::Assign);
    let words = |column: &str, title: fn(&str) -> &'static str| choices(around.library, column, title, lang);
    let writes = can(KinshipStep::Declare);
    KinRights {
        rows: if writes { form_rows(view, rows) } else { Vec::new() },
        relations: if writes { words("relation", relation_title) } else { Vec::new() },
        matters: if writes { words("matter_type", matter_title) } else { Vec::new() },
        submit: can(KinshipStep::Submit),
        grow: rows.unwrap_or(view.relative_count as usize + 1) < RELATIVES,
        answer,
        change: view.can_change,
        handlers: around.handlers.iter().filter(|_| is_assignable).map(handler).collect(),
        settle: view.steps.iter().filter_map(decision).collect(),
    }
}

fn choices(library: &Library, column: &str, title: fn(&str) -> &'static str, lang: Lang) -> Vec<Choice> {
    let column = library.datasets.get(DATASET).and_then(|dataset| dataset.column(column));
    let words = column.into_iter().flat_map(|column| column.values.keys());
    words.map(|word| Choice::new(word.clone(), text(lang, title(word), &[]))).collect()
}

fn form_rows(view: &DeclarationView, rows: Option<usize>) -> Vec<KinFormRow> {
    let stored = view.content.as_ref().map(|known| known.relatives.as_slice()).unwrap_or_default();
    let count = rows.unwrap_or(stored.len() + 1).clamp(1, RELATIVES);
    let row = |at: usize| {
        let was = stored.get(at);
        KinFormRow {
            at,
            was: was.map(|one| one.id.to_string()).unwrap_or_default(),
            known: was.and_then(|one| one.kin.as_ref()).map(|kin| mask_id(kin.reveal())),
        }
    };
    (0..count).map(row).collect()
}

/// The form as it was stored. Numbers stay out: they are kept unless another one is typed.
fn with_stored(filled: Filled, view: &DeclarationView) -> Filled {
    let stored = view.content.as_ref().map(|known| known.relatives.as_slice()).unwrap_or_default();
    let mut values = filled.values;
    for (at, one) in stored.iter().enumerate() {
        let mut put = |what: &str, text: &str| drop(values.insert(relative_field(at, what), text.to_owned()));
        put("kin_name", &one.kin_name);
        put("relation", &one.relation);
        put("employer", &one.employer);
        put("matter", &one.matter);
        put("detail", &one.detail);
        put("org_name", &one.org_name);
        put("org_code", one.org_code.as_deref().unwrap_or_default());
        put("program_code", one.program_code.as_deref().unwrap_or_default());
        put("contract_no", one.contract_no.as_deref().unwrap_or_default());
    }
    Filled { values, ..filled }
}

/// Rows as the form was sent.
pub fn typed(fields: &Fields) -> Vec<DeclaredRelative> {
    let names: BTreeMap<String, String> = fields.typed();
    let count = (0..=RELATIVES).take_while(|at| names.contains_key(&relative_field(*at, "kin_name"))).count();
    let row = |at: usize| {
        let get = |what: &str| fields.get(&relative_field(at, what)).to_owned();
        DeclaredRelative {
            was: get("was").parse().ok(),
            kin: get("kin"),
            kin_name: get("kin_name"),
            relation: get("relation"),
            employer: get("employer"),
            matter: get("matter"),
            detail: get("detail"),
            org_code: get("org_code"),
            org_name: get("org_name"),
            program_code: get("program_code"),
            contract_no: get("contract_no"),
        }
    };
    (0..count).map(row).collect()
}

/// Answers as the form was sent.
pub fn answers(fields: &Fields) -> Vec<(i64, String)> {
    let answer = |(name, text): (String, String)| Some((name.strip_prefix("answer-")?.parse().ok()?, text));
    fields.typed().into_iter().filter_map(answer).collect()
}

fn content(known: DeclarationContent, actor: &Actor, today: Day) -> KinContent {
    KinContent {
        relatives: known.relatives.into_iter().map(|one| relative(one, actor)).collect(),
        differences: known.differences.into_iter().map(difference).collect(),
        arrangements: known.arrangements.into_iter().map(|one| arrangement(one, today)).collect(),
    }
}

fn relative(one: Relative, actor: &Actor) -> KinRelative {
    KinRelative {
        name: official_name(&one.kin_name, actor),
        person: one.kin.map(|kin| mask_id(kin.reveal())),
        relation: one.relation,
        employer: one.employer,
        matter: one.matter,
        detail: one.detail,
        org: one.org_name,
        org_code: one.org_code,
    }
}

fn difference(one: Difference) -> KinDifference {
    let org = one.org_code.map(|code| (one.org_name, code, one.role));
    KinDifference {
        id: one.id,
        kind: match one.kind {
            DifferenceKind::RelativeMissing => KinDifferenceKind::RelativeMissing,
            DifferenceKind::RelationOther => KinDifferenceKind::RelationOther,
            DifferenceKind::MatterMissing => KinDifferenceKind::MatterMissing,
        },
        name: mask_name(&one.kin_name),
        person: mask_id(one.kin.reveal()),
        relation: one.relation,
        declared: Some(one.declared_relation).filter(|word| !word.is_empty()),
        org,
        source: one.source,
        rows: one.rows.into_iter().map(RowRef::label).collect(),
        answer: one.answered_at.map(|at| (one.answer, one.answered_by_name, at)),
    }
}

/// A recusal or an exit.
pub fn arrangement(one: Arrangement, today: Day) -> KinArrangement {
    KinArrangement {
        is_exit: one.kind == ArrangementKind::Exit,
        record: one.record,
        due: one.due.map(|due| Due::new(due, today)),
        by: (one.by_name, one.at),
        proof: one.proved_at.map(|at| (one.proof, at)),
    }
}

fn decision(step: KinshipStep) -> Option<KinDecision> {
    match step {
        KinshipStep::Explain => Some(KinDecision::Explain),
        KinshipStep::Recuse => Some(KinDecision::Recuse),
        KinshipStep::AskExit => Some(KinDecision::AskExit),
        KinshipStep::ProveExit => Some(KinDecision::ProveExit),
        KinshipStep::ToClue => Some(KinDecision::ToClue),
        _ => None,
    }
}

fn event(entry: KinshipEntry) -> Option<KinEvent> {
    let kind = match entry.step {
        KinshipStep::Open => KinEventKind::Opened,
        KinshipStep::Declare => KinEventKind::Declared,
        KinshipStep::Submit => KinEventKind::Submitted,
        KinshipStep::Check => KinEventKind::Checked,
        KinshipStep::Complete => KinEventKind::Completed,
        KinshipStep::Publish => KinEventKind::Published,
        KinshipStep::Compare => KinEventKind::Compared,
        KinshipStep::FindMatter => KinEventKind::Found,
        KinshipStep::Assign => KinEventKind::Assigned,
        step => KinEventKind::Settled(decision(step)?),
    };
    let named = |text: String| Some(text).filter(|text| !text.is_empty());
    Some(KinEvent { title: kind.title(), at: entry.at, actor: named(entry.by_name), note: named(entry.note) })
}
