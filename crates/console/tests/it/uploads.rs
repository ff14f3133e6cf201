//! Files through the browser.

use std::time::Duration;

use axum::http::StatusCode;
use gnomon_kernel::Code;

use crate::{
    client::{Answer, Client},
    world::{UPLOAD_LIMIT, World},
};

const PATH: &str = "/data/payroll/upload";

fn leftovers(world: &World) -> usize {
    std::fs::read_dir(world.bench.dir.path().join("arriving")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_is_taken_in_and_named() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let taken = officer.deliver(PATH, &token, "../2025年11月.csv", b"new rows").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert!(taken.location().starts_with("/data/batches/bat_"), "{}", taken.location());
    let page = officer.get(taken.location()).await;
    assert!(page.body.contains("采用 9 行，未采用 1 行"), "{}", page.body);
    assert!(page.body.contains("2025年11月.csv") && !page.body.contains("../"), "{}", page.body);
    assert_eq!(leftovers(&world), 0);
    let again = officer.deliver(PATH, &token, "again.csv", b"new rows").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("id=\"upload-file-error\""), "{}", again.body);
}

#[tokio::test]
async fn a_refused_file_says_why() {
    let world = World::new().await;
    world.bench.answer(|answers| answers.refusals = [("bad.csv".into(), Code::ColumnMissing)].into());
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let refused = officer.deliver(PATH, &token, "bad.csv", b"bad rows").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"upload-file-error\"") && refused.body.contains("身份证号"));
    let desk = officer.get("/data/quarantine").await;
    assert!(desk.body.contains("bad.csv") && desk.body.contains("G1106"), "{}", desk.body);
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

/// Waits until something about an intake can be told.
async fn until(client: &mut Client, path: &str, is_so: impl Fn(&Answer) -> bool) -> Answer {
    loop {
        let answer = client.get(path).await;
        if is_so(&answer) {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn the_answer_comes_at_once_and_the_page_tells_how_far_it_is() {
    let world = World::new().await;
    world.bench.answer(|answers| answers.dies_at = Some("slow.csv".into()));
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let begun = officer.upload(PATH, &token, "slow.csv", b"a long file").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let place = begun.location().to_owned();
    let mut leader = world.client("leader").await;
    let current = "<li aria-current=\"step\">读取并逐行核验</li>";
    let page = until(&mut leader, &place, |page| page.body.contains(current)).await;
    let stream = format!("{place}/progress");
    assert!(page.body.contains(&format!("data-progress=\"{stream}\"")), "{}", page.body);
    assert!(page.body.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"));
    assert!(page.body.contains("slow.csv") && page.body.contains("11 B"), "{}", page.body);
    assert!(page.body.contains("<dd>10</dd>"), "rows: {}", page.body);
    let mut handler = world.client("handler").await;
    for path in [&place, &stream] {
        assert_eq!(handler.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(leader.get("/data/intakes/itk_unknown").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_over_says_so_to_all_who_watch() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let token = officer.token().await;
    let begun = officer.upload(PATH, &token, "new.csv", b"new rows").await;
    let stream = format!("{}/progress", begun.location());
    let told = officer.get(&stream).await;
    assert_eq!(told.header("content-type"), "text/event-stream");
    assert!(told.body.contains("event: over\ndata: over"), "{}", told.body);
    let mut leader = world.client("leader").await;
    for _ in 0..2 {
        let over = leader.get(begun.location()).await;
        assert!(over.location().starts_with("/data/batches/bat_"), "{}", over.body);
    }
}
