//! Logging in and out, forms of others, language and theme.

use axum::http::{Method, StatusCode};
use gnomon_console::{ROUTES, router};
use gnomon_testkit::PASSWORD;

use crate::{
    client::Client,
    world::{World, config, connections},
};

#[tokio::test]
async fn a_person_logs_in_comes_back_to_the_page_and_logs_out() {
    let world = World::new().await;
    let mut client = world.visitor();
    let sent = client.get("/models?speech=cannot_tell").await;
    assert_eq!(sent.location(), "/login?next=%2Fmodels%3Fspeech%3Dcannot_tell");
    let page = client.get(sent.location()).await;
    assert!(page.body.contains("name=\"next\" value=\"/models?speech=cannot_tell\""), "{}", page.body);
    let fields = [("name", "Officer "), ("password", PASSWORD), ("next", "/models?speech=cannot_tell")];
    let inside = client.post("/login", &fields).await;
    assert_eq!((inside.status, inside.location()), (StatusCode::SEE_OTHER, "/models?speech=cannot_tell"));
    let cookie = inside.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert_eq!(client.get("/").await.status, StatusCode::OK);
    let session = client.cookies["gnomon"].clone();
    assert_eq!(client.post("/logout", &[]).await.location(), "/login");
    client.cookies.insert("gnomon".into(), session);
    assert!(client.get("/").await.location().starts_with("/login"), "the session lives on");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let world = World::new().await;
    let mut client = world.visitor();
    let fields = [("name", "leader"), ("password", PASSWORD), ("next", "//elsewhere.example/")];
    assert_eq!(client.post("/login", &fields).await.location(), "/");
    let back = [("lang", "en"), ("back", "https://elsewhere.example/")];
    assert_eq!(client.post("/language", &back).await.location(), "/");
}

#[tokio::test]
async fn twenty_wrong_passwords_are_slowed_down() {
    let world = World::new().await;
    let mut client = world.visitor();
    let mut statuses = Vec::new();
    for _ in 0..20 {
        let answer = client.log_in("officer", "wrong password").await;
        assert!(!answer.body.contains("wrong password"));
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses[..5], [401; 5]);
    assert_eq!(statuses[5..], [429; 15]);
    let right = client.log_in("officer", PASSWORD).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(right.header("retry-after").parse::<u64>().unwrap() > 0);
    world.bench.wait(chrono::TimeDelta::minutes(16));
    assert_eq!(client.log_in("officer", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let world = World::new().await;
    let mut client = world.client("officer").await;
    let stranger = world.visitor().token().await;
    let paths = ROUTES.iter().filter(|route| route.method == Method::POST).map(|route| route.path);
    for path in paths {
        let path = path.replace("{id}", world.mine.warning.as_str()).replace("{key}", "payroll");
        for token in [None, Some(""), Some("0"), Some(stranger.as_str())] {
            let answer = match (path.ends_with("/upload"), token) {
                (true, token) => client.upload(&path, token.unwrap_or_default(), "a.csv", b"a").await,
                (false, Some(token)) => client.post_raw(&path, &[("csrf", token)]).await,
                (false, None) => client.post_raw(&path, &[]).await,
            };
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} with {token:?}");
            assert!(answer.body.contains("G1205"), "{path} with {token:?}");
        }
    }
    let fields = [("name", "officer"), ("password", PASSWORD)];
    assert_eq!(world.visitor().post_raw("/login", &fields).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn language_and_theme_are_chosen_and_kept() {
    let world = World::new().await;
    let mut client = world.visitor();
    assert!(client.get("/login").await.body.contains("<html lang=\"zh-CN\""));
    let preferred = client.get_with("/login", &[("accept-language", "fr, en-GB;q=0.8")]).await;
    assert!(preferred.body.contains("<html lang=\"en\""));
    let back = client.post("/language", &[("lang", "en"), ("back", "/login?next=%2Fmodels")]).await;
    assert_eq!(back.location(), "/login?next=%2Fmodels");
    assert!(client.get("/login").await.body.contains("<html lang=\"en\""));
    assert!(client.get("/login?lang=zh").await.body.contains("<html lang=\"zh-CN\""));
    assert!(client.get("/login").await.body.contains("<html lang=\"zh-CN\""), "not kept");
    client.post("/theme", &[("theme", "dark"), ("back", "/login")]).await;
    assert!(client.get("/login").await.body.contains("data-theme=\"dark\""));
}

#[tokio::test]
async fn with_https_cookies_travel_no_other_way() {
    let world = World::new().await;
    let mut client =
        Client::new(router(world.bench.app.clone(), connections(&world.bench), config(&world.bench, true)));
    let page = client.get("/login").await;
    assert!(page.header("set-cookie").starts_with("__Host-gnomon-visitor="));
    let inside = client.log_in("officer", PASSWORD).await;
    let cookie = inside.header("set-cookie");
    assert!(cookie.starts_with("__Host-gnomon=") && cookie.contains("; Secure"), "{cookie}");
    assert_eq!(client.get("/").await.status, StatusCode::OK);
}
