use gnomon_library::{column::MoneyUnit, layout::Reason};

use crate::make::{columns, proposed};

#[test]
fn other_words_in_another_order() {
    let found = proposed(
        "某镇2025年发放花名册\n\
         序号,领款人姓名,领款人证件号码,实发金额（万元）,发放时间,说明\n\
         1,张三,{id},0.12,2025-03-01,补发\n\
         2,李四光,{id},0.24,2025-03-02,\n\
         3,王小明,{id},0.36,2025-03-03,",
    );
    assert_eq!(columns(&found), ["-", "person_name", "person_id", "amount", "pay_date", "-"]);
    assert_eq!(found.line, Some(2));
    assert_eq!(found.cells[3].unit, Some(MoneyUnit::Wan));
    assert_eq!(found.cells[1].samples, ["张三", "李四光", "王小明"]);
    assert!(found.cells[1].is_personal && found.cells[2].is_personal && !found.cells[4].is_personal);
}

#[test]
fn a_nonsense_header_is_read_by_its_values() {
    let found = proposed(
        "F1,F2,F3,F4\n\
         {id},张三,1200.50,低保\n\
         {id},李四光,1300.00,特困\n\
         8701020000000000,王小明,80.5,低保\n\
         {id},赵一,90.25,低保",
    );
    assert_eq!(columns(&found), ["person_id", "person_name", "amount", "kind"]);
    assert_eq!(found.cells[0].reason, Reason::Values { percent: 75 });
    assert_eq!(found.cells[3].reason, Reason::Values { percent: 100 });
    assert!(found.cells[0].confidence > found.cells[2].confidence);
}

#[test]
fn a_header_that_slipped_yields_to_numbers_with_checksums() {
    let found = proposed("姓名,身份证号,金额\n{id},张三,100.00\n{id},李四,200.00\n{id},王五,300.00");
    assert_eq!(columns(&found), ["person_id", "person_name", "amount"]);
    assert_eq!(found.cells[0].reason, Reason::Values { percent: 100 });
    assert_eq!(found.cells[2].reason, Reason::Words);
}

#[test]
fn two_days_are_told_apart_by_words_or_not_at_all() {
    let rows = "{id},1960-03-14,2025-03-01,1.00\n{id},1961-03-14,2025-03-02,2.00";
    let found = proposed(&format!("证件号,出生年月日,发放日,款\n{rows}"));
    assert_eq!(columns(&found), ["person_id", "birth_date", "pay_date", "amount"]);
    let found = proposed(&format!("A,B,C,D\n{rows}"));
    assert_eq!(columns(&found), ["person_id", "-", "-", "amount"]);
    assert_eq!([1, 2].map(|cell| found.cells[cell].reason), [Reason::Several; 2]);
}

#[test]
fn an_english_header() {
    let found = proposed(
        "ID card no,fullName,date_of_birth,PAID ON,Amount (CNY),remarks\n\
         {id},张三,1960-03-14,2025-03-01,100,\n\
         {id},李四,1961-03-14,2025-03-02,200,x",
    );
    assert_eq!(columns(&found), ["person_id", "person_name", "birth_date", "pay_date", "amount", "-"]);
    assert_eq!(found.cells[4].reason, Reason::Words);
}

#[test]
fn an_empty_column_has_only_its_word() {
    let found = proposed("身份证,类别,金额合计,暂无\n{id},,100,\n{id},,200,");
    assert_eq!(columns(&found), ["person_id", "kind", "amount", "-"]);
    assert_eq!((found.cells[1].reason, found.cells[3].reason), (Reason::Words, Reason::NoValues));
    assert!(found.cells[1].samples.is_empty());
}

#[test]
fn running_numbers_are_no_amounts() {
    let found = proposed("甲,乙\n1,{id}\n2,{id}\n3,{id}");
    assert_eq!(columns(&found), ["-", "person_id"]);
    assert_eq!(found.cells[0].reason, Reason::Nothing);
}

#[test]
fn values_that_cannot_be_read_speak_against_a_word() {
    let found = proposed("身份证号,金额,发放日期\n{id},100,待定\n{id},200,未定\n{id},300,2025-03-01");
    assert_eq!(columns(&found), ["person_id", "amount", "-"]);
}

#[test]
fn a_totals_row_says_nothing_of_its_columns() {
    let found = proposed("甲,乙\n{id},1.50\n{id},2.50\n合计,4");
    assert_eq!(columns(&found), ["person_id", "amount"]);
    assert_eq!(found.cells[0].reason, Reason::Values { percent: 100 });
    assert_eq!(found.cells[1].samples, ["1.50", "2.50"]);
}

#[test]
fn no_header_at_all() {
    let found = proposed("{id},张三,100\n{id},李四,200");
    assert_eq!((found.line, columns(&found)), (None, vec!["-", "-", "-"]));
    assert_eq!(found.layout(), None);
    assert!(found.cells[0].is_personal && found.cells[1].is_personal && !found.cells[2].is_personal);
}
