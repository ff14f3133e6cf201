//! One delivery on its own page, and taking it out again.

use axum::http::StatusCode;
use gnomon_domain::Actor;
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{FaultCount, IngestReport};
use gnomon_testkit::report;

use crate::{client::between, world::World};

/// The page of the newest delivery.
async fn path(world: &World) -> String {
    let newest = world.bench.app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0);
    format!("/data/batches/{}", newest.id)
}

#[tokio::test]
async fn the_page_shows_what_became_of_it_and_what_rests_on_it() {
    let world = World::new().await;
    let path = path(&world).await;
    let mut officer = world.client("officer").await;
    let page = officer.get(&format!("{path}?lang=en")).await;
    assert_eq!(page.status, StatusCode::OK);
    for told in ["<h1>payroll.csv</h1>", "href=\"/data/payroll\"", "Finance Bureau", "Taken in", "90.0%"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(page.body.contains("870121********3217") && page.body.contains("备注"), "what was left out");
    for form in ["csv", "xlsx"] {
        assert!(page.body.contains(&format!("href=\"{path}/rejected.{form}\"")), "{form}");
    }
    for seen in [&world.mine, &world.other] {
        assert!(page.body.contains(&format!("href=\"/warnings/{}\"", seen.warning)), "{}", page.body);
    }
    for kept in ["张三丰", "870121198506143217", "8701211985061432"] {
        assert!(!page.body.contains(kept), "{kept}");
    }
    for list in ["/data", "/data/payroll"] {
        assert!(officer.get(list).await.body.contains(&format!("href=\"{path}\"")), "{list}");
    }
}

#[tokio::test]
async fn a_leader_looks_and_a_handler_does_not() {
    let world = World::new().await;
    let path = path(&world).await;
    let withdraw = format!("{path}/withdraw");
    let mut leader = world.client("leader").await;
    let page = leader.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("id=\"withdraw\"") && !page.body.contains("/rejected.csv"), "{}", page.body);
    assert!(!leader.get("/data/payroll").await.body.contains("/rejected.csv"));
    let mut handler = world.client("handler").await;
    assert_eq!(handler.get(&path).await.status, StatusCode::FORBIDDEN);
    for client in [&mut leader, &mut handler] {
        let refused = client.post(&withdraw, &[("reason", "误报")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    let mut officer = world.client("officer").await;
    let stranger = officer.post_raw(&withdraw, &[("reason", "误报"), ("csrf", "elsewhere")]).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    assert!(officer.get(&path).await.body.contains("id=\"withdraw\""), "nothing has changed");
}

#[tokio::test]
async fn it_is_withdrawn_once_and_for_a_reason() {
    let world = World::new().await;
    let path = path(&world).await;
    let withdraw = format!("{path}/withdraw");
    let mut officer = world.client("officer").await;
    let nothing = officer.post(&withdraw, &[("reason", "  ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("id=\"withdraw-reason-error\""), "{}", nothing.body);
    let done = officer.post(&withdraw, &[("reason", "部门报错了月份")]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, path.as_str()));
    let page = officer.get(&path).await;
    assert!(page.body.contains("文件已撤回") && page.body.contains("部门报错了月份"), "{}", page.body);
    assert!(!page.body.contains("id=\"withdraw\"") && !page.body.contains("/rejected.csv"));
    assert!(world.bench.store.read().await.unwrap().is_queued("link").await.unwrap());
    let again = officer.post(&withdraw, &[("reason", "部门报错了月份")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("G1207"), "{}", again.body);
    let dataset = officer.get("/data/payroll").await;
    assert_eq!(dataset.status, StatusCode::OK);
    assert!(dataset.body.contains("data-tone=\"mute\">已撤回</span>"), "{}", dataset.body);
    let warning = officer.get(&world.my_path()).await;
    assert!(warning.body.contains("payroll.csv"), "{}", warning.body);
}

#[tokio::test]
async fn a_table_that_cannot_be_made_anew_brings_the_form_back() {
    let world = World::new().await;
    let path = path(&world).await;
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    officer.deliver("/data/payroll/upload", &token, "later.csv", b"later").await;
    world.bench.answer(|answers| answers.refusals = [("later.csv".into(), Code::ColumnMissing)].into());
    let refused = officer.post(&format!("{path}/withdraw"), &[("reason", "部门报错了月份")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = between(&refused.body, "id=\"withdraw\"", "</form>").unwrap();
    assert!(form.contains("role=\"alert\"") && form.contains(">部门报错了月份</textarea>"), "{form}");
    assert!(officer.get(&path).await.body.contains("id=\"withdraw\""), "nothing has changed");
}

#[tokio::test]
async fn refused_deliveries_are_listed_and_say_why() {
    let world = World::new().await;
    world.bench.answer(|answers| answers.refusals = [("bad.csv".into(), Code::ColumnMissing)].into());
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    officer.deliver("/data/payroll/upload", &token, "bad.csv", b"bad rows").await;
    let path = path(&world).await;
    for list in ["/data/quarantine", "/data/payroll"] {
        assert!(officer.get(list).await.body.contains(&format!("href=\"{path}\"")), "{list}");
    }
    let page = officer.get(&path).await;
    assert!(page.body.contains("未收入") && page.body.contains("G1106"), "{}", page.body);
    assert!(!page.body.contains("class=\"kpis\"") && !page.body.contains("id=\"withdraw\""));
}

#[tokio::test]
async fn a_limit_that_is_missed_is_told_wherever_the_delivery_is() {
    let world = World::new().await;
    let fault = FaultCount { column: "person_id".into(), code: Code::IdCheck.word().into(), rows: 1 };
    let dirty = IngestReport { faults: vec![fault], ..report() };
    world.bench.answer(|answers| drop(answers.reports.insert("dirty.csv".into(), dirty)));
    let mut officer = world.client("officer").await;
    let clean = officer.get(&path(&world).await).await;
    assert!(clean.body.contains("id=\"quality\"") && !clean.body.contains("有缺口"), "{}", clean.body);
    let token = officer.token().await;
    officer.deliver("/data/payroll/upload", &token, "dirty.csv", b"dirty").await;
    let page = officer.get(&path(&world).await).await;
    for told in ["有缺口", "身份证号有效", "90%", "不低于 99%", "未达到"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(officer.get("/data").await.body.contains("有缺口"));
    let dataset = officer.get("/data/payroll").await;
    let quality = between(&dataset.body, "id=\"quality\"", "</section>").unwrap();
    assert!(quality.contains("<polyline") && quality.contains("<circle"), "{quality}");
    assert!(quality.contains("<details") && quality.contains("90%"), "{quality}");
    assert!(between(&dataset.body, "dirty.csv", "</tr>").unwrap().contains("有缺口"));
}

#[tokio::test]
async fn rows_kept_back_come_as_a_workbook_until_they_are_mended() {
    let world = World::new().await;
    let first = path(&world).await;
    let mut officer = world.client("officer").await;
    let book = officer.get(&format!("{first}/rejected.xlsx")).await;
    assert_eq!(book.status, StatusCode::OK);
    assert!(book.header("content-type").ends_with("spreadsheetml.sheet") && book.body.starts_with("PK"));
    assert!(book.header("content-disposition").contains("rejected-payroll-1.xlsx"));

    let mends = vec![RowRef { batch: 1, sheet: 0, line: 9 }];
    let mending = IngestReport { mends, ..report() };
    world.bench.answer(|answers| drop(answers.reports.insert("mended.xlsx".into(), mending)));
    let token = officer.token().await;
    officer.deliver("/data/payroll/upload", &token, "mended.xlsx", b"mended").await;
    let page = officer.get(&first).await;
    let mended = between(&page.body, "id=\"mended\"", "</section>").unwrap();
    assert!(mended.contains("mended.xlsx") && mended.contains("尚有 0 行待补正"), "{mended}");
    assert!(!page.body.contains("/rejected.xlsx"), "nothing is left to be mended");
}

#[tokio::test]
async fn a_file_that_is_mostly_unfit_can_be_confirmed() {
    let world = World::new().await;
    world.bench.answer(|answers| answers.refusals = [("unfit.csv".into(), Code::MostlyUnfit)].into());
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let page = officer.deliver("/data/payroll/upload", &token, "unfit.csv", b"unfit").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = between(&page.body, "id=\"upload\"", "</form>").unwrap();
    assert!(form.contains("name=\"complete\"") && form.contains("错位"), "{form}");
    assert!(!officer.get("/data/payroll").await.body.contains("name=\"complete\""));
}
