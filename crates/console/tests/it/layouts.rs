//! Headers that nobody knew: asked about once, kept, retired.

use axum::http::StatusCode;
use gnomon_app::Delivered;
use gnomon_domain::Actor;
use gnomon_kernel::{BatchId, Code, LayoutId};
use gnomon_library::layout::{CellMeaning, CellProposal, Reason, SheetProposal};

use crate::{client::between, world::World};

const FILE: &str = "foreign.csv";

fn sheet() -> SheetProposal {
    let cell = |header: &str, column: Option<&str>, reason, sample: &str| CellProposal {
        header: header.into(),
        column: column.map(str::to_owned),
        confidence: 80,
        reason,
        unit: None,
        is_personal: false,
        samples: vec![sample.into()],
    };
    SheetProposal {
        sheets: vec!["一月".into(), "二月".into()],
        line: Some(3),
        cells: vec![
            cell("证件", Some("person_id"), Reason::Values { percent: 98 }, "870121198506143216"),
            cell("所属", Some("month"), Reason::Alike, "2025-03"),
            cell("实发", None, Reason::Nothing, "0.12"),
        ],
    }
}

/// A delivery that was refused for its header.
pub async fn asks_for_layout(world: &World) -> BatchId {
    world.bench.answer(|answers| {
        answers.refusals.insert(FILE.into(), Code::HeaderUnknown);
        answers.proposals = vec![sheet()];
    });
    let app = &world.bench.app;
    for kept in app.layouts(&Actor::system(), "payroll").await.unwrap() {
        app.retire_layout(&Actor::system(), &kept.id).await.unwrap();
    }
    // Bytes of its own, so that it is never the same file twice.
    let path = world.bench.dir.path().join(FILE);
    let count = app.batches(&Actor::system(), None, None, 1_000).await.unwrap().len();
    std::fs::write(&path, count.to_string()).unwrap();
    world.bench.wait(chrono::TimeDelta::seconds(1));
    app.intake(&Actor::system(), &Delivered::new("payroll", &path, FILE), &|_| {}).await.unwrap_err();
    app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0).id
}

/// A layout in force.
pub async fn kept_layout(world: &World) -> LayoutId {
    let columns = ["person_id", "month", "amount"].map(|name| Some(CellMeaning::of(name)));
    let layout = sheet().layout_of(columns.to_vec());
    let kept = world.bench.app.keep_layouts(&Actor::system(), "payroll", vec![layout]).await;
    kept.unwrap().remove(0).id
}

#[tokio::test]
async fn the_page_proposes_and_shows_nobody() {
    let world = World::new().await;
    let id = asks_for_layout(&world).await;
    let path = format!("/data/batches/{id}/layout");
    let mut officer = world.client("officer").await;
    let delivery = officer.get(&format!("/data/batches/{id}")).await;
    assert!(delivery.body.contains(&format!("href=\"{path}\"")), "{}", delivery.body);
    let page = officer.get(&format!("{path}?lang=en")).await;
    assert_eq!(page.status, StatusCode::OK);
    for told in
        ["一月, 二月", "870121********3216", "98% of the values", "Header in line 3", "Amount · amount"]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(!page.body.contains("870121198506143216"));
    let select = between(&page.body, "name=\"column-0-0\"", "</select>").unwrap();
    assert!(select.contains("<option value=\"person_id\" selected>"), "{select}");
    assert!(page.body.contains("name=\"unit-0-2\"") && !page.body.contains("name=\"unit-0-0\""));
}

#[tokio::test]
async fn a_form_that_cannot_be_meant_comes_back_as_it_was() {
    let world = World::new().await;
    let id = asks_for_layout(&world).await;
    let path = format!("/data/batches/{id}/layout");
    let mut officer = world.client("officer").await;
    let twice = [("column-0-0", "person_id"), ("column-0-1", "person_id"), ("unit-0-2", "wan")];
    let page = officer.post(&path, &twice).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error = between(&page.body, "id=\"layout-column-0-1-error\"", "</p>").unwrap();
    assert!(error.contains("证件 | 所属"), "{error}");
    let select = between(&page.body, "name=\"column-0-1\"", "</select>").unwrap();
    assert!(select.contains("<option value=\"person_id\" selected>"), "{select}");
    let unit = between(&page.body, "name=\"unit-0-2\"", "</select>").unwrap();
    assert!(unit.contains("<option value=\"wan\" selected>"), "{unit}");
    let page = officer.post(&path, &[("column-0-0", ""), ("column-0-1", "month")]).await;
    let form = between(&page.body, "id=\"layout\"", "</form>").unwrap();
    let summary = between(form, "role=\"alert\"", "</p>").unwrap();
    assert!(summary.contains("身份证号"), "{summary}");
}

#[tokio::test]
async fn a_confirmed_layout_takes_the_file_in_and_can_be_retired() {
    let world = World::new().await;
    let id = asks_for_layout(&world).await;
    let mut officer = world.client("officer").await;
    let fields =
        [("column-0-0", "person_id"), ("column-0-1", ""), ("column-0-2", "amount"), ("unit-0-2", "wan")];
    let done = officer.post(&format!("/data/batches/{id}/layout"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let taken = done.location().to_owned();
    assert!(officer.get(&taken).await.body.contains("已收入"));
    let refused = officer.get(&format!("/data/batches/{id}")).await;
    assert!(refused.body.contains(&format!("href=\"{taken}\"")), "{}", refused.body);
    assert!(!refused.body.contains("/layout\""));

    let dataset = officer.get("/data/payroll").await;
    assert!(dataset.body.contains("证件 → 身份证号") && dataset.body.contains("OFFICER"), "{}", dataset.body);
    let action = between(&dataset.body, "action=\"/data/layouts/", "\"").unwrap();
    let retire = format!("/data/layouts/{action}");
    let mut leader = world.client("leader").await;
    assert!(!leader.get("/data/payroll").await.body.contains("/data/layouts/"));
    let done = officer.post(&retire, &[]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/data/payroll"));
    let dataset = officer.get("/data/payroll").await;
    assert!(!dataset.body.contains("证件 → 身份证号") && dataset.body.contains("字段对照已停用"));
}

#[tokio::test]
async fn a_delivery_that_is_in_asks_nothing() {
    let world = World::new().await;
    let batch = world.bench.app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0);
    let mut officer = world.client("officer").await;
    let page = officer.get(&format!("/data/batches/{}/layout", batch.id)).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
}
