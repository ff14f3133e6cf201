//! The loop of a warning, through forms alone.

use axum::http::StatusCode;
use gnomon_domain::State;

use crate::{
    client::{Client, between},
    world::World,
};

/// Fills a form of the page in and sends it with what the page put into it.
async fn send(client: &mut Client, path: &str, form: &str, fields: &[(&str, &str)]) -> StatusCode {
    let page = client.get(path).await;
    let part = between(&page.body, &format!("<form class=\"form\" id=\"{form}\""), "</form>");
    let part = part.unwrap_or_else(|| panic!("{path} offers no {form}: {}", page.body));
    let version = between(part, "name=\"version\" value=\"", "\"").unwrap().to_owned();
    let token = page.token();
    let mut all = vec![("csrf", token.as_str()), ("version", &version)];
    all.extend_from_slice(fields);
    client.post_raw(&format!("{path}/{form}"), &all).await.status
}

#[tokio::test]
async fn from_assigned_to_closed_without_a_script() {
    let world = World::new().await;
    let path = world.my_path();
    let (mut handler, mut leader) = (world.client("handler").await, world.client("leader").await);
    let done = StatusCode::SEE_OTHER;
    let true_found = [("verdict", "true"), ("reason", "入户核实，情况属实")];
    assert_eq!(send(&mut handler, &path, "verify", &true_found).await, done);
    let sum = [("to_recover", "1,240.00"), ("note", "发出退款通知")];
    assert_eq!(send(&mut handler, &path, "dispose", &sum).await, done);
    let back = [("amount", "1000"), ("day", "2025-11-20"), ("note", "票据 17")];
    assert_eq!(send(&mut handler, &path, "recover", &back).await, done);
    assert_eq!(
        send(&mut handler, &path, "submit", &[("reason", "")]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let less = [("reason", "其余分期归还")];
    assert_eq!(send(&mut handler, &path, "submit", &less).await, done);
    let again = [("decision", "return_to_dispose"), ("reason", "补齐余款")];
    assert_eq!(send(&mut leader, &path, "review", &again).await, done);
    assert_eq!(world.bench.state(&world.mine.warning).await, State::Disposing);
    let rest = [("amount", "240.00"), ("day", "2025-11-21")];
    assert_eq!(send(&mut handler, &path, "recover", &rest).await, done);
    assert_eq!(send(&mut handler, &path, "submit", &[]).await, done);
    let accept = [("decision", "accept"), ("reason", "同意办结")];
    assert_eq!(send(&mut leader, &path, "review", &accept).await, done);
    assert_eq!(world.bench.state(&world.mine.warning).await, State::Closed);
    let said = leader.get(&path).await;
    assert!(said.body.contains("已办结") && said.body.contains("1,240.00"), "{}", said.body);
    assert!(!leader.get(&path).await.body.contains("role=\"status\""), "the notice is said once");
}

#[tokio::test]
async fn two_people_close_the_same_warning() {
    let world = World::new().await;
    let path = world.my_path();
    let mut handler = world.client("handler").await;
    let explained = [("verdict", "explained"), ("reason", "同名不同人")];
    send(&mut handler, &path, "verify", &explained).await;
    send(&mut handler, &path, "submit", &[]).await;
    let (mut officer, mut leader) = (world.client("officer").await, world.client("leader").await);
    let version = world.version(&world.mine.warning).await;
    let accept = [("version", version.as_str()), ("decision", "accept"), ("reason", "同意")];
    let review = format!("{path}/review");
    assert_eq!(officer.post(&review, &accept).await.status, StatusCode::SEE_OTHER);
    let late = leader.post(&review, &accept).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("G1206"), "{}", late.body);
    let without = leader.post(&review, &[("decision", "accept"), ("reason", "同意")]).await;
    assert_eq!(without.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_form_comes_back_with_what_was_typed() {
    let world = World::new().await;
    let mut handler = world.client("handler").await;
    let path = format!("{}/verify", world.my_path());
    let version = world.version(&world.mine.warning).await;
    let nothing = [("version", version.as_str()), ("verdict", "explained"), ("reason", "")];
    let back = handler.post(&path, &nothing).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = between(&back.body, "<form class=\"form\" id=\"verify\"", "</form>").unwrap();
    assert!(form.contains("value=\"explained\" required checked"), "{form}");
    assert!(form.contains("aria-invalid=\"true\"") && form.contains("verify-reason-error"), "{form}");
    let odd = [("version", version.as_str()), ("verdict", "guilty"), ("reason", "<b>")];
    let back = handler.post(&path, &odd).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    let switch = between(&back.body, "name=\"back\" value=\"", "\"").unwrap();
    assert_eq!(switch, world.my_path(), "a page that answers a form comes back to its address");
    assert!(!back.body.contains("<b></textarea>"));
}

#[tokio::test]
async fn several_are_assigned_at_once_and_stale_ones_are_left_alone() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let inbox = officer.get("/warnings").await;
    let ticks: Vec<&str> =
        inbox.body.split("name=\"w\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ticks.len(), 2);
    let handler = world.handler.user.clone().unwrap();
    let fields = [
        ("assignee", handler.as_str()),
        ("due", "2025-12-01"),
        ("back", "/warnings?level=yellow"),
        ("w", ticks[0]),
        ("w", ticks[1]),
    ];
    let sent = officer.post("/warnings/assign", &fields).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/warnings?level=yellow"));
    assert!(officer.get(sent.location()).await.body.contains("已指派 2 条预警"));
    // Both have a newer version now; only the second tick is renewed.
    let fresh = format!("{}.{}", world.other.warning, world.version(&world.other.warning).await);
    let stale = format!("{}.1", world.mine.warning);
    let fields = [("assignee", handler.as_str()), ("due", ""), ("w", fresh.as_str()), ("w", stale.as_str())];
    let sent = officer.post("/warnings/assign", &fields).await;
    let said = officer.get(sent.location()).await;
    assert!(said.body.contains("已指派 1 条预警；另有 1 条"), "{}", said.body);
    let nobody = officer.post("/warnings/assign", &[("assignee", "usr_0"), ("w", &fresh)]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = officer.post("/warnings/assign", &[("assignee", handler.as_str())]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}
