//! Headers that nobody knew: proposed, confirmed once, read without asking from then on.

use chrono::TimeDelta;
use gnomon_app::{Batch, Delivered, Error};
use gnomon_domain::{Actor, BatchState, Role};
use gnomon_kernel::Code;
use gnomon_library::{
    column::MoneyUnit,
    layout::{CellMeaning, CellProposal, Reason, SheetProposal},
};
use gnomon_testkit::Bench;

type Meanings = Vec<Option<CellMeaning>>;

fn meanings(columns: &[&str]) -> Meanings {
    columns.iter().map(|name| (!name.is_empty()).then(|| CellMeaning::of(*name))).collect()
}

fn cell(header: &str, column: Option<&str>, is_personal: bool, samples: &[&str]) -> CellProposal {
    CellProposal {
        header: header.into(),
        column: column.map(str::to_owned),
        confidence: 80,
        reason: Reason::Alike,
        unit: None,
        is_personal,
        samples: samples.iter().map(|text| (*text).to_owned()).collect(),
    }
}

fn sheet() -> SheetProposal {
    SheetProposal {
        sheets: vec![String::new()],
        line: Some(1),
        cells: vec![
            cell("证件", Some("person_id"), true, &["870121198506143216"]),
            cell("领款人", None, true, &["张三丰"]),
            cell("实发", Some("amount"), false, &["0.12"]),
            cell("说明", None, false, &["代领 870121198506143216"]),
        ],
    }
}

/// A bench with a sheet of foreign words, and a file that was refused for them.
async fn refused() -> (Bench, Batch) {
    let bench = Bench::new().await;
    bench.answer(|answers| {
        answers.refusals =
            [("a.csv".into(), Code::HeaderUnknown), ("b.csv".into(), Code::HeaderUnknown)].into();
        answers.proposals = vec![sheet()];
    });
    assert_eq!(take(&bench, "a.csv").await.unwrap_err().code(), Code::HeaderUnknown);
    let batch = newest(&bench).await;
    (bench, batch)
}

async fn take(bench: &Bench, name: &str) -> Result<Batch, Error> {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, name).unwrap();
    bench.app.intake(&Actor::system(), &Delivered::new("payroll", &path, name), &|_| {}).await
}

