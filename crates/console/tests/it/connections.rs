//! Connections on their page: how they stand, and having one pull.

use axum::http::StatusCode;
use gnomon_app::{BatchRefusal, PullEnd};
use gnomon_kernel::Code;

use crate::world::{CONNECTION, World};

#[tokio::test]
async fn a_failing_connection_and_a_file_with_an_error_are_plain_to_see() {
    let world = World::new().await;
    let app = &world.bench.app;
    app.begin_pull(CONNECTION, false).await.unwrap();
    let error =
        BatchRefusal { code: Code::ConnectionGone, found: "<b>refused</b>".into(), expected: String::new() };
    let next_due_at = Some(app.now());
    app.end_pull(CONNECTION, &PullEnd { error: Some(error), unmarked: 3, next_due_at }).await.unwrap();
    let mut officer = world.client("officer").await;
    assert!(officer.get("/data").await.body.contains("href=\"/data/connections\""));
    let page = officer.get("/data/connections?lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    for told in [
        "2 do not pull",
        "Does not pull",
        "G1502 connection-gone",
        "&#60;b&#62;refused",
        "3 rows have no watermark",
        "1 pull did not end",
        "File to be mended",
        "pasword",
        "href=\"/data/payroll\"",
        "30 2 * * *",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(!page.body.contains("geheim") && !page.body.contains("/traffic/pull"), "{}", page.body);
}

#[tokio::test]
async fn an_officer_has_a_connection_pull_and_a_leader_looks() {
    let world = World::new().await;
    let path = format!("/data/connections/{CONNECTION}/pull");
    let mut leader = world.client("leader").await;
    assert!(!leader.get("/data/connections").await.body.contains("/pull\""));
    assert_eq!(leader.post(&path, &[]).await.status, StatusCode::FORBIDDEN);
    let mut officer = world.client("officer").await;
    let answer = officer.post(&path, &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/data/connections"));
    let page = officer.get("/data/connections?lang=en").await;
    assert!(
        page.body.contains("The pull was asked for") && page.body.contains("Waits to pull"),
        "{}",
        page.body
    );
    assert_eq!(world.bench.trail(CONNECTION).await, ["pull_data asked for"]);
    assert_eq!(officer.post("/data/connections/nothing/pull", &[]).await.status, StatusCode::NOT_FOUND);
}
