//! Declarations of relatives' matters on their pages, and what the enumeration of routes asks them.

use axum::http::StatusCode;
use chrono::TimeDelta;
use gnomon_app::{Declaration, Publication};
use gnomon_domain::{Actor, KinshipState, Role};
use gnomon_kernel::KinshipId;
use gnomon_testkit::office::{CHILD, COMPANY, UNIT, child, official, with_declarations};

use crate::{
    client::{Client, between},
    world::World,
};

/// The year that is made due.
const YEAR: i32 = 2025;

async fn actor(world: &World, login: &str) -> Actor {
    world.bench.app.act_as(&Actor::system(), login).await.unwrap()
}

/// A declaration of its own that is due in the unit for which the liaison speaks.
pub async fn due_declaration(world: &World) -> Declaration {
    let (app, system) = (&world.bench.app, Actor::system());
    app.set_unit_account(&system, "liaison", UNIT, None).await.unwrap();
    let number =
        world.bench.answer_of(|answers| format!("8701211970010{:05}", 10_000 + answers.officials.len()));
    world.bench.answer(|answers| answers.officials.push(official(&number, "温竹", UNIT)));
    app.open_year(&system, YEAR).await.unwrap();
    let unit = app.unit_declarations(&system, UNIT, Some(YEAR)).await.unwrap();
    let own = unit.rows.into_iter().map(|row| row.declaration);
    own.into_iter().find(|one| *one.official.reveal() == number).unwrap()
}

/// One that is complete: nothing to declare, and nothing differs.
pub async fn complete_declaration(world: &World) -> Declaration {
    let due = due_declaration(world).await;
    let liaison = actor(world, "liaison").await;
    world.bench.app.submit_declaration(&liaison, &due.id, None).await.unwrap();
    world.bench.work().await;
    again(world, &due.id).await
}

async fn again(world: &World, id: &KinshipId) -> Declaration {
    world.bench.app.declaration(&Actor::system(), id).await.unwrap().declaration
}

/// A list that the liaison did not put together, asked for or released.
pub async fn publication(world: &World, is_released: bool) -> Publication {
    let app = &world.bench.app;
    complete_declaration(world).await;
    let second = match app.act_as(&Actor::system(), "second").await {
        Ok(second) => second,
        Err(_) => {
            let second = world.bench.person("second", Role::Department).await;
            app.set_unit_account(&Actor::system(), "second", UNIT, None).await.unwrap();
            second
        }
    };
    let waiting = app.unit_declarations(&second, UNIT, Some(YEAR)).await.unwrap().publications;
    let asked = waiting.into_iter().find(|one| one.answered_at.is_none());
    let asked = match asked {
        Some(asked) => asked,
        None => app.ask_publication(&second, UNIT, YEAR).await.unwrap(),
    };
    if !is_released {
        return asked;
    }
    let leader = actor(world, "leader").await;
    app.answer_publication(&leader, &asked.id, None).await.unwrap()
}

/// One in which a matter was found; the handler has it, or nobody does.
pub async fn found_declaration(world: &World, is_given: bool) -> Declaration {
    let app = &world.bench.app;
    let complete = complete_declaration(world).await;
    // A list that waited was put together before this one was complete.
    while again(world, &complete.id).await.matter.state == KinshipState::Completed {
        publication(world, true).await;
        world.bench.work().await;
    }
    let number = complete.official.reveal().clone();
    world.bench.answer(|answers| drop(answers.kin.insert(number, vec![child(Some(COMPANY))])));
    let found = app.check_declaration(&Actor::system(), &complete.id).await.unwrap();
    if is_given {
        let (officer, handler) = (actor(world, "officer").await, actor(world, "handler").await);
        app.assign_declaration(&officer, &found.id, None, &handler.user.unwrap()).await.unwrap();
    }
    again(world, &found.id).await
}

fn seen(body: &str) -> String {
    between(body, "name=\"seen\" value=\"", "\"").unwrap().to_owned()
}

/// Sends a form of a declaration's page with the version that the page shows.
async fn send(client: &mut Client, path: &str, form: &str, fields: &[(&str, &str)]) -> StatusCode {
    let seen = seen(&client.get(path).await.body);
    let mut fields = fields.to_vec();
    fields.push(("seen", &seen));
    client.post(&format!("{path}/{form}"), &fields).await.status
}

const ROW: [(&str, &str); 7] = [
    ("r0-kin_name", "温苗"),
    ("r0-relation", "child"),
    ("r0-kin", CHILD),
    ("r0-matter", ""),
    ("r0-detail", ""),
    ("r0-was", ""),
    ("then", "submit"),
];

