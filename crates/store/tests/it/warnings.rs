use gnomon_domain::{Event, Matter, State, Step, Verdict};
use gnomon_kernel::{Level, Money, UserId};
use gnomon_store::{Error, Recovery, Settled};

use crate::{
    bench::Bench,
    make::{day, in_state, noon, officer, save, warning},
};

pub async fn only_one_of_a_kind_is_open(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let numbers = tx.take_warning_numbers(day("2025-11-21"), 2).await.unwrap();
    assert_eq!(numbers, ["W-25-000001", "W-25-000002"]);
    assert_eq!(tx.take_warning_numbers(day("2026-01-01"), 1).await.unwrap(), ["W-26-000001"]);
    let mut closed = in_state(1, State::Closed);
    closed.number = "W-25-000077".into();
    tx.add_warnings(&[warning(1), closed]).await.unwrap();
    save(tx).await;
    let tx = bench.store.write().await.unwrap();
    let mut again = warning(1);
    again.number = "W-25-000078".into();
    assert!(matches!(tx.add_warnings(&[again]).await, Err(Error::Conflict)));
    drop(tx);
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.open_warnings_of("BF-GEN-001").await.unwrap().len(), 1);
}

pub async fn two_changes_of_one_version_conflict(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let raised = warning(4);
    tx.add_warnings(std::slice::from_ref(&raised)).await.unwrap();
    save(tx).await;
    let mut one = raised.clone();
    one.matter.state = State::Closed;
    one.matter.recovered = Money(7);
    one.closed_at = Some(noon());
    let tx = bench.store.write().await.unwrap();
    tx.update_warning(&one).await.unwrap();
    save(tx).await;
    let tx = bench.store.write().await.unwrap();
    assert!(matches!(tx.update_warning(&raised).await, Err(Error::Conflict)));
    drop(tx);
    let tx = bench.store.read().await.unwrap();
    one.version = 1;
    assert_eq!(tx.warning(&raised.id).await.unwrap(), Some(one));
}

pub async fn a_dropped_transaction_leaves_nothing(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let raised = warning(4);
    tx.add_warnings(std::slice::from_ref(&raised)).await.unwrap();
    drop(tx);
    let tx = bench.store.write().await.unwrap();
    assert_eq!(tx.warning(&raised.id).await.unwrap(), None);
}

pub async fn timelines_recoveries_and_settlements_come_back(bench: &Bench) {
    let raised = warning(4);
    let (matter, first) = Matter::raise(Level::Red, day("2025-12-05"), noon());
    let to = UserId::parse("usr_handler").unwrap();
    let assign = Event::Assign { to, name: "吴敏".into(), due: day("2025-12-06"), note: "急".into() };
    let (_, second) = matter.apply(assign, &officer(), noon()).unwrap();
    let tx = bench.store.write().await.unwrap();
    tx.add_warnings(std::slice::from_ref(&raised)).await.unwrap();
    let events = [first, second].map(|entry| (raised.id.clone(), entry));
    tx.add_events(&events).await.unwrap();
    let recovery = Recovery {
        amount: Money(500),
        day: day("2025-11-20"),
        note: "票 1".into(),
        by_name: "周宁".into(),
        at: noon(),
    };
    tx.add_recovery(&raised.id, &recovery, &officer()).await.unwrap();
    let mut settled = Settled {
        model: raised.model.clone(),
        subject: raised.subject.clone(),
        dedupe: raised.dedupe.clone(),
        warning: raised.id.clone(),
        verdict: Verdict::CannotTell,
        level: Level::Yellow,
        facts: "f".into(),
        at: noon(),
    };
    tx.settle(&settled).await.unwrap();
    settled.verdict = Verdict::Explained;
    tx.settle(&settled).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let timeline = tx.timeline(&raised.id).await.unwrap();
    assert_eq!(timeline, events.map(|(_, entry)| entry));
    assert_eq!((timeline[1].step, timeline[1].from), (Step::Assign, Some(State::New)));
    assert_eq!(tx.recoveries(&raised.id).await.unwrap(), [recovery]);
    assert_eq!(tx.settled(&raised.model).await.unwrap(), [settled]);
}
