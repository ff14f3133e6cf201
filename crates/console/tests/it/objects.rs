//! Supervised objects, and what opens a person's page.

use axum::http::StatusCode;
use gnomon_testkit::objects::{OFFICIAL, UNIT};

use crate::{
    client::between,
    world::{OFFICE, World},
};

fn page() -> String {
    format!("/objects/official/{}", OFFICE.replace(':', "%3A"))
}

#[tokio::test]
async fn lists_name_nobody_and_lead_to_pages() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let list = officer.get("/objects?lang=zh-CN").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("温**") && !list.body.contains("温竹青"), "{}", list.body);
    assert!(!list.body.contains(OFFICIAL) && list.body.contains(&format!("href=\"{}\"", page())));
    assert!(list.body.contains("href=\"/objects\" aria-current=\"page\""), "the rail leads here");
    let units = officer.get("/objects?kind=unit&q=%E6%B0%91%E6%94%BF").await;
    assert!(units.body.contains(&format!("href=\"/objects/unit/{UNIT}\"")));
    let unit = officer.get(&format!("/objects/unit/{UNIT}?lang=zh-CN")).await;
    let terms = between(&unit.body, "id=\"terms\"", "</section>").unwrap();
    assert!(terms.contains("<td>温**</td>") && terms.contains("任职人"), "who held office there: {terms}");
    assert!(!unit.body.contains("温竹青"), "{}", unit.body);
    let none = officer.get("/objects?kind=supplier&lang=en").await;
    assert!(none.body.contains("No object of this kind yet"), "{}", none.body);
    let narrowed = officer.get("/objects?kind=unit&q=nobody&lang=en").await;
    assert!(narrowed.body.contains("No object fits this filter"));
}

#[tokio::test]
async fn a_persons_page_asks_why_once_in_a_session() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let asked = officer.get(&format!("{}?lang=zh-CN", page())).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("name=\"reason\"") && !asked.body.contains("温"), "{}", asked.body);
    let open = format!("{}/open", page());
    let empty = officer.post(&open, &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let opened = officer.post(&open, &[("reason", "核对任职")]).await;
    assert_eq!((opened.status, opened.location()), (StatusCode::SEE_OTHER, page().as_str()));
    let shown = officer.get(&page()).await;
    assert!(!shown.body.contains(OFFICIAL) && !shown.body.contains("温竹青"), "{}", shown.body);
    let terms = between(&shown.body, "id=\"terms\"", "</section>").unwrap();
    assert!(terms.contains("<svg") && terms.contains("局长") && terms.contains("至今"), "{terms}");
    let about = between(&shown.body, "id=\"about\"", "</section>").unwrap();
    assert!(about.contains("2023: 12; 2024: 12; 2025: 12"), "{about}");
    let warnings = between(&shown.body, "id=\"warnings\"", "</section>").unwrap();
    assert!(warnings.contains(world.mine.warning.as_str()), "{warnings}");
    let mut other = world.client("officer").await;
    assert!(other.get(&page()).await.body.contains("/open\""), "another session asks for itself");
}

#[tokio::test]
async fn a_full_number_is_in_the_answer_to_the_form_only() {
    let world = World::new().await;
    let mut leader = world.client("leader").await;
    leader.post(&format!("{}/open", page()), &[("reason", "核对任职")]).await;
    let reveal = format!("{}/reveal", page());
    let empty = leader.post(&reveal, &[("reason", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!empty.body.contains(OFFICIAL));
    let revealed = leader.post(&reveal, &[("reason", "电话核实")]).await;
    assert!(revealed.body.contains(OFFICIAL) && revealed.body.contains("温竹青"));
    assert!(!leader.get(&page()).await.body.contains(OFFICIAL));
}

#[tokio::test]
async fn rows_lead_to_their_source_line() {
    let world = World::new().await;
    let mut officer = world.client("officer").await;
    let line = format!("{}/lines/{OFFICE}", page());
    assert_eq!(officer.get(&line).await.status, StatusCode::NOT_FOUND, "not before the page is open");
    officer.post(&format!("{}/open", page()), &[("reason", "核对任职")]).await;
    let shown = officer.get(&line).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("120.00") && !shown.body.contains("870121198506143216"), "{}", shown.body);
    let strange = format!("{}/lines/1:0:2", page());
    assert_eq!(officer.get(&strange).await.status, StatusCode::NOT_FOUND, "a row about somebody else");
}
