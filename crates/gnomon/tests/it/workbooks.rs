//! Workbooks as offices fill them in.

use gnomon_kernel::Code;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::{
    bench::{Bench, HEADER, counts, reason},
    people::{grant, id, wrong_check},
};

fn write_row(sheet: &mut Worksheet, at: u32, text: &str) {
    for (column, cell) in text.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match cell.parse::<f64>() {
            Ok(amount) if cell.len() < 10 => sheet.write_number(at, column as u16, amount).unwrap(),
            _ => sheet.write_string(at, column as u16, cell).unwrap(),
        };
    }
}

fn saved(bench: &Bench, mut book: Workbook) -> String {
    bench.file("book.xlsx", book.save_to_buffer().unwrap())
}

#[test]
fn titles_a_merged_header_totals_and_two_sheets() {
    let bench = Bench::new();
    let mut book = Workbook::new();
    let centred = Format::new();
    let sheet = book.add_worksheet().set_name("一季度").unwrap();
    sheet.merge_range(0, 0, 0, 5, "某县补助发放表", &centred).unwrap();
    sheet.write_string(1, 0, "填报单位：某局").unwrap();
    sheet.merge_range(2, 0, 2, 1, "领取人", &centred).unwrap();
    sheet.merge_range(2, 2, 2, 4, "发放", &centred).unwrap();
    write_row(sheet, 3, HEADER);
    write_row(sheet, 4, &grant(1, "2024-01", "500"));
    write_row(sheet, 5, &format!("{},某乙,2024-01,60,2024-02-31,", id(2)));
    write_row(sheet, 7, &grant(3, "2024-01", "70.5"));
    write_row(sheet, 8, "合计,,,630.5,,");
    let sheet = book.add_worksheet().set_name("二季度").unwrap();
    write_row(sheet, 0, HEADER);
    write_row(sheet, 1, &grant(1, "2024-04", "500"));
    write_row(sheet, 2, &format!("{},某丙,2024-04,1,,", wrong_check(&id(4))));
    let notes = book.add_worksheet().set_name("说明").unwrap();
    notes.write_string(0, 0, "单位：元").unwrap();
    let file = saved(&bench, book);
    assert_eq!(counts(&bench.intake("grant", &file).with_status(0).row()), (5, 3, 2));
    let rows = bench.rejected(1);
    assert_eq!(reason(&rows[0]), (6, "发放日期".to_owned(), Code::Date));
    assert_eq!(reason(&rows[1]), (3, "身份证号".to_owned(), Code::IdCheck));
    assert_eq!((&rows[0]["row"]["sheet"], &rows[1]["row"]["sheet"]), (&0.into(), &1.into()));
    let notes = serde_json::json!([{ "sheet": 3, "found": "单位：元" }]);
    assert_eq!(bench.left_out(1)["skipped"], notes, "what was not read is said");

    bench.models(&["--model", "TT-GEN-001"]);
    let findings = bench.findings();
    assert_eq!((findings.len(), &findings[0]["fen"]), (1, &100_000.into()));
    let places: Vec<_> = findings[0]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["sheet"].clone(), row["line"].clone()))
        .collect();
    assert_eq!(places, [(0.into(), 5.into()), (1.into(), 2.into())]);
    assert_eq!(findings[0]["rows"][0]["dataset"], "grant");
    assert_eq!(findings[0]["rows"][0]["file"], "book.xlsx");
}

#[test]
fn a_cell_in_the_last_row_takes_no_memory() {
    let bench = Bench::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write_row(sheet, 0, HEADER);
    write_row(sheet, 1, &grant(1, "2024-01", "500"));
    write_row(sheet, 1_048_575, &grant(2, "2024-01", "500"));
    let file = saved(&bench, book);
    let said = bench.run_within(1024, &["intake", "grant", &file]).with_status(0);
    assert_eq!(counts(&said.row()), (2, 2, 0));
    bench.models(&["--model", "TT-GEN-001"]);
    assert_eq!(bench.findings()[1]["rows"][0]["line"], 1_048_576);
}

#[test]
fn a_workbook_whose_every_sheet_is_something_else() {
    let bench = Bench::new();
    let mut book = Workbook::new();
    write_row(book.add_worksheet(), 0, "甲,乙");
    write_row(book.add_worksheet(), 0, "丙,丁");
    let file = saved(&bench, book);
    bench.refuses("grant", &file, Code::HeaderUnknown);
}
