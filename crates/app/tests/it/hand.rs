//! Rows that somebody types.

use gnomon_app::{Batch, Origin, TypedRow, TypedRows};
use gnomon_domain::{Actor, Role};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{IngestReport, RejectedRow, RejectedRows};
use gnomon_testkit::{Bench, report};

const NUMBER: &str = "870121198506143216";

fn row(cells: &[(&str, &str)]) -> TypedRow {
    let cells = cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    TypedRow { cells, ..TypedRow::default() }
}

fn typed(rows: Vec<TypedRow>) -> TypedRows {
    TypedRows { dataset: "payroll".into(), reason: " 凭证 2025-117 ".into(), rows }
}

/// What was received last, as text.
fn received(bench: &Bench, batch: &Batch) -> String {
    bench.answer_of(|answers| String::from_utf8(answers.received[&batch.sha256].clone()).unwrap())
}

#[tokio::test]
async fn they_are_a_delivery_of_their_own_that_says_why() {
    let bench = Bench::new().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let clean = IngestReport { rows: 2, accepted: 2, rejected: 0, ..report() };
    bench.answer(|answers| drop(answers.reports.insert("hand-payroll-20251121T020000.csv".into(), clean)));
    let rows = vec![
        row(&[("person_id", NUMBER), ("month", "2025-03"), ("amount", "12,000.50")]),
        row(&[("person_id", "  ")]),
        row(&[("person_id", NUMBER), ("month", "2025-04\n")]),
    ];
    let done = bench.app.add_rows(&officer, &typed(rows)).await.unwrap();
    let batch = bench.app.delivery(&officer, &done.batch.id).await.unwrap().batch;
    assert_eq!((batch.origin, batch.note.as_str(), batch.gathered), (Origin::Hand, "凭证 2025-117", true));
    assert_eq!((batch.by_name.as_str(), done.faults.len()), ("OFFICER", 0));
    let expected =
        format!("身份证号,月份,金额,圭表行号\n{NUMBER},2025-03,\"12,000.50\",\n{NUMBER},2025-04,,\n");
    assert_eq!(received(&bench, &batch), expected, "blank rows are no rows, and no cell is two lines");
    let trail = bench.trail(batch.id.as_str()).await;
    assert!(trail[0].contains("typed: 凭证 2025-117"), "{trail:?}");
    let order = bench.answer_of(|answers| answers.ordered.last().unwrap().clone());
    assert!(order.confirmed, "a few rows are no shrunken file");
}

#[tokio::test]
async fn what_lacks_a_reason_or_a_required_cell_changes_nothing() {
    let bench = Bench::new().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let rows = vec![row(&[]), row(&[("month", "2025-03")])];
    let lacking = TypedRows { reason: " ".into(), ..typed(rows) };
    let error = bench.app.add_rows(&officer, &lacking).await.unwrap_err();
    let fields: Vec<&str> = error.problems().iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["reason", "c1-person_id"]);
    let error = bench.app.add_rows(&officer, &typed(vec![row(&[]); 3])).await.unwrap_err();
    assert_eq!(error.problems()[0].field, "rows");
    let many = typed(vec![row(&[("person_id", NUMBER)]); 21]);
    assert_eq!(bench.app.add_rows(&officer, &many).await.unwrap_err().code(), Code::TooLarge);
    let unknown = TypedRows { dataset: "nothing".into(), ..many };
    assert_eq!(bench.app.add_rows(&officer, &unknown).await.unwrap_err().code(), Code::DatasetUnknown);
    assert!(bench.app.batches(&Actor::system(), None, None, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_row_that_cannot_be_used_comes_back_under_its_name() {
    let bench = Bench::new().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let kept_as = RowRef { batch: 1, sheet: 0, line: 3 };
    let refused = RejectedRow {
        row: kept_as,
        column: "月份".into(),
        code: Code::Month.word().into(),
        found: "三月".into(),
        expected: "2024-03".into(),
        cells: vec![],
        mends: None,
    };
    bench.answer(|answers| {
        answers.rejected = RejectedRows { rows: vec![refused], ..RejectedRows::default() };
    });
    let good = row(&[("person_id", NUMBER), ("month", "2025-03")]);
    let bad = row(&[("person_id", NUMBER), ("month", "三月")]);
    let done = bench.app.add_rows(&officer, &typed(vec![good, row(&[]), bad.clone()])).await.unwrap();
    let fault = &done.faults[0];
    assert_eq!((fault.row, fault.column.as_str(), fault.code), (2, "month", Code::Month));
    assert_eq!((fault.found.as_str(), fault.kept_as), ("三月", kept_as));
    let again = TypedRow { mends: Some(fault.kept_as), ..bad };
    let done = bench.app.add_rows(&officer, &typed(vec![again])).await.unwrap();
    assert!(received(&bench, &done.batch).ends_with(",三月,,1-1-3\n"));
}
