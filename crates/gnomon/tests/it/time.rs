//! Tables over time: what was known once, small files gathered, old files removed, kills in between.

use std::{fs, path::Path, time::Instant};

use gnomon_kernel::Code;
use serde_json::Value;

use crate::{
    bench::{Bench, HEADER, counts, number},
    interrupted_intake::moments,
    people::{grant, id},
};

/// When a delivery came, as the program tells it.
fn received(bench: &Bench, newest: usize) -> String {
    let rows = bench.run(&["batch", "list"]).with_status(0).rows();
    rows[newest]["received"].as_str().unwrap().to_owned()
}

fn subjects(bench: &Bench) -> Vec<Value> {
    bench.findings().iter().map(|row| row["subject"].clone()).collect()
}

fn warnings(bench: &Bench) -> Vec<Value> {
    let rows = bench.run(&["warnings"]).with_status(0).rows();
    rows.iter().map(|row| row["state"].clone()).collect()
}

#[test]
fn a_run_answers_with_what_was_known_then() {
    let bench = Bench::new();
    bench.grants("1.csv", &[grant(1, "2024-01", "500"), grant(2, "2024-01", "10")]);
    bench.grants("2.csv", &[grant(1, "2024-01", "10"), grant(2, "2024-01", "500")]);
    let (second, first) = (received(&bench, 0), received(&bench, 1));
    bench.models(&["--model", "TT-GEN-001"]);
    assert_eq!(subjects(&bench), [id(2)]);
    assert_eq!(warnings(&bench), ["new"]);
    let (status, rows) = bench.models(&["--model", "TT-GEN-001", "--known", &second]);
    assert_eq!((status, subjects(&bench)), (0, vec![Value::from(id(1))]), "{rows:?}");
    assert_eq!(rows[0]["known_at"].as_str().map(|moment| &moment[..19]), Some(&second[..19]));
    assert_eq!(warnings(&bench), ["new"], "an answer about the past raises and withdraws nothing");
    let (_, rows) = bench.models(&["--model", "TT-GEN-001", "--known", &first]);
    assert_eq!(rows[0]["outcome"], "cannot_tell", "nothing was in before the first delivery");
    let (_, rows) = bench.models(&["--model", "TT-GEN-001", "--known", "now"]);
    assert!(rows[0]["known_at"].is_null());
    assert_eq!(subjects(&bench), [id(2)]);
}

#[test]
fn a_day_before_the_first_delivery_is_answered_with_what_came_later() {
    let bench = Bench::new();
    bench.grants("1.csv", &[grant(1, "2024-01", "500")]);
    let (_, rows) = bench.models(&["--model", "TT-GEN-001", "--as-of", "2024-06-30"]);
    assert!(rows[0]["known_at"].is_null() && rows[0]["as_of"] == "2024-06-30", "{rows:?}");
    assert_eq!(subjects(&bench), [id(1)]);
}

/// The data files that the newest version names.
fn data_files(bench: &Bench, dataset: &str) -> Vec<String> {
    let log = bench.data("lake").join(dataset).join("_delta_log");
    let mut entries: Vec<_> = fs::read_dir(log).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut files = Vec::new();
    for entry in entries.iter().filter(|path| path.extension().is_some_and(|kind| kind == "json")) {
        for line in fs::read_to_string(entry).unwrap().lines() {
            let action: Value = serde_json::from_str(line).unwrap();
            let path = |kind: &str| action.pointer(kind).and_then(Value::as_str).map(str::to_owned);
            if let Some(gone) = path("/remove/path") {
                files.retain(|file| *file != gone);
            }
            files.extend(path("/add/path"));
        }
    }
    files
}

/// Sixteen deliveries of one row each; the last corrects the first.
fn sixteen(bench: &Bench) -> Vec<Value> {
    (1..=16_u32)
        .map(|n| {
            let row = if n == 16 { grant(1, "2024-01", "80") } else { grant(n, "2024-01", "500") };
            bench.grants(&format!("{n}.csv"), &[row])
        })
        .collect()
}

#[test]
fn small_files_are_gathered_and_stay_the_same_rows() {
    let bench = Bench::new();
    let batches = sixteen(&bench);
    let files = data_files(&bench, "grant");
    assert!(
        files.len() == 1 && files[0].starts_with('c') && files[0].ends_with("-corrects.parquet"),
        "{files:?}"
    );
    assert_eq!(bench.table_rows("grant"), 15);
    bench.models(&["--model", "TT-GEN-001"]);
    assert_eq!(bench.findings().len(), 14);
    // The very same row again is known, and a correction still finds what it corrects.
    let again = bench.grants("again.csv", &[grant(2, "2024-01", "500"), grant(3, "2024-01", "90")]);
    assert_eq!((counts(&again), number(&again, "corrected")), ((2, 1, 1), 1));
    // One of the gathered deliveries can still be taken out: all of them are read again.
    let third = batches[2]["batch"].as_str().unwrap();
    bench.run(&["batch", "withdraw", third, "--reason", "误报"]).with_status(0);
    assert_eq!(bench.table_rows("grant"), 15, "the third person has the later row");
    let last = batches[15]["batch"].as_str().unwrap();
    bench.run(&["batch", "withdraw", last, "--reason", "误报"]).with_status(0);
    bench.models(&["--model", "TT-GEN-001"]);
    assert_eq!(bench.findings().len(), 14, "the first person's 500 is back, the third has 90");
    assert_eq!(bench.orphans("grant"), Vec::<String>::new());
}

