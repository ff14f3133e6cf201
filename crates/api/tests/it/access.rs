//! Every route and every kind of token.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use gnomon_api::{Access, ROUTES, Route};
use gnomon_app::{NewRequest, Sharing};
use gnomon_domain::{Actor, RequestEvent, Role};

use crate::world::{Answer, World, bearer, issue, row};

fn path(route: &Route, key: &str, receipt: &str) -> String {
    route.path.replace("{key}", key).replace("{id}", receipt)
}

async fn ask(world: &World, route: &Route, key: &str, receipt: &str, token: &str) -> Answer {
    let line = bearer(token);
    let headers: &[(&str, &str)] = if token.is_empty() { &[] } else { &[("authorization", &line)] };
    let body = if route.path.ends_with("/rows") { row(7) } else { format!("file {}", world.left().len()) };
    world.send(route.method.clone(), &path(route, key, receipt), headers, Body::from(body)).await
}

async fn receipt(world: &World) -> String {
    world.push("/api/v1/datasets/payroll/rows", row(1)).await.at("/receipt")
}

#[tokio::test]
async fn only_a_token_in_force_gets_an_answer() {
    let world = World::new().await;
    let receipt = receipt(&world).await;
    let (batches, left) = (world.batches().await.len(), world.left());
    for (kind, token) in world.bad_tokens().await {
        for route in ROUTES.iter() {
            let answer = ask(&world, route, "payroll", &receipt, &token).await;
            let is_refused = answer.status == StatusCode::UNAUTHORIZED;
            assert_eq!(is_refused, route.access == Access::Token, "{kind} {}: {answer:?}", route.path);
            if is_refused {
                assert_eq!(answer.at("/code"), "G1213 token-invalid");
                assert_eq!(answer.headers["www-authenticate"], "Bearer");
            }
        }
    }
    assert_eq!((world.batches().await.len(), world.left()), (batches, left));
}

#[tokio::test]
async fn the_right_token_is_answered_everywhere() {
    let world = World::new().await;
    let receipt = receipt(&world).await;
    for route in ROUTES {
        let answer = ask(&world, route, "payroll", &receipt, &world.token).await;
        assert!(answer.status.is_success(), "{} {}: {answer:?}", route.method, route.path);
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert!(answer.headers.contains_key("content-security-policy"));
        assert!(!answer.headers.contains_key("set-cookie"));
        assert!(!answer.text.contains(&world.token));
    }
}

#[tokio::test]
async fn what_is_anothers_does_not_exist() {
    let world = World::new().await;
    let receipt = receipt(&world).await;
    let other = issue(&world.bench, "财政局", &["grants"], 30).await.1;
    for route in ROUTES.iter().filter(|route| route.path.contains('{')) {
        for key in ["payroll", "no_such_dataset"] {
            let answer = ask(&world, route, key, &receipt, &other).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {}: {answer:?}", route.method, route.path);
            assert!(answer.at("/zh").chars().count() > 5 && answer.at("/en").len() > 5);
        }
    }
    let line = bearer(&other);
    let headers = [("authorization", line.as_str())];
    let own = world.send(Method::GET, "/api/v1/datasets", &headers, Body::empty()).await;
    assert_eq!(
        (own.at("/datasets/0/key").as_str(), own.json()["datasets"].as_array().unwrap().len()),
        ("grants", 1)
    );
    assert!(world.batches().await.is_empty());
    assert_eq!(world.left().len(), 1);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_told_in_json() {
    let world = World::new().await;
    for (method, path) in
        [("GET", "/api/v1/nothing"), ("DELETE", "/api/v1/datasets"), ("GET", "/api/v1/datasets/payroll/rows")]
    {
        let answer = world.send(method.parse().unwrap(), path, &[], "").await;
        assert_eq!((answer.status, answer.at("/code").as_str()), (StatusCode::NOT_FOUND, "G1202 not-found"));
    }
    let odd = world.get("/api/v1/receipts/%00").await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND, "{odd:?}");
}

#[tokio::test]
async fn a_push_without_an_agreement_is_told_so_and_leaves_nothing() {
    let world = World::sharing(Sharing::Required).await;
    let pushes =
        [("/api/v1/datasets/payroll/rows", row(1)), ("/api/v1/datasets/payroll/batches", "a".into())];
    for (path, body) in pushes.clone() {
        let answer = world.push_with_key(path, &path.replace('/', "-"), body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
        assert_eq!(answer.at("/code"), "G1216 not-agreed");
    }
    assert_eq!((world.batches().await.len(), world.left().len()), (0, 0));
    let app = &world.bench.app;
    let new = NewRequest {
        dataset: "payroll".into(),
        purpose: "核对重复发放".into(),
        basis: "县数据共享办法第八条".into(),
        ..NewRequest::default()
    };
    let request = app.ask_for_data(&Actor::system(), &new).await.unwrap();
    let liaison = world.bench.person("liaison", Role::Department).await;
    let agree = RequestEvent::Agree { note: String::new() };
    app.step_request(&liaison, &request.id, None, agree).await.unwrap();
    // The refusal is no answer that a repeated push would get again.
    let statuses = [StatusCode::ACCEPTED, StatusCode::CREATED];
    for ((path, body), status) in pushes.into_iter().zip(statuses) {
        let answer = world.push_with_key(path, &path.replace('/', "-"), body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}
