//! Pairs in doubt on their pages: side by side, ruled, confirmed by a second person, undone.

use axum::http::StatusCode;

use crate::{
    client::{Client, between},
    world::{HOSTILE, TOUCHED, UNTOUCHED, World},
};

async fn path(world: &World, number: &str) -> String {
    format!("/data/identities/{}", world.pair(number).await.number)
}

/// Sends a form of a pair's page with the version that the page shows.
async fn step(client: &mut Client, path: &str, form: &str, fields: &[(&str, &str)]) -> StatusCode {
    let page = client.get(path).await.body;
    let seen = between(&page, "name=\"seen\" value=\"", "\"").unwrap_or("0").to_owned();
    let mut fields = fields.to_vec();
    fields.push(("seen", &seen));
    client.post(&format!("{path}/{form}"), &fields).await.status
}

#[tokio::test]
async fn the_list_leads_to_a_pair_and_the_pair_to_its_lines() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let list = officer.get("/data/identities").await;
    let (touched, plain) = (path(&world, TOUCHED).await, path(&world, UNTOUCHED).await);
    let at = |path: &str| list.body.find(&format!("href=\"{path}\"")).unwrap();
    assert!(at(&touched) < at(&plain), "what touches an open warning comes first");
    assert!(list.body.contains("href=\"/data/identities\" aria-current=\"page\""), "{}", list.body);
    assert!(list.body.contains("97.0%") && !list.body.contains("张三丰"), "{}", list.body);
    let none = officer.get("/data/identities?kind=organisation").await;
    assert!(!none.body.contains(&touched), "{}", none.body);
    assert!(officer.get("/data/identities?shown=ruled&page=x&tier=y").await.status.is_success());

    let page = officer.get(&touched).await;
    assert!(page.body.contains("<mark>*</mark>"), "{}", page.body);
    assert!(!page.body.contains(TOUCHED) && !page.body.contains(HOSTILE), "{}", page.body);
    assert!(page.body.contains("月份") && page.body.contains(&world.my_path()), "{}", page.body);
    let line = officer.get(&format!("{touched}/source/1:0:2")).await;
    assert!(line.status.is_success() && line.body.contains(&format!("href=\"{touched}\"")), "{}", line.body);
    assert_eq!(officer.get(&format!("{touched}/source/1:0:3")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(officer.get("/data/identities/999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_second_person_confirms_and_the_first_one_waits() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let path = path(&world, TOUCHED).await;
    let none = [("note", "户籍一致")];
    assert_eq!(step(&mut officer, &path, "rule", &none).await, StatusCode::UNPROCESSABLE_ENTITY);
    let same = [("decision", "same"), ("note", "户籍一致")];
    assert_eq!(step(&mut officer, &path, "rule", &same).await, StatusCode::SEE_OTHER);
    let page = officer.get(&path).await;
    assert!(page.body.contains("户籍一致") && !page.body.contains("id=\"answer\""), "{}", page.body);
    let confirm = [("decision", "confirm"), ("seen", "1")];
    assert_eq!(officer.post(&format!("{path}/answer"), &confirm).await.status, StatusCode::FORBIDDEN);

    let mut leader = world.client("leader").await;
    let decline = [("decision", "decline")];
    assert_eq!(step(&mut leader, &path, "answer", &decline).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(step(&mut leader, &path, "answer", &[("decision", "confirm")]).await, StatusCode::SEE_OTHER);
    let page = leader.get(&path).await;
    assert!(page.body.contains("id=\"undo\""), "{}", page.body);
    assert_eq!(step(&mut leader, &path, "undo", &[("reason", " ")]).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(step(&mut leader, &path, "undo", &[("reason", "误判")]).await, StatusCode::SEE_OTHER);
    let page = officer.get(&path).await;
    assert!(page.body.contains("id=\"answer\"") && page.body.contains("误判"), "{}", page.body);
    let stale = [("decision", "confirm"), ("seen", "0")];
    assert_eq!(officer.post(&format!("{path}/answer"), &stale).await.status, StatusCode::CONFLICT);
    assert_eq!(step(&mut officer, &path, "answer", &[("decision", "confirm")]).await, StatusCode::SEE_OTHER);
    assert!(officer.get(&path).await.body.contains("id=\"rule\""));
}

#[tokio::test]
async fn values_are_shown_in_answer_to_a_reason_and_nowhere_else() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let path = path(&world, UNTOUCHED).await;
    let reveal = format!("{path}/reveal");
    let refused = officer.post(&reveal, &[("reason", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"reveal-reason-error\"") && !refused.body.contains(UNTOUCHED));
    let shown = officer.post(&reveal, &[("reason", "核对户籍")]).await;
    for value in [UNTOUCHED, "<mark>丰</mark>", "16912345678", "&#60;script&#62;"] {
        assert!(shown.body.contains(value), "{value}: {}", shown.body);
    }
    let again = officer.get(&path).await;
    assert!(!again.body.contains(UNTOUCHED) && again.body.contains("核对户籍"), "{}", again.body);
}
