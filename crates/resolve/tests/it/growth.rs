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
