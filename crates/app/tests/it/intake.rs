use std::path::PathBuf;

use gnomon_app::{Batch, Delivered, RejectedForm, RejectedWords, Result};
use gnomon_domain::{Actor, BatchState, Role};
use gnomon_kernel::{Code, Lang, RowRef};
use gnomon_library::analytics::{RejectedRow, RejectedRows};
use gnomon_testkit::Bench;

fn file(bench: &Bench, name: &str, content: &str) -> PathBuf {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

async fn take(bench: &Bench, name: &str, content: &str) -> Result<Batch> {
    let path = file(bench, name, content);
    bench.app.intake(&Actor::system(), &Delivered::new("payroll", &path, name), &|_| {}).await
}

#[tokio::test]
async fn a_file_is_accepted_and_recorded() {
    let bench = Bench::new().await;
    let batch = take(&bench, "a.csv", "one").await.unwrap();
    assert_eq!((batch.number, batch.state), (1, BatchState::Accepted));
    assert_eq!((batch.counts.rows, batch.counts.accepted, batch.counts.rejected), (10, 9, 1));
    assert_eq!(take(&bench, "b.csv", "two").await.unwrap().number, 2);
    let trail = bench.trail(batch.id.as_str()).await;
    assert_eq!(trail, ["upload_data payroll", "upload_data accepted 9 of 10 rows"]);
}

#[tokio::test]
async fn the_same_bytes_are_refused_and_name_the_earlier_batch() {
    let bench = Bench::new().await;
    let first = take(&bench, "a.csv", "one").await.unwrap();
    let again = take(&bench, "renamed.csv", "one").await.unwrap_err();
    assert_eq!(again.code(), Code::FileKnown);
    assert!(again.found().starts_with(first.id.as_str()), "{}", again.found());
}

#[tokio::test]
async fn a_refused_file_is_kept_with_its_reason_and_may_come_again() {
    let bench = Bench::new().await;
    bench.answer(|answers| answers.refusals = [("a.csv".into(), Code::ColumnMissing)].into());
    let refused = take(&bench, "a.csv", "one").await.unwrap_err();
    assert_eq!(
        (refused.code(), refused.found(), refused.expected()),
        (Code::ColumnMissing, "姓名", "身份证号")
    );
    let kept = bench.app.batches(&Actor::system(), Some("payroll"), None, 5).await.unwrap();
    assert_eq!(
        (kept[0].state, kept[0].refusal.as_ref().unwrap().code),
        (BatchState::Refused, Code::ColumnMissing)
    );
    bench.answer(|answers| answers.refusals.clear());
    assert!(take(&bench, "a.csv", "one").await.is_ok());
}

#[tokio::test]
async fn a_full_disk_is_told_as_such() {
    let bench = Bench::new().await;
    bench.answer(|answers| answers.refusals = [("a.csv".into(), Code::DiskFull)].into());
    let full = take(&bench, "a.csv", "one").await.unwrap_err();
    assert_eq!((full.code(), full.code().status()), (Code::DiskFull, 507));
}

#[tokio::test]
async fn unknown_datasets_files_and_roles_are_refused() {
    let bench = Bench::new().await;
    let path = file(&bench, "a.csv", "one");
    let system = Actor::system();
    let unknown =
        bench.app.intake(&system, &Delivered::new("nothing", &path, "a.csv"), &|_| {}).await.unwrap_err();
    assert_eq!(unknown.code(), Code::DatasetUnknown);
    let gone = bench.dir.path().join("gone.csv");
    let missing =
        bench.app.intake(&system, &Delivered::new("payroll", &gone, "gone.csv"), &|_| {}).await.unwrap_err();
    assert_eq!(missing.code(), Code::FileUnreadable);
    let leader = bench.person("leader", Role::Leader).await;
    let forbidden =
        bench.app.intake(&leader, &Delivered::new("payroll", &path, "a.csv"), &|_| {}).await.unwrap_err();
    assert_eq!(forbidden.code(), Code::Forbidden);
}

/// Begins an intake that never ends, as if the process was killed in the middle of it.
async fn killed(bench: &Bench) {
    bench.answer(|answers| answers.dies_at = Some("killed.csv".into()));
    let path = file(bench, "killed.csv", "half");
    let (app, system) = (bench.app.clone(), Actor::system());
    let intake = tokio::spawn(async move {
        app.intake(&system, &Delivered::new("payroll", &path, "killed.csv"), &|_| {}).await
    });
    while bench.store.read().await.unwrap().unfinished_batches().await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(bench.app.recover().await.unwrap().is_empty(), "an intake under way is nobody's to settle");
    intake.abort();
    assert!(intake.await.unwrap_err().is_cancelled());
    bench.answer(|answers| answers.dies_at = None);
}

#[tokio::test]
async fn an_interrupted_batch_that_is_in_is_accepted() {
    let bench = Bench::new().await;
    killed(&bench).await;
    bench.answer(|answers| answers.is_in = true);
    let settled = bench.app.recover().await.unwrap();
    assert_eq!((settled.len(), settled[0].state, settled[0].counts.accepted), (1, BatchState::Accepted, 9));
    assert!(bench.app.recover().await.unwrap().is_empty());
    assert_eq!(take(&bench, "killed.csv", "half").await.unwrap_err().code(), Code::FileKnown);
}

#[tokio::test]
async fn an_interrupted_batch_that_is_not_in_can_come_again() {
    let bench = Bench::new().await;
    killed(&bench).await;
    let again = take(&bench, "killed.csv", "half").await.unwrap();
    assert_eq!((again.number, again.state), (2, BatchState::Accepted));
    let batches = bench.app.batches(&Actor::system(), None, None, 5).await.unwrap();
    assert_eq!(batches[1].state, BatchState::Interrupted);
}

#[tokio::test]
async fn two_intakes_take_turns() {
    let bench = Bench::new().await;
    let (one, other) = tokio::join!(take(&bench, "a.csv", "one"), take(&bench, "b.csv", "two"));
    assert_eq!(one.unwrap().number + other.unwrap().number, 3);
}

#[tokio::test]
async fn a_folder_is_recognised_file_by_file() {
    let bench = Bench::new().await;
    let folder = bench.dir.path().join("in");
    for inner in ["deeper/still", ".hidden"] {
        std::fs::create_dir_all(folder.join(inner)).unwrap();
    }
    for name in ["payroll.csv", "other.csv", ".hidden.csv", "deeper/still/payroll.csv", ".hidden/payroll.csv"]
    {
        std::fs::write(folder.join(name), "x").unwrap();
    }
    let found = bench.app.recognise_folder(&Actor::system(), &folder).await.unwrap();
    let paths: Vec<_> = found.iter().map(|file| file.path.strip_prefix(&folder).unwrap()).collect();
    assert_eq!(paths, ["deeper/still/payroll.csv", "other.csv", "payroll.csv"].map(std::path::Path::new));
    assert_eq!(found[1].dataset.as_ref().unwrap_err().code, Code::FileUnclear);
    assert_eq!(found[0].dataset.as_ref().unwrap(), "payroll");
    assert_eq!(found[2].dataset.as_ref().unwrap(), "payroll");
    let nowhere = bench.app.recognise_folder(&Actor::system(), &folder.join("none")).await.unwrap_err();
    assert_eq!(nowhere.code(), Code::FileUnreadable);
}

fn rejected(found: &str, line: u32) -> RejectedRow {
    RejectedRow {
        row: RowRef { batch: 1, sheet: 0, line },
        column: "身份证号".into(),
        code: "id-check".into(),
        found: found.into(),
        expected: String::new(),
        cells: vec![found.into(), "=1+1".into(), "-5.00".into()],
        mends: None,
    }
}

#[tokio::test]
async fn rejected_rows_are_a_file_for_the_officer_and_counts_for_others() {
    let bench = Bench::new().await;
    let batch = take(&bench, "a.csv", "one").await.unwrap();
    let header = ["身份证号", "备注", "金额"].map(str::to_owned).to_vec();
    let rows = vec![rejected("870121198506143217", 7), rejected("870121198506143218", 9)];
    bench.answer(|answers| {
        answers.rejected =
            RejectedRows { header, rows, unknown: vec!["备注".into()], ..RejectedRows::default() }
    });
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let headings = ["工作表", "行", "列", "原因", "原值", "应为"];
    let words =
        RejectedWords { lang: Lang::Zh, headings, reason: &|code| format!("原因 {}", code.number()) };
    let file = bench.app.rejected_file(&officer, &batch.id, RejectedForm::Csv, &words).await.unwrap();
    assert_eq!(file.name, "rejected-payroll-1.csv");
    let text = String::from_utf8(file.bytes).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "\u{feff}工作表,行,列,原因,原值,应为,身份证号,备注,金额");
    assert_eq!(lines[1], "1,7,身份证号,原因 1006,870121198506143217,,870121198506143217,'=1+1,-5.00");
    let leader = bench.person("leader", Role::Leader).await;
    let refused = bench.app.rejected_file(&leader, &batch.id, RejectedForm::Csv, &words).await.err().unwrap();
    assert_eq!(refused.code(), Code::Forbidden);
    let left_out = bench.app.left_out(&leader, &batch.id).await.unwrap();
    assert_eq!(left_out.unknown, ["备注"]);
    let reasons = left_out.reasons;
    assert_eq!((reasons.len(), reasons[0].rows, reasons[0].code), (1, 2, Code::IdCheck));
    assert_eq!(reasons[0].found, "870121********3217");
    assert!(bench.trail(batch.id.as_str()).await.contains(&"download_rejected 2 rows".to_owned()));
}
