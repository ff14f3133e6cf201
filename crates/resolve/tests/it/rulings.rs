use crate::{mapped, roster, sheet, strangers};
use gnomon_resolve::{
    Change, EntityKind, Error, Mapping, Rulings, State, doubts, explain, explain_unmasked, link_with,
};

fn ruled(same: &[(u32, u32)], apart: &[(u32, u32)]) -> Rulings {
    Rulings { same: same.to_vec(), apart: apart.to_vec() }
}

#[test]
fn rulings_are_obeyed_whatever_rows_look_like() {
    let roster = roster(&strangers(300), Mapping::default()).unwrap();
    // Rows 0 and 1 are alike, and so are 2 and 3, and so on.
    let linked = link_with(&roster, &ruled(&[(0, 40), (41, 80)], &[(2, 3), (4, 81)])).unwrap();
    let entity = |row: usize| linked.rows[row].entity;
    for row in [1, 40, 41, 80, 81] {
        assert_eq!(entity(row), 0, "{row}: one by rulings, and the row beside each joins by its looks");
    }
    assert_ne!(entity(2), entity(3));
    assert_eq!(linked.rows[0].confidence, 1.0);
    assert_eq!(entity(4), entity(5), "two that are ruled apart from others stay one");
    assert_ne!(entity(4), entity(81));
    let why = explain(&roster, &linked, 0, 40).unwrap();
    assert!(why.together && why.ruled == Some(true) && why.probability < 0.01);
    assert_eq!(explain(&roster, &linked, 2, 3).unwrap().ruled, Some(false));
    assert_eq!(explain(&roster, &linked, 8, 9).unwrap().ruled, None);
}

#[test]
fn no_third_row_brings_together_what_is_ruled_apart() {
    let mut lines = strangers(300);
    let third = lines[10].replacen("10,", "9001,", 1);
    lines.push(third);
    let roster = roster(&lines, Mapping::default()).unwrap();
    // Rows 8, 9 and 600 are alike.
    let linked = link_with(&roster, &ruled(&[], &[(8, 9)])).unwrap();
    let [a, b, third] = [8, 9, 600].map(|row: usize| linked.rows[row].entity);
    assert!(a != b && (third == a || third == b));
    let linked = link_with(&roster, &ruled(&[(9, 600)], &[(8, 600)])).unwrap();
    let [a, b, third] = [8, 9, 600].map(|row: usize| linked.rows[row].entity);
    assert!(a != b && third == b);
}

#[test]
fn rulings_that_contradict_each_other_name_the_rows() {
    let roster = roster(&strangers(20), Mapping::default()).unwrap();
    let fault = link_with(&roster, &ruled(&[(0, 5), (5, 9)], &[(9, 0)])).unwrap_err();
    assert_eq!(fault, Error::Contradiction { a: "10".to_owned(), b: "1".to_owned() });
    assert!(matches!(link_with(&roster, &ruled(&[(0, 400)], &[])), Err(Error::UnknownRow(_))));
}

#[test]
fn rulings_come_and_go_with_history() {
    let lines = strangers(300);
    let mut state = State::new(EntityKind::Person, Mapping::default(), vec![sheet(&lines).unwrap()]).unwrap();
    let before = state.rows().to_vec();
    let changes = state.rule(&ruled(&[(0, 40)], &[(2, 3)])).unwrap();
    assert_eq!(changes, [Change::Split { from: 2, into: 3 }, Change::Merged { from: 40, into: 0 }]);
    let more = vec![lines[0].clone(), lines[4].replacen("4,", "9001,", 1)];
    state.add(sheet(&more).unwrap()).unwrap();
    assert_ne!(state.rows()[2].entity, state.rows()[3].entity, "rows that come later change nothing of it");
    assert_eq!(state.rows()[0].entity, state.rows()[41].entity);
    state.rule(&Rulings::default()).unwrap();
    assert_eq!(state.rows()[2].entity, state.rows()[3].entity);
    for (old, new) in before.iter().zip(state.rows()) {
        assert_eq!(old.entity, new.entity);
    }
}

#[test]
fn doubts_are_the_pairs_near_the_line_and_no_others() {
    let mut lines = strangers(300);
    let first = lines.len() as u32 - 1;
    let mut add = |given: &str, surname: &str, born: &str, phone: &str, address: &str| {
        let row = lines.len();
        lines.push(format!("{row},{given},{surname},{born},{phone},{address}"));
    };
    add("clara", "harcourt", "1990-05-17", "16911112222", "7 orchard lane");
    add("martin", "harcourt", "1990-05-17", "16911112222", "7 orchard lane");
    add("edith", "harcourt", "1964-08-09", "16911112222", "7 orchard lane");
    add("ottoline", "fairweather", "1971-03-04", "16933334444", "3 quarry road");
    add("otto", "fairweather", "1971-03-04", "", "");
    let (roster, linked) = mapped(&lines, Mapping::default()).unwrap();
    let found = doubts(&roster, &linked, 1000);
    let near = found.iter().find(|pair| (pair.a, pair.b) == (first + 3, first + 4));
    assert!(near.is_some(), "{found:?}");
    let household = |row: u32| (first..first + 3).contains(&row);
    assert!(!found.iter().any(|pair| household(pair.a) && household(pair.b)), "{found:?}");
    assert!(found.windows(2).all(|two| two[0].probability >= two[1].probability));
    assert_eq!(doubts(&roster, &linked, 1).len(), 1);
    let ruled = link_with(&roster, &ruled(&[], &[(first + 3, first + 4)])).unwrap();
    assert!(!doubts(&roster, &ruled, 1000).iter().any(|pair| pair.b == first + 4));
    let open = explain_unmasked(&roster, &linked, first as usize, 0).unwrap();
    assert_eq!(open.comparisons[0].values[0], "clara");
}
