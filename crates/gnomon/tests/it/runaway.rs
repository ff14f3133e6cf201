//! Models that eat memory or time: they end with a clear word, and everything else goes on.

use std::time::{Duration, Instant};

use crate::{
    bench::Bench,
    model_files::{model, row_of},
    people::grant,
};

/// A deployment with some thousand rows and one more model.
fn bench(sql: &str, run: &str) -> Bench {
    let bench = Bench::with_library(&[("models/tt/runaway.toml", &model("TT-BAD-001", sql, ""))]);
    let lines: Vec<String> = (0..3_000).map(|n| grant(n, "2024-01", "500")).collect();
    bench.grants("a.csv", &lines);
    bench.configure(&format!("[run]\n{run}\n"));
    bench
}

/// Runs all models of the pack; the runaway must fail with this code, the other one speak.
fn ends_with(bench: &Bench, code: &str) {
    let begun = Instant::now();
    let (status, rows) = bench.models(&["--pack", "TT"]);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let failed = row_of(&rows, "TT-BAD-001");
    assert_eq!((status, &failed["outcome"]), (1, &"failed".into()), "{failed}");
    let detail = failed["detail"].as_str().unwrap();
    assert!(detail.starts_with(code), "{detail}");
    let other = row_of(&rows, "TT-GEN-001");
    assert_eq!((&other["outcome"], &other["findings"]), (&"spoke".into(), &3_000.into()));
    assert_eq!(bench.findings().len(), 3_000);
}

const HOARDER: &str = "select 'x' as subject, 'x' as dedupe, cardinality(array_agg(a.person_id || b.person_id)) as n \
    from grant a cross join grant b cross join grant c";

#[test]
fn memory_that_the_engine_counts() {
    ends_with(&bench(HOARDER, "memory_mib = 64\nworker_mib = 4096\nseconds = 20"), "G1305");
}

#[test]
fn memory_that_only_the_operating_system_counts() {
    ends_with(&bench(HOARDER, "memory_mib = 100000\nworker_mib = 2048\nseconds = 60"), "G1305");
}

#[test]
fn time() {
    let sql = "select min(a.person_id) as subject, min(b.person_id) as dedupe, count(*) as n \
        from grant a cross join grant b cross join grant c cross join grant d where a.amount + b.amount + c.amount > d.amount + 1";
    ends_with(&bench(sql, "seconds = 2"), "G1306");
}

#[test]
fn more_findings_than_a_run_may_report() {
    let sql = "select a.person_id as subject, b.person_id as dedupe from grant a cross join grant b";
    ends_with(&bench(sql, "findings = 5000\nseconds = 20"), "G1307");
}

#[test]
fn a_worker_that_cannot_start() {
    let bench = bench(HOARDER, "worker_mib = 64");
    let said = bench.run(&["run", "--model", "TT-GEN-001"]).with_status(1);
    assert!(said.err.contains("worker_mib = 64"), "{}", said.err);
}
