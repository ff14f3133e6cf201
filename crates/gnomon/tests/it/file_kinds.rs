//! Files that are not what they should be. One that cannot be read changes nothing.

use std::io::Write;

use encoding_rs::GB18030;
use gnomon_kernel::Code;

use crate::{
    bench::{Bench, HEADER, counts},
    people::{grant, id},
};

fn good_file() -> String {
    format!("{HEADER}\n{}\n", grant(1, "2024-01", "500"))
}

/// A deployment that already holds one row.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.grants("first.csv", &[grant(9, "2023-12", "900")]);
    bench
}

#[test]
fn a_required_column_is_missing() {
    let bench = bench();
    let file = bench.file("a.csv", good_file().replace("金额", "数"));
    let why = bench.refuses("grant", &file, Code::ColumnMissing);
    assert!(why.contains("金额"), "{why}");
}

#[test]
fn headers_that_are_unknown_or_claimed_twice() {
    let bench = bench();
    let file = bench.file("a.csv", "甲,乙,丙\n1,2,3\n");
    let why = bench.refuses("grant", &file, Code::HeaderUnknown);
    assert!(why.contains("身份证号") && why.contains("金额"), "{why}");
    let file = bench.file("b.csv", good_file().replace("备注", "Amount"));
    bench.refuses("grant", &file, Code::HeaderTwice);
    let unknown = bench.file("c.csv", good_file().replace("备注", "经办人"));
    assert_eq!(
        counts(&bench.intake("grant", &unknown).with_status(0).row()),
        (1, 1, 0),
        "one more column is no fault"
    );
}

#[test]
fn files_without_rows() {
    let bench = bench();
    let files =
        [("empty.csv", ""), ("blank.csv", "\n\n \n"), ("header.csv", HEADER), ("totals.csv", "合计,,,1,,\n")];
    for (name, content) in files.into_iter().take(3) {
        let file = bench.file(name, content);
        bench.refuses("grant", &file, Code::FileEmpty);
    }
    let only_totals = bench.file(files[3].0, format!("{HEADER}\n{}", files[3].1));
    bench.refuses("grant", &only_totals, Code::FileEmpty);
}

