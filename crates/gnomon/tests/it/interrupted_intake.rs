//! `kill -9` while a file is taken in: the batch is in or out, whole.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::{
    bench::{Bench, HEADER, counts},
    people::grant,
};

const KILLS: usize = 100;
const ROWS: u32 = 100_000;

/// A fixed series of numbers from 0 to 1: the same moments each time.
pub fn moments(seed: u64) -> impl Iterator<Item = f64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    })
}

/// Many rows and one bad one.
fn delivery() -> String {
    let mut lines: Vec<String> = (1..ROWS).map(|n| grant(n, "2024-01", "12.50")).collect();
    lines.push(grant(ROWS, "2024-01", "-1"));
    format!("{HEADER}\n{}\n", lines.join("\n"))
}

/// A deployment whose table already holds one row.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.grants("first.csv", &[grant(1, "2023-12", "1")]);
    bench
}

#[test]
fn a_batch_is_in_or_out_whole() {
    let first = bench();
    let file = first.file("delivery.csv", delivery());
    let begun = Instant::now();
    first.intake("grant", &file).with_status(0);
    // The last part of an intake, after the commit, is the longest; most of the moments fall before it.
    let span = begun.elapsed().mul_f64(0.7);
    let mut was_in = 0;
    for (round, moment) in (1..=KILLS).zip(moments(20)) {
        let bench = bench();
        let mut child = bench.start(&["intake", "grant", &file]);
        std::thread::sleep(span.mul_f64(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        was_in += u32::from(comes_in_once(&bench, &file));
        let left: Vec<_> =
            fs::read_dir(bench.data("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(left.is_empty(), "round {round}: {left:?}");
    }
    assert!(was_in < KILLS as u32, "no kill came before the commit");
    eprintln!("{KILLS} kills within {span:?}; after {was_in} of them the batch was already in");
}

/// Takes the file in again after a crash; true when it turns out to be in already. Either way it is in whole, and once.
fn comes_in_once(bench: &Bench, file: &str) -> bool {
    let said = bench.intake("grant", file);
    let known = said.status == 1;
    if known {
        let why = said.row()["refused"].to_string();
        assert!(why.contains("G1109 "), "{why}");
    } else {
        assert_eq!(counts(&said.with_status(0).row()), (u64::from(ROWS), u64::from(ROWS) - 1, 1));
    }
    assert_eq!(bench.table_rows("grant"), u64::from(ROWS));
    assert_eq!(bench.orphans("grant"), Vec::<String>::new());
    assert_eq!(settled(bench), "0 interrupted deliveries settled", "a batch was left half done");
    known
}

/// What the doctor says about deliveries that were under way when their process died.
fn settled(bench: &Bench) -> String {
    let checks = bench.run(&["doctor"]).with_status(0).rows();
    let deliveries = checks.iter().find(|row| row["check"] == "deliveries").unwrap();
    deliveries["detail"].as_str().unwrap().to_owned()
}

#[test]
fn the_next_command_settles_a_batch_that_was_in_flight() {
    let bench = Bench::new();
    let file = bench.file("delivery.csv", delivery());
    let mut child = bench.start(&["intake", "grant", &file]);
    let begun = Instant::now();
    while !bench.data("lake/grant").is_dir() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(settled(&bench), "1 interrupted deliveries settled");
    assert_eq!((bench.table_rows("grant"), bench.orphans("grant")), (0, Vec::new()));
    bench.intake("grant", &file).with_status(0);
}
