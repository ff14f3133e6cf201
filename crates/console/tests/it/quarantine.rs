//! The desk of what was kept back.

use axum::http::StatusCode;
use gnomon_kernel::Code;

use crate::{client::between, layouts::asks_for_layout, world::World};

const PATH: &str = "/data/quarantine";

#[tokio::test]
async fn it_lists_what_was_kept_back_and_leads_to_it() {
    let world = World::new().await;
    let layout = asks_for_layout(&world).await;
    world.bench.answer(|answers| {
        answers.refusals.insert("bad.csv".into(), Code::FileEmpty);
    });
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    officer.deliver("/data/payroll/upload", &token, "bad.csv", b"bad").await;
    let page = officer.get(PATH).await;
    assert_eq!(page.status, StatusCode::OK);
    let rows = between(&page.body, "id=\"rows\"", "</section>").unwrap();
    assert!(rows.contains("身份证号") && rows.contains("G1006") && rows.contains("财政局"), "{rows}");
    let filtered = between(rows, "href=\"/data/quarantine?", "#deliveries\"").unwrap().replace("&#38;", "&");
    assert_eq!(filtered, "dataset=payroll&reason=id-check");
    let deliveries = between(&page.body, "id=\"deliveries\"", "</section>").unwrap();
    for link in ["/rejected.xlsx\"", "/rejected.csv\"", "href=\"/data/payroll#upload\"", "payroll.csv"] {
        assert!(deliveries.contains(link), "{link}: {deliveries}");
    }
    let layouts = between(&page.body, "id=\"layouts\"", "</section>").unwrap();
    assert!(layouts.contains(&format!("href=\"/data/batches/{layout}/layout\"")), "{layouts}");
    let files = between(&page.body, "id=\"files\"", "</section>").unwrap();
    assert!(files.contains("bad.csv") && files.contains("G1101"), "{files}");
    assert!(
        between(&page.body, "href=\"/data/quarantine\" aria-current", "</li>").unwrap().contains("<b>3</b>")
    );
    let narrowed = officer.get(&format!("{PATH}?{filtered}")).await;
    assert!(narrowed.body.contains("id=\"deliveries\"") && !narrowed.body.contains("id=\"files\""));
    let none = officer.get(&format!("{PATH}?days=7&lang=en")).await;
    assert!(none.body.contains("Nothing fits this filter"), "{}", none.body);
}

#[tokio::test]
async fn a_leader_looks_and_is_offered_nothing_that_is_not_theirs() {
    let world = World::new().await;
    asks_for_layout(&world).await;
    let mut leader = world.client("leader").await;
    let page = leader.get(PATH).await;
    assert!(page.body.contains("id=\"rows\""), "{}", page.body);
    for link in ["/rejected.", "#upload", "/layout\""] {
        assert!(!page.body.contains(link), "{link}");
    }
    let mut handler = world.client("handler").await;
    assert_eq!(handler.get(PATH).await.status, StatusCode::FORBIDDEN);
    assert!(!handler.get("/").await.body.contains("href=\"/data/quarantine\""));
}

#[tokio::test]
async fn a_delivery_leads_to_the_warnings_that_came_of_it_and_back() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let dataset = officer.get("/data/payroll").await;
    let path = between(&dataset.body, "href=\"/data/batches/", "\"").unwrap().to_owned();
    let page = officer.get(&format!("/data/batches/{path}")).await;
    let traces = between(&page.body, "id=\"traces\"", "</section>").unwrap();
    assert!(traces.contains("2 条发现") && traces.contains("引用它的预警 2 条"), "{traces}");
    let list = between(traces, "href=\"/warnings?", "\"").unwrap().replace("&#38;", "&");
    assert_eq!(list, "state=all&batch=1");
    let inbox = officer.get(&format!("/warnings?{list}")).await;
    assert!(inbox.body.contains(world.mine.warning.as_str()) && inbox.body.contains("name=\"batch\""));
    let other = officer.get("/warnings?state=all&batch=2").await;
    assert!(!other.body.contains(world.mine.warning.as_str()), "{}", other.body);
    // From the warning, the first click is the line, the second the delivery's own page.
    let warning = officer.get(&world.my_path()).await;
    let line = between(&warning.body, "href=\"/source/", "\"").unwrap().replace("&#38;", "&");
    let line = officer.get(&format!("/source/{line}")).await;
    assert!(line.body.contains(&format!("href=\"/data/batches/{path}\"")), "{}", line.body);
}
