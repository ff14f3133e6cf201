//! Deliveries of more rows than are put off at first, where most keys are found to be new without asking the table.

use std::fmt::Write as _;

use gnomon_kernel::Code;
use serde_json::Value;

use crate::{
    bench::{Bench, counts, number},
    people::id,
};

/// Rows that are put off without looking.
const UNSEEN: u32 = 65_536;

/// A file of the register: operation, entry, amount; with the line of each row after the header.
fn register(bench: &Bench, name: &str, rows: &[(&str, String, u32)]) -> Value {
    let mut text = String::from("操作类型,登记号,登记金额\n");
    for (operation, entry, amount) in rows {
        writeln!(text, "{operation},{entry},{amount}").unwrap();
    }
    let file = bench.file(name, text);
    bench.intake("register", &file).with_status(0).row()
}

fn new(entries: std::ops::Range<u32>) -> Vec<(&'static str, String, u32)> {
    entries.map(|n| ("", format!("N{n}"), n)).collect()
}

#[test]
fn each_row_of_a_large_file_is_decided_on_as_in_a_small_one() {
    let bench = Bench::new();
    let old: Vec<_> = (0..70_000).map(|n| ("", format!("A{n}"), n)).collect();
    assert_eq!(counts(&register(&bench, "1.csv", &old)), (70_000, 70_000, 0));
    assert_eq!(bench.orphans("register"), Vec::<String>::new());

    let again = |n: u32, amount: u32| ("", format!("A{n}"), amount);
    let mut rows = vec![
        again(1, 1),               // line 2: known
        again(2, 7),               // a correction
        ("D", "A3".to_owned(), 0), // line 4: an end
        ("D", "Z1".to_owned(), 0), // line 5: nothing to end
        ("", "N5".to_owned(), 5),  // line 6: comes again below
    ];
    rows.extend(new(100..100 + UNSEEN));
    rows.push(("", "N5".to_owned(), 5)); // the same as line 6
    rows.push(("", "N100".to_owned(), 1)); // against line 7
    let first_seen = rows.len() as u32 + 2;
    rows.push(("", "S1".to_owned(), 1));
    rows.push(again(69_999, 69_999)); // known
    rows.push(again(69_998, 8)); // a correction
    rows.push(("D", "A69997".to_owned(), 0)); // an end
    rows.push(("D", "Z2".to_owned(), 0)); // nothing to end
    rows.push(("", "S1".to_owned(), 1)); // the same as the one that went in at once
    rows.push(("", "S1".to_owned(), 2)); // against it
    rows.push(("", "A3".to_owned(), 3)); // against the end of line 4
    rows.push(("", "Z1".to_owned(), 6)); // new, as nothing was ended
    let row = register(&bench, "2.csv", &rows);
    assert_eq!(counts(&row), (u64::from(UNSEEN) + 16, u64::from(UNSEEN) + 7, 9));
    assert_eq!((number(&row, "corrected"), number(&row, "ended")), (2, 2));
    assert_eq!(bench.table_rows("register"), 70_000 + u64::from(UNSEEN) + 3 - 2);

    let refused = bench.rejected(2).into_iter().map(|row| {
        let line = u32::try_from(row["row"]["line"].as_u64().unwrap()).unwrap();
        (line, row["code"].as_str().unwrap().to_owned(), row["expected"].as_str().unwrap().to_owned())
    });
    let is = |line: u32, code: Code, first: u32| {
        let first = if first == 0 { String::new() } else { first.to_string() };
        (line, code.word().to_owned(), first)
    };
    let after = first_seen;
    let expected = [
        is(2, Code::Duplicate, 0),
        is(5, Code::NothingToEnd, 0),
        is(after - 2, Code::Duplicate, 6),
        is(after - 1, Code::Contradiction, 7),
        is(after + 1, Code::Duplicate, 0),
        is(after + 4, Code::NothingToEnd, 0),
        is(after + 5, Code::Duplicate, after),
        is(after + 6, Code::Contradiction, after),
        is(after + 7, Code::Contradiction, 4),
    ];
    assert_eq!(refused.collect::<Vec<_>>(), expected);

    // Taken in once more, the amounts that hold are known, and nothing else is.
    let row = register(&bench, "3.csv", &[again(2, 7), again(69_998, 8), again(3, 3), again(1, 2)]);
    assert_eq!((counts(&row), number(&row, "corrected")), ((4, 2, 2), 1));
}

#[test]
fn a_large_snapshot_ends_what_it_does_not_hold() {
    let bench = Bench::new();
    let roll = |name: &str, people: std::ops::Range<u32>| {
        let lines: String = people.map(|n| format!("{},A,成员\n", id(n))).collect();
        let file = bench.file(name, format!("身份证号,村,身份\n{lines}"));
        bench.intake("roll", &file).with_status(0).row()
    };
    assert_eq!(counts(&roll("1.csv", 0..70_000)), (70_000, 70_000, 0));
    let row = roll("2.csv", 1_000..71_500);
    assert_eq!((counts(&row), number(&row, "ended")), ((70_500, 70_500, 0), 1_000));
    assert_eq!(bench.table_rows("roll"), 70_500);
    let row = roll("3.csv", 1_000..71_500 - 1);
    assert_eq!((number(&row, "corrected"), number(&row, "ended")), (0, 1));
}
