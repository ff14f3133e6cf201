//! The page for people and the description for programs say the same as the table of routes.

use axum::http::StatusCode;
use gnomon_api::{Access, ROUTES};

use crate::world::World;

#[tokio::test]
async fn the_description_has_every_route_with_a_token() {
    let world = World::new().await;
    let description = world.get("/api/v1/openapi.json").await.json();
    let mut described = 0;
    for route in ROUTES.iter().filter(|route| route.access == Access::Token) {
        let method = route.method.as_str().to_lowercase();
        let entry = &description["paths"][route.path][&method];
        assert!(entry.is_object(), "{method} {} is not described", route.path);
        assert!(entry["security"][0]["token"].is_array() && entry["responses"]["401"].is_object());
        described += 1;
    }
    let paths = description["paths"].as_object().unwrap().values();
    assert_eq!(paths.map(|path| path.as_object().unwrap().len()).sum::<usize>(), described);
    assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[tokio::test]
async fn the_page_lists_every_route_in_both_languages() {
    let world = World::new().await;
    for (query, lang, word) in [("", "zh-CN", "令牌"), ("?lang=en", "en", "Token")] {
        let page = world.get(&format!("/api/{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(&format!("<html lang=\"{lang}\"")) && page.text.contains(word));
        for route in ROUTES {
            assert!(page.text.contains(&format!(">{}<", route.path)), "{}", route.path);
        }
        assert!(!page.text.contains("<form"));
    }
}

#[tokio::test]
async fn a_dataset_says_how_its_files_are_to_be_made() {
    let world = World::new().await;
    let all = world.get("/api/v1/datasets").await.json();
    let keys: Vec<&str> =
        all["datasets"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["payroll", "roll"]);
    let payroll = world.get("/api/v1/datasets/payroll").await.json();
    assert_eq!(payroll["delivery"], "append");
    assert_eq!(payroll["natural_key"], serde_json::json!(["person_id", "month"]));
    let column = &payroll["columns"][0];
    assert_eq!((column["name"].as_str(), column["type"].as_str()), (Some("person_id"), Some("idno")));
    assert_eq!((column["required"].as_bool(), &column["headers"][0]), (Some(true), &"身份证号".into()));
}
