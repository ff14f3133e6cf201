//! Rows that come later: how long adding a hundredth takes, and whose entity it changes.
//!
//! `cargo bench -p gnomon-resolve --bench adding -- PEOPLE.csv`. The last hundredth of the file's rows is added to the others.

use std::{collections::HashSet, env, fs, time::Instant};

use gnomon_resolve::{Change, EntityKind, Mapping, RowResult, Sheet, State};

/// Ticks of the processor's clock in a second, as Linux counts them for programs.
const TICKS: f64 = 100.0;

fn main() {
    let file = env::args().skip(1).find(|word| !word.starts_with("--")).expect("the file with the rows");
    let mut reader = csv::Reader::from_path(&file).expect("a file of rows");
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
    let header = cells(reader.headers().expect("a header"));
    let rows: Vec<Vec<String>> = reader.records().map(|row| cells(&row.expect("a row"))).collect();
    let first = rows.len() - rows.len() / 100;
    let [older, newer] = [&rows[..first], &rows[first..]].map(|rows| sheet(&header, rows));
    drop(rows);

    let (begun, clock) = (Instant::now(), processor());
    let mut state =
        State::new(EntityKind::Person, Mapping::default(), vec![older]).expect("rows that can be linked");
    println!("linked {first} rows: {}", took(begun, clock));
    let before = state.rows().to_vec();

    let (begun, clock) = (Instant::now(), processor());
    let changes = state.add(newer).expect("rows of the same columns");
    println!("added {} rows: {}", state.rows().len() - first, took(begun, clock));
    told(&before, &state, &changes);
    println!("peak memory of all: {} MiB", peak() / 1024);
}

fn sheet(header: &[String], rows: &[Vec<String>]) -> Sheet {
    let mut sheet = Sheet::new("people.csv", header).expect("columns");
    for (n, row) in rows.iter().enumerate() {
        sheet.push(n as u32 + 2, row, true).expect("as many cells as columns");
    }
    sheet
}

/// What became of the entities. Each change of an older row must be told as a merger or a split.
fn told(before: &[RowResult], state: &State, changes: &[Change]) {
    let moved: HashSet<(u32, u32)> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Created { .. } => None,
            Change::Merged { from, into } | Change::Split { from, into } => Some((*from, *into)),
        })
        .collect();
    let changed: Vec<(u32, u32)> = before
        .iter()
        .zip(state.rows())
        .map(|(old, new)| (old.entity, new.entity))
        .filter(|(old, new)| old != new)
        .collect();
    assert!(changed.iter().all(|change| moved.contains(change)), "an entity changed without a word");
    let joined =
        state.rows()[before.len()..].iter().filter(|row| (row.entity as usize) < before.len()).count();
    println!(
        "{joined} of the new rows joined entities known before; {} of {} older rows changed theirs, by {} mergers and splits",
        changed.len(),
        before.len(),
        moved.len()
    );
}

fn took(begun: Instant, clock: f64) -> String {
    format!(
        "{:.1} s by the clock, {:.1} s of the processor",
        begun.elapsed().as_secs_f64(),
        processor() - clock
    )
}

/// Seconds of the processor that this program has used.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold blanks; user and system time are the 12th and 13th word after it.
    let after = stat.rsplit(')').next().unwrap_or_default();
    after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
        / TICKS
}

/// The most memory that this program has held, in KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse().unwrap_or_default()
}
