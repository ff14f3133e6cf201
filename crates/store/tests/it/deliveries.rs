use gnomon_domain::{BatchState, Origin};
use gnomon_kernel::{BatchId, Code};
use gnomon_store::{BatchCounts, BatchRefusal, Error, NewBatch};

use crate::{
    bench::Bench,
    make::{IDS, noon, officer, save},
};

pub fn new_batch(dataset: &str, sha256: &str) -> NewBatch {
    NewBatch {
        id: BatchId::new(IDS),
        dataset: dataset.into(),
        name: "发放表.xlsx".into(),
        sha256: sha256.into(),
        bytes: 5_000_000_000,
        received_at: noon(),
        gathered: false,
        request: None,
        origin: Origin::File,
        note: String::new(),
    }
}

pub const COUNTS: BatchCounts =
    BatchCounts { rows: 10, accepted: 8, rejected: 2, written: 7, corrected: 1, ended: 3, version: 4 };

pub async fn a_delivery_ends_once(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let first = tx.begin_batch(&new_batch("payroll", "aa"), &officer()).await.unwrap();
    let second = tx.begin_batch(&new_batch("payroll", "bb"), &officer()).await.unwrap();
    let third = tx.begin_batch(&new_batch("payroll", "cc"), &officer()).await.unwrap();
    assert_eq!((first.number, second.number, third.number), (1, 2, 3));
    assert_eq!(tx.unfinished_batches().await.unwrap().len(), 3);
    tx.accept_batch(&first.id, &COUNTS, &[], noon()).await.unwrap();
    assert!(matches!(tx.interrupt_batch(&first.id, noon()).await, Err(Error::Conflict)));
    let refusal =
        BatchRefusal { code: Code::ColumnMissing, found: "姓名".into(), expected: "身份证号".into() };
    tx.refuse_batch(&second.id, &refusal, noon()).await.unwrap();
    tx.interrupt_batch(&third.id, noon()).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let first = tx.batch(&first.id).await.unwrap().unwrap();
    assert_eq!((first.state, first.counts, first.finished_at), (BatchState::Accepted, COUNTS, Some(noon())));
    assert_eq!((first.bytes, first.by_name.as_str()), (5_000_000_000, "周宁"));
    let second = tx.batch(&second.id).await.unwrap().unwrap();
    assert_eq!((second.state, second.refusal), (BatchState::Refused, Some(refusal)));
    let all = tx.batches(None, None, 10).await.unwrap();
    assert_eq!(all.iter().map(|batch| batch.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(tx.batches(Some("payroll"), Some(3), 1).await.unwrap()[0].number, 2);
}

pub async fn the_same_bytes_are_known(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let first = tx.begin_batch(&new_batch("payroll", "aa"), &officer()).await.unwrap();
    assert_eq!(tx.accepted_batch("payroll", "aa").await.unwrap(), None);
    tx.accept_batch(&first.id, &COUNTS, &[], noon()).await.unwrap();
    let known = tx.accepted_batch("payroll", "aa").await.unwrap().unwrap();
    assert_eq!(known.id, first.id);
    assert_eq!(tx.accepted_batch("death_certificate", "aa").await.unwrap(), None);
    assert_eq!(tx.batches_numbered(&[1, 99]).await.unwrap().len(), 1);
    assert_eq!(tx.tallies(None).await.unwrap()[0].last.id, first.id);
}
