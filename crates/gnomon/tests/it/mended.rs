//! Refused rows that come back mended, and files that are refused because most of their rows are.

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use gnomon_kernel::Code;
use rust_xlsxwriter::Workbook;

use crate::{
    bench::{Bench, HEADER, counts, number, reason},
    people::{grant, id, wrong_check},
};

/// What can be downloaded of a batch: header and rows of the one sheet.
fn download(bench: &Bench, batch: &str) -> Vec<Vec<String>> {
    let path = bench.path("download.xlsx");
    bench.run(&["batch", "rejected", batch, "--out", &path.display().to_string()]).with_status(0);
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let (_, sheet) = book.worksheets().remove(0);
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    };
    sheet.rows().map(|row| row.iter().map(text).collect()).collect()
}

fn save(bench: &Bench, name: &str, rows: &[Vec<String>]) -> String {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            sheet.write_string(at as u32, column as u16, cell).unwrap();
        }
    }
    bench.file(name, book.save_to_buffer().unwrap())
}

/// Rows of a batch that can be downloaded, without the header.
fn open(bench: &Bench, batch: &str) -> usize {
    download(bench, batch).len() - 1
}

/// One good row and three bad ones: month, number, amount.
fn delivered(bench: &Bench) -> serde_json::Value {
    let lines = [
        grant(1, "2024-01", "500"),
        grant(2, "2024-13", "500"),
        format!("{},某丙,2024-01,500,2024-03-05,", wrong_check(&id(3))),
        grant(4, "2024-01", "many"),
    ];
    let row = bench.grants("grants.csv", &lines);
    assert_eq!(counts(&row), (4, 1, 3));
    row
}

#[test]
fn a_workbook_of_refused_rows_is_mended_and_taken_in_again() {
    let bench = Bench::new();
    let first = delivered(&bench);
    assert_eq!(first["gaps"], "numbers_valid time_in_period");
    let batch = first["batch"].as_str().unwrap();
    let mut rows = download(&bench, batch);
    let own = HEADER.split(',').chain(["Gnomon row", "Gnomon reason", "Gnomon expected"]);
    assert_eq!(rows[0], own.collect::<Vec<_>>());
    assert_eq!((rows[1][6].as_str(), rows[3][6].as_str(), rows.len()), ("1-1-3", "1-1-5", 4));

    rows[1][2] = "2024-02".into();
    rows[2][0] = id(3);
    let file = save(&bench, "mended.xlsx", &rows);
    let said = bench.intake("grant", &file).with_status(0);
    let second = said.row();
    assert_eq!((counts(&second), number(&second, "corrected")), ((3, 2, 1), 0));
    assert!(!said.err.contains("does not know"), "{}", said.err);
    assert_eq!((bench.table_rows("grant"), open(&bench, batch)), (3, 1));
    assert_eq!(reason(&bench.rejected(2)[0]), (4, "金额".to_owned(), Code::Money));

    bench.models(&["--model", "TT-GEN-001"]);
    let findings = bench.findings();
    let of = |n: u32| findings.iter().find(|finding| finding["subject"] == id(n)).unwrap();
    assert_eq!(of(1)["rows"][0]["file"], "grants.csv");
    assert_eq!((&of(3)["rows"][0]["file"], &of(3)["rows"][0]["line"]), (&"mended.xlsx".into(), &3.into()));

    // The last one, refused twice, is settled in both deliveries by one row.
    let mut rest = download(&bench, second["batch"].as_str().unwrap());
    assert_eq!((rest[0].len(), rest[1][6].as_str()), (9, "2-1-4"));
    rest[1][3] = "700".into();
    let third = bench.intake("grant", &save(&bench, "rest.xlsx", &rest)).with_status(0).row();
    assert_eq!(counts(&third), (1, 1, 0));
    assert_eq!((open(&bench, batch), open(&bench, second["batch"].as_str().unwrap())), (0, 0));

    let withdraw = ["batch", "withdraw", second["batch"].as_str().unwrap(), "--reason", "test"];
    bench.run(&withdraw).with_status(0);
    assert_eq!((bench.table_rows("grant"), open(&bench, batch)), (2, 2), "what it mended is open again");
}

#[test]
fn a_reference_that_is_wrong_is_a_fault_of_its_row() {
    let bench = Bench::new();
    delivered(&bench);
    let mut lines = vec![format!("{HEADER},圭表行号")];
    for (n, reference) in [(5, "1-1-2"), (6, "9-1-3"), (7, "third"), (8, "1-1-3"), (9, "1-1-3"), (10, "")] {
        lines.push(format!("{}{reference}", grant(n, "2024-01", "1") + ","));
    }
    let file = bench.file("mended.csv", lines.join("\n"));
    assert_eq!(counts(&bench.intake("grant", &file).with_status(0).row()), (6, 2, 4));
    let reasons: Vec<_> = bench.rejected(2).iter().map(reason).collect();
    let wrong = |line| (line, "圭表行号".to_owned(), Code::RowReference);
    assert_eq!(reasons, [wrong(2), wrong(3), wrong(4), wrong(6)], "and a row is mended once");
    bench.words(Code::RowReference);
}

#[test]
fn mended_rows_of_a_snapshot_end_nothing() {
    let bench = Bench::new();
    let member = |n: u32, standing: &str| format!("{},A,{standing}", id(n));
    let mut lines: Vec<String> = (1..21).map(|n| member(n, "成员")).collect();
    lines[4] = member(5, "不明");
    let file = bench.file("roll.csv", format!("身份证号,村,身份\n{}\n", lines.join("\n")));
    assert_eq!(counts(&bench.intake("roll", &file).with_status(0).row()), (20, 19, 1));
    let mended = format!("身份证号,村,身份,圭表行号\n{},1-1-6\n", member(5, "成员"));
    let row = bench.intake("roll", &bench.file("mended.csv", mended)).with_status(0).row();
    assert_eq!((counts(&row), number(&row, "ended")), ((1, 1, 0), 0));
    assert_eq!(bench.table_rows("roll"), 20);
}

#[test]
fn a_table_made_anew_keeps_what_was_mended() {
    let bench = Bench::new();
    let first = delivered(&bench);
    let batch = first["batch"].as_str().unwrap();
    let mut rows = download(&bench, batch);
    rows[1][2] = "2024-02".into();
    bench.intake("grant", &save(&bench, "mended.xlsx", &rows)).with_status(0);
    assert_eq!((bench.table_rows("grant"), open(&bench, batch)), (2, 2));
    bench.run(&["dataset", "rebuild", "grant"]).with_status(0);
    assert_eq!((bench.table_rows("grant"), open(&bench, batch)), (2, 2));
}

#[test]
fn a_file_with_two_columns_swapped_has_to_be_confirmed() {
    let bench = Bench::new();
    let good = (1..11).map(|n| grant(n, "2024-01", "1"));
    let swapped = (11..31).map(|n| format!("{},某甲,500,2024-01,2024-03-05,", id(n)));
    let lines: Vec<String> = good.chain(swapped).collect();
    let file = bench.file("swapped.csv", format!("{HEADER}\n{}\n", lines.join("\n")));
    let why = bench.refuses("grant", &file, Code::MostlyUnfit);
    assert!(why.contains("20/30") && why.contains("发放月份"), "{why}");
    let said = bench.run(&["intake", "grant", &file, "--complete"]).with_status(0);
    assert_eq!(counts(&said.row()), (30, 10, 20));
}
