//! What goes around handlers, with handlers that fail in every way.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
    routing::get,
};
use gnomon_app::Error;
use gnomon_httpkit::{Fault, Settings, Site, time_limit};
use gnomon_kernel::{Code, Words};
use gnomon_testkit::Bench;
use tower::ServiceExt as _;

async fn broken() -> &'static str {
    panic!("the secret of 870121198506143216")
}

async fn failing() -> Fault {
    Fault::internal("the secret of 870121198506143216")
}

async fn busy() -> Fault {
    Error::Busy { code: Code::Busy, retry_after: Some(Duration::from_secs(7)) }.into()
}

async fn slow() -> &'static str {
    std::future::pending().await
}

async fn ask(path: &str) -> (StatusCode, HeaderMap, String) {
    let bench = Bench::new().await;
    let settings = Settings { https: false, area: Words::default(), synthetic: false };
    let routes = Router::new()
        .route("/broken", get(broken))
        .route("/failing", get(failing))
        .route("/busy", get(busy))
        .route("/slow", get(slow).layer(time_limit(Duration::from_millis(5))))
        .route("/bare", get(|| async { StatusCode::BAD_GATEWAY }));
    let site = Site::new(bench.app.clone(), settings).serve(routes);
    let request = Request::get(path).header("accept-language", "en").body(Body::empty()).unwrap();
    let (parts, body) = site.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn what_breaks_is_a_page_without_details() {
    for path in ["/broken", "/failing", "/bare"] {
        let (status, headers, body) = ask(path).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(body.contains("G1405") && body.contains(headers["x-request-id"].to_str().unwrap()), "{path}");
        assert!(!body.contains("secret") && !body.contains("8701"), "{path}");
        assert!(headers.contains_key("content-security-policy"), "{path}");
    }
}

#[tokio::test]
async fn who_is_busy_says_when_to_come_back() {
    let (status, headers, body) = ask("/busy").await;
    assert_eq!((status, &headers["retry-after"]), (StatusCode::SERVICE_UNAVAILABLE, &"7".parse().unwrap()));
    assert!(body.contains("G1404"));
    let (status, headers, body) = ask("/slow").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(headers.contains_key("retry-after") && body.contains("G1404"));
}
