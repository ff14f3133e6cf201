//! `kill -9` while a file is taken in: the batch is in or out, whole.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::{
    bench::{Bench, HEADER, counts, number},
    people::grant,
};

const KILLS: u64 = 20;
const ROWS: u32 = 100_000;

/// A fixed series of numbers from 0 to 1: the same moments each time.
pub fn moments(seed: u64) -> impl Iterator<Item = f64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    })
}

/// A file of its own for each round, with one bad row.
fn delivery(bench: &Bench, round: u64) -> String {
    let month = format!("{}-{:02}", 2000 + round / 12, round % 12 + 1);
    let mut lines: Vec<String> = (1..ROWS).map(|n| grant(n, &month, "12.50")).collect();
    lines.push(grant(ROWS, &month, "-1"));
    bench.file("delivery.csv", format!("{HEADER}\n{}\n", lines.join("\n")))
}

#[test]
fn a_batch_is_in_or_out_whole() {
    let bench = Bench::new();
    let begun = Instant::now();
    let first = bench.intake("grant", &delivery(&bench, 0)).with_status(0).row();
    let whole = begun.elapsed();
    let (_, mut in_table, _) = counts(&first);
    let (mut was_in, mut last) = (0, number(&first, "rows"));
    for (round, moment) in (1..=KILLS).zip(moments(20)) {
        let file = delivery(&bench, round);
        let mut child = bench.start(&["intake", "grant", &file]);
        std::thread::sleep(whole.mul_f64(moment * 1.1));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = bench.intake("grant", &file);
        let row = said.row();
        match said.status {
            0 => assert_eq!(counts(&row), (u64::from(ROWS), u64::from(ROWS) - 1, 1)),
            _ => {
                assert!(row["refused"].as_str().unwrap().starts_with("G1109 "), "{row}");
                was_in += 1;
            }
        }
        in_table += u64::from(ROWS) - 1;
        assert_eq!(bench.table_rows("grant"), in_table, "round {round}");
        assert_eq!(bench.orphans("grant"), Vec::<String>::new(), "round {round}");
        last = round;
    }
    eprintln!("{last} kills within {whole:?}; after {was_in} of them the batch was already in");
    let doctor = bench.run(&["doctor"]).with_status(0).rows();
    let deliveries = doctor.iter().find(|row| row["check"] == "deliveries").unwrap();
    assert_eq!(deliveries["detail"], "0 interrupted deliveries settled", "no batch was left half done");
    let left: Vec<_> = fs::read_dir(bench.data("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_next_command_settles_a_batch_that_was_in_flight() {
    let bench = Bench::new();
    let file = delivery(&bench, 0);
    let mut child = bench.start(&["intake", "grant", &file]);
    let begun = Instant::now();
    while !bench.data("lake/grant").is_dir() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let doctor = bench.run(&["doctor"]).with_status(0).rows();
    let deliveries = doctor.iter().find(|row| row["check"] == "deliveries").unwrap();
    assert_eq!(deliveries["detail"], "1 interrupted deliveries settled");
    assert_eq!((bench.table_rows("grant"), bench.orphans("grant")), (0, Vec::new()));
    bench.intake("grant", &file).with_status(0);
}
