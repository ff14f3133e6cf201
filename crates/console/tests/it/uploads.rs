//! Files through the browser.

use axum::http::StatusCode;
use gnomon_kernel::Code;

use crate::world::{UPLOAD_LIMIT, World};

const PATH: &str = "/data/payroll/upload";

fn leftovers(world: &World) -> usize {
    std::fs::read_dir(world.bench.dir.path().join("arriving")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_is_taken_in_and_named() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let taken = officer.upload(PATH, &token, "../2025年11月.csv", b"new rows").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let page = officer.get(taken.location()).await;
    assert!(page.body.contains("采用 9 行，未采用 1 行"), "{}", page.body);
    assert!(page.body.contains("2025年11月.csv") && !page.body.contains("../"), "{}", page.body);
    assert_eq!(leftovers(&world), 0);
    let again = officer.upload(PATH, &token, "again.csv", b"new rows").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("id=\"upload-file-error\""), "{}", again.body);
}

#[tokio::test]
async fn a_refused_file_says_why() {
    let world = World::new().await;
    world.bench.answer(|answers| answers.refusals = [("bad.csv".into(), Code::ColumnMissing)].into());
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let refused = officer.upload(PATH, &token, "bad.csv", b"bad rows").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"upload-file-error\"") && refused.body.contains("身份证号"));
    let catalogue = officer.get("/data").await;
    assert!(catalogue.body.contains("bad.csv") && catalogue.body.contains("G1106"), "{}", catalogue.body);
    let nothing = officer.upload(PATH, &token, "", b"").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unknown = officer.upload("/data/nothing/upload", &token, "a.csv", b"a").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_beyond_the_limit_leaves_nothing_behind() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let large = vec![b'x'; usize::try_from(UPLOAD_LIMIT).unwrap() + 1];
    let refused = officer.upload(PATH, &token, "large.csv", &large).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.body.contains("G1212") && refused.body.contains("100.0 kB"), "{}", refused.body);
    assert_eq!(leftovers(&world), 0);
}

#[tokio::test]
async fn refused_rows_can_be_downloaded() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let page = officer.get("/data/payroll?lang=en").await;
    let mut links = page.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    let path = links.find(|link| link.ends_with("/rejected.csv")).unwrap();
    let file = officer.get(path).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"rejected-payroll-1.csv\"");
    assert!(file.body.starts_with("\u{feff}Sheet,Line,Column,Reason,Found,Expected,"), "{}", file.body);
    assert!(file.body.contains("The check character of the identity number is wrong"), "{}", file.body);
    assert!(file.body.contains("'=1+1"), "{}", file.body);
}
