//! The quality of deliveries against the limits of their dataset.

use gnomon_app::{Batch, Delivered};
use gnomon_domain::Actor;
use gnomon_kernel::{Code, MeasureKind};
use gnomon_library::analytics::{FaultCount, IngestReport};
use gnomon_testkit::{Bench, report};

async fn take(bench: &Bench, name: &str, instead_of: Option<&Batch>) -> Batch {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, name).unwrap();
    let instead_of = instead_of.map(|batch| &batch.id);
    let file = Delivered { instead_of, ..Delivered::new("payroll", &path, name) };
    bench.app.intake(&Actor::system(), &file, &|_| {}).await.unwrap()
}

fn of_rows(rows: u64) -> IngestReport {
    IngestReport { rows, accepted: rows, rejected: 0, ..report() }
}

fn will_report(bench: &Bench, name: &str, report: IngestReport) {
    bench.answer(|answers| drop(answers.reports.insert(name.into(), report)));
}

fn gaps(batch: &Batch) -> Vec<MeasureKind> {
    batch.gaps().map(|measure| measure.kind).collect()
}

async fn read(bench: &Bench, batch: &Batch) -> Batch {
    bench.app.delivery(&Actor::system(), &batch.id).await.unwrap().batch
}

#[tokio::test]
async fn a_delivery_that_misses_a_limit_is_accepted_with_gaps() {
    let bench = Bench::new().await;
    let fault = FaultCount { column: "person_id".into(), code: Code::IdCheck.word().into(), rows: 1 };
    will_report(&bench, "dirty.csv", IngestReport { faults: vec![fault], ..report() });
    let dirty = take(&bench, "dirty.csv", None).await;
    assert_eq!(
        (gaps(&dirty), gaps(&take(&bench, "clean.csv", None).await)),
        (vec![MeasureKind::NumbersValid], vec![])
    );
    let missed = *dirty.gaps().next().unwrap();
    assert_eq!((missed.part, missed.whole, missed.limit), (9, 10, 9_900));
    assert_eq!(read(&bench, &dirty).await.measures, dirty.measures);
}

#[tokio::test]
async fn the_number_of_rows_is_compared_with_accepted_whole_files() {
    let bench = Bench::new().await;
    for name in ["a.csv", "b.csv", "c.csv"] {
        will_report(&bench, name, of_rows(100));
        assert!(take(&bench, name, None).await.measures.iter().all(|one| one.kind != MeasureKind::RowCount));
    }
    will_report(&bench, "half.csv", of_rows(50));
    let half = take(&bench, "half.csv", None).await;
    assert_eq!(gaps(&half), [MeasureKind::RowCount]);
    assert_eq!(half.gaps().map(|gap| (gap.part, gap.whole)).next(), Some((100, 200)));
}

#[tokio::test]
async fn what_is_taken_out_is_no_yardstick_for_what_is_read_again() {
    let bench = Bench::new().await;
    let first = take(&bench, "first.csv", None).await;
    for name in ["a.csv", "b.csv", "c.csv"] {
        will_report(&bench, name, of_rows(100));
        take(&bench, name, None).await;
    }
    let last = bench.app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0);
    assert_eq!(gaps(&last), [MeasureKind::RowCount; 0], "two others and the first: too near the median");
    bench.app.withdraw(&Actor::system(), &first.id, "误报", &|_| {}).await.unwrap();
    assert!(read(&bench, &last).await.measures.iter().all(|one| one.kind != MeasureKind::RowCount));
}
