//! Bad cells: the row is kept apart with line, column and code, and everything else comes in.

use gnomon_kernel::Code;

use crate::{
    bench::{Bench, HEADER, counts, reason},
    people::{check, fifteen, grant, id, wrong_check},
};

/// Takes in one good line and a line with `cell` in the column `column`; gives what was kept apart.
#[track_caller]
fn one_bad(column: &str, cell: &str) -> (u64, String, Code) {
    let bench = Bench::new();
    let good = grant(1, "2024-01", "100.00");
    let mut cells: Vec<String> = grant(2, "2024-01", "200.00").split(',').map(str::to_owned).collect();
    let at = HEADER.split(',').position(|word| word == column).unwrap();
    cells[at] = cell.to_owned();
    let row = bench.grants("a.csv", &[good, cells.join(",")]);
    assert_eq!(counts(&row), (2, 1, 1));
    assert_eq!(bench.table_rows("grant"), 1);
    let (line, column, code) = bench.the_rejected(1);
    bench.words(code);
    (line, column, code)
}

#[test]
fn identity_numbers_with_a_fault() {
    let good = id(7);
    let at = |code| (3, "身份证号".to_owned(), code);
    assert_eq!(one_bad("身份证号", &wrong_check(&good)), at(Code::IdCheck));
    let body = format!("870121{}001", "19870230");
    assert_eq!(one_bad("身份证号", &format!("{body}{}", check(&body))), at(Code::IdDate));
    assert_eq!(one_bad("身份证号", "870121870230001"), at(Code::IdDate));
    assert_eq!(one_bad("身份证号", &good[..17]), at(Code::IdLength));
    assert_eq!(one_bad("身份证号", "87012187A101001"), at(Code::IdChar));
    assert_eq!(one_bad("身份证号", &format!("00{}", &good[2..])), at(Code::IdRegion));
    assert_eq!(one_bad("身份证号", ""), at(Code::Empty));
}

#[test]
fn the_old_form_and_untidy_forms_of_a_number_are_the_same_person() {
    let bench = Bench::new();
    let number = id(1001);
    let wide: String = number.chars().map(|c| char::from_u32(c as u32 - 0x21 + 0xFF01).unwrap()).collect();
    let spellings = [fifteen(&number), number.to_lowercase(), format!(" {number} "), wide];
    for (month, spelling) in spellings.iter().enumerate() {
        let line = format!("{spelling},某甲,2024-0{},60,,", month + 1);
        bench.grants(&format!("{month}.csv"), &[line]);
    }
    bench.models(&["--model", "TT-GEN-001"]);
    let findings = bench.findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(
        (findings[0]["subject"].as_str().unwrap(), &findings[0]["fen"]),
        (number.as_str(), &24_000.into())
    );
}

#[test]
fn a_day_that_does_not_exist_and_amounts_that_cannot_be() {
    assert_eq!(one_bad("发放日期", "2023-02-30"), (3, "发放日期".to_owned(), Code::Date));
    assert_eq!(one_bad("发放日期", "1750-01-01"), (3, "发放日期".to_owned(), Code::DateRange));
    assert_eq!(one_bad("发放月份", "2024-13"), (3, "发放月份".to_owned(), Code::Month));
    assert_eq!(one_bad("金额", "-0.01"), (3, "金额".to_owned(), Code::MoneyNegative));
    assert_eq!(one_bad("金额", "一百元整"), (3, "金额".to_owned(), Code::Money));
}

#[test]
fn a_cell_of_a_million_characters() {
    let bench = Bench::new();
    let long = format!("{}{}", grant(2, "2024-01", "1"), "长".repeat(1_000_000));
    let lines = [grant(1, "2024-01", "1"), long, grant(3, "2024-01", "1")];
    assert_eq!(counts(&bench.grants("a.csv", &lines)), (3, 2, 1));
    assert_eq!(bench.the_rejected(1), (3, "备注".to_owned(), Code::TextLength));
    let stored = bench.rejected(1);
    assert!(stored[0].to_string().len() < 40_000, "a refused row is stored cut");
}

#[test]
fn lines_with_too_many_and_too_few_cells() {
    let bench = Bench::new();
    let lines = [format!("{},more", grant(1, "2024-01", "1")), id(2), grant(3, "2024-01", "1")];
    assert_eq!(counts(&bench.grants("a.csv", &lines)), (3, 1, 2));
    let reasons: Vec<_> = bench.rejected(1).iter().map(reason).collect();
    assert_eq!(reasons, [(2, String::new(), Code::RowWidth), (3, String::new(), Code::RowWidth)]);
}

#[test]
fn what_was_refused_is_told_to_the_person_who_delivers() {
    let bench = Bench::new();
    let bad = format!("{},某甲,2024-01,1,,", wrong_check(&id(2)));
    let file = bench.file("a.csv", format!("{HEADER}\n{}\n{bad}\n", grant(1, "2024-01", "1")));
    let said = bench.run_for_people(&["intake", "grant", &file]).with_status(0);
    assert!(said.err.contains("G1006") && said.err.contains("身份证号"), "{}", said.err);
    assert!(!said.err.contains(&id(2)[..14]), "numbers are masked: {}", said.err);
}
