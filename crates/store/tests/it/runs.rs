use gnomon_domain::{Outcome, RunState};
use gnomon_kernel::Code;
use gnomon_store::{Finding, FindingsOf, RunCounts};

use crate::{
    bench::Bench,
    make::{day, finding, noon, officer, run, run_model, save},
};

pub async fn a_run_is_kept_with_all_that_repeats_it(bench: &Bench) {
    let run = run();
    let mut spoke = run_model(&run, "BF-GEN-001");
    let mut failed = run_model(&run, "KR-BUS-001");
    let tx = bench.store.write().await.unwrap();
    tx.add_run(&run, &officer(), &[spoke.clone(), failed.clone()]).await.unwrap();
    assert_eq!(tx.last_day_of_model("BF-GEN-001").await.unwrap(), None);
    spoke.outcome = Outcome::Spoke;
    spoke.counts = RunCounts { found: 9, raised: 4, refreshed: 1, unchanged: 2, suppressed: 2, withdrawn: 3 };
    spoke.versions = vec![("payroll".into(), 7)];
    spoke.without = vec!["cremation_record".into()];
    (failed.outcome, failed.code, failed.attempts) = (Outcome::Failed, Some(Code::ModelMemory), 2);
    failed.missing = vec!["enterprise_officer".into()];
    tx.update_run_model(&spoke).await.unwrap();
    tx.update_run_model(&failed).await.unwrap();
    tx.start_run(&run.id, noon()).await.unwrap();
    assert_eq!(tx.latest_run().await.unwrap(), None);
    tx.finish_run(&run.id, RunState::Finished, noon()).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let kept = tx.latest_run().await.unwrap().unwrap();
    assert_eq!(
        (kept.state, kept.started_at, kept.by_name.as_str()),
        (RunState::Finished, Some(noon()), "周宁")
    );
    assert_eq!(tx.run_models(&run.id).await.unwrap(), [spoke.clone(), failed]);
    assert_eq!(tx.runs_of_model("BF-GEN-001", 5).await.unwrap(), [(kept.clone(), spoke)]);
    assert_eq!(tx.last_day_of_model("BF-GEN-001").await.unwrap(), Some(day("2024-12-31")));
    assert_eq!(tx.runs(None, 5).await.unwrap(), [kept]);
    assert!(tx.runs(Some(noon()), 5).await.unwrap().is_empty());
}

pub async fn findings_come_back_in_pages(bench: &Bench) {
    let run = run();
    let mut other = finding(&run.id, 9);
    other.model = "KR-BUS-001".into();
    let stored: Vec<Finding> = (0..3).map(|n| finding(&run.id, n)).chain([other]).collect();
    let tx = bench.store.write().await.unwrap();
    let first = tx.add_findings(&stored).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let of = |model, after| FindingsOf { model, after, limit: 2 };
    let page = tx.findings(&run.id, &of(Some("BF-GEN-001"), 0)).await.unwrap();
    let numbered = |n: usize| Finding { id: first + n as i64, ..stored[n].clone() };
    assert_eq!(page, [numbered(0), numbered(1)]);
    let rest = tx.findings(&run.id, &of(Some("BF-GEN-001"), page[1].id)).await.unwrap();
    assert_eq!(rest, [numbered(2)]);
    assert_eq!(tx.findings_numbered(&[first + 3, first]).await.unwrap(), [numbered(0), numbered(3)]);
}
