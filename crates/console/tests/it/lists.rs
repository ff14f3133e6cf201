//! Lists that grow: the catalogue is filtered, runs are paged.

use axum::http::StatusCode;
use chrono::TimeDelta;

use crate::{client::between, world::World};

#[tokio::test]
async fn the_catalogue_is_filtered_by_words_of_either_language() {
    let world = World::new().await;
    let mut leader = world.client("leader").await;
    let is_listed = |body: &str| body.contains("href=\"/data/payroll\"");
    for query in ["", "?q=PAYROLL", "?q=%E5%B7%A5%E8%B5%84", "?q=finance+pay", "?rows=1", "?q=pay&rows=1"] {
        let page = leader.get(&format!("/data{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(is_listed(&page.body) && page.body.contains("href=\"#d1\""), "{query}: {}", page.body);
    }
    let none = leader.get("/data?q=finance+police&rows=1&lang=en").await;
    assert!(!is_listed(&none.body) && none.body.contains("No dataset fits this filter"), "{}", none.body);
    assert!(none.body.contains("value=\"finance police\""), "{}", none.body);
    assert!(none.body.contains("<option value=\"1\" selected>1 or more</option>"), "{}", none.body);
}

#[tokio::test]
async fn the_catalogue_is_filtered_by_what_is_known_of_a_dataset() {
    let world = World::new().await;
    let mut leader = world.client("leader").await;
    for (query, is_let_through) in [
        ("department=%E8%B4%A2%E6%94%BF%E5%B1%80", true),
        ("department=%E6%B0%91%E6%94%BF%E5%B1%80", false),
        ("sensitivity=personal", true),
        ("sensitivity=public", false),
        ("freshness=not-expected", true),
        ("freshness=degraded", false),
        ("rows=7", true),
        ("rows=8", false),
        ("models=3", true),
        ("models=4", false),
    ] {
        let page = leader.get(&format!("/data?{query}")).await;
        assert_eq!(page.body.contains("href=\"/data/payroll\""), is_let_through, "{query}: {}", page.body);
    }
}

#[tokio::test]
async fn older_runs_are_on_the_next_page() {
    let world = World::new().await;
    for _ in 0..50 {
        world.bench.wait(TimeDelta::seconds(1));
        world.bench.request("2025-10-31", &[]).await;
    }
    let mut leader = world.client("leader").await;
    let newest = leader.get("/runs").await;
    let row = "<td class=\"main\"><a href=\"/runs/run_";
    assert_eq!(newest.body.matches(row).count(), 50);
    let older = between(&newest.body, "href=\"/runs?before=", "\"").unwrap();
    let oldest = leader.get(&format!("/runs?before={older}")).await;
    assert_eq!(oldest.body.matches(row).count(), 1);
    assert!(
        oldest.body.contains("<a class=\"btn\" href=\"/runs\">")
            && !oldest.body.contains("href=\"/runs?before=")
    );
    let nonsense = leader.get("/runs?before=yesterday").await;
    assert_eq!(nonsense.body.matches(row).count(), 50);
}
