//! Deliveries that repeat or correct earlier ones.

use gnomon_kernel::Code;

use crate::{
    bench::{Bench, HEADER, counts, number, reason},
    people::{grant, id},
};

#[test]
fn a_late_correction_replaces_the_earlier_row() {
    let bench = Bench::new();
    bench.grants("jan.csv", &[grant(1, "2024-01", "500"), grant(2, "2024-01", "500")]);
    let corrected = bench.grants("again.csv", &[grant(1, "2024-01", "80"), grant(3, "2024-01", "700")]);
    assert_eq!((counts(&corrected), number(&corrected, "corrected")), ((2, 2, 0), 1));
    assert_eq!(bench.table_rows("grant"), 3);
    bench.models(&["--model", "TT-GEN-001"]);
    let subjects: Vec<_> = bench.findings().iter().map(|row| row["subject"].clone()).collect();
    assert_eq!(subjects, [id(2), id(3)], "the model sees the corrected amount of the first");

    let back = bench.grants("back.csv", &[grant(1, "2024-01", "500")]);
    assert_eq!(number(&back, "corrected"), 1, "a correction may be taken back");
    assert_eq!(bench.table_rows("grant"), 3);
    bench.models(&["--model", "TT-GEN-001"]);
    let findings = bench.findings();
    assert_eq!(findings.len(), 3);
    let rows = findings[0]["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["file"], &rows[0]["line"]), (1, &"back.csv".into(), &2.into()));
}

#[test]
fn the_same_row_twice_is_one_fact() {
    let bench = Bench::new();
    let row = grant(1, "2024-01", "500");
    let untidy = row.replace(",500,", ",\" ¥500.00 \",").replace("2024-01,", "2024年1月,");
    assert_eq!(counts(&bench.grants("a.csv", &[row.clone(), row.clone(), untidy.clone()])), (3, 1, 2));
    let reasons: Vec<_> = bench.rejected(1).iter().map(reason).collect();
    assert_eq!(reasons, [(3, String::new(), Code::Duplicate), (4, String::new(), Code::Duplicate)]);
    assert_eq!(bench.rejected(1)[0]["expected"], "2", "the line of the first");

    assert_eq!(counts(&bench.grants("b.csv", &[untidy, grant(2, "2024-01", "1")])), (2, 1, 1));
    assert_eq!(bench.the_rejected(2).2, Code::Duplicate);
    assert_eq!(bench.table_rows("grant"), 2);
}

#[test]
fn two_rows_of_one_file_that_contradict_each_other() {
    let bench = Bench::new();
    let row = bench.grants("a.csv", &[grant(1, "2024-01", "500"), grant(1, "2024-01", "501")]);
    assert_eq!(counts(&row), (2, 1, 1));
    assert_eq!(bench.the_rejected(1), (3, String::new(), Code::Contradiction));
}

#[test]
fn the_same_file_twice_is_recognised() {
    let bench = Bench::new();
    let first = bench.grants("a.csv", &[grant(1, "2024-01", "500")]);
    let copy = bench.file("renamed.csv", format!("{HEADER}\n{}\n", grant(1, "2024-01", "500")));
    let why = bench.refuses("grant", &copy, Code::FileKnown);
    assert!(why.contains(first["batch"].as_str().unwrap()) && why.contains("a.csv"), "{why}");
}

#[test]
fn a_cell_that_says_what_the_row_above_said_is_read_as_if_it_stood_alone() {
    let bench = Bench::new();
    let rows = [grant(1, "2024-01", "500"), grant(2, "2024-01", "x"), grant(3, "2024-01", "x")];
    assert_eq!(
        counts(&bench.grants("1.csv", &[&rows[..], &[grant(4, "2024-01", "500")]].concat())),
        (4, 2, 2)
    );
    assert_eq!(
        counts(&bench.grants("2.csv", &[grant(1, "2024-1", "500.00"), grant(4, "2024-1", "500.00")])).2,
        2
    );

    let register = |name: &str, rows: &str| {
        let file = bench.file(name, format!("操作类型,登记号,登记金额\n{rows}"));
        counts(&bench.intake("register", &file).with_status(0).row())
    };
    assert_eq!(register("3.csv", ",A1,5\n,A2,6\n"), (2, 2, 0));
    assert_eq!(register("4.csv", ",A3,7\nD,A1,7\n,A4,7\nD,A2,\n"), (4, 4, 0));
    assert_eq!(register("5.csv", ",A3,7.00\n,A4,7.00\n"), (2, 0, 2), "both are in with their amounts");
}
