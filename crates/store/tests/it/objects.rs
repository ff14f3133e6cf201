use chrono::TimeDelta;
use gnomon_domain::State;

use crate::{
    bench::Bench,
    make::{finding, in_state, noon, officer, run, save, warning},
};

pub async fn what_was_found_about_a_subject_comes_back(bench: &Bench) {
    let (first, second) = (run(), run());
    let tx = bench.store.write().await.unwrap();
    tx.add_run(&first, &officer(), &[]).await.unwrap();
    tx.add_run(&second, &officer(), &[]).await.unwrap();
    let mut tried = finding(&first.id, 1);
    tried.model = "BF-TRY-002".into();
    let again = gnomon_store::Finding { run: second.id.clone(), ..tried.clone() };
    tx.add_findings(&[finding(&first.id, 1), finding(&first.id, 2), tried, again]).await.unwrap();
    let mut closed = in_state(1, State::Closed);
    closed.raised_at -= TimeDelta::days(300);
    closed.dedupe = "disabled".into();
    closed.number = "W-24-000009".into();
    tx.add_warnings(&[warning(1), warning(2), closed]).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let subject = finding(&first.id, 1).subject;
    let about = tx.warnings_about(&subject, 10).await.unwrap();
    let numbers: Vec<&str> = about.iter().map(|warning| warning.number.as_str()).collect();
    assert_eq!(numbers, ["W-25-000002", "W-24-000009"], "closed ones too, the newest first");
    assert_eq!(tx.warnings_about(&subject, 1).await.unwrap().len(), 1);
    let unraised = tx.unraised_about(&subject, 10).await.unwrap();
    assert_eq!(unraised.len(), 1, "found twice, and once by a model whose finding a warning carries");
    assert_eq!((unraised[0].model.as_str(), &unraised[0].run), ("BF-TRY-002", &second.id));
    assert!(tx.unraised_about("870121198506143299", 10).await.unwrap().is_empty());
}

pub async fn openings_are_forgotten(bench: &Bench) {
    let later = noon() + TimeDelta::minutes(31);
    let tx = bench.store.write().await.unwrap();
    tx.add_opening("one", noon(), noon()).await.unwrap();
    tx.add_opening("two", noon(), noon()).await.unwrap();
    tx.add_opening("two", later, noon()).await.unwrap();
    assert_eq!(tx.opening("two").await.unwrap(), Some(later), "opened again");
    tx.add_opening("three", later, later).await.unwrap();
    assert_eq!(tx.opening("one").await.unwrap(), None);
    assert_eq!(tx.opening("two").await.unwrap(), Some(later));
}
