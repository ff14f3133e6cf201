use crate::{linked, strangers};
use gnomon_resolve::{Apart, Class, explain};

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

/// Eight rows teach nothing about how often a given name is wrong.
#[test]
fn in_a_handful_of_rows_another_name_is_another_person() {
    let lines = [
        "rec,name,born,sex,phone,addr",
        "1,张伟,1980-03-02,男,16900000001,砚溪县云岫镇折柳村3号",
        "2,张 伟,1980/3/2,男,16900000001,砚溪县云岫镇折柳村3号",
        "3,张强,1980-03-02,男,16900000001,砚溪县云岫镇折柳村3号",
        "4,李娜,1991-11-30,女,16900000002,砚溪县岚汀镇观岚村8号",
        "5,李娜,1991-11-03,女,16900000002,砚溪县岚汀镇观岚村8号",
        "6,无,,,16900000009,",
        "7,不详,,,16900000009,",
        "8,王芳,1975-05-05,女,16900000077,砚溪县泠泉乡望舒村1号",
    ];
    let (roster, linked) = linked(&lines.map(str::to_owned)).unwrap();
    let entities: Vec<u32> = linked.rows.iter().map(|row| row.entity).collect();
    assert_eq!(entities, [0, 0, 2, 3, 3, 5, 6, 7]);
    let why = |a, b| explain(&roster, &linked, a, b).unwrap().apart;
    assert_eq!(
        (why(0, 1), why(0, 2), why(5, 6)),
        (None, Some(Apart::OtherName), Some(Apart::OnlyTheHousehold))
    );
}
