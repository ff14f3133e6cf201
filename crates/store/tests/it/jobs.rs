use chrono::Duration;
use gnomon_domain::{Actor, JobState, Role};
use gnomon_kernel::JobId;

use crate::{
    bench::Bench,
    make::{IDS, noon, officer, save},
};

pub async fn a_job_goes_to_one_worker(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    for n in 0..20 {
        tx.enqueue(&JobId::new(IDS), "run", serde_json::json!({ "n": n }), noon() + Duration::seconds(n))
            .await
            .unwrap();
    }
    save(tx).await;
    let claims = (0..4).map(|worker| {
        let store = bench.store.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            let mut idle = 0;
            while idle < 3 {
                let tx = store.write().await.unwrap();
                let job = tx.claim(&format!("w{worker}"), noon()).await.unwrap();
                tx.commit().await.unwrap();
                match job {
                    Some(job) => mine.push(job.payload["n"].as_i64().unwrap()),
                    None => idle += 1,
                }
            }
            mine
        })
    });
    let mut all = Vec::new();
    for claim in claims.collect::<Vec<_>>() {
        all.extend(claim.await.unwrap());
    }
    all.sort_unstable();
    assert_eq!(all, (0..20).collect::<Vec<i64>>());
}

pub async fn lost_jobs_go_back_and_then_end(bench: &Bench) {
    let id = JobId::new(IDS);
    let tx = bench.store.write().await.unwrap();
    tx.enqueue(&id, "run", serde_json::Value::Null, noon()).await.unwrap();
    assert!(tx.claim_job(&id, "w1", noon()).await.unwrap());
    assert!(!tx.claim_job(&id, "w2", noon()).await.unwrap());
    tx.report_job(&id, "3 of 24", noon() + Duration::seconds(9)).await.unwrap();
    assert_eq!(tx.requeue_lost(noon() + Duration::seconds(9), noon()).await.unwrap(), 0);
    assert_eq!(tx.requeue_lost(noon() + Duration::seconds(10), noon()).await.unwrap(), 1);
    for _ in 0..9 {
        assert_eq!(tx.claim("w3", noon()).await.unwrap().unwrap().id, id);
        tx.requeue_jobs_of("w3").await.unwrap();
    }
    assert!(tx.claim("w3", noon()).await.unwrap().is_some());
    assert_eq!(tx.requeue_lost(noon() + Duration::seconds(1), noon()).await.unwrap(), 0);
    let job = tx.job(&id).await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts, job.progress.as_str()), (JobState::Failed, 11, "3 of 24"));
    let done = JobId::new(IDS);
    tx.enqueue(&done, "run", serde_json::Value::Null, noon()).await.unwrap();
    tx.finish_job(&done, None, noon()).await.unwrap();
    assert_eq!(tx.job(&done).await.unwrap().unwrap().state, JobState::Done);
}

pub async fn the_trail_keeps_what_was_done(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    tx.add_audit(&officer(), "assign", "wrn_1", "to usr_2", noon()).await.unwrap();
    tx.add_audit(&Actor::system(), "raise", "run_1", "", noon()).await.unwrap();
    let trail = tx.audit_trail(None, 10).await.unwrap();
    assert_eq!((trail[0].role, trail[0].by.clone()), (Role::System, None));
    let about = tx.audit_trail(Some("wrn_1"), 10).await.unwrap();
    assert_eq!(about.len(), 1);
    assert_eq!(
        (about[0].action.as_str(), about[0].by_name.as_str(), about[0].at),
        ("assign", "周宁", noon())
    );
}
