//! One delivery with what rests on it.

use gnomon_app::{Batch, Delivered, Review, Seen};
use gnomon_domain::{Actor, BatchState, Role, Verdict};
use gnomon_kernel::{BatchId, Code};
use gnomon_testkit::{Bench, finding};

async fn take(bench: &Bench, name: &str, instead_of: Option<&Batch>) -> Batch {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, name).unwrap();
    let instead_of = instead_of.map(|batch| &batch.id);
    let file = Delivered { instead_of, ..Delivered::new("payroll", &path, name) };
    bench.app.intake(&Actor::system(), &file, &|_| {}).await.unwrap()
}

#[tokio::test]
async fn it_names_the_open_warnings_that_cite_it_and_nobody_in_them() {
    let bench = Bench::new().await;
    let batch = take(&bench, "a.csv", None).await;
    let other = take(&bench, "b.csv", None).await;
    bench.says((1..=60).map(finding).collect());
    bench.run().await;
    let leader = bench.person("leader", Role::Leader).await;
    let view = bench.app.delivery(&leader, &batch.id).await.unwrap();
    assert_eq!((view.batch.name.as_str(), view.withdrawal), ("a.csv", None));
    assert_eq!((view.citing.len(), view.citing_count), (50, 60));
    let all = format!("{:?}", view.citing);
    assert!(!all.contains("19850614") && !all.contains("三丰"), "{all}");
    assert_eq!(bench.app.delivery(&leader, &other.id).await.unwrap().citing_count, 0);
}

#[tokio::test]
async fn closed_warnings_rest_on_it_no_more() {
    let bench = Bench::new().await;
    let batch = take(&bench, "a.csv", None).await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let handler = bench.person("handler", Role::Handler).await;
    let seen: Seen = bench.assigned(&officer, &handler).await;
    assert_eq!(bench.app.delivery(&officer, &batch.id).await.unwrap().citing[0].id, seen.warning);
    bench.app.verify(&handler, &seen, Verdict::Explained, "核实").await.unwrap();
    bench.app.submit(&handler, &seen, "").await.unwrap();
    bench.app.review(&officer, &seen, Review::Accept { note: String::new() }).await.unwrap();
    assert_eq!(bench.app.delivery(&officer, &batch.id).await.unwrap().citing_count, 0);
}

#[tokio::test]
async fn it_says_why_it_was_taken_out_and_what_took_its_place() {
    let bench = Bench::new().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let first = take(&bench, "a.csv", None).await;
    let better = take(&bench, "b.csv", Some(&first)).await;
    let view = bench.app.delivery(&officer, &first.id).await.unwrap();
    assert_eq!(view.batch.state, BatchState::Withdrawn);
    let withdrawal = view.withdrawal.unwrap();
    assert_eq!((withdrawal.reason.as_str(), withdrawal.replaced_by.as_ref()), ("b.csv", Some(&better.id)));
    bench.app.withdraw(&officer, &better.id, " 部门报错了月份 ", &|_| {}).await.unwrap();
    let withdrawal = bench.app.delivery(&officer, &better.id).await.unwrap().withdrawal.unwrap();
    assert_eq!((withdrawal.reason.as_str(), withdrawal.replaced_by), ("部门报错了月份", None));
    assert_eq!(withdrawal.at, bench.app.now());
}

#[tokio::test]
async fn it_is_for_those_who_may_see_data() {
    let bench = Bench::new().await;
    let batch = take(&bench, "a.csv", None).await;
    let handler = bench.person("handler", Role::Handler).await;
    assert_eq!(bench.app.delivery(&handler, &batch.id).await.unwrap_err().code(), Code::Forbidden);
    let unknown = BatchId::parse("bat_none").unwrap();
    assert_eq!(bench.app.delivery(&Actor::system(), &unknown).await.unwrap_err().code(), Code::NotFound);
}
