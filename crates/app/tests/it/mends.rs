//! Refused rows that come back mended.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use gnomon_app::{Batch, Delivered, RejectedForm, RejectedWords};
use gnomon_domain::Actor;
use gnomon_kernel::{Code, Lang, RowRef};
use gnomon_library::analytics::{IngestReport, RejectedRow, RejectedRows};
use gnomon_testkit::{Bench, report};

async fn take(bench: &Bench, name: &str) -> Batch {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, name).unwrap();
    bench.app.intake(&Actor::system(), &Delivered::new("payroll", &path, name), &|_| {}).await.unwrap()
}

fn line(batch: &Batch, line: u32) -> RowRef {
    RowRef { batch: batch.number, sheet: 0, line }
}

fn refused(row: RowRef, column: &str, code: Code, cells: &[&str]) -> RejectedRow {
    RejectedRow {
        row,
        column: column.into(),
        code: code.word().into(),
        found: String::new(),
        expected: "2024-03".into(),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        mends: None,
    }
}

/// A delivery with three refused rows, and one that mends the first two of them.
async fn mended(bench: &Bench) -> (Batch, Batch) {
    let first = take(bench, "first.csv").await;
    let rows = [2, 3, 4].map(|at| refused(line(&first, at), "月份", Code::Month, &["8701", "三月"])).to_vec();
    let header = vec!["身份证号".into(), "月份".into()];
    bench.answer(|answers| answers.rejected = RejectedRows { header, rows, ..RejectedRows::default() });
    let mends = vec![line(&first, 2), line(&first, 3)];
    bench.answer(|answers| {
        drop(answers.reports.insert("second.xlsx".into(), IngestReport { mends, ..report() }))
    });
    let second = take(bench, "second.xlsx").await;
    (first, second)
}

async fn open(bench: &Bench, batch: &Batch) -> u64 {
    let left_out = bench.app.left_out(&Actor::system(), &batch.id).await.unwrap();
    left_out.reasons.iter().map(|reason| reason.rows).sum()
}

async fn sheets(bench: &Bench, batch: &Batch) -> Vec<Vec<Vec<String>>> {
    let words = RejectedWords {
        lang: Lang::Zh,
        headings: [""; 6],
        reason: &|code| format!("原因 {}", code.number()),
    };
    let file =
        bench.app.rejected_file(&Actor::system(), &batch.id, RejectedForm::Xlsx, &words).await.unwrap();
    assert!(file.name.ends_with(".xlsx"), "{}", file.name);
    let mut book = Xlsx::new(Cursor::new(file.bytes)).unwrap();
    let sheets = book.worksheets().into_iter();
    let texts = |row: &[calamine::Data]| {
        let text = |cell: &calamine::Data| match cell {
            calamine::Data::Empty => String::new(),
            calamine::Data::String(text) => text.clone(),
            other => panic!("{other:?} is no text"),
        };
        row.iter().map(text).collect()
    };
    sheets.map(|(_, sheet)| sheet.rows().map(texts).collect()).collect()
}

#[tokio::test]
async fn they_are_open_no_more_until_what_mends_them_is_withdrawn() {
    let bench = Bench::new().await;
    let (first, second) = mended(&bench).await;
    assert_eq!(bench.answer_of(|answers| answers.ordered[1].mendable.to_vec()), [first.number]);
    assert_eq!((open(&bench, &first).await, first.counts.rejected), (1, 1));
    let view = bench.app.delivery(&Actor::system(), &first.id).await.unwrap();
    let menders: Vec<_> = view.menders.iter().map(|mender| (&mender.id, mender.rows)).collect();
    assert_eq!(menders, [(&second.id, 2)]);
    let sheet = sheets(&bench, &first).await.remove(0);
    assert_eq!(sheet.iter().map(|row| row[2].as_str()).collect::<Vec<_>>(), ["圭表行号", "1-1-4"]);

    bench.app.withdraw(&Actor::system(), &second.id, "误报", &|_| {}).await.unwrap();
    assert_eq!(open(&bench, &first).await, 3);
    assert!(bench.app.delivery(&Actor::system(), &first.id).await.unwrap().menders.is_empty());
}

#[tokio::test]
async fn what_is_withdrawn_or_elsewhere_is_not_mended() {
    let bench = Bench::new().await;
    let first = take(&bench, "first.csv").await;
    bench.app.withdraw(&Actor::system(), &first.id, "误报", &|_| {}).await.unwrap();
    let mends = vec![line(&first, 2), RowRef { batch: 77, sheet: 0, line: 2 }];
    bench.answer(|answers| {
        drop(answers.reports.insert("second.csv".into(), IngestReport { mends, ..report() }))
    });
    take(&bench, "second.csv").await;
    let tx = bench.store.read().await.unwrap();
    for number in [first.number, 77] {
        assert!(tx.mended_rows(number).await.unwrap().is_empty(), "{number}");
    }
}

#[tokio::test]
async fn the_workbook_names_each_row_and_marks_the_cell_at_fault() {
    let bench = Bench::new().await;
    let batch = take(&bench, "first.csv").await;
    let header = ["身份证号", "Gnomon row", "月份", "圭表应为"].map(str::to_owned).to_vec();
    let rows = vec![
        refused(line(&batch, 2), "月份", Code::Month, &["870121198506143217", "1-1-9", "=1+1", "x"]),
        refused(line(&batch, 3), "", Code::RowWidth, &["870121198506143217", "", "2024-03", "", "surplus"]),
    ];
    bench.answer(|answers| answers.rejected = RejectedRows { header, rows, ..RejectedRows::default() });
    let sheets = sheets(&bench, &batch).await;
    assert_eq!(sheets.len(), 1);
    let expected = [
        ["身份证号", "月份", "圭表行号", "圭表退回原因", "圭表应为", ""],
        ["870121198506143217", "=1+1", "1-1-2", "原因 1012", "2024-03", ""],
        ["870121198506143217", "2024-03", "1-1-3", "原因 1023", "2024-03", "surplus"],
    ];
    assert_eq!(
        sheets[0], expected,
        "a column of our own from before gives way, and what is too much stays too much"
    );
}

#[tokio::test]
async fn many_rows_are_on_several_sheets() {
    let bench = Bench::new().await;
    let batch = take(&bench, "first.csv").await;
    let row = |at| refused(line(&batch, at), "", Code::Duplicate, &["8701"]);
    let rows = (2..100_003).map(row).collect();
    let header = vec!["身份证号".into()];
    bench.answer(|answers| answers.rejected = RejectedRows { header, rows, ..RejectedRows::default() });
    let sheets = sheets(&bench, &batch).await;
    assert_eq!(sheets.iter().map(Vec::len).collect::<Vec<_>>(), [100_001, 2]);
    assert_eq!(sheets[1][1][1], "1-1-100002");
}
