use chrono::TimeDelta;
use gnomon_domain::Origin;
use gnomon_kernel::{Code, ReceiptId, RowRef, RunId};
use gnomon_store::{
    Batch, BatchCounts, BatchRefusal, Filter, Finding, HeldFilter, NewBatch, Receipt, RowFault, Tx,
};

use crate::{
    bench::Bench,
    deliveries::{COUNTS, new_batch},
    make::{IDS, finding, noon, officer, save, warning},
    mends::mends,
    pushes::token,
};

const HEADER: [Code; 1] = [Code::HeaderUnknown];

async fn begin(tx: &Tx, name: &str, sha256: &str) -> Batch {
    let new = NewBatch { name: name.into(), ..new_batch("payroll", sha256) };
    tx.begin_batch(&new, &officer()).await.unwrap()
}

async fn accepted(tx: &Tx, sha256: &str, faults: &[RowFault]) -> Batch {
    let batch = begin(tx, "发放表.xlsx", sha256).await;
    tx.accept_batch(&batch.id, &COUNTS, &[], noon()).await.unwrap();
    tx.set_faults(batch.number, faults).await.unwrap();
    batch
}

async fn refused(tx: &Tx, name: &str, sha256: &str, code: Code) -> Batch {
    let batch = begin(tx, name, sha256).await;
    let refusal = BatchRefusal { code, found: String::new(), expected: String::new() };
    tx.refuse_batch(&batch.id, &refusal, noon()).await.unwrap();
    batch
}

fn fault(column: &str, code: Code, rows: u64) -> RowFault {
    RowFault { column: column.into(), code, rows }
}

pub async fn rows_are_open_until_they_are_mended(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let wrong = fault("person_id", Code::IdCheck, 2);
    let first = accepted(&tx, "aa", &[wrong.clone(), fault("", Code::Duplicate, 9)]).await;
    let second = accepted(&tx, "bb", &[wrong.clone(), fault("amount", Code::Money, 1)]).await;
    let gone = accepted(&tx, "cc", std::slice::from_ref(&wrong)).await;
    tx.withdraw_batch(&gone.id).await.unwrap();
    let line = |line| RowRef { batch: first.number, sheet: 0, line };
    tx.set_mends(&second, &mends(&[line(4)])).await.unwrap();

    let except = HeldFilter { except: vec![Code::Duplicate], ..HeldFilter::default() };
    let held = tx.held_rows(&except).await.unwrap();
    let told: Vec<_> = held
        .iter()
        .map(|one| (one.column.as_str(), one.code, one.rows, one.mended, one.deliveries))
        .collect();
    assert_eq!(told, [("amount", Code::Money, 1, 0, 1), ("person_id", Code::IdCheck, 4, 1, 2)]);
    assert_eq!((held[1].oldest, held[1].dataset.as_str()), (first.number, "payroll"));
    let deliveries = tx.held_deliveries(&except, 10).await.unwrap();
    let told: Vec<_> = deliveries.iter().map(|one| (&one.batch.id, one.rows, one.mended)).collect();
    assert_eq!(told, [(&second.id, 3, 0), (&first.id, 2, 1)]);
    assert_eq!(tx.held_count(&except).await.unwrap(), 2);

    let third = accepted(&tx, "dd", &[]).await;
    tx.set_mends(&third, &mends(&[line(4), line(5)])).await.unwrap();
    assert_eq!(tx.held_rows(&except).await.unwrap()[1].deliveries, 1, "the first one is mended");
    let duplicates = HeldFilter { code: Some(Code::Duplicate), ..HeldFilter::default() };
    assert_eq!(tx.held_rows(&duplicates).await.unwrap()[0].rows, 9);
    for none in [
        HeldFilter { datasets: Some(vec!["other".into()]), ..HeldFilter::default() },
        HeldFilter { datasets: Some(vec![]), ..HeldFilter::default() },
        HeldFilter { before: Some(noon()), ..HeldFilter::default() },
    ] {
        assert_eq!((tx.held_rows(&none).await.unwrap().len(), tx.held_count(&none).await.unwrap()), (0, 0));
    }
    assert_eq!(
        tx.uncounted_refusals().await.unwrap()[0].id,
        third.id,
        "two rows of it are refused, nobody says why"
    );
    save(tx).await;
}

