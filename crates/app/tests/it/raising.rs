use gnomon_app::{Review, RunCounts};
use gnomon_domain::{Actor, Role, State, Step, Verdict};
use gnomon_kernel::{Level, Money};
use gnomon_library::analytics::Finding;
use gnomon_testkit::{Bench, finding};

fn at_level(n: u32, level: Level) -> Finding {
    Finding { level, ..finding(n) }
}

fn more_months(n: u32) -> Finding {
    let mut changed = finding(n);
    changed.evidence[0].1 = 3.into();
    changed
}

async fn steps(bench: &Bench) -> Vec<Step> {
    let seen = bench.only().await;
    let view = bench.app.warning(&Actor::system(), &seen.warning).await.unwrap();
    view.timeline.into_iter().map(|entry| entry.step).collect()
}

#[tokio::test]
async fn findings_become_warnings_once() {
    let bench = Bench::new().await;
    bench.says(vec![finding(1), finding(2), finding(2)]);
    assert_eq!(bench.run().await, RunCounts { found: 3, raised: 2, ..RunCounts::default() });
    let inbox = bench.all().await;
    assert_eq!(
        inbox.items.iter().map(|item| item.number.as_str()).collect::<Vec<_>>(),
        ["W-25-000002", "W-25-000001"]
    );
    assert_eq!((inbox.items[0].state, inbox.items[0].due), (State::New, "2025-12-05".parse().unwrap()));
    assert_eq!(bench.run().await, RunCounts { found: 3, unchanged: 2, ..RunCounts::default() });
    assert_eq!(bench.all().await.items.len(), 2);
}

#[tokio::test]
async fn other_facts_refresh_and_another_level_is_noted() {
    let bench = Bench::new().await;
    bench.says(vec![finding(1)]);
    bench.run().await;
    bench.says(vec![more_months(1)]);
    assert_eq!(bench.run().await, RunCounts { found: 1, refreshed: 1, ..RunCounts::default() });
    bench.says(vec![at_level(1, Level::Red)]);
    assert_eq!(bench.run().await.refreshed, 1);
    assert_eq!(steps(&bench).await, [Step::Raise, Step::Refresh, Step::ChangeLevel]);
    assert_eq!(bench.all().await.items[0].level, Level::Red);
}

#[tokio::test]
async fn what_is_no_longer_found_is_withdrawn_and_raised_anew_later() {
    let bench = Bench::new().await;
    bench.says(vec![finding(1)]);
    bench.run().await;
    bench.says(vec![]);
    assert_eq!(bench.run().await, RunCounts { withdrawn: 1, ..RunCounts::default() });
    assert_eq!(bench.all().await.items[0].state, State::Withdrawn);
    bench.says(vec![finding(1)]);
    assert_eq!(bench.run().await.raised, 1);
    assert_eq!(bench.all().await.items.len(), 2);
}

#[tokio::test]
async fn what_somebody_acted_on_stays_and_carries_a_note() {
    let bench = Bench::new().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let handler = bench.person("handler", Role::Handler).await;
    let seen = bench.assigned(&officer, &handler).await;
    bench.app.verify(&handler, &seen, Verdict::True, "属实").await.unwrap();
    bench.app.dispose(&handler, &seen, Money(100), "通知退款").await.unwrap();
    bench.says(vec![]);
    assert_eq!(bench.run().await.withdrawn, 0);
    bench.run().await;
    let view = bench.app.warning(&officer, &seen.warning).await.unwrap();
    assert_eq!((view.item.state, view.item.vanished), (State::Disposing, true));
    bench.says(vec![finding(1)]);
    assert_eq!(bench.run().await.refreshed, 1);
    let expected = [Step::Raise, Step::Assign, Step::Verify, Step::Dispose, Step::Vanish, Step::Refresh];
    assert_eq!(steps(&bench).await, expected);
}

#[tokio::test]
async fn a_run_that_could_not_have_found_it_withdraws_nothing() {
    let bench = Bench::new().await;
    bench.says(vec![finding(1)]);
    bench.run_as("2025-10-31", &[]).await;
    bench.says(vec![]);
    assert_eq!(bench.run_as("2025-10-31", &["BF-GEN-001.grace_months=6"]).await.withdrawn, 0);
    assert_eq!(bench.run_as("2025-09-30", &[]).await.withdrawn, 0);
    let same_as_default = bench.run_as("2025-11-30", &["BF-GEN-001.grace_months=1"]).await;
    assert_eq!(same_as_default.withdrawn, 1);
}

/// Takes the one warning through the loop to its end.
async fn closed(bench: &Bench, verdict: Verdict) {
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let handler = bench.person("handler", Role::Handler).await;
    let leader = bench.person("leader", Role::Leader).await;
    let seen = bench.assigned(&officer, &handler).await;
    bench.app.verify(&handler, &seen, verdict, "已走访").await.unwrap();
    if verdict == Verdict::True {
        bench.app.dispose(&handler, &seen, Money(0), "已纠正").await.unwrap();
    }
    bench.app.submit(&handler, &seen, "").await.unwrap();
    bench.app.review(&leader, &seen, Review::Accept { note: String::new() }).await.unwrap();
}

#[tokio::test]
async fn an_explained_finding_stays_quiet_until_it_gets_stronger() {
    let bench = Bench::new().await;
    closed(&bench, Verdict::Explained).await;
    assert_eq!(bench.run().await, RunCounts { found: 1, suppressed: 1, ..RunCounts::default() });
    bench.says(vec![more_months(1)]);
    assert_eq!(bench.run().await.suppressed, 1);
    bench.says(vec![at_level(1, Level::Red)]);
    assert_eq!(bench.run().await.raised, 1);
}

#[tokio::test]
async fn a_true_finding_stays_quiet_until_its_facts_change() {
    let bench = Bench::new().await;
    closed(&bench, Verdict::True).await;
    let mut delivered_again = finding(1);
    delivered_again.rows[0].batch = 9;
    bench.says(vec![delivered_again]);
    assert_eq!(bench.run().await.suppressed, 1);
    bench.says(vec![more_months(1)]);
    assert_eq!(bench.run().await.raised, 1);
}
