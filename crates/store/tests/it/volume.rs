use std::time::Instant;

use gnomon_domain::Matter;
use gnomon_store::{Filter, Finding, Warning};

use crate::{
    bench::Bench,
    make::{day, finding, noon, run, save, warning},
};

const COUNT: usize = 30_000;

/// Times go to the test's output; how fast it is to be stands in the benchmarks.
pub async fn thirty_thousand_findings(bench: &Bench) {
    let run = run();
    let findings: Vec<Finding> = (0..COUNT).map(|n| finding(&run.id, n)).collect();
    let warnings: Vec<Warning> = (0..COUNT).map(warning).collect();
    let (_, entry) = Matter::raise(findings[0].level, day("2025-12-05"), noon());
    let events: Vec<_> = warnings.iter().map(|warning| (warning.id.clone(), entry.clone())).collect();
    let tx = bench.store.write().await.unwrap();
    let start = Instant::now();
    tx.add_findings(&findings).await.unwrap();
    let stored = start.elapsed();
    tx.add_warnings(&warnings).await.unwrap();
    let raised = start.elapsed();
    tx.add_events(&events).await.unwrap();
    save(tx).await;
    let whole = start.elapsed();
    let tx = bench.store.read().await.unwrap();
    let start = Instant::now();
    let counts = tx.inbox_counts(&Filter::default()).await.unwrap();
    let counted = start.elapsed();
    let page = tx.inbox(&Filter::default(), None, 50).await.unwrap();
    let paged = start.elapsed();
    assert_eq!((counts.total() as usize, page.warnings.len()), (COUNT, 50));
    let start = Instant::now();
    let text = Filter { text: Some("0011".into()), ..Filter::default() };
    assert!(!tx.inbox(&text, None, 50).await.unwrap().warnings.is_empty());
    let searched = start.elapsed();
    assert_eq!(tx.open_warnings_of("BF-GEN-001").await.unwrap().len(), COUNT);
    println!(
        "{COUNT} findings {stored:?}, with warnings {raised:?}, with timelines {whole:?}; counts {counted:?}, page {:?}, search {searched:?}",
        paged - counted
    );
}