async fn newest(bench: &Bench) -> Batch {
    bench.app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_proposal_shows_nobody() {
    let (bench, batch) = refused().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let found = bench.app.propose_layout(&officer, &batch.id).await.unwrap();
    let samples: Vec<&str> = found.sheets[0].cells.iter().map(|cell| cell.samples[0].as_str()).collect();
    assert_eq!(samples, ["870121********3216", "张**", "0.12", "代领 870121********3216"]);
}

#[tokio::test]
async fn once_confirmed_the_same_bytes_and_the_next_file_come_in() {
    let (bench, batch) = refused().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    assert!(bench.app.delivery(&officer, &batch.id).await.unwrap().asks_for_layout);
    let chosen = [meanings(&["person_id", "", "amount", ""])];
    let taken = bench.app.confirm_layout(&officer, &batch.id, &chosen, &|_| {}).await.unwrap();
    assert_eq!((taken.state, &taken.sha256, &taken.name), (BatchState::Accepted, &batch.sha256, &batch.name));
    let view = bench.app.delivery(&officer, &batch.id).await.unwrap();
    assert_eq!((view.batch.state, view.taken_in_as), (BatchState::Refused, Some(taken.id)));
    assert!(!view.asks_for_layout);
    assert_eq!(take(&bench, "b.csv").await.unwrap().state, BatchState::Accepted);

    let kept = bench.app.layouts(&officer, "payroll").await.unwrap();
    assert_eq!((kept.len(), kept[0].by_name.as_str()), (1, "OFFICER"));
    assert_eq!(kept[0].layout.header, ["证件", "领款人", "实发", "说明"]);
    assert_eq!(
        bench.trail(kept[0].id.as_str()).await,
        ["manage_layouts payroll: 证件 | 领款人 | 实发 | 说明"]
    );
    let again = bench.app.confirm_layout(&officer, &batch.id, &chosen, &|_| {}).await.unwrap_err();
    assert_eq!(again.code(), Code::FileKnown);
}

#[tokio::test]
async fn what_cannot_be_meant_changes_nothing() {
    let (bench, batch) = refused().await;
    let system = Actor::system();
    for (columns, code, field) in [
        (["person_id", "", "person_id", ""], Code::HeaderTwice, "column-0-2"),
        (["", "", "amount", ""], Code::ColumnMissing, "layout"),
        (["", "", "", ""], Code::Missing, "layout"),
        (["person_id", "", "elsewhere", ""], Code::Invalid, "column-0-2"),
    ] {
        let wrong = bench.app.confirm_layout(&system, &batch.id, &[meanings(&columns)], &|_| {}).await;
        let wrong = wrong.unwrap_err();
        assert_eq!((wrong.code(), wrong.problems()[0].field.as_str()), (code, field));
    }
    let wrong =
        bench.app.confirm_layout(&system, &batch.id, &[meanings(&["person_id", "person_id"])], &|_| {}).await;
    assert_eq!(wrong.unwrap_err().found(), "证件 | 领款人");
    assert_eq!(bench.app.layouts(&system, "payroll").await.unwrap(), []);
    assert_eq!(newest(&bench).await.id, batch.id);
}

#[tokio::test]
async fn a_retired_layout_still_reads_what_came_by_it() {
    let (bench, batch) = refused().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let first = [meanings(&["person_id", "", "amount", ""])];
    bench.app.confirm_layout(&officer, &batch.id, &first, &|_| {}).await.unwrap();
    bench.wait(TimeDelta::hours(1));
    let kept = bench.app.layouts(&officer, "payroll").await.unwrap().remove(0);
    assert_eq!(bench.app.retire_layout(&officer, &kept.id).await.unwrap(), "payroll");
    assert_eq!(bench.app.layouts(&officer, "payroll").await.unwrap(), []);
    assert_eq!(bench.app.retire_layout(&officer, &kept.id).await.unwrap_err().code(), Code::State);
    bench.wait(TimeDelta::hours(1));
    assert_eq!(take(&bench, "b.csv").await.unwrap_err().code(), Code::HeaderUnknown);

    bench.app.rebuild(&officer, "payroll", &|_| {}).await.unwrap();
    let order = bench.order_of_last_rebuild();
    assert_eq!(
        order.batches.iter().map(|batch| batch.layouts.clone()).collect::<Vec<_>>(),
        [vec![kept.layout]]
    );
}

#[tokio::test]
async fn a_header_has_one_meaning_at_a_time() {
    let (bench, _) = refused().await;
    let system = Actor::system();
    let by_yuan = sheet().layout_of(meanings(&["person_id", "", "amount", ""]));
    let wan = Some(MoneyUnit::Wan);
    let unit = |column: &str| Some(CellMeaning { column: column.into(), unit: wan });
    let by_wan = sheet().layout_of(vec![unit("person_id"), None, unit("amount"), None]);
    bench.app.keep_layouts(&system, "payroll", vec![by_yuan]).await.unwrap();
    bench.wait(TimeDelta::hours(1));
    bench.app.keep_layouts(&system, "payroll", vec![by_wan]).await.unwrap();
    let kept = bench.app.layouts(&system, "payroll").await.unwrap();
    let columns: Vec<_> = kept.iter().flat_map(|one| one.layout.columns.iter().flatten()).collect();
    assert_eq!(columns, [&CellMeaning::of("person_id"), &CellMeaning { column: "amount".into(), unit: wan }]);
}

#[tokio::test]
async fn only_deliveries_refused_for_their_header_ask() {
    let bench = Bench::new().await;
    bench.answer(|answers| answers.refusals = [("a.csv".into(), Code::FileFormat)].into());
    take(&bench, "a.csv").await.unwrap_err();
    let batch = newest(&bench).await;
    let system = Actor::system();
    assert!(!bench.app.delivery(&system, &batch.id).await.unwrap().asks_for_layout);
    assert_eq!(bench.app.propose_layout(&system, &batch.id).await.unwrap_err().code(), Code::State);
    let leader = bench.person("leader", Role::Leader).await;
    assert_eq!(bench.app.propose_layout(&leader, &batch.id).await.unwrap_err().code(), Code::Forbidden);
}
