//! The same in, the same out.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{bench::Bench, people::grant};

#[test]
fn two_runs_over_the_same_data_find_the_same() {
    let bench = Bench::new();
    let lines: Vec<String> = (0..500).map(|n| grant(n, "2024-01", "500")).collect();
    bench.grants("a.csv", &lines);
    let mut seen = Vec::new();
    for _ in 0..2 {
        let (_, rows) = bench.models(&["--model", "TT-GEN-001"]);
        let run = rows[0]["run"].as_str().unwrap().to_owned();
        let said = bench.run(&["findings", "--run", &run]).with_status(0);
        seen.push(said.out.replace(&run, "run"));
    }
    assert!(seen[0].lines().count() > 500);
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn one_seed_makes_one_county() {
    let bench = Bench::plain();
    let county = |name: &str, seed: &str| {
        let out = bench.path(name);
        bench
            .run(&["county", "--people", "2000", "--seed", seed, "--out", &out.display().to_string()])
            .with_status(0);
        let mut files = BTreeMap::new();
        read(&out, &out, &mut files);
        files
    };
    let (one, other, third) = (county("one", "5"), county("other", "5"), county("third", "6"));
    assert!(one.len() > 50 && one.keys().any(|name| name.ends_with("answers.jsonl")), "{:?}", one.keys());
    assert!(one == other, "the same seed, other bytes");
    assert!(one != third, "another seed, the same bytes");
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            files.insert(path.strip_prefix(root).unwrap().display().to_string(), fs::read(&path).unwrap());
        }
    }
}
