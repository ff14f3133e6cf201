//! Withdrawing and replacing deliveries.

use gnomon_app::{Batch, Delivered};
use gnomon_domain::{Actor, BatchState, Role, Step};
use gnomon_kernel::Code;
use gnomon_testkit::{Bench, finding};

async fn take(bench: &Bench, name: &str, instead_of: Option<&Batch>) -> gnomon_app::Result<Batch> {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, name).unwrap();
    let instead_of = instead_of.map(|batch| &batch.id);
    let file = Delivered { instead_of, ..Delivered::new("payroll", &path, name) };
    bench.app.intake(&Actor::system(), &file, &|_| {}).await
}

async fn states(bench: &Bench) -> Vec<BatchState> {
    let batches = bench.app.batches(&Actor::system(), None, None, 10).await.unwrap();
    batches.into_iter().rev().map(|batch| batch.state).collect()
}

#[tokio::test]
async fn a_delivery_is_withdrawn_once_and_for_a_reason() {
    let bench = Bench::new().await;
    let batch = take(&bench, "a.csv", None).await.unwrap();
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let withdraw = |reason: &'static str| bench.app.withdraw(&officer, &batch.id, reason, &|_| {});
    assert_eq!(withdraw("  ").await.unwrap_err().code(), Code::Missing);
    assert_eq!(withdraw("误报").await.unwrap().state, BatchState::Withdrawn);
    assert_eq!(withdraw("误报").await.unwrap_err().code(), Code::State);
    assert_eq!(states(&bench).await, [BatchState::Withdrawn]);
    assert!(bench.trail(batch.id.as_str()).await.iter().any(|line| line.starts_with("withdraw_data ")));
    assert!(take(&bench, "a.csv", None).await.is_ok(), "the same bytes may come again");
}

#[tokio::test]
async fn open_warnings_that_cite_it_are_told() {
    let bench = Bench::new().await;
    let batch = take(&bench, "a.csv", None).await.unwrap();
    let citing = finding(1);
    assert!(citing.rows.iter().all(|row| row.batch == batch.number));
    bench.says(vec![citing]);
    bench.run().await;
    bench.app.withdraw(&Actor::system(), &batch.id, "误报", &|_| {}).await.unwrap();
    let seen = bench.only().await;
    let view = bench.app.warning(&Actor::system(), &seen.warning).await.unwrap();
    let last = view.timeline.last().unwrap();
    assert_eq!((last.step, last.note.as_str()), (Step::LoseSource, "a.csv"));
}

#[tokio::test]
async fn a_replacement_that_is_refused_changes_nothing() {
    let bench = Bench::new().await;
    let first = take(&bench, "a.csv", None).await.unwrap();
    bench.answer(|answers| {
        answers.refusals.insert("bad.csv".into(), Code::ColumnMissing);
    });
    assert_eq!(take(&bench, "bad.csv", Some(&first)).await.unwrap_err().code(), Code::ColumnMissing);
    assert_eq!(states(&bench).await, [BatchState::Accepted, BatchState::Refused]);
    let better = take(&bench, "b.csv", Some(&first)).await.unwrap();
    assert_eq!(better.state, BatchState::Accepted);
    assert_eq!(states(&bench).await, [BatchState::Withdrawn, BatchState::Refused, BatchState::Accepted]);
    assert_eq!(take(&bench, "c.csv", Some(&first)).await.unwrap_err().code(), Code::State);
}

/// Begins a replacement that never ends, as if the process was killed in the middle of it.
async fn killed(bench: &Bench, first: &Batch) {
    bench.answer(|answers| answers.dies_at = Some("payroll".into()));
    let path = bench.dir.path().join("killed.csv");
    std::fs::write(&path, "killed").unwrap();
    let (app, first) = (bench.app.clone(), first.id.clone());
    let work = tokio::spawn(async move {
        let file = Delivered { instead_of: Some(&first), ..Delivered::new("payroll", &path, "killed.csv") };
        app.intake(&Actor::system(), &file, &|_| {}).await
    });
    while bench.store.read().await.unwrap().unfinished_rebuilds().await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    work.abort();
    assert!(work.await.unwrap_err().is_cancelled());
    bench.answer(|answers| answers.dies_at = None);
}

#[tokio::test]
async fn a_replacement_that_died_is_wholly_done_or_not_at_all() {
    for is_in in [true, false] {
        let bench = Bench::new().await;
        let first = take(&bench, "a.csv", None).await.unwrap();
        killed(&bench, &first).await;
        bench.answer(|answers| answers.is_in = is_in);
        bench.app.recover().await.unwrap();
        let expected = match is_in {
            true => [BatchState::Withdrawn, BatchState::Accepted],
            false => [BatchState::Accepted, BatchState::Interrupted],
        };
        assert_eq!(states(&bench).await, expected);
        assert!(bench.store.read().await.unwrap().unfinished_rebuilds().await.unwrap().is_empty());
    }
}