#[test]
fn files_of_other_kinds() {
    let bench = bench();
    let html = "<html><body><table><tr><td>身份证号</td></tr></table></body></html>";
    let zip = packed("readme.txt", 100);
    for (name, content, code) in [
        ("page.xlsx", html.as_bytes(), Code::FileNotSpreadsheet),
        ("page.csv", html.as_bytes(), Code::FileNotSpreadsheet),
        ("any.xlsx", &zip, Code::FileEmpty),
        ("cut.xlsx", &zip[..zip.len() / 2], Code::FileUnreadable),
        ("old.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Code::FileFormat),
        ("paper.csv", b"%PDF-1.7\n", Code::FileFormat),
        ("zeros.csv", &[0; 4096], Code::FileFormat),
    ] {
        let file = bench.file(name, content);
        bench.refuses("grant", &file, code);
    }
}

#[test]
fn a_zip_bomb_named_as_a_workbook() {
    let bench = bench();
    let bomb = packed("xl/worksheets/sheet1.xml", 200 << 20);
    assert!(bomb.len() < 1 << 20);
    let file = bench.file("bomb.xlsx", bomb);
    bench.refuses("grant", &file, Code::FileBomb);
}

/// A zip file with one entry of so many blanks.
fn packed(name: &str, bytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file(name, options).unwrap();
    let block = vec![b' '; bytes.min(1 << 20)];
    for _ in 0..bytes.div_ceil(block.len()) {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_open_quote_over_twenty_megabytes() {
    let bench = bench();
    let mut text = format!("{HEADER}\n{}\n{},\"某甲,", grant(1, "2024-01", "500"), id(2));
    let line = format!("{}\n", grant(3, "2024-02", "1"));
    while text.len() < 20 << 20 {
        text.push_str(&line);
    }
    let file = bench.file("a.csv", text);
    let why = bench.refuses("grant", &file, Code::FileTooLarge);
    assert!(why.contains("line 3"), "{why}");
}

#[test]
fn text_in_the_encodings_that_departments_use() {
    let text = good_file().replace("某甲", "欧阳㐂");
    let (national, ..) = GB18030.encode(&text);
    let marked = format!("\u{FEFF}{text}").into_bytes();
    for (name, bytes) in [
        ("gb18030.csv", national.into_owned()),
        ("bom.csv", marked),
        ("tabs.csv", text.replace(',', "\t").into_bytes()),
    ] {
        let bench = Bench::new();
        let file = bench.file(name, bytes);
        assert_eq!(counts(&bench.intake("grant", &file).with_status(0).row()), (1, 1, 0), "{name}");
        bench.models(&["--model", "TT-GEN-001"]);
        assert_eq!(bench.findings()[0]["subject"], id(1), "{name}");
    }
}

#[test]
fn records_and_packed_files() {
    let record = format!("{{\"身份证号\":\"{}\",\"发放月份\":\"2024-01\",\"金额\":500.00}}", id(1));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, n) in [("东片/a.csv", 1), ("西片/b.csv", 2)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writeln!(zip, "{HEADER}\n{}", grant(n, "2024-01", "500")).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    for (name, bytes, rows) in [
        ("list.json", format!("{{\"code\":0,\"data\":[{record}]}}").into_bytes(), 1),
        ("lines.ndjson", format!("{record}\n{}\n", record.replace(&id(1), &id(2))).into_bytes(), 2),
        ("both.zip", zip, 2),
    ] {
        let bench = Bench::new();
        let file = bench.file(name, bytes);
        assert_eq!(counts(&bench.intake("grant", &file).with_status(0).row()), (rows, rows, 0), "{name}");
        bench.models(&["--model", "TT-GEN-001"]);
        let findings = bench.findings();
        assert_eq!((findings.len() as u64, &findings[0]["subject"]), (rows, &id(1).into()), "{name}");
        assert_eq!(findings[0]["rows"][0]["file"], name);
    }
}

#[test]
fn one_broken_byte_is_one_bad_line() {
    let bench = Bench::new();
    let lines: Vec<String> = (1..=50).map(|n| grant(n, "2024-01", "500")).collect();
    let mut bytes = format!("{HEADER}\n{}\n", lines.join("\n")).into_bytes();
    let name = "某甲".as_bytes();
    let at = bytes.windows(name.len()).rposition(|window| window == name).unwrap();
    bytes[at] = 0xFF;
    let file = bench.file("a.csv", bytes);
    assert_eq!(counts(&bench.intake("grant", &file).with_status(0).row()), (50, 49, 1));
    assert_eq!(bench.the_rejected(1), (51, String::new(), Code::Encoding));
}

#[test]
fn files_and_datasets_that_are_not_there() {
    let bench = bench();
    let nowhere = bench.path("nowhere.csv").display().to_string();
    bench.refuses("grant", &nowhere, Code::FileUnreadable);
    let folder = bench.folder.path().display().to_string();
    bench.refuses("grant", &folder, Code::FileUnreadable);
    let file = bench.file("a.csv", good_file());
    let said = bench.intake("nothing", &file).with_status(2);
    assert!(said.err.contains("nothing") && said.out.is_empty(), "{} {}", said.out, said.err);
    bench.run(&["dataset", "show", "nothing"]).with_status(2);
}

#[test]
fn one_bad_file_among_good_ones_holds_nobody_up() {
    let bench = Bench::new();
    let good = bench.file("good.csv", good_file());
    let bad = bench.file("bad.csv", "");
    let late = bench.file("late.csv", good_file().replace("2024-01", "2024-02"));
    let rows = bench.run(&["intake", "grant", &good, &bad, &late]).with_status(1).rows();
    assert_eq!(rows.iter().map(|row| row["batch"].is_string()).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(bench.table_rows("grant"), 2);
}
