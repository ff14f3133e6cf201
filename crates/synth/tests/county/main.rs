//! A small county, written and looked at as its readers would.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

mod library;
mod lists;
mod reading;
mod types;

use std::{collections::BTreeMap, fs, path::Path};

use gnomon_synth::{CountySpec, Summary, SynthError, write_county};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn write(people: u32, seed: u64, out: &Path) -> Summary {
    write_county(&CountySpec { people, seed }, out, &mut |_| {}).unwrap()
}

/// Path below the folder → hash.
fn hashes(root: &Path, below: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            hashes(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let digest = Sha256::digest(fs::read(&path).unwrap());
            found.insert(name, digest.iter().map(|byte| format!("{byte:02x}")).collect());
        }
    }
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let folders: Vec<_> = [(2_500, 3), (2_500, 3), (2_500, 4)]
        .into_iter()
        .map(|(people, seed)| {
            let folder = tempfile::tempdir().unwrap();
            write(people, seed, folder.path());
            let mut found = BTreeMap::new();
            hashes(folder.path(), folder.path(), &mut found);
            found
        })
        .collect();
    assert_eq!(folders[0], folders[1]);
    let same = folders[0].iter().filter(|(name, hash)| folders[2].get(*name) == Some(hash)).count();
    assert!(same <= 1, "{same} files are the same for another seed; only README.txt may be");
}

#[test]
fn a_county_holds_what_its_manifest_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut reports = Vec::new();
    let spec = CountySpec { people: 8_000, seed: 11 };
    let summary = write_county(&spec, folder.path(), &mut |progress| reports.push(progress)).unwrap();
    let last = reports.last().unwrap();
    assert_eq!(last.done, summary.files.iter().map(|file| file.rows).sum::<u64>());
    assert!(reports.iter().all(|report| report.done <= report.total));
    assert!((120_000..400_000).contains(&last.done), "{}", last.done);

    let manifest = lines(&folder.path().join("manifest.jsonl"));
    assert_eq!(manifest[0]["today"], "2025-06-30");
    assert_eq!(manifest.len(), summary.files.len() + 1);
    let datasets: std::collections::BTreeSet<&str> = summary.files.iter().map(|file| file.dataset).collect();
    assert_eq!(datasets.len(), 51, "{datasets:?}");
    for file in &summary.files {
        let rows = reading::rows(&folder.path().join(&file.file), file);
        assert_eq!(rows.len() as u64, file.rows, "{}", file.file);
    }
    let order: Vec<&String> = summary.files.iter().map(|file| &file.file).collect();
    assert!(order.is_sorted(), "files are read in the order of their names");
}

#[test]
fn dirt_breaks_only_the_rows_that_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let summary = write(10_000, 5, folder.path());
    let mut broken_in_all = 0;
    for file in &summary.files {
        let dataset = &library::LIBRARY[file.dataset];
        let broken = reading::broken_rows(&folder.path().join(&file.file), file, dataset);
        assert_eq!(broken, file.expect_rejected, "{}", file.file);
        broken_in_all += broken;
    }
    assert!(broken_in_all > 60, "{broken_in_all}");
}

#[test]
fn headers_are_words_that_the_datasets_accept() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..4 {
        let summary = write(2_000, seed, folder.path());
        for file in &summary.files {
            let header = reading::header(&folder.path().join(&file.file), file);
            library::check_header(file, &header);
        }
    }
}

#[test]
fn answers_name_subjects_that_are_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let summary = write(20_000, 2, folder.path());
    let answers = lines(&folder.path().join("answers.jsonl"));
    assert_eq!(answers.len(), summary.planted + summary.look_alikes);
    let mut wanted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for answer in &answers {
        let kind = answer["kind"].as_str().unwrap();
        *counts.entry((answer["model"].as_str().unwrap(), kind)).or_default() += 1;
        assert!(
            !answer["note_zh"].as_str().unwrap().is_empty()
                && !answer["note_en"].as_str().unwrap().is_empty()
        );
        for file in answer["files"].as_array().unwrap() {
            wanted.entry(file.as_str().unwrap()).or_default().push(answer["subject"].as_str().unwrap());
        }
    }
    let models: std::collections::BTreeSet<&str> = counts.keys().map(|(model, _)| *model).collect();
    assert_eq!(models.len(), 24, "{counts:?}");
    assert!(counts.iter().all(|(_, count)| *count >= 2), "{counts:?}");
    let found = reading::subjects_found(folder.path(), &summary, &wanted);
    let missing: Vec<&Value> =
        answers.iter().filter(|answer| !found.contains(answer["subject"].as_str().unwrap())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_county_is_neither_a_hamlet_nor_a_country() {
    let folder = tempfile::tempdir().unwrap();
    let result = write_county(&CountySpec { people: 10, seed: 1 }, folder.path(), &mut |_| {});
    assert!(matches!(result, Err(SynthError::People { .. })));
}