pub async fn files_are_open_until_they_are_sent_again(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    refused(&tx, "a.xlsx", "aa", Code::ColumnMissing).await;
    refused(&tx, "a.xlsx", "aa", Code::ColumnMissing).await;
    let unknown = refused(&tx, "b.xlsx", "bb", Code::HeaderUnknown).await;
    let broken = begin(&tx, "c.xlsx", "cc").await;
    tx.interrupt_batch(&broken.id, noon()).await.unwrap();
    let pushed = NewBatch { gathered: true, origin: Origin::Push, ..new_batch("payroll", "dd") };
    let pushed = tx.begin_batch(&pushed, &officer()).await.unwrap();
    tx.refuse_batch(&pushed.id, &again_refusal(), noon()).await.unwrap();
    let all = HeldFilter::default();
    let files = tx.held_files(&all, &HEADER, false, 1).await.unwrap();
    assert_eq!((files.shown[0].id.clone(), files.count), (broken.id.clone(), 2));
    let headers = tx.held_files(&all, &HEADER, true, 10).await.unwrap();
    assert_eq!((headers.shown[0].id.clone(), headers.count), (unknown.id, 1));
    assert_eq!(tx.held_count(&all).await.unwrap(), 3);

    // The same name with other bytes, and the same bytes with another name.
    for (name, sha256) in [("a.xlsx", "ee"), ("d.xlsx", "cc")] {
        let batch = begin(&tx, name, sha256).await;
        tx.accept_batch(&batch.id, &BatchCounts::default(), &[], noon()).await.unwrap();
    }
    assert_eq!(tx.held_files(&all, &HEADER, false, 10).await.unwrap().count, 0);
    save(tx).await;
}

fn again_refusal() -> BatchRefusal {
    BatchRefusal { code: Code::MostlyUnfit, found: "8/9".into(), expected: String::new() }
}

pub async fn refused_pushes_name_their_reason(bench: &Bench) {
    let token = token(bench).await;
    let tx = bench.store.write().await.unwrap();
    let batch = accepted(&tx, "aa", &[]).await;
    let receipt = |outcome| Receipt {
        id: ReceiptId::new(IDS),
        token: token.id.clone(),
        dataset: "payroll".into(),
        outcome,
        settled_at: noon(),
    };
    let refused = receipt(Err(again_refusal()));
    tx.add_receipts(&[refused.clone(), receipt(Ok(batch.id))]).await.unwrap();
    let pushes = tx.held_pushes(&HeldFilter::default(), 10).await.unwrap();
    assert_eq!((pushes.count, &pushes.shown[0].receipt), (1, &refused.id));
    assert_eq!(pushes.shown[0].sender, token.label);
    assert_eq!((&pushes.shown[0].refusal, pushes.shown[0].at), (&again_refusal(), noon()));
    let later = HeldFilter { before: Some(noon() + TimeDelta::days(1)), ..HeldFilter::default() };
    let other = HeldFilter { code: Some(Code::Encoding), ..later.clone() };
    assert_eq!(tx.held_pushes(&later, 10).await.unwrap().count, 1);
    assert_eq!(tx.held_pushes(&other, 10).await.unwrap().count, 0);
    save(tx).await;
}

pub async fn a_tally_follows_what_is_in(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let first = accepted(&tx, "aa", &[]).await;
    let second = accepted(&tx, "bb", &[]).await;
    refused(&tx, "c.xlsx", "cc", Code::ColumnMissing).await;
    let tally = |tallies: Vec<gnomon_store::Tally>| {
        let one = &tallies[0];
        (one.batches, one.rows, one.rejected, one.version, one.last.id.clone())
    };
    assert_eq!(tally(tx.tallies(None).await.unwrap()), (2, 6, 4, 4, second.id.clone()));
    tx.withdraw_batch(&second.id).await.unwrap();
    assert_eq!(tally(tx.tallies(Some("payroll")).await.unwrap()), (1, 3, 2, 4, first.id));
    assert!(tx.tallies(Some("other")).await.unwrap().is_empty());
    save(tx).await;
}

pub async fn a_delivery_is_traced_to_findings_and_warnings(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let runs = [RunId::new(IDS), RunId::new(IDS)];
    let row = |batch| RowRef { batch, sheet: 0, line: 3 };
    let both = |n| Finding { rows: vec![row(7), row(7), row(8)], ..finding(&runs[0], n) };
    tx.add_findings(&[both(0), both(1)]).await.unwrap();
    tx.add_findings(&[Finding { run: runs[1].clone(), ..both(1) }]).await.unwrap();
    let raised = [warning(0), warning(1)];
    tx.add_warnings(&raised).await.unwrap();
    let mut closed = raised[1].clone();
    closed.matter.state = gnomon_domain::State::Closed;
    tx.update_warning(&closed).await.unwrap();
    for one in &raised {
        tx.set_sources(&one.id, &[8]).await.unwrap();
    }
    let traces = tx.traces(8).await.unwrap();
    let told: Vec<_> = traces.iter().map(|one| (one.findings, one.warnings, one.open)).collect();
    assert_eq!((told, traces[0].model.as_str()), (vec![(2, 2, 1)], "BF-GEN-001"));
    assert_eq!(tx.traces(7).await.unwrap()[0].warnings, 0);
    assert!(tx.traces(9).await.unwrap().is_empty());
    let citing = Filter { batch: Some(8), ..Filter::default() };
    let page = tx.inbox(&citing, None, 10).await.unwrap();
    assert_eq!((page.warnings.len(), tx.inbox_counts(&citing).await.unwrap().total()), (1, 1));
    assert_eq!(tx.inbox_counts(&Filter { batch: Some(7), ..citing }).await.unwrap().total(), 0);
    save(tx).await;
}
