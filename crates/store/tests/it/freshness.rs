use chrono::TimeDelta;
use gnomon_domain::{Origin, Outcome};
use gnomon_kernel::{BatchId, Month};
use gnomon_store::{BatchCounts, Covered, Delay, Lack, MonthRows, NewBatch};

use crate::{
    bench::Bench,
    make::{IDS, at, day, noon, officer, run, run_model, save},
};

pub async fn a_delay_is_open_until_it_is_cured(bench: &Bench) {
    let mut late = Delay {
        dataset: "payroll".into(),
        due_on: day("2025-11-20"),
        reminded_at: noon(),
        degraded_at: None,
        cured_at: None,
    };
    let other = Delay { dataset: "cadre_roster".into(), ..late.clone() };
    let tx = bench.store.write().await.unwrap();
    tx.put_delay(&late).await.unwrap();
    tx.put_delay(&other).await.unwrap();
    late.degraded_at = Some(noon() + TimeDelta::days(30));
    tx.put_delay(&late).await.unwrap();
    assert_eq!(tx.open_delays().await.unwrap(), [other.clone(), late.clone()]);
    late.cured_at = Some(noon() + TimeDelta::days(31));
    tx.put_delay(&late).await.unwrap();
    save(tx).await;
    assert_eq!(bench.store.read().await.unwrap().open_delays().await.unwrap(), [other]);
}

pub async fn rows_count_for_the_month_in_which_they_came(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let deliveries = [
        ("payroll", "2025-09-30T15:59:59Z", 10),
        ("payroll", "2025-09-30T16:00:00Z", 20), // October in Shanghai
        ("payroll", "2025-10-31T15:00:00.123456Z", 5),
        ("cadre_roster", "2025-10-10T04:00:00Z", 7),
    ];
    for (n, (dataset, received, accepted)) in deliveries.into_iter().enumerate() {
        let new = NewBatch {
            id: BatchId::new(IDS),
            dataset: dataset.into(),
            name: "发放表.xlsx".into(),
            gathered: false,
            request: None,
            origin: Origin::File,
            note: String::new(),
            sha256: format!("{n}"),
            bytes: 1,
            received_at: at(received),
        };
        let batch = tx.begin_batch(&new, &officer()).await.unwrap();
        let counts = BatchCounts { accepted, ..BatchCounts::default() };
        tx.accept_batch(&batch.id, &counts, &[], noon()).await.unwrap();
        let refused = NewBatch { id: BatchId::new(IDS), ..new };
        tx.begin_batch(&refused, &officer()).await.unwrap();
    }
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let rows = |dataset: &str, month, rows| MonthRows {
        dataset: dataset.into(),
        month: Month::new(month).unwrap(),
        rows,
    };
    let all = [rows("payroll", 202509, 10), rows("cadre_roster", 202510, 7), rows("payroll", 202510, 25)];
    assert_eq!(tx.rows_received(None).await.unwrap(), all);
    assert_eq!(tx.rows_received(Some("cadre_roster")).await.unwrap().len(), 1);
}

pub async fn what_models_lacked_is_told_by_run(bench: &Bench) {
    let run = run();
    let mut lacking = run_model(&run, "BF-GEN-001");
    (lacking.outcome, lacking.missing) = (Outcome::CannotTell, vec!["cremation_record".into()]);
    let mut spoke = run_model(&run, "KR-BUS-001");
    (spoke.outcome, spoke.without) = (Outcome::Spoke, vec!["payroll".into()]);
    let tx = bench.store.write().await.unwrap();
    tx.add_run(&run, &officer(), &[lacking, spoke]).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let lack = Lack { missing: vec!["cremation_record".into()], asked_at: noon(), models: 2 };
    assert_eq!(tx.lacks(noon()).await.unwrap(), [lack]);
    assert!(tx.lacks(noon() + TimeDelta::seconds(1)).await.unwrap().is_empty());
}

pub async fn coverage_is_that_of_one_version(bench: &Bench) {
    let cell = |region: &str, month, rows| Covered {
        region: region.into(),
        month: Month::new(month).unwrap(),
        rows,
    };
    let old = [cell("870121001", 202509, 3), cell("", 202509, 1)];
    let new = [cell("870121001", 202509, 4), cell("870121002", 202510, 5_000_000_000)];
    let tx = bench.store.write().await.unwrap();
    tx.replace_coverage("payroll", 3, &old).await.unwrap();
    tx.replace_coverage("cadre_roster", 9, &[]).await.unwrap();
    tx.replace_coverage("payroll", 4, &new).await.unwrap();
    save(tx).await;
    let tx = bench.store.write().await.unwrap();
    assert_eq!(tx.coverage("payroll").await.unwrap(), new);
    let versions: Vec<(String, u64)> = tx.coverage_versions().await.unwrap().into_iter().collect();
    assert_eq!(versions, [("cadre_roster".into(), 9), ("payroll".into(), 4)]);
    tx.forget_coverage("payroll").await.unwrap();
    assert!(tx.coverage("payroll").await.unwrap().is_empty());
    assert_eq!(tx.coverage_versions().await.unwrap().len(), 1);
}
