use gnomon_intake::{Layout, propose};
use gnomon_library::{
    dataset::Delivery,
    layout::{OPERATION, Reason},
};

use crate::make::{columns, dataset, sample, today};

#[test]
fn sheets_with_one_header_are_asked_about_once() {
    let january = sample("一月", "人,证件号,实发\n张三,{id},1.50\n李四,{id},2.50");
    let february = sample("二月", "某县\n人,证件号,实发\n张三,{id},1.50");
    let cover = sample("封面", "说明\n本表由某局填报");
    let found = propose(&dataset(), &[], &[january, cover, february], today());
    assert_eq!(
        found.iter().map(|one| one.sheets.clone()).collect::<Vec<_>>(),
        [vec!["一月".to_owned(), "二月".to_owned()], vec!["封面".to_owned()]]
    );
    assert_eq!(columns(&found[0]), ["person_name", "person_id", "amount"]);
    assert_eq!(found[1].line, None);
}

#[test]
fn what_is_confirmed_is_found_and_proposed_again() {
    let sheet = sample("", "人员,,发放\n甲,号,数,\n张三,{id},1.50");
    let mut found = propose(&dataset(), &[], std::slice::from_ref(&sheet), today());
    found[0].cells[2].column = None;
    let layout = found[0].layout().unwrap();
    assert_eq!(layout.header, ["甲", "号", "数"]);
    let again = propose(&dataset(), std::slice::from_ref(&layout), std::slice::from_ref(&sheet), today());
    assert_eq!(columns(&again[0]), columns(&found[0]));
    assert!(again[0].cells.iter().all(|cell| cell.reason == Reason::Confirmed));

    found[0].cells[2].column = Some("amount".into());
    let layout = found[0].layout().unwrap();
    let top: Vec<Vec<String>> = sheet.rows.into_iter().map(|(_, cells)| cells).collect();
    let read = Layout::find(&dataset(), &[layout], &top).unwrap();
    assert_eq!((read.rows, read.known()), (2, 3));
}

#[test]
fn the_operation_of_a_change_file() {
    let change = gnomon_library::dataset::Dataset { delivery: Delivery::Change, ..dataset() };
    let find = |text: &str| propose(&change, &[], &[sample("", text)], today()).remove(0);
    let by_values = find("标识,证件号,实发\nI,{id},1.50\nD,{id},2.50");
    assert_eq!(columns(&by_values), [OPERATION, "person_id", "amount"]);
    let by_word = find("操作类型,证件号,实发\n新增,{id},1.50");
    assert_eq!(by_word.cells[0].reason, Reason::Words);

    let layout = by_values.layout().unwrap();
    let top = vec!["标识".to_owned(), "证件号".to_owned(), "实发".to_owned()];
    assert_eq!(Layout::find(&change, &[layout], &[top]).unwrap().operation, Some(0));
}
