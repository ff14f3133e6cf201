use std::sync::{Arc, Mutex};

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use gnomon_kernel::Code;

use crate::world::{VARIABLE, World, numbers};

/// What the server was asked for, and what it says.
#[derive(Default)]
struct Says {
    asked: Vec<String>,
    csv: String,
    robots: String,
    authorization: Option<String>,
    status: u16,
}

type Shared = Arc<Mutex<Says>>;

async fn serve() -> (Shared, String) {
    let says = Shared::default();
    let router = Router::new()
        .route("/robots.txt", get(async |State(says): State<Shared>| says.lock().unwrap().robots.clone()))
        .route("/rows", get(rows))
        .route("/linked", get(linked))
        .route("/file.csv", get(file))
        .route("/notices", get(notices))
        .with_state(says.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (says, address)
}

type Fields = Query<std::collections::HashMap<String, String>>;

/// Five pages of two rows; then empty ones.
async fn rows(State(says): State<Shared>, headers: HeaderMap, Query(fields): Fields) -> Response {
    let mut says = says.lock().unwrap();
    says.asked.push(fields["page"].clone());
    says.authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    if says.status != 0 {
        return StatusCode::from_u16(says.status).unwrap().into_response();
    }
    let page: u32 = fields["page"].parse().unwrap();
    assert_eq!(fields["year"], "2025");
    let row = |id: u32| format!("{{\n \"id\": \"{id}\", \"金额\": 12345678901234567.{id:02}}}");
    let rows = if page < 5 { format!("{},{}", row(page * 2 + 1), row(page * 2 + 2)) } else { String::new() };
    format!("{{\"code\": 0, \"data\": {{\"list\": [{rows}]}}}}").into_response()
}

async fn linked(Query(fields): Fields) -> String {
    match fields.get("after").map(String::as_str) {
        None => "{\"rows\":[{\"id\":\"1\"}],\"next\":\"/linked?after=1\"}".into(),
        Some("1") => "{\"rows\":[{\"id\":\"2\"}],\"next\":null}".into(),
        _ => "{\"rows\":[{\"id\":\"3\"}],\"next\":\"http://elsewhere.example/\"}".into(),
    }
}

async fn file(State(says): State<Shared>, headers: HeaderMap) -> Response {
    let mut says = says.lock().unwrap();
    let tag = format!("\"{}\"", says.csv.len());
    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| *known == *tag);
    says.asked.push(if is_known { "304" } else { "200" }.into());
    match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::ETAG, tag)], says.csv.clone()).into_response(),
    }
}

/// Two pages; from the third on the second again. In GBK, as the page says.
async fn notices(Query(fields): Fields) -> Vec<u8> {
    let page = fields.get("page").map_or(1, |page| page.parse().unwrap()).min(2);
    let html = format!(
        "<meta charset=gb2312><table><tr><td>导航</table>
         <table><tr><th>项目<th>中标金额<tr><td>道路{page}<td>100,{page}00.50</table>"
    );
    encoding_rs::GBK.encode(&html).0.into_owned()
}

#[tokio::test]
async fn pages_of_json_are_read_to_the_empty_one() {
    let (says, address) = serve().await;
    let world = World::with_secret("t0ken").await;
    world.file(
        "api",
        &format!(
            "kind = \"http\"\nurl = \"{address}/rows?year=2025&page=9\"\nformat = \"json\"\nrows = \"/data/list\"\n\
             page_parameter = \"page\"\nfirst_page = 0\npassword_env = \"{VARIABLE}\""
        ),
    );
    assert_eq!(world.pull("api").await.unwrap().batches, 1);
    assert_eq!(world.column("id").await, numbers(10));
    assert!(world.delivered().await[0].contains("12345678901234567.09"));
    assert_eq!(says.lock().unwrap().asked, ["0", "1", "2", "3", "4", "5"]);
    assert_eq!(says.lock().unwrap().authorization.as_deref(), Some("Bearer t0ken"));
    assert_eq!(world.pull("api").await.unwrap().batches, 0);
    for (status, code) in
        [(401, Code::ConnectionLogin), (404, Code::ConnectionAnswer), (503, Code::ConnectionGone)]
    {
        says.lock().unwrap().status = status;
        let fault = world.pull("api").await.unwrap_err();
        assert_eq!(fault.code, code);
        assert!(!format!("{fault:?}").contains("t0ken"), "{fault:?}");
    }
}

#[tokio::test]
async fn the_next_page_is_where_the_page_says_unless_that_is_elsewhere() {
    let (_, address) = serve().await;
    let world = World::new().await;
    let file = |path: &str| {
        format!(
            "kind = \"http\"\nurl = \"{address}{path}\"\nformat = \"json\"\nrows = \"/rows\"\nnext = \"/next\""
        )
    };
    world.file("api", &file("/linked"));
    world.pull("api").await.unwrap();
    assert_eq!(world.column("id").await, ["1", "2"]);
    world.file("api", &file("/linked?after=2"));
    let fault = world.pull("api").await.unwrap_err();
    assert_eq!((fault.code, fault.found.as_str()), (Code::ConnectionAnswer, "http://elsewhere.example"));
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_fetched_twice() {
    let (says, address) = serve().await;
    let world = World::new().await;
    world.file(
        "file",
        &format!("kind = \"http\"\nurl = \"{address}/file.csv\"\nformat = \"csv\"\nlimit_mib = 1"),
    );
    says.lock().unwrap().csv = "a,b\n1,2\n".into();
    assert_eq!(world.pull("file").await.unwrap().batches, 1);
    assert_eq!(world.pull("file").await.unwrap().batches, 0);
    says.lock().unwrap().csv = "a,b\n1,2\n3,4\n".into();
    assert_eq!(world.pull("file").await.unwrap().batches, 1);
    assert_eq!(says.lock().unwrap().asked, ["200", "304", "200"]);
    assert_eq!(world.delivered().await, ["a,b\n1,2\n", "a,b\n1,2\n3,4\n"]);
    says.lock().unwrap().csv = "x".repeat(2 << 20);
    let fault = world.pull("file").await.unwrap_err();
    assert_eq!((fault.code, fault.expected.as_str()), (Code::ConnectionAnswer, "limit_mib"));
}

#[tokio::test]
async fn tables_of_pages_are_read_where_the_site_allows() {
    let (says, address) = serve().await;
    let world = World::new().await;
    world.file(
        "notices",
        &format!(
            "kind = \"http\"\nurl = \"{address}/notices\"\nformat = \"html\"\ntable = 2\npage_parameter = \"page\"\n\
             per_minute = 600"
        ),
    );
    let began = std::time::Instant::now();
    assert_eq!(world.pull("notices").await.unwrap().batches, 1);
    assert!(began.elapsed().as_millis() >= 300, "four requests, three pauses");
    assert_eq!(world.delivered().await, ["项目,中标金额\n道路1,\"100,100.50\"\n道路2,\"100,200.50\"\n"]);
    says.lock().unwrap().robots = "User-agent: *\nDisallow: /notices\n".into();
    let fault = world.pull("notices").await.unwrap_err();
    assert_eq!((fault.code, fault.found.as_str()), (Code::ConnectionAnswer, "robots.txt: /notices"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_gone() {
    let world = World::new().await;
    world.file("api", "kind = \"http\"\nurl = \"http://127.0.0.1:1/x?key=geheim\"\nformat = \"csv\"");
    let fault = world.pull("api").await.unwrap_err();
    assert_eq!(fault.code, Code::ConnectionGone);
    assert!(!format!("{fault:?}").contains("geheim"), "{fault:?}");
}
