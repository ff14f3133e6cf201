use gnomon_kernel::{Code, Measure, MeasureKind, RowRef};
use gnomon_store::{Batch, BatchCounts, Mend, NewBatch, Tx};

use crate::{
    bench::Bench,
    deliveries::{COUNTS, new_batch},
    make::{noon, officer, save},
};

async fn begin(tx: &Tx, dataset: &str, name: &str, gathered: bool) -> Batch {
    let new = NewBatch { gathered, ..new_batch(dataset, name) };
    tx.begin_batch(&new, &officer()).await.unwrap()
}

async fn accepted(tx: &Tx, dataset: &str, name: &str) -> Batch {
    let batch = begin(tx, dataset, name, false).await;
    tx.accept_batch(&batch.id, &COUNTS, &[], noon()).await.unwrap();
    batch
}

fn line(batch: &Batch, line: u32) -> RowRef {
    RowRef { batch: batch.number, sheet: 1, line }
}

/// Rows that are mended, with what had been wrong with them.
pub fn mends(rows: &[RowRef]) -> Vec<Mend> {
    rows.iter().map(|row| Mend { row: *row, column: "person_id".into(), code: Code::IdCheck }).collect()
}

pub async fn quality_is_kept_with_its_delivery(bench: &Bench) {
    let measure = |kind, kept| Measure { kind, part: 9_949, whole: 10_000, limit: 9_950, kept };
    let measures = [measure(MeasureKind::KeysFilled, false), measure(MeasureKind::Duplicates, true)];
    let tx = bench.store.write().await.unwrap();
    let batch = begin(&tx, "payroll", "aa", true).await;
    assert_eq!((batch.measures.len(), batch.gathered), (0, true));
    tx.accept_batch(&batch.id, &COUNTS, &measures, noon()).await.unwrap();
    let read = tx.batch(&batch.id).await.unwrap().unwrap();
    assert_eq!((read.measures.as_slice(), read.gaps().count()), (measures.as_slice(), 1));
    tx.recount_batch(&batch.id, &COUNTS, &measures[1..]).await.unwrap();
    assert_eq!(tx.batch(&batch.id).await.unwrap().unwrap().gaps().count(), 0);
    save(tx).await;
}

pub async fn a_row_is_mended_once(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let first = accepted(&tx, "payroll", "aa").await;
    let foreign = accepted(&tx, "death_certificate", "bb").await;
    let gone = accepted(&tx, "payroll", "cc").await;
    tx.withdraw_batch(&gone.id).await.unwrap();
    let second = accepted(&tx, "payroll", "dd").await;
    let third = accepted(&tx, "payroll", "ee").await;
    assert_eq!(tx.mendable("payroll", third.number).await.unwrap(), [first.number, second.number]);

    let named = [line(&first, 4), line(&first, 7), line(&foreign, 1), line(&gone, 1), line(&third, 1)];
    tx.set_mends(&second, &mends(&named)).await.unwrap();
    tx.set_mends(&third, &mends(&[line(&first, 7), line(&first, 8)])).await.unwrap();
    for other in [&foreign, &gone, &third] {
        assert!(tx.mended_rows(other.number).await.unwrap().is_empty());
    }
    let mended = [line(&first, 4), line(&first, 7), line(&first, 8)];
    assert_eq!(tx.mended_rows(first.number).await.unwrap(), mended.into());
    let menders = tx.menders(first.number).await.unwrap();
    let rows: Vec<_> = menders.iter().map(|mender| (&mender.id, mender.number, mender.rows)).collect();
    assert_eq!(rows, [(&second.id, second.number, 2), (&third.id, third.number, 1)]);

    tx.forget_mends(&second.id).await.unwrap();
    tx.set_mends(&third, &mends(&[line(&first, 7)])).await.unwrap();
    assert_eq!(tx.mended_rows(first.number).await.unwrap(), [line(&first, 7)].into());
    save(tx).await;
}

pub async fn only_whole_files_are_a_yardstick(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let mut last = 0;
    for (at, gathered) in [(1, false), (2, true), (3, false), (4, false), (5, false)] {
        let batch = begin(&tx, "payroll", &at.to_string(), gathered).await;
        tx.accept_batch(&batch.id, &BatchCounts { rows: at, corrected: 0, ..COUNTS }, &[], noon())
            .await
            .unwrap();
        last = batch.number;
        match at {
            3 => tx.withdraw_batch(&batch.id).await.unwrap(),
            4 => tx.set_mends(&batch, &mends(&[RowRef { batch: 1, sheet: 0, line: 2 }])).await.unwrap(),
            _ => {}
        }
    }
    let corrections = begin(&tx, "payroll", "corrections", false).await;
    let counts = BatchCounts { rows: 3, corrected: 2, ..COUNTS };
    tx.accept_batch(&corrections.id, &counts, &[], noon()).await.unwrap();
    accepted(&tx, "death_certificate", "other").await;
    assert_eq!(tx.earlier_rows("payroll", last + 9, 6).await.unwrap(), [5, 1]);
    assert_eq!(tx.earlier_rows("payroll", last, 6).await.unwrap(), [1]);
    assert_eq!(tx.earlier_rows("payroll", last + 9, 1).await.unwrap(), [5]);
    save(tx).await;
}
