use crate::{linked, strangers};
use gnomon_resolve::{Class, explain};

#[test]
fn twins_brothers_and_namesakes_stay_apart_and_slips_do_not() {
    let mut lines = strangers(300);
    let first = lines.len() - 1;
    let mut add = |given: &str, born: &str| {
        let row = lines.len();
        lines.push(format!("{row},{given},harcourt,{born},16911112222,7 orchard lane"));
    };
    add("clara", "1990-05-17");
    add("clraa", "1990-05-17");
    add("martin", "1990-05-17");
    add("joseph", "1962-02-03");
    add("joseph", "1991-11-28");
    add("edith", "1964-08-09");
    let (roster, linked) = linked(&lines).unwrap();
    let entity = |n: usize| linked.rows[first + n].entity;
    assert_eq!(entity(0), entity(1), "a slip of the pen");
    let apart = [entity(0), entity(2), entity(3), entity(4), entity(5)];
    for (i, one) in apart.iter().enumerate() {
        assert!(!apart[..i].contains(one), "{i}");
    }
    let homes: Vec<_> = (0..6).map(|n| linked.rows[first + n].household).collect();
    assert!(homes[0].is_some() && homes.iter().all(|home| *home == homes[0]), "{homes:?}");
    let twins = explain(&roster, &linked, first, first + 2).unwrap();
    assert_eq!(twins.likeliest, Class::Twins);
    assert!(!twins.together && twins.probability < 0.5);
    let slip = explain(&roster, &linked, first, first + 1).unwrap();
    assert!(slip.together && slip.probability > 0.9);
    assert!(!slip.comparisons[0].values[0].contains("clara"), "names are masked");
}

#[test]
fn every_stranger_is_found_and_none_is_merged() {
    let (_, linked) = linked(&strangers(500)).unwrap();
    for pair in linked.rows.chunks(2) {
        assert_eq!(pair[0].entity, pair[1].entity);
    }
    let mut entities: Vec<u32> = linked.rows.iter().map(|row| row.entity).collect();
    entities.dedup();
    assert_eq!(entities.len(), 500);
}
