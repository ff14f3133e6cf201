//! The interface beside the console, on one port.

use axum::http::{Method, StatusCode};
use gnomon_console::Settings;
use gnomon_kernel::Words;

use crate::world::{World, config, row};

async fn both() -> World {
    let mut world = World::new().await;
    let console = gnomon_console::Config {
        settings: Settings {
            https: false,
            area: Words { zh: "澜禾县".into(), en: "Lanhe County".into() },
            synthetic: true,
        },
        demo: Vec::new(),
        uploads: config(&world.bench).uploads,
        upload_limit: 1,
    };
    let app = &world.bench.app;
    let connections = gnomon_connect::Connections::new(app.clone(), world.bench.dir.path(), |_| None);
    let console = gnomon_console::router(app.clone(), connections, console);
    world.router = console.merge(world.router.clone());
    world
}

#[tokio::test]
async fn each_answers_below_its_own_addresses() {
    let world = both().await;
    let login = world.send(Method::GET, "/login", &[], "").await;
    assert!(login.status == StatusCode::OK && login.text.contains("name=\"csrf\""));
    let unknown = world.send(Method::GET, "/nothing", &[], "").await;
    assert!(unknown.status == StatusCode::NOT_FOUND && unknown.text.contains("<html"));
    let page = world.send(Method::GET, "/api/", &[], "").await;
    assert!(page.status == StatusCode::OK && !page.headers.contains_key("set-cookie"));
    let style = page.text.split("href=\"").filter_map(|rest| rest.split('"').next());
    let style = style.filter(|path| path.ends_with(".css")).collect::<Vec<_>>();
    assert!(!style.is_empty());
    for path in style {
        assert_eq!(world.send(Method::GET, path, &[], "").await.status, StatusCode::OK, "{path}");
    }
    let unknown = world.send(Method::GET, "/api/nothing", &[], "").await;
    assert_eq!((unknown.status, unknown.at("/code").as_str()), (StatusCode::NOT_FOUND, "G1202 not-found"));
}

#[tokio::test]
async fn neither_takes_the_others_key() {
    let world = both().await;
    let pushed = world.push("/api/v1/datasets/payroll/rows", row(1)).await;
    assert_eq!(pushed.status, StatusCode::ACCEPTED);
    let console = world.get("/data").await;
    assert!(console.headers["location"].to_str().unwrap().starts_with("/login"), "{console:?}");
}
