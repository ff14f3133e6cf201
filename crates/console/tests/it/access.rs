//! Every route and every role: what the policy refuses is refused, what it grants is answered.

use axum::http::{Method, StatusCode};
use gnomon_console::{Access, ROUTES, Route};
use gnomon_domain::{Role, policy::Rule};
use gnomon_testkit::office::{UNIT, with_declarations};

use crate::{
    client::{Answer, Client},
    kinship,
    layouts::{asks_for_layout, kept_layout},
    world::{CONNECTION, OFFICE, TOUCHED, UNTOUCHED, World},
};

/// What is asked for at a route: the path filled in, and the fields of its form.
struct Ask {
    path: String,
    fields: Vec<(&'static str, String)>,
}

/// One row for each route; `None` for a route that nobody has thought of here.
async fn ask(world: &World, route: &Route, id: &gnomon_kernel::WarningId) -> Option<Ask> {
    let (app, system) = (&world.bench.app, gnomon_domain::Actor::system());
    let batches = app.batches(&system, None, None, 1_000).await.unwrap();
    let is_in = |batch: &&gnomon_app::Batch| batch.state == gnomon_app::BatchState::Accepted;
    let batch = batches.iter().find(is_in).unwrap().id.clone();
    let run = app.runs(&system, None, 1).await.unwrap().remove(0).0.id;
    let version = world.version(id).await;
    let handler = world.handler.user.clone().unwrap().to_string();
    let step = |more: &[(&'static str, &str)]| {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        std::iter::once(("version", version.clone())).chain(more).collect::<Vec<_>>()
    };
    let given = [("assignee", handler.as_str()), ("due", "2025-12-31")];
    let tick = format!("{id}.{version}");
    let bulk = [given[0], given[1], ("w", tick.as_str())];
    let fields = match (route.method == Method::POST, route.path) {
        (false, "/source/{row}") => {
            return Some(Ask { path: format!("/source/1:0:2?warning={id}"), fields: vec![] });
        }
        (false, "/ties") => {
            let path = format!("/ties?warning={id}&from=subject&to=kin_id");
            return Some(Ask { path, fields: vec![] });
        }
        (true, "/ties" | "/ties/reveal") => {
            let fields = [
                ("warning", id.as_str()),
                ("from", "subject"),
                ("to", "kin_id"),
                ("reason", "核实"),
                ("place", "0"),
                ("masked", "nobody"),
            ];
            fields.map(|(name, value)| (name, value.to_owned())).into()
        }
        (
            false,
            "/healthz" | "/login" | "/" | "/warnings" | "/warnings/{id}" | "/models" | "/models/{id}",
        ) => vec![],
        (false, "/runs" | "/runs/{id}" | "/data" | "/data/{key}" | "/data/batches/{id}") => vec![],
        (false, "/objects") => vec![],
        (false, "/objects/{kind}/{key}") => {
            return Some(Ask { path: format!("/objects/unit/{UNIT}"), fields: vec![] });
        }
        // By now whoever may has opened the page.
        (_, path) if path.starts_with("/objects/") => {
            let path = path.replace("{kind}/{key}", &format!("official/{OFFICE}"));
            let fields = vec![("reason", "核对任职".to_owned())];
            return Some(Ask { path: path.replace("{row}", OFFICE), fields });
        }
        (false, "/data/freshness" | "/data/{key}/coverage" | "/data/quarantine") => vec![],
        (false, "/data/{key}/rows/new") => vec![],
        (true, "/data/{key}/rows/new") => {
            let count = batches.len().to_string();
            vec![("reason", "凭证".to_owned()), ("c0-person_id", count)]
        }
        (false, "/data/intakes/{id}" | "/data/intakes/{id}/progress") => {
            let id = begun_intake(world).await;
            return Some(Ask { path: route.path.replace("{id}", &id), fields: vec![] });
        }
        (false, "/data/batches/{id}/layout") => {
            let id = asks_for_layout(world).await;
            return Some(Ask { path: format!("/data/batches/{id}/layout"), fields: vec![] });
        }
        (true, "/data/batches/{id}/layout") => {
            let id = asks_for_layout(world).await;
            let fields =
                ["person_id", "month", "amount"].into_iter().zip(["column-0-0", "column-0-1", "column-0-2"]);
            let fields = fields.map(|(column, name)| (name, column.to_owned())).collect();
            return Some(Ask { path: format!("/data/batches/{id}/layout"), fields });
        }
        (true, "/data/layouts/{id}/retire") => {
            let layout = kept_layout(world).await;
            return Some(Ask { path: format!("/data/layouts/{layout}/retire"), fields: vec![] });
        }
        (false, "/data/batches/{id}/rejected.csv" | "/data/batches/{id}/rejected.xlsx") => vec![],
        (false, "/data/connections" | "/data/erasures") => vec![],
        (true, "/data/erasures") => {
            vec![("number", "870121198506143299".to_owned()), ("ground", "依法".to_owned())]
        }
        (true, "/data/erasures/{number}/answer") => {
            let path = format!("/data/erasures/{}/answer", asked_erasure(world).await);
            return Some(Ask { path, fields: vec![("decision", "agree".to_owned())] });
        }
        (true, "/data/connections/{name}/pull") => vec![],
        (_, path) if path.starts_with("/data/identities") => {
            return Some(ask_about_a_pair(world, route).await);
        }
        (false, "/data/requests" | "/data/requests/new") => vec![],
        (_, path) if path.starts_with("/data/requests") => {
            return Some(ask_about_a_request(world, route).await);
        }
        (_, path) if path.starts_with("/kinship") => {
            return Some(ask_about_kinship(world, route, id == &world.mine.warning).await);
        }
        (true, "/login") => vec![("name", "nobody".to_owned()), ("password", "wrong".to_owned())],
        (true, "/logout" | "/runs") => vec![],
        (true, "/language") => vec![("lang", "zh-CN".to_owned()), ("back", "/".to_owned())],
        (true, "/theme") => vec![("theme", "dark".to_owned()), ("back", "/".to_owned())],
        (true, "/warnings/assign") => step(&bulk),
        (true, "/warnings/{id}/assign") => step(&given),
        (true, "/warnings/{id}/verify") => step(&[("verdict", "true"), ("reason", "入户核实")]),
        (true, "/warnings/{id}/dispose") => step(&[("to_recover", "240.00"), ("note", "退款通知")]),
        (true, "/warnings/{id}/recover") => step(&[("amount", "240.00"), ("day", "2025-11-20")]),
        (true, "/warnings/{id}/submit") => step(&[]),
        (true, "/warnings/{id}/review") => step(&[("decision", "accept"), ("reason", "同意")]),
        (true, "/warnings/{id}/reveal") => step(&[("party", "subject"), ("reason", "核对户籍")]),
        (true, "/data/{key}/upload") => vec![],
        (true, "/data/batches/{id}/withdraw") => vec![("reason", "部门报错了月份".to_owned())],
        _ => return None,
    };
    if route.path == "/data/requests/new" {
        return Some(Ask { path: "/data/requests/new?dataset=payroll".to_owned(), fields });
    }
    let place = match route.path {
        path if path.starts_with("/warnings") => id.to_string(),
        path if path.starts_with("/runs") => run.to_string(),
        path if path.starts_with("/models") => "BF-GEN-001".to_owned(),
        _ => batch.to_string(),
    };
    Some(Ask {
        path: route.path.replace("{id}", &place).replace("{key}", "payroll").replace("{name}", CONNECTION),
        fields,
    })
}

/// The number of an erasure that nobody has answered.
async fn asked_erasure(world: &World) -> u32 {
    let user = gnomon_kernel::UserId::parse("usr_asker");
    let asker = gnomon_domain::Actor { user, name: "周岚".into(), role: Role::DutyOfficer };
    let app = &world.bench.app;
    let asked = app.erasures(&asker).await.unwrap().into_iter();
    match asked.rev().find(|erasure| erasure.state == gnomon_domain::ErasureState::Asked) {
        Some(erasure) => erasure.number,
        None => app.ask_erasure(&asker, "870121198506143290", "依法").await.unwrap(),
    }
}

/// What waits for a second person was proposed by somebody who is none of those that ask.
async fn ask_about_a_pair(world: &World, route: &Route) -> Ask {
    let user = gnomon_kernel::UserId::parse("usr_asker");
    let asker = gnomon_domain::Actor { user, name: "周岚".into(), role: Role::DutyOfficer };
    let step = route.path.rsplit('/').next().unwrap();
    let number = if step == "answer" { TOUCHED } else { UNTOUCHED };
    let pair = world.pair(number).await;
    if step == "answer" && pair.state == gnomon_domain::PairState::Open {
        let seen = gnomon_app::SeenPair::any(pair.number);
        world.bench.app.rule(&asker, seen, true, "").await.unwrap();
    }
    let seen = world.pair(number).await.version.to_string();
    let words = |more: &[(&'static str, &str)]| {
        let more = more.iter().map(|(name, word)| (*name, (*word).to_owned()));
        std::iter::once(("seen", seen.clone())).chain(more).collect::<Vec<_>>()
    };
    let fields = match step {
        "rule" => words(&[("decision", "not_same")]),
        "answer" => words(&[("decision", "confirm")]),
        "undo" | "reveal" => words(&[("reason", "核对户籍")]),
        _ => vec![],
    };
    let path = route.path.replace("{number}", &pair.number.to_string()).replace("{row}", "1:0:2");
    Ask { path, fields }
}

/// Steps are asked of a request that has come so far; each asking finds one of its own.
async fn ask_about_a_request(world: &World, route: &Route) -> Ask {
    let step = route.path.rsplit('/').next().unwrap();
    let request = world.request_before(step).await;
    let seen = ("seen", request.version.to_string());
    let words = |words: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let words = words.iter().map(|(name, word)| (*name, (*word).to_owned()));
        std::iter::once(seen.clone()).chain(words).collect()
    };
    let asked = [("dataset", "payroll"), ("purpose", "核对重复发放"), ("basis", "县数据共享办法第八条")];
    let fields = match (route.method == Method::POST, step) {
        (true, "requests" | "change") => words(&asked),
        (true, "answer") => words(&[("decision", "agree")]),
        (true, "connect") => words(&[("link", "line")]),
        (true, "ask-end") => words(&[("data", "keep"), ("reason", "专项工作已结束")]),
        (true, "confirm-end") => words(&[("decision", "end")]),
        _ => vec![],
    };
    Ask { path: route.path.replace("{id}", request.id.as_str()), fields }
}

/// Each asking finds a declaration of its own that has come so far. `is_mine`: what a handler has in hand is the handler's.
async fn ask_about_kinship(world: &World, route: &Route, is_mine: bool) -> Ask {
    let step = route.path.rsplit('/').next().unwrap();
    let ask = |path: String, fields: &[(&'static str, &str)]| {
        let fields = fields.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        Ask { path, fields }
    };
    let list = |is_released| async move { kinship::publication(world, is_released).await.id };
    let year = [("year", "2025")];
    match (route.method == Method::POST, step) {
        (_, "kinship" | "open") => ask(route.path.to_owned(), &year),
        (false, "{code}") => {
            kinship::found_declaration(world, is_mine).await;
            ask(route.path.replace("{code}", UNIT), &year)
        }
        (true, "publish" | "check") => {
            kinship::complete_declaration(world).await;
            ask(route.path.replace("{code}", UNIT), &year)
        }
        (true, "release") => {
            ask(format!("/kinship/publications/{}/release", list(false).await), &[("decision", "release")])
        }
        (false, _) if route.path.contains("publications") => {
            ask(format!("/kinship/publications/{}", list(true).await), &[])
        }
        (true, "declare" | "change" | "complete") => {
            let due = kinship::due_declaration(world).await;
            let path = route.path.replace("{id}", due.id.as_str());
            ask(path, &[("seen", "0"), ("changed_on", "2025-11-01")])
        }
        _ => {
            let found = kinship::found_declaration(world, is_mine).await;
            let (seen, handler) =
                (found.version.to_string(), world.handler.user.clone().unwrap().to_string());
            let settled = [("decision", "explain"), ("reason", "重名")];
            let fields = [settled[0], settled[1], ("seen", seen.as_str()), ("assignee", handler.as_str())];
            ask(route.path.replace("{id}", found.id.as_str()), &fields)
        }
    }
}

/// A file that an officer sent and that is being taken in, or was just now.
async fn begun_intake(world: &World) -> String {
    // Failed log-ins of the enumeration make the next one wait.
    world.bench.wait(chrono::TimeDelta::minutes(1));
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let begun = officer.upload("/data/payroll/upload", &token, "watched.csv", b"watched").await;
    begun.location().rsplit('/').next().unwrap().to_owned()
}

async fn answer(client: &mut Client, route: &Route, ask: &Ask) -> Answer {
    if route.path.ends_with("/upload") {
        let token = client.token().await;
        return client.upload(&ask.path, &token, "more.csv", b"more").await;
    }
    let fields: Vec<(&str, &str)> = ask.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if route.method == Method::POST {
        client.post(&ask.path, &fields).await
    } else {
        client.get(&ask.path).await
    }
}

/// The log-out comes last: it ends the session that the others need.
fn routes() -> Vec<&'static Route> {
    let (last, mut routes): (Vec<_>, Vec<_>) = ROUTES.iter().partition(|route| route.path == "/logout");
    routes.extend(last);
    routes
}

#[tokio::test]
async fn every_route_has_a_row_and_its_own_place() {
    let world = World::with(with_declarations).await;
    for (at, route) in ROUTES.iter().enumerate() {
        let row = ask(&world, route, &world.mine.warning).await;
        assert!(row.is_some(), "{} {} has no row in this test", route.method, route.path);
        let is_twice =
            ROUTES[at + 1..].iter().any(|other| (&other.method, other.path) == (&route.method, route.path));
        assert!(!is_twice, "{} {} stands twice in the table", route.method, route.path);
    }
}

#[tokio::test]
async fn a_stranger_is_sent_to_the_log_in() {
    let world = World::with(with_declarations).await;
    let mut visitor = world.visitor();
    for route in routes() {
        let ask = ask(&world, route, &world.mine.warning).await.unwrap();
        let answer = answer(&mut visitor, route, &ask).await;
        let is_sent = answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/login?next=");
        assert_eq!(
            is_sent,
            route.access != Access::Public,
            "{} {}: {}",
            route.method,
            route.path,
            answer.status
        );
    }
}

#[tokio::test]
async fn every_role_gets_what_the_policy_says() {
    let world = World::with(with_declarations).await;
    let people = [
        ("officer", Role::DutyOfficer),
        ("handler", Role::Handler),
        ("leader", Role::Leader),
        ("liaison", Role::Department),
        ("security", Role::Security),
    ];
    let mut clients = Vec::new();
    for (login, role) in people {
        clients.push((role, world.client(login).await));
    }
    for route in routes() {
        for (role, client) in &mut clients {
            let ask = ask(&world, route, &world.mine.warning).await.unwrap();
            let answer = answer(client, route, &ask).await;
            let refused = answer.status == StatusCode::FORBIDDEN || answer.status == StatusCode::NOT_FOUND;
            let expected = match route.access {
                Access::Public | Access::LoggedIn => false,
                Access::May(action) => action.rule(*role) == Rule::No,
            };
            assert_eq!(refused, expected, "{} {} as {role}: {}", route.method, route.path, answer.status);
            let is_broken = answer.status.is_server_error() || answer.location().starts_with("/login?");
            assert!(!is_broken, "{} {} as {role}: {}", route.method, route.path, answer.status);
        }
    }
}

#[tokio::test]
async fn another_persons_warning_does_not_exist_for_a_handler() {
    let world = World::with(with_declarations).await;
    let mut handler = world.client("handler").await;
    for route in ROUTES {
        let Access::May(action) = route.access else { continue };
        if action.rule(Role::Handler) != Rule::Assignee {
            continue;
        }
        let ask = ask(&world, route, &world.other.warning).await.unwrap();
        let answer = answer(&mut handler, route, &ask).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {}", route.method, route.path);
        assert!(!answer.body.contains("870121"), "{} {}", route.method, route.path);
    }
    let inbox = handler.get("/warnings?state=all").await;
    assert!(!inbox.body.contains("href=\"/runs\""), "what may not be opened is not linked to");
    assert!(inbox.body.contains(world.mine.warning.as_str()));
    assert!(!inbox.body.contains(world.other.warning.as_str()));
}
