//! Relations: asked in a form, answered in words, a picture and a table, masked until a reason opens one person.

use axum::http::StatusCode;
use gnomon_kernel::{EntityKind, RowRef, TieKind, Tier};
use gnomon_library::tie::{Party, Tie, TieAnswer, TiePath, TieStep};

use crate::{client::between, world::World};

const OFFICIAL: &str = "870121198506143201";
const WIFE: &str = "870121199009090349";
const FIRM: &str = "91870121MA0X01018P";
const UNIT: &str = "11870121008720109M";

fn answer() -> TieAnswer {
    let party =
        |number: &str, name: &str, kind| Party { number: number.into(), name: Some(name.into()), kind };
    let official = party(OFFICIAL, "张三丰", EntityKind::Person);
    let wife = party(WIFE, "王<小>雨", EntityKind::Person);
    let firm = party(FIRM, "石塘建材经营部", EntityKind::Organisation);
    let step = |from: &Party, to: &Party, kind, share| TieStep {
        from: from.clone(),
        to: to.clone(),
        ties: vec![Tie {
            first: from.clone(),
            second: to.clone(),
            kind,
            tier: Tier::Probable,
            from: "2021-03-01".parse().ok(),
            until: None,
            share,
            many: false,
            rows: vec![RowRef { batch: 1, sheet: 0, line: 2 }],
            project: None,
        }],
    };
    let steps = vec![
        step(&official, &wife, TieKind::Spouse, None),
        step(&wife, &firm, TieKind::Shareholder, Some(40.0)),
    ];
    let path = TiePath { steps, is_shortest: true, is_strongest: true, through_many: false };
    let unit = party(UNIT, "砚溪县交通运输局", EntityKind::Organisation);
    let mut deal = step(&firm, &unit, TieKind::Award, None);
    deal.ties[0].project = Some("青禾路改造".into());
    let deals = vec![deal];
    TieAnswer { from: Some(official), to: Some(firm), paths: vec![path], deals, ..TieAnswer::default() }
}

async fn world() -> World {
    let world = World::new().await;
    world.bench.answer(|answers| answers.tie_answer = answer());
    world
}

const ASKED: [(&str, &str); 4] =
    [("from", OFFICIAL), ("to", FIRM), ("on", "2024-06-01"), ("reason", "核实回避")];

#[tokio::test]
async fn a_question_is_answered_in_words_a_picture_and_a_table() {
    let world = world().await;
    let mut officer = world.client("officer").await;
    let form = officer.get("/ties").await;
    assert!(form.body.contains("href=\"/ties\" aria-current=\"page\""), "it stands on the rail");
    let page = officer.post("/ties", &ASKED).await;
    assert_eq!(page.status, StatusCode::OK);
    let ways = between(&page.body, "<ol class=\"ways\">", "</ol>").unwrap();
    assert!(ways.contains("王** 是 张** 的配偶（自 2021-03-01 起，可能）；"), "{ways}");
    assert!(ways.contains("王** 是 石塘建材经营部 的股东（40 %，自 2021-03-01 起，可能）；"), "{ways}");
    let sold = "石塘建材经营部 于 2021-03-01 中标 砚溪县交通运输局 的“青禾路改造”（可能）。";
    assert!(ways.contains(sold), "it ends with what the firm sold: {ways}");
    assert_eq!(page.body.matches(sold).count(), 2, "and the deals stand beside the ways");
    let picture = between(&page.body, "<svg class=\"ties\"", "</svg>").unwrap();
    assert_eq!(picture.matches("<circle").count(), 2);
    assert_eq!(picture.matches("data-tone=\"probable\"").count(), 3);
    assert!(picture.matches("<title>").count() >= 5, "every part has its words");
    assert!(page.body.contains("href=\"/source/1:0:2\""), "each step leads to its record");
    assert!(!page.body.contains(WIFE), "persons are masked");
    assert!(!page.body.contains("<小>"));
    assert_eq!(
        page.body.matches(OFFICIAL).count(),
        3,
        "what was typed stands in its field and in the two forms only"
    );
}

#[tokio::test]
async fn one_person_is_opened_and_masked_again() {
    let world = world().await;
    let mut officer = world.client("officer").await;
    let mut fields = ASKED.to_vec();
    fields.extend([("place", "2"), ("masked", "870121********0349")]);
    let page = officer.post("/ties/reveal", &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(WIFE) && page.body.contains("王&#60;小&#62;雨"));
    assert!(!officer.post("/ties", &ASKED).await.body.contains(WIFE));
    fields.retain(|(name, _)| *name != "reason");
    assert_eq!(officer.post("/ties/reveal", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = officer.post("/ties/reveal", &ASKED).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_comes_back_with_what_is_wrong() {
    let world = world().await;
    let mut officer = world.client("officer").await;
    let wrong = [("from", "8701"), ("to", ""), ("on", "gestern"), ("reason", "")];
    let page = officer.post("/ties", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("id=\"ask-on-error\""), "{}", page.body);
    let wrong = [("from", "8701"), ("to", FIRM), ("reason", "核实")];
    let page = officer.post("/ties", &wrong).await;
    assert!(page.body.contains("id=\"ask-from-error\"") && page.body.contains("value=\"8701\""));
}

#[tokio::test]
async fn from_a_warning_the_form_names_its_parties_and_no_number() {
    let world = world().await;
    let mut handler = world.client("handler").await;
    assert_eq!(handler.get("/ties").await.status, StatusCode::NOT_FOUND);
    let id = world.mine.warning.as_str();
    let page = handler.get(&format!("/ties?warning={id}&from=subject&to=kin_id")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("name=\"from\" value=\"subject\"") && page.body.contains("张**"));
    assert!(!page.body.contains(OFFICIAL));
    let asked = [("warning", id), ("from", "subject"), ("to", FIRM), ("reason", "核实")];
    let page = handler.post("/ties", &asked).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("class=\"ways\""));
    assert!(!page.body.contains("href=\"/source/"), "a handler opens the records of the warning on its page");
    assert!(!page.body.contains(OFFICIAL));
}
