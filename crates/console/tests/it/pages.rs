//! What every page is like: headers, no inline script or style, nobody's words as HTML, errors that people can read.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use gnomon_console::ROUTES;

use crate::{
    client::Answer,
    world::{HOSTILE, World},
};

/// Every page of the site, for somebody who may see them all.
async fn all_paths(world: &World) -> Vec<String> {
    let system = gnomon_domain::Actor::system();
    let batch = world.bench.app.batches(&system, None, None, 1).await.unwrap().remove(0).id;
    let run = world.bench.app.runs(&system, None, 1).await.unwrap().remove(0).0.id;
    let place = |path: &str| match path {
        path if path.starts_with("/warnings") => world.other.warning.to_string(),
        path if path.starts_with("/models") => "BF-GEN-001".to_owned(),
        path if path.starts_with("/runs") => run.to_string(),
        _ => batch.to_string(),
    };
    let pages = ROUTES.iter().filter(|route| route.method == Method::GET);
    let fill = |path: &str| {
        let row = format!("1:0:3?warning={}", world.other.warning);
        path.replace("{id}", &place(path)).replace("{key}", "payroll").replace("{row}", &row)
    };
    pages.map(|route| fill(route.path)).chain(["/nowhere".to_owned(), "/warnings/wrn_9".to_owned()]).collect()
}

fn assert_guarded(path: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"),
        "{path}: {policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
    assert_eq!(answer.header("permissions-policy"), "geolocation=(self), camera=(self)", "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    assert!(answer.header("vary").contains("HX-Request-Type"), "{path}");
}

fn assert_no_inline(path: &str, body: &str) {
    for forbidden in [" style=\"", " onclick=", " onload=", " hx-on", "javascript:", HOSTILE] {
        assert!(!body.contains(forbidden), "{path} holds {forbidden}");
    }
    for script in body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains("src=") || tag.contains("application/json"), "{path}: <script{tag}>");
    }
}

#[tokio::test]
async fn every_page_is_guarded_and_holds_nothing_inline() {
    let world = World::new().await;
    let mut client = world.client("officer").await;
    for lang in ["zh", "en"] {
        for path in all_paths(&world).await {
            let joint = if path.contains('?') { '&' } else { '?' };
            let answer = client.get(&format!("{path}{joint}lang={lang}")).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
            assert_guarded(&path, &answer);
            assert_no_inline(&path, &answer.body);
            assert!(!answer.header("x-request-id").is_empty(), "{path}");
        }
    }
}

#[tokio::test]
async fn personal_numbers_are_masked_until_a_reason_opens_one() {
    let world = World::new().await;
    let mut client = world.client("handler").await;
    let path = world.my_path();
    let page = client.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("870121********") && page.body.contains("张**"), "{}", page.body);
    for number in ["870121198506143201", "870121198001010017", "张三丰"] {
        assert!(!page.body.contains(number), "{number}");
    }
    let reveal = format!("{path}/reveal");
    let refused = client.post(&reveal, &[("party", "subject"), ("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = client.post(&reveal, &[("party", "subject"), ("reason", "核对户籍")]).await;
    assert!(shown.body.contains("8701211985061432") && shown.body.contains("张三丰"));
    let after = client.get(&path).await;
    assert!(!after.body.contains("张三丰") && after.body.contains("核对户籍"));
    assert_eq!(
        client.post(&reveal, &[("party", "fen"), ("reason", "x")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn nobodys_words_become_html() {
    let world = World::new().await;
    let mut client = world.client("leader").await;
    let page = client.get(&format!("/warnings/{}", world.other.warning)).await;
    assert!(page.body.contains("&#60;script&#62;") || page.body.contains("&lt;script&gt;"), "{}", page.body);
    let line = client.get(&format!("/source/1:0:3?warning={}", world.other.warning)).await;
    assert_eq!(line.status, StatusCode::OK);
    assert!(line.body.contains("alert(") && !line.body.contains(HOSTILE));
    let search = client.get("/warnings?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(search.body.contains("alert(1)") && !search.body.contains("<script>alert"), "{}", search.body);
}

#[tokio::test]
async fn what_does_not_exist_is_a_page() {
    let world = World::new().await;
    let mut client = world.client("officer").await;
    let nowhere = [
        "/nowhere",
        "/warnings/wrn_01JD0000000000000000000000",
        "/warnings/usr_1",
        "/warnings/%FF",
        "/models/XX-000-000",
        "/runs/run_0",
        "/runs/x",
        "/data/nothing",
        "/data/batches/bat_0",
        "/data/batches/bat_0/rejected.csv",
        "/data/batches/bat_0/rejected.xlsx",
        "/source/1:0:2",
        "/source/x?warning=y",
    ];
    for path in nowhere {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("<main id=\"main\"") && answer.body.contains("G1202"), "{path}");
        assert!(answer.body.contains(answer.header("x-request-id")), "{path}");
    }
    let wrong_method = client.send(Method::DELETE, "/warnings", &[], Body::empty()).await;
    assert_eq!(wrong_method.status, StatusCode::NOT_FOUND);
    assert!(wrong_method.body.contains("G1202"));
}

#[tokio::test]
async fn htmx_gets_a_part_and_history_the_whole() {
    let world = World::new().await;
    let mut client = world.client("officer").await;
    let whole = client.get("/warnings?level=yellow").await;
    assert!(whole.body.contains("<!doctype html>") && whole.body.contains(world.mine.warning.as_str()));
    let swap = [("hx-request", "true"), ("hx-request-type", "partial")];
    let part = client.get_with("/warnings?level=yellow", &swap).await;
    assert!(!part.body.contains("<!doctype") && part.body.contains("<hx-partial"), "{}", part.body);
    let restored = [("hx-request", "true"), ("hx-history-restore-request", "true")];
    assert!(client.get_with("/warnings?level=yellow", &restored).await.body.contains("<!doctype html>"));
    let line = format!("/source/1:0:2?warning={}", world.mine.warning);
    assert!(!client.get_with(&line, &swap).await.body.contains("<!doctype"));
    let mut stranger = world.visitor();
    let sent = stranger.get_with("/warnings", &swap).await;
    assert_eq!(
        (sent.status, sent.header("hx-redirect")),
        (StatusCode::UNAUTHORIZED, "/login?next=%2Fwarnings")
    );
}

#[tokio::test]
async fn a_large_form_is_refused_with_a_page() {
    let world = World::new().await;
    let mut client = world.client("handler").await;
    let long = "长".repeat(40_000);
    let answer = client.post(&format!("{}/verify", world.my_path()), &[("reason", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("G1212") && answer.body.contains("256 kB"));
}

#[tokio::test]
async fn files_of_the_browser_come_under_their_prefix() {
    let world = World::new().await;
    let mut client = world.visitor();
    let file = client.get(&format!("{}/static/app.js", gnomon_ui::ASSETS)).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header("content-type").contains("javascript"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_ne!(file.header("cache-control"), "no-store");
    assert!(file.headers.get("set-cookie").is_none());
    let health = client.get("/healthz").await;
    assert!(health.body.contains("\"status\":\"ok\""), "{}", health.body);
    assert!(health.headers.get("set-cookie").is_none());
}
