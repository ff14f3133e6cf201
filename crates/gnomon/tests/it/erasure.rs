//! A person erased through the program, and what is left.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use serde_json::Value;

use crate::{
    bench::{Bench, HEADER, number},
    interrupted_intake::moments,
    people::{grant, id},
};

const GROUND: &str = "个人信息保护法第四十七条";

/// A county with an officer who asks and a leader who agrees.
fn county() -> Bench {
    let bench = Bench::new();
    for (login, role) in [("officer", "duty_officer"), ("leader", "leader")] {
        let mut adding = bench.command(&["user", "add", login, "--name", login, "--role", role]);
        let mut adding = adding.stdin(Stdio::piped()).spawn().unwrap();
        adding.stdin.take().unwrap().write_all(b"mozhu-2025-wangshu\n").unwrap();
        assert!(adding.wait().unwrap().success());
    }
    bench
}

fn asked(bench: &Bench, person: &str) -> Vec<Value> {
    bench.run(&["erasure", "ask", person, "--ground", GROUND, "--as", "officer"]).with_status(0).rows()
}

fn agreed(bench: &Bench) -> Vec<Value> {
    bench.run(&["erasure", "agree", "1", "--as", "leader"]).with_status(0).rows()
}

/// Files of the data directory whose bytes hold the text, plain or packed.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if holds(&path, text) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// Data files are packed column by column: their values are read.
fn holds(path: &Path, text: &str) -> bool {
    let bytes = fs::read(path).unwrap();
    if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
        return true;
    }
    if path.extension().is_some_and(|kind| kind == "parquet") {
        let rows = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
        return rows.get_row_iter(None).unwrap().any(|row| row.unwrap().to_string().contains(text));
    }
    let mut unpacked = String::new();
    bytes.starts_with(&[0x1F, 0x8B])
        && flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut unpacked).is_ok()
        && unpacked.contains(text)
}

#[test]
fn a_person_goes_from_every_version_file_and_finding() {
    let bench = county();
    bench.grants("1.csv", &[grant(1, "2024-01", "10"), grant(2, "2024-01", "20")]);
    // Corrected later, and named in a row that cannot be used.
    bench.grants(
        "2.csv",
        &[grant(1, "2024-01", "30"), grant(1, "2024-02", "dreißig"), grant(3, "2024-01", "5")],
    );
    bench.models(&["--model", "TT-GEN-001", "--known", "now"]);
    assert_eq!(bench.table_rows("grant"), 3);
    assert!(
        !holding(&bench.data("lake"), &id(1)).is_empty() && !holding(&bench.data("raw"), &id(1)).is_empty()
    );
    let rows = asked(&bench, &id(1));
    assert_eq!(
        (rows[0]["state"].as_str(), number(&rows[0], "rows"), number(&rows[0], "lines")),
        (Some("asked"), 2, 3)
    );
    let refused = bench.run(&["erasure", "agree", "1", "--as", "officer"]);
    assert_eq!(refused.status, 1, "an officer does not agree");
    let rows = agreed(&bench);
    assert_eq!((rows[0]["state"].as_str(), rows[0]["person"].is_null()), (Some("done"), true), "{rows:?}");
    for folder in ["lake", "raw", "tmp"] {
        assert_eq!(holding(&bench.data(folder), &id(1)), Vec::<String>::new());
    }
    assert_eq!(bench.table_rows("grant"), 2);
    assert_eq!(bench.orphans("grant"), Vec::<String>::new());
    let batches = bench.run(&["batch", "list"]).with_status(0).rows();
    let counts =
        |row: &Value| ["rows", "accepted", "rejected", "written", "corrected"].map(|name| number(row, name));
    assert_eq!(counts(&batches[1]), [1, 1, 0, 1, 0]);
    assert_eq!(counts(&batches[0]), [1, 1, 0, 1, 0]);
    // Both versions can still be read, and the first says what was there, without the person.
    let (status, runs) =
        bench.models(&["--model", "TT-GEN-001", "--known", batches[1]["received"].as_str().unwrap()]);
    assert_eq!(status, 0, "{runs:?}");
    // What is read again is what is left of the files.
    bench.run(&["dataset", "rebuild", "grant"]).with_status(0);
    assert_eq!(bench.table_rows("grant"), 2);
    bench
        .run(&["batch", "withdraw", batches[0]["batch"].as_str().unwrap(), "--reason", "误报"])
        .with_status(0);
    assert_eq!(bench.table_rows("grant"), 1);
    // The same bytes are known, and do not bring the person back.
    let again = bench
        .file("1.csv", format!("{HEADER}\n{}\n{}\n", grant(1, "2024-01", "10"), grant(2, "2024-01", "20")));
    assert_eq!(bench.intake("grant", &again).status, 1);
    assert_eq!(holding(&bench.data("raw"), &id(1)), Vec::<String>::new());
}

/// One in thirty-one leaves a linking that would be followed, and which remembers what is no more.
#[test]
fn a_person_goes_from_all_that_is_kept_of_linking() {
    let bench = county();
    bench.grants("1.csv", &(1..=31).map(|n| grant(n, "2024-01", "10")).collect::<Vec<_>>());
    let kept = |text: &str| {
        let all = holding(&bench.data("lake/_identities"), text);
        all.iter().filter(|file| file.ends_with(".postcard")).count()
    };
    assert_eq!(kept(&id(1)), 2, "what tables say of them, and the linking");
    asked(&bench, &id(1));
    agreed(&bench);
    assert_eq!((kept(&id(1)), kept(&id(2))), (0, 2));
    assert_eq!(holding(&bench.data("lake"), &id(1)), Vec::<String>::new());
}

/// How many moments are tried.
const KILLS: usize = 10;

fn with_six_deliveries() -> Bench {
    let bench = county();
    for n in 1..=6 {
        let rows: Vec<String> = (1..=400).map(|who| grant(who, &format!("2024-{n:02}"), "10")).collect();
        bench.grants(&format!("{n}.csv"), &rows);
    }
    asked(&bench, &id(7));
    bench
}

#[test]
fn killed_at_any_moment_it_is_carried_on() {
    let undisturbed = with_six_deliveries();
    let begun = Instant::now();
    agreed(&undisturbed);
    let whole = begun.elapsed();
    for share in moments(7).take(KILLS) {
        let bench = with_six_deliveries();
        let mut agreeing = bench.start(&["erasure", "agree", "1", "--as", "leader"]);
        std::thread::sleep(whole.mul_f64(share).max(Duration::from_millis(1)));
        let _ = agreeing.kill();
        agreeing.wait().unwrap();
        // Whatever comes next finds whole tables.
        let left = bench.table_rows("grant");
        assert!((2_394..=2_400).contains(&left), "{left} rows");
        let rows = bench.run(&["erasure", "list", "--as", "leader"]).with_status(0).rows();
        match rows[0]["state"] == "asked" {
            true => drop(agreed(&bench)),
            false => drop(bench.run(&["erasure", "resume", "1", "--as", "leader"]).with_status(0)),
        }
        assert_eq!(bench.table_rows("grant"), 2_394, "killed after {share} of {whole:?}");
        for folder in ["lake", "raw"] {
            assert_eq!(holding(&bench.data(folder), &id(7)), Vec::<String>::new(), "{share}");
        }
        assert_eq!(bench.orphans("grant"), Vec::<String>::new());
        let batches = bench.run(&["batch", "list"]).with_status(0).rows();
        let whole = |row: &Value| number(row, "rows") == 399 && number(row, "accepted") == 399;
        assert!(batches.iter().all(whole), "{batches:?}");
    }
}
