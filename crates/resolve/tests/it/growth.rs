use std::collections::BTreeSet;

use crate::{sheet, strangers};
use gnomon_resolve::{Change, EntityKind, Mapping, State};

#[test]
fn added_rows_join_and_all_others_keep_their_ids() {
    let lines = strangers(400);
    let mut state = State::new(EntityKind::Person, Mapping::default(), vec![sheet(&lines).unwrap()]).unwrap();
    let before = state.rows().to_vec();
    let kept = serde_json::to_string(&state).unwrap();
    let mut again: State = serde_json::from_str(&kept).unwrap();
    again.restore();
    let more = vec![
        lines[0].clone(),
        lines[7].replacen("7,", "9001,", 1),
        "9002,zacharias,underwood,1951-01-02,16955556666,1 nowhere road".to_owned(),
    ];
    let changes = state.add(sheet(&more).unwrap()).unwrap();
    assert_eq!(changes, [Change::Created { entity: 801 }]);
    assert_eq!(state.rows()[800].entity, before[6].entity);
    for (old, new) in before.iter().zip(state.rows()) {
        assert_eq!(old.entity, new.entity);
    }
    assert_eq!(again.add(sheet(&more).unwrap()).unwrap(), changes);
    assert_eq!(again.rows(), state.rows());
}

#[test]
fn the_same_input_gives_the_same_ids() {
    let lines = strangers(200);
    let ids = || crate::linked(&lines).unwrap().1.rows;
    assert_eq!(ids(), ids());
}

/// What is counted and merged step by step is what counting all of it anew gives.
#[test]
fn adding_little_by_little_is_adding_to_what_was_counted_anew() {
    let lines = strangers(300);
    let part = |range: std::ops::Range<usize>| {
        let rows = lines[1..][range].iter().cloned();
        sheet(&std::iter::once(lines[0].clone()).chain(rows).collect::<Vec<_>>()).unwrap()
    };
    let mut state = State::new(EntityKind::Person, Mapping::default(), vec![part(0..501)]).unwrap();
    for from in [501, 520, 560] {
        let kept = serde_json::to_string(&state).unwrap();
        let mut anew: State = serde_json::from_str(&kept).unwrap();
        anew.restore();
        let before = state.rows().to_vec();
        let changes = state.add(part(from..from + 19)).unwrap();
        assert_eq!(anew.add(part(from..from + 19)).unwrap(), changes);
        assert_eq!(anew.rows(), state.rows());
        assert!(before.iter().zip(state.rows()).all(|(old, new)| old.entity == new.entity));
    }
    assert_eq!(state.rows()[501].entity, 500, "the second record of somebody known");
}

#[test]
fn rows_that_go_hold_nobody_together_and_meet_nobody() {
    let mut lines = strangers(400);
    lines.push("801,zacharias,underwood,1951-01-02,16955556666,1 nowhere road".to_owned());
    let mut state = State::new(EntityKind::Person, Mapping::default(), vec![sheet(&lines).unwrap()]).unwrap();
    let before = state.rows().to_vec();
    assert_eq!(before[7].entity, 6);
    let changes = state.remove(&BTreeSet::from([6, 800]));
    assert_eq!(changes, [Change::Split { from: 6, into: 7 }]);
    let others = before.iter().zip(state.rows()).enumerate().filter(|(row, _)| *row != 7);
    assert!(others.into_iter().all(|(_, (old, new))| old.entity == new.entity));
    let more = vec![lines[0].clone(), lines[801].clone(), lines[7].replacen("7,", "9002,", 1)];
    let changes = state.add(sheet(&more).unwrap()).unwrap();
    assert_eq!(changes, [Change::Created { entity: 801 }], "who left is not known again");
    assert_eq!(state.rows()[802].entity, 7);
}

/// Each row added by itself, a few at a time, or all at once: the same entities and households under the same names.
#[test]
fn many_small_steps_lead_where_one_large_step_leads() {
    let mut lines = strangers(300);
    // The second record of each comes after the first records of all, so that most that are added find somebody known.
    let rows = lines.split_off(1);
    let (first, second): (Vec<_>, Vec<_>) = rows.into_iter().enumerate().partition(|(n, _)| n % 2 == 0);
    let rows: Vec<String> = first.into_iter().chain(second).map(|(_, line)| line).collect();
    let part = |range: std::ops::Range<usize>| {
        sheet(&std::iter::once(lines[0].clone()).chain(rows[range].iter().cloned()).collect::<Vec<_>>())
            .unwrap()
    };
    let grown = |step: usize| {
        let mut state = State::new(EntityKind::Person, Mapping::default(), vec![part(0..450)]).unwrap();
        (450..600).step_by(step).for_each(|from| drop(state.add(part(from..from + step)).unwrap()));
        let ids = |row: &gnomon_resolve::RowResult| (row.entity, row.household);
        state.rows().iter().map(ids).collect::<Vec<_>>()
    };
    let at_once = grown(150);
    assert_eq!(at_once.iter().zip(0..).filter(|((entity, _), row)| entity != row).count(), 300);
    assert_eq!(grown(15), at_once);
    assert_eq!(grown(1), at_once);
}
