//! What was kept back and is still open.

use chrono::TimeDelta;
use gnomon_app::{Batch, Delivered, QuarantineFilter, Result};
use gnomon_domain::Actor;
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{FaultCount, IngestReport, RejectedRow, RejectedRows};
use gnomon_testkit::{Bench, report};

async fn take(bench: &Bench, name: &str) -> Result<Batch> {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, name).unwrap();
    bench.app.intake(&Actor::system(), &Delivered::new("payroll", &path, name), &|_| {}).await
}

fn faulty(column: &str, code: Code, rows: u64) -> IngestReport {
    let fault = FaultCount { column: column.into(), code: code.word().into(), rows };
    IngestReport { rejected: rows, faults: vec![fault], ..report() }
}

async fn count(bench: &Bench) -> u64 {
    bench.app.quarantine_count(&Actor::system()).await.unwrap()
}

#[tokio::test]
async fn rows_stand_by_column_and_reason_the_longest_and_most_first() {
    let bench = Bench::new().await;
    bench.answer(|answers| {
        answers.reports = [
            ("old.csv".into(), faulty("month", Code::Month, 4)),
            ("new.csv".into(), faulty("person_id", Code::IdCheck, 10)),
            ("same.csv".into(), faulty("", Code::Duplicate, 90)),
        ]
        .into();
    });
    let old = take(&bench, "old.csv").await.unwrap();
    bench.wait(TimeDelta::days(30));
    take(&bench, "new.csv").await.unwrap();
    take(&bench, "same.csv").await.unwrap();
    let app = &bench.app;
    let desk = |filter: QuarantineFilter| async move {
        let desk = app.quarantine(&Actor::system(), &filter).await.unwrap();
        desk.groups.iter().map(|group| (group.held.code, group.open(), group.days)).collect::<Vec<_>>()
    };
    let plain = QuarantineFilter::default();
    assert_eq!(desk(plain.clone()).await, [(Code::Month, 4, 30), (Code::IdCheck, 10, 0)]);
    let duplicates = QuarantineFilter { code: Some(Code::Duplicate), ..plain.clone() };
    assert_eq!(desk(duplicates).await, [(Code::Duplicate, 90, 0)]);
    assert_eq!(desk(QuarantineFilter { days: Some(7), ..plain.clone() }).await, [(Code::Month, 4, 30)]);
    let elsewhere = QuarantineFilter { department: Some("民政局".into()), ..plain.clone() };
    assert!(desk(elsewhere).await.is_empty());
    let here =
        QuarantineFilter { department: Some("财政局".into()), dataset: Some("payroll".into()), ..plain };
    assert_eq!(desk(here).await.len(), 2);
    assert_eq!(count(&bench).await, 2);

    let rows = (2..6).map(|line| RowRef { batch: old.number, sheet: 0, line });
    let refused = |row| RejectedRow {
        row,
        column: "月份".into(),
        code: Code::Month.word().into(),
        found: String::new(),
        expected: String::new(),
        cells: vec![],
        mends: None,
    };
    let mends: Vec<RowRef> = rows.clone().take(3).collect();
    bench.answer(|answers| {
        answers.rejected = RejectedRows { rows: rows.map(refused).collect(), ..RejectedRows::default() };
        let mending = IngestReport { rejected: 0, mends, ..report() };
        drop(answers.reports.insert("mended.xlsx".into(), mending));
    });
    take(&bench, "mended.xlsx").await.unwrap();
    let desk = bench.app.quarantine(&Actor::system(), &QuarantineFilter::default()).await.unwrap();
    let month = desk.groups.iter().find(|group| group.held.code == Code::Month).unwrap();
    assert_eq!((month.open(), month.held.mended, &month.oldest.id), (1, 3, &old.id));
    assert_eq!(desk.deliveries.iter().map(|one| one.rows - one.mended).collect::<Vec<_>>(), [10, 1]);
}

#[tokio::test]
async fn files_wait_for_their_header_or_for_another_file() {
    let bench = Bench::new().await;
    bench.answer(|answers| {
        answers.refusals = [("a.csv".into(), Code::HeaderUnknown), ("b.csv".into(), Code::FileEmpty)].into();
    });
    take(&bench, "a.csv").await.unwrap_err();
    take(&bench, "b.csv").await.unwrap_err();
    let desk = bench.app.quarantine(&Actor::system(), &QuarantineFilter::default()).await.unwrap();
    assert_eq!((desk.layouts.count, desk.layouts.shown[0].name.as_str()), (1, "a.csv"));
    assert_eq!((desk.files.count, desk.files.shown[0].name.as_str()), (1, "b.csv"));
    assert_eq!(count(&bench).await, 2);
    bench.answer(|answers| answers.refusals.clear());
    take(&bench, "a.csv").await.unwrap();
    assert_eq!(count(&bench).await, 1);
}

#[tokio::test]
async fn what_was_not_counted_when_it_came_is_counted_later() {
    let bench = Bench::new().await;
    take(&bench, "a.csv").await.unwrap();
    assert_eq!(count(&bench).await, 0, "a row was refused and nothing says why");
    let refused = RejectedRow {
        row: RowRef { batch: 1, sheet: 0, line: 9 },
        column: "身份证号".into(),
        code: Code::IdCheck.word().into(),
        found: String::new(),
        expected: String::new(),
        cells: vec![],
        mends: None,
    };
    bench
        .answer(|answers| answers.rejected = RejectedRows { rows: vec![refused], ..RejectedRows::default() });
    bench.app.link(&Actor::system()).await.unwrap();
    let desk = bench.app.quarantine(&Actor::system(), &QuarantineFilter::default()).await.unwrap();
    assert_eq!((desk.groups[0].held.column.as_str(), desk.groups[0].open()), ("person_id", 1));
    assert_eq!(count(&bench).await, 1);
}