#[tokio::test]
async fn a_declaration_goes_from_the_unit_to_the_list() {
    let world = World::with(with_declarations).await;
    let due = due_declaration(&world).await;
    let number = due.official.reveal().clone();
    world.bench.answer(|answers| drop(answers.kin.insert(number.clone(), vec![child(Some(COMPANY))])));
    let path = format!("/kinship/{}", due.id);
    let mut liaison = world.client("liaison").await;
    let home = liaison.get("/kinship").await;
    assert!(home.body.contains(&format!("/kinship/units/{UNIT}?year={YEAR}")), "{}", home.body);
    assert!(!home.body.contains("id=\"open\""), "a liaison makes nothing due");
    let page = liaison.get(&path).await;
    assert!(page.body.contains("name=\"r0-kin_name\"") && !page.body.contains(&number), "{}", page.body);

    let mut wrong = ROW.to_vec();
    wrong[2].1 = "8701";
    let version = seen(&page.body);
    wrong.push(("seen", &version));
    let refused = liaison.post(&format!("{path}/declare"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"declare-r0-kin-error\"") && refused.body.contains("value=\"温苗\""));
    let mut more = ROW.to_vec();
    more[6].1 = "more";
    let grown = liaison.post(&format!("{path}/declare"), &more).await;
    assert!(grown.body.contains("name=\"r1-kin_name\""), "{}", grown.body);

    assert_eq!(send(&mut liaison, &path, "declare", &ROW).await, StatusCode::SEE_OTHER);
    world.bench.work().await;
    let page = liaison.get(&path).await;
    assert!(page.body.contains(COMPANY) && page.body.contains("待核实"), "{}", page.body);
    assert!(page.body.contains("870121********0349") && !page.body.contains(CHILD), "{}", page.body);
    let answer = between(&page.body, "name=\"answer-", "\"").unwrap().to_owned();
    let field = format!("answer-{answer}");
    let blank = send(&mut liaison, &path, "complete", &[(&field, "")]).await;
    assert_eq!(blank, StatusCode::UNPROCESSABLE_ENTITY);
    let said = [(field.as_str(), "已于去年转让")];
    assert_eq!(send(&mut liaison, &path, "complete", &said).await, StatusCode::SEE_OTHER);

    let mut officer = world.client("officer").await;
    let counts = officer.get(&path).await;
    assert!(
        !counts.body.contains("温苗") && !counts.body.contains(COMPANY),
        "stewards see counts: {}",
        counts.body
    );
    let list = liaison.post(&format!("/kinship/units/{UNIT}/publish"), &[("year", "2025")]).await;
    let sheet = list.location().to_owned();
    let preview = liaison.get(&sheet).await;
    assert!(preview.body.contains("温*") && !preview.body.contains("温苗"), "{}", preview.body);
    assert!(!preview.body.contains("id=\"release\""), "it takes a second person");
    let mut leader = world.client("leader").await;
    let released = leader.post(&format!("{sheet}/release"), &[("decision", "release")]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    assert!(leader.get(&format!("{sheet}?lang=en")).await.body.contains("Shown until 2025-11-28"));
    world.bench.wait(TimeDelta::days(8));
    let mut handler = world.client("handler").await;
    assert_eq!(handler.get(&sheet).await.status, StatusCode::NOT_FOUND, "its days are over");
}

#[tokio::test]
async fn a_handler_settles_a_matter_inside_an_item() {
    let world = World::with(with_declarations).await;
    let found = found_declaration(&world, false).await;
    let path = format!("/kinship/{}", found.id);
    let mut handler = world.client("handler").await;
    assert_eq!(handler.get(&path).await.status, StatusCode::NOT_FOUND);
    let mut officer = world.client("officer").await;
    let to = world.handler.user.clone().unwrap().to_string();
    assert_eq!(send(&mut officer, &path, "assign", &[("assignee", &to)]).await, StatusCode::SEE_OTHER);
    let page = handler.get(&path).await;
    assert!(page.body.contains("id=\"settle\"") && page.body.contains(COMPANY), "{}", page.body);
    let blank = [("decision", "recuse"), ("reason", " ")];
    assert_eq!(send(&mut handler, &path, "settle", &blank).await, StatusCode::UNPROCESSABLE_ENTITY);
    let recusal = [("decision", "recuse"), ("reason", "不参与 <b>建材</b> 采购")];
    assert_eq!(send(&mut handler, &path, "settle", &recusal).await, StatusCode::SEE_OTHER);
    let page = handler.get(&path).await;
    assert!(page.body.contains("&#60;b&#62;建材"), "{}", page.body);
    let stale = [("decision", "ask_exit"), ("reason", "退出"), ("seen", "0")];
    assert_eq!(handler.post(&format!("{path}/settle"), &stale).await.status, StatusCode::CONFLICT);
}
