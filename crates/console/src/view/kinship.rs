//! Declarations of relatives' matters by year and unit, and a unit's list.

use gnomon_app::{
    Actor, DeclarationRow, KinshipCounts, KinshipNote, KinshipYear, Publication, PublicationView,
    UnitDeclarations,
};
use gnomon_domain as domain;
use gnomon_domain::{PublicationState, Role};
use gnomon_kernel::{Day, mask_id, mask_name};
use gnomon_library::office::Official;
use gnomon_ui::{
    Due, Filled, KinCounts, KinList, KinNote, KinPerson, KinRow, KinState, KinTold, KinUnit, KinUnitPage,
    KinshipPage, ListState, PublicLine, PublicationPage, Shell,
};

use super::declaration::arrangement;

/// A year; `opens` is the year that this person may make due.
pub fn year(shell: Shell, known: KinshipYear, opens: Option<i32>, filled: Filled) -> KinshipPage {
    let units = known.units.into_iter().map(|unit| KinUnit {
        code: unit.code,
        name: unit.name,
        counts: counts(unit.counts),
    });
    KinshipPage { shell, year: known.year, years: known.years, units: units.collect(), opens, filled }
}

/// A unit.
pub fn unit(shell: Shell, unit: UnitDeclarations, actor: &Actor, today: Day, can_check: bool) -> KinUnitPage {
    KinUnitPage {
        shell,
        code: unit.code,
        name: unit.name,
        year: unit.year,
        without: unit.without.iter().map(|one| person(one, actor)).collect(),
        rows: unit.rows.into_iter().map(|one| row(one, actor, today)).collect(),
        lists: unit.publications.iter().map(|one| list_note(one, today)).collect(),
        can_publish: unit.can_publish,
        can_check,
    }
}

/// Who of a unit has declared, for the unit's page among the supervised objects.
pub fn told(unit: UnitDeclarations, actor: &Actor, today: Day) -> KinTold {
    KinTold {
        href: format!("/kinship/units/{}?year={}", unit.code, unit.year),
        year: unit.year,
        without: unit.without.iter().map(|one| person(one, actor)).collect(),
        rows: unit.rows.into_iter().map(|one| row(one, actor, today)).collect(),
    }
}

fn person(official: &Official, actor: &Actor) -> KinPerson {
    KinPerson {
        official: official_name(&official.name, actor),
        person: mask_id(official.number.reveal()),
        post: official.post.clone(),
    }
}

/// A declaration as other pages mention it. A handler reaches those that are assigned to them from the list.
pub fn note(note: &KinshipNote, actor: &Actor, today: Day) -> KinNote {
    KinNote {
        href: (actor.role != Role::Handler).then(|| format!("/kinship/{}", note.id)),
        number: note.number.clone(),
        year: note.year,
        unit: note.unit_name.clone(),
        state: state(note.state),
        due: note.due.map(|due| Due::new(due, today)),
        arrangements: note.arrangements.iter().map(|one| arrangement(one.clone(), today)).collect(),
    }
}

fn row(row: DeclarationRow, actor: &Actor, today: Day) -> KinRow {
    let declaration = row.declaration;
    KinRow {
        official: official_name(&declaration.official_name, actor),
        person: mask_id(declaration.official.reveal()),
        id: declaration.id.to_string(),
        number: declaration.number,
        post: declaration.post,
        is_change: declaration.changed_on.is_some(),
        state: state(declaration.matter.state),
        due: declaration.matter.due.map(|due| Due::new(due, today)),
        open: row.open_differences,
    }
}

/// The own unit knows its officials by name.
pub fn official_name(name: &str, actor: &Actor) -> String {
    if actor.role == Role::Department { name.to_owned() } else { mask_name(name) }
}

/// A unit's list, as others read it.
pub fn list(shell: Shell, view: PublicationView, today: Day, filled: Filled) -> PublicationPage {
    let publication = view.publication;
    let line = |line: gnomon_app::PublishedLine| PublicLine {
        official: line.official,
        post: line.post,
        relation: Some(line.relation).filter(|relation| !relation.is_empty()),
        kin: line.kin,
        matter: line.matter,
        org: line.org,
        detail: line.detail,
    };
    PublicationPage {
        shell,
        id: publication.id.to_string(),
        state: list_state(&publication, today),
        number: publication.number,
        unit: (publication.unit, publication.unit_name),
        year: publication.year,
        lines: publication.lines.into_iter().map(line).collect(),
        asked: (publication.asked_by_name, publication.asked_at),
        answered: publication.answered_at.map(|at| (publication.answered_by_name, at)),
        remark: publication.remark,
        shown_until: publication.shown_until,
        can_release: view.can_release,
        filled,
    }
}

fn list_note(publication: &Publication, today: Day) -> KinList {
    KinList {
        id: publication.id.to_string(),
        number: publication.number.clone(),
        state: list_state(publication, today),
    }
}

fn list_state(publication: &Publication, today: Day) -> ListState {
    match publication.state {
        PublicationState::Asked => ListState::Asked,
        PublicationState::Returned => ListState::Returned,
        PublicationState::Released if publication.shown_until.is_some_and(|until| today <= until) => {
            ListState::Shown
        }
        PublicationState::Released => ListState::Over,
    }
}

fn counts(counts: KinshipCounts) -> KinCounts {
    let KinshipCounts { due, checked, completed, settled, found, late } = counts;
    KinCounts { due, checked, completed, settled, found, late }
}

/// Where a declaration stands.
pub fn state(state: domain::KinshipState) -> KinState {
    use domain::KinshipState as S;
    match state {
        S::Due => KinState::Due,
        S::Declared => KinState::Declared,
        S::Checked => KinState::Checked,
        S::Completed => KinState::Completed,
        S::Published => KinState::Published,
        S::Compared => KinState::Compared,
        S::MatterFound => KinState::MatterFound,
        S::Explained => KinState::Explained,
        S::RecusalArranged => KinState::RecusalArranged,
        S::ExitAsked => KinState::ExitAsked,
        S::Exited => KinState::Exited,
        S::Clue => KinState::Clue,
    }
}
