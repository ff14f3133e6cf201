//! Rows that somebody types.

use axum::http::StatusCode;
use gnomon_domain::Actor;
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{IngestReport, RejectedRow, RejectedRows};
use gnomon_testkit::report;

use crate::{client::between, world::World};

const PATH: &str = "/data/payroll/rows/new";
const NUMBER: &str = "870121198506143216";

#[tokio::test]
async fn the_form_has_the_datasets_columns() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    assert!(officer.get("/data/payroll").await.body.contains(&format!("href=\"{PATH}\"")));
    let page = officer.get(PATH).await;
    assert_eq!(page.status, StatusCode::OK);
    for field in [
        "name=\"c0-person_id\" type=\"text\"",
        "name=\"c0-month\" type=\"month\"",
        "name=\"c0-amount\" type=\"text\" inputmode=\"decimal\"",
    ] {
        assert!(page.body.contains(field), "{field}: {}", page.body);
    }
    assert!(page.body.contains("身份证号") && page.body.contains("必填"), "{}", page.body);
    assert_eq!(officer.get("/data/nothing/rows/new").await.status, StatusCode::NOT_FOUND);
    let mut leader = world.client("leader").await;
    assert_eq!(leader.get(PATH).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn rows_become_a_delivery_that_says_who_and_why() {
    let world = World::new().await;
    let clean = IngestReport { rows: 1, accepted: 1, rejected: 0, ..report() };
    world
        .bench
        .answer(|answers| drop(answers.reports.insert("hand-payroll-20251121T020000.csv".into(), clean)));
    let mut officer = world.client("officer").await;
    let fields = [("reason", "凭证 2025-117"), ("c0-person_id", NUMBER), ("c0-month", "2025-03")];
    let done = officer.post(PATH, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = officer.get(done.location()).await;
    for told in ["手工补录", "凭证 2025-117", "OFFICER", "hand-payroll-20251121T020000.csv"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let again = officer.post(PATH, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = between(&again.body, "id=\"hand\"", "</form>").unwrap();
    assert!(form.contains("已经接收过") && form.contains(&format!("value=\"{NUMBER}\"")), "{form}");
}

#[tokio::test]
async fn nothing_that_was_typed_is_lost() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let before = world.bench.app.batches(&Actor::system(), None, None, 9).await.unwrap().len();
    let fields = [("reason", ""), ("c0-person_id", ""), ("c0-amount", "300")];
    let grown = officer.post(PATH, &[&fields[..], &[("more", "1")]].concat()).await;
    assert_eq!(grown.status, StatusCode::OK);
    assert!(grown.body.contains("name=\"c1-person_id\"") && grown.body.contains("value=\"300\""));
    let lacking = officer.post(PATH, &fields).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = between(&lacking.body, "id=\"hand\"", "</form>").unwrap();
    assert!(form.contains("id=\"hand-reason-error\"") && form.contains("value=\"300\""), "{form}");
    let beside = between(form, "id=\"hand-c0-person_id-error\">", "</p>").unwrap();
    assert!(beside.contains("身份证号"), "{beside}");
    let nothing = officer.post(PATH, &[("reason", "凭证")]).await;
    assert!(nothing.body.contains("补录的行"), "{}", nothing.body);
    let after = world.bench.app.batches(&Actor::system(), None, None, 9).await.unwrap().len();
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_row_that_cannot_be_used_comes_back_with_the_fault_beside_its_field() {
    let world = World::new().await;
    let refused = RejectedRow {
        row: RowRef { batch: 2, sheet: 0, line: 3 },
        column: "金额".into(),
        code: Code::Money.word().into(),
        found: "三百".into(),
        expected: "1234.56".into(),
        cells: vec![],
        mends: None,
    };
    world.bench.answer(|answers| {
        answers.rejected = RejectedRows { rows: vec![refused], ..RejectedRows::default() };
    });
    let mut officer = world.client("officer").await;
    let fields = [
        ("reason", "凭证"),
        ("c0-person_id", NUMBER),
        ("c0-amount", "300"),
        ("c1-person_id", NUMBER),
        ("c1-amount", "三百"),
    ];
    let back = officer.post(PATH, &fields).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = between(&back.body, "id=\"hand\"", "</form>").unwrap();
    assert!(between(form, "id=\"hand-c0-amount-error\">", "</p>").unwrap().contains("三百"), "{form}");
    assert!(form.contains("name=\"mends0\" value=\"2-1-3\"") && !form.contains("name=\"c1-"), "{form}");
    assert!(form.contains("value=\"三百\"") && form.contains("已收入 9 行"), "{form}");
}
