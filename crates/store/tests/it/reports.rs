use gnomon_domain::{State, Verdict};
use gnomon_kernel::{Level, Money, Month, UserId};
use gnomon_store::{LevelCounts, Totals, Warning};

use crate::{
    bench::Bench,
    make::{day, in_state, save, warning},
};

fn closed(n: usize, verdict: Verdict, days: i64) -> Warning {
    let mut warning = in_state(n, State::Closed);
    warning.matter.verdict = Some(verdict);
    warning.closed_at = Some(warning.raised_at + chrono::Duration::days(days));
    if verdict == Verdict::True {
        (warning.matter.to_recover, warning.matter.recovered) = (Some(Money(900)), Money(400));
    }
    warning
}

async fn fill(bench: &Bench) {
    let mut held = in_state(5, State::Disposing);
    held.matter.assignee = UserId::parse("usr_wu");
    held.matter.due = day("2025-11-01");
    let mut elsewhere = warning(6);
    (elsewhere.model, elsewhere.pack, elsewhere.region_code) = ("TC-CON-001".into(), "TC".into(), None);
    let rest = [
        closed(0, Verdict::True, 2),
        closed(1, Verdict::True, 4),
        closed(2, Verdict::Explained, 9),
        closed(3, Verdict::CannotTell, 30),
        in_state(4, State::Withdrawn),
    ];
    let tx = bench.store.write().await.unwrap();
    tx.add_warnings(&rest).await.unwrap();
    tx.add_warnings(&[held, elsewhere]).await.unwrap();
    save(tx).await;
}

pub async fn counts_and_sums(bench: &Bench) {
    fill(bench).await;
    let tx = bench.store.read().await.unwrap();
    let expected = Totals {
        verified_true: 2,
        explained: 1,
        cannot_tell: 1,
        to_recover: Money(1800),
        recovered: Money(800),
        overdue: 1,
    };
    assert_eq!(tx.totals(day("2025-11-22")).await.unwrap(), expected);
    let states = tx.counts_by_state().await.unwrap();
    assert_eq!(states[5], (State::Closed, LevelCounts { red: 2, yellow: 1, blue: 1 }));
    assert_eq!(states.len(), State::ALL.len());
    let per_day = tx.raised_per_day(day("2025-11-21")).await.unwrap();
    assert_eq!(per_day, [(day("2025-11-21"), LevelCounts { red: 3, yellow: 2, blue: 2 })]);
    assert!(tx.raised_per_day(day("2025-11-22")).await.unwrap().is_empty());
    let per_month = tx.facts_per_month(Month::new(202401).unwrap()).await.unwrap();
    assert_eq!(per_month, [(Month::new(202403).unwrap(), LevelCounts { red: 3, yellow: 1, blue: 2 })]);
    let places = tx.open_by_place().await.unwrap();
    assert_eq!(places.len(), 2);
    assert!(
        places.iter().any(|p| p.township.as_deref() == Some("870121005") && p.pack == "BF" && p.open == 1)
    );
    assert!(places.iter().any(|p| p.township.is_none() && p.pack == "TC"));
    assert_eq!(tx.open_by_holder().await.unwrap(), [(UserId::parse("usr_wu").unwrap(), 1)]);
    assert_eq!(Level::ALL[0], Level::Red);
}

pub async fn records_of_models(bench: &Bench) {
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.totals(day("2025-11-22")).await.unwrap(), Totals::default());
    assert!(tx.model_records(None).await.unwrap().is_empty());
    drop(tx);
    fill(bench).await;
    let tx = bench.store.read().await.unwrap();
    let records = tx.model_records(None).await.unwrap();
    assert_eq!(records.len(), 2);
    let record = tx.model_records(Some("BF-GEN-001")).await.unwrap().remove(0);
    assert_eq!((record.hits, record.open, record.verified), (5, 1, 4));
    assert_eq!((record.verified_true, record.explained, record.recovered), (2, 1, Money(800)));
    assert_eq!(record.median_days, Some(4));
    assert_eq!(records[1].median_days, None);
}
