//! Files whose headers nobody knew: refused, proposed, confirmed once, taken in from then on.

use gnomon_kernel::Code;
use serde_json::Value;

use crate::{
    bench::{Bench, counts},
    people::id,
};

const FOREIGN: &str = "领款人证件,领款人,所属期,实发,说明";

fn foreign(bench: &Bench, name: &str, month: &str) -> String {
    let line = |n: u32| format!("{},某甲,{month},{n}00.50,", id(n));
    let lines: Vec<String> = (1..=9).map(line).collect();
    bench.file(name, format!("某县发放表\n{FOREIGN}\n{}\n合计,,,4500,\n", lines.join("\n")))
}

/// Header word, column and unit of every row that is listed.
fn meant(rows: &[Value]) -> Vec<(&str, &str, &str)> {
    rows.iter()
        .map(|row| {
            let of = |key: &str| row[key].as_str().unwrap_or("-");
            (of("header"), of("column"), of("unit"))
        })
        .collect()
}

#[test]
fn a_foreign_header_is_confirmed_once() {
    let bench = Bench::new();
    let january = foreign(&bench, "january.csv", "2024-01");
    bench.refuses("grant", &january, Code::HeaderUnknown);

    let rows = bench.run(&["dataset", "layout", "grant", &january]).with_status(0).rows();
    assert_eq!(
        meant(&rows),
        [
            ("领款人证件", "person_id", "-"),
            ("领款人", "person_name", "-"),
            ("所属期", "month", "-"),
            ("实发", "amount", "-"),
            ("说明", "-", "-")
        ]
    );
    assert_eq!((&rows[0]["line"], &rows[0]["reason"]), (&2.into(), &"100% of the values".into()));
    let shown = rows[0]["samples"].to_string();
    assert!(!shown.contains(&id(1)) && shown.contains('*'), "{shown}");
    bench.refuses("grant", &january, Code::HeaderUnknown);

    bench.run(&["dataset", "layout", "grant", &january, "--confirm"]).with_status(0);
    assert_eq!(counts(&bench.intake("grant", &january).with_status(0).row()), (9, 9, 0));
    let february = foreign(&bench, "in/february.csv", "2024-02");
    let folder = bench.path("in").display().to_string();
    let taken = bench.run(&["intake", "--folder", &folder]).with_status(0);
    assert_eq!((taken.row()["dataset"].as_str(), counts(&taken.row())), (Some("grant"), (9, 9, 0)));
    assert_eq!(bench.table_rows("grant"), 18);
    let again = bench.run(&["dataset", "layout", "grant", &february]).with_status(0).rows();
    assert!(again.iter().all(|row| row["reason"] == "confirmed before"));

    bench.run(&["dataset", "rebuild", "grant"]).with_status(0);
    assert_eq!(bench.table_rows("grant"), 18, "read again by the same layout");
}

#[test]
fn a_person_has_the_last_word_but_not_against_reason() {
    let bench = Bench::new();
    let file = foreign(&bench, "a.csv", "2024-01");
    let keep = |more: &[&str]| {
        let order: [&str; 5] = ["dataset", "layout", "grant", &file, "--confirm"];
        bench.run(&[&order[..], more].concat())
    };
    let twice = keep(&["--column", "说明=amount"]).with_status(1);
    assert!(twice.err.contains("G1108") && twice.err.contains("实发 | 说明"), "{}", twice.err);
    let missing = keep(&["--column", "领款人证件="]).with_status(1);
    assert!(missing.err.contains("G1106") && missing.err.contains("身份证号"), "{}", missing.err);
    keep(&["--column", "没有=amount"]).with_status(2);
    bench.refuses("grant", &file, Code::HeaderUnknown);

    keep(&["--column", "实发=amount:wan"]).with_status(0);
    assert_eq!(counts(&bench.intake("grant", &file).with_status(0).row()), (9, 9, 0));
    bench.models(&["--model", "TT-GEN-001"]);
    assert!(bench.findings().iter().any(|row| row["fen"] == 100_500_000), "100.50 of ten thousand yuan");
}

#[test]
fn a_file_without_a_header_has_nothing_to_confirm() {
    let bench = Bench::new();
    let file =
        bench.file("bare.csv", format!("{},某甲,2024-01,100.50\n{},某乙,2024-01,7.00\n", id(1), id(2)));
    let rows = bench.run(&["dataset", "layout", "grant", &file]).with_status(0).rows();
    assert!(rows.iter().all(|row| row["line"].is_null() && row["column"].is_null()), "{rows:?}");
    bench.run(&["dataset", "layout", "grant", &file, "--confirm"]).with_status(1);
}