#[test]
fn endings_are_gathered_too() {
    let bench = Bench::new();
    let all: Vec<String> = (1..=40).map(|n| format!("{},A,成员", id(n))).collect();
    for gone in 0..17 {
        let file =
            bench.file(&format!("{gone}.csv"), format!("身份证号,村,身份\n{}\n", all[gone..].join("\n")));
        bench.intake("roll", &file).with_status(0);
    }
    let ends = data_files(&bench, "roll").iter().filter(|file| file.ends_with("-ends.parquet")).count();
    assert_eq!(ends, 1);
    assert_eq!(bench.table_rows("roll"), 24);
}

#[test]
fn old_files_go_except_those_that_an_open_warning_rests_on() {
    let bench = Bench::new();
    let keep_nothing = "[keep]\ndays = 0\n";
    bench.grants("0.csv", &[grant(40, "2024-01", "500")]);
    bench.models(&["--model", "TT-GEN-001"]);
    assert_eq!(warnings(&bench), ["new"]);
    bench.configure(keep_nothing);
    let second = (1..=15_u32).map(|n| {
        bench.grants(&format!("{n}.csv"), &[grant(n, "2024-01", "10")]);
        received(&bench, 0)
    });
    let moments: Vec<String> = second.collect();
    // What was the newest until now may still be read; the next look removes it.
    bench.grants("16.csv", &[grant(16, "2024-01", "10")]);
    let folder = bench.data("lake/grant");
    let left = parquet_files(&folder);
    assert!(
        left.len() == 3 && left[0].starts_with("00000001-") && left[2].starts_with('c'),
        "the cited file, the newest and the gathered one: {left:?}"
    );
    let (status, rows) = bench.models(&["--model", "TT-GEN-001", "--known", &moments[9]]);
    let detail = rows[0]["detail"].as_str().unwrap();
    assert_eq!((status, rows[0]["outcome"].as_str()), (1, Some("failed")));
    assert!(
        detail.contains(&format!("G{}", Code::VersionGone.number())) || detail.contains("no longer kept"),
        "{detail}"
    );
    let (_, rows) = bench.models(&["--model", "TT-GEN-001", "--known", &moments[0]]);
    assert_eq!(rows[0]["outcome"], "spoke", "the version that the warning rests on: {rows:?}");
}

fn parquet_files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".parquet"));
    names.sort();
    names
}

const KILLS: usize = 60;
const ROWS: u32 = 2_000;

#[test]
fn a_kill_while_files_are_gathered_loses_and_doubles_nothing() {
    let prepared = Bench::new();
    for n in 0..15_u32 {
        let lines: Vec<String> = (1..=ROWS).map(|p| grant(n * ROWS + p, "2024-01", "12.50")).collect();
        prepared.grants(&format!("{n}.csv"), &lines);
    }
    let last = prepared.file("last.csv", format!("{HEADER}\n{}\n", grant(900_000, "2024-01", "1")));
    let probe = copy_of(&prepared);
    let begun = Instant::now();
    probe.intake("grant", &last).with_status(0);
    let span = begun.elapsed();
    let mut gathered = 0;
    for (round, moment) in (1..=KILLS).zip(moments(7)) {
        let bench = copy_of(&prepared);
        let mut child = bench.start(&["intake", "grant", &last]);
        std::thread::sleep(span.mul_f64(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever was under way, the next delivery finds the table in order and finishes it.
        let said = bench.intake("grant", &last);
        assert!(
            said.status == 0 || said.row()["refused"].to_string().contains("G1109 "),
            "round {round}: {}",
            said.err
        );
        assert_eq!(bench.table_rows("grant"), u64::from(15 * ROWS + 1), "round {round}");
        assert_eq!(bench.orphans("grant"), Vec::<String>::new(), "round {round}");
        gathered += usize::from(data_files(&bench, "grant").len() == 1);
    }
    assert_eq!(gathered, KILLS, "what was not gathered before the kill is gathered after it");
    eprintln!("{KILLS} kills within {span:?}");
}

fn copy_of(prepared: &Bench) -> Bench {
    let bench = Bench::new();
    copy(&prepared.data(""), &bench.data(""));
    bench
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
