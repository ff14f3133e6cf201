//! `kill -9` while models run: a later run finds the same.

use std::{fs, process::Command, time::Instant};

use crate::{bench::Bench, interrupted_intake::moments};

const KILLS: usize = 4;

/// Processes that this one started.
fn children(process: u32) -> Vec<String> {
    let listed = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    listed.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn findings_and_warnings_are_the_same_after_it() {
    let bench = Bench::plain();
    let county = bench.path("county").display().to_string();
    bench.run(&["county", "--people", "2000", "--seed", "3", "--out", &county]).with_status(0);
    bench.run(&["intake", "--folder", &county]);
    let begun = Instant::now();
    bench.run(&["run", "--all"]).with_status(0);
    let whole = begun.elapsed();
    let (findings, warnings) = (bench.findings(), bench.run(&["warnings"]).json());
    assert!(!findings.is_empty());
    for (round, moment) in (0..KILLS).zip(moments(4)) {
        let mut run = bench.start(&["run", "--all"]);
        std::thread::sleep(whole.mul_f64(moment));
        if round % 2 == 0 {
            // The worker alone: another one takes the run up.
            for worker in children(run.id()) {
                let _ = Command::new("kill").args(["-9", &worker]).status();
            }
            assert!(run.wait().unwrap().success(), "round {round}");
            assert_eq!(bench.findings(), findings, "round {round}");
        } else {
            run.kill().unwrap();
            run.wait().unwrap();
        }
        bench.run(&["run", "--all"]).with_status(0);
        assert_eq!(bench.findings(), findings, "round {round}");
        assert_eq!(bench.run(&["warnings"]).json(), warnings, "round {round}");
    }
}
