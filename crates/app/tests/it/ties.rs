//! How parties are tied: who may ask, what is kept of it, who is masked.

use gnomon_app::{Delivered, TieInquiry};
use gnomon_domain::{Actor, Role};
use gnomon_kernel::{Code, EntityKind, RowRef, TieKind, Tier, WarningId, Words};
use gnomon_library::{
    tie::{POSTS, Party, Tie, TieAnswer, TiePath, TieStep},
    view::View,
};
use gnomon_testkit::{Bench, day, finding};

const OFFICIAL: &str = "870121198506143201";
const WIFE: &str = "870121199009090349";
const FIRM: &str = "91870121MA0X01018P";
const UNIT: &str = "11870121008720109M";
const DAY: &str = "2024-06-01";

fn party(number: &str, name: Option<&str>, kind: EntityKind) -> Party {
    Party { number: number.to_owned(), name: name.map(str::to_owned), kind }
}

/// The official's wife holds 40 percent of the firm, and managed it until 2020.
fn answer() -> TieAnswer {
    let official = party(OFFICIAL, Some("张三丰"), EntityKind::Person);
    let wife = party(WIFE, Some("王小雨"), EntityKind::Person);
    let firm = party(FIRM, Some("石塘建材经营部"), EntityKind::Organisation);
    let tie = |first: &Party, second: &Party, kind| Tie {
        first: first.clone(),
        second: second.clone(),
        kind,
        tier: Tier::Certain,
        from: Some(day("2011-05-01")),
        until: None,
        share: None,
        many: false,
        rows: vec![RowRef { batch: 1, sheet: 0, line: 2 }],
        project: None,
    };
    let unit = party(UNIT, Some("石塘镇人民政府"), EntityKind::Organisation);
    let won = Tie { project: Some("青禾路改造".into()), ..tie(&firm, &unit, TieKind::Award) };
    let deals = vec![TieStep { from: firm.clone(), to: unit, ties: vec![won] }];
    let holds = Tie { share: Some(40.0), ..tie(&wife, &firm, TieKind::Shareholder) };
    let managed = Tie { until: Some(day("2020-12-31")), ..tie(&wife, &firm, TieKind::Manager) };
    let steps = vec![
        TieStep {
            from: official.clone(),
            to: wife.clone(),
            ties: vec![tie(&official, &wife, TieKind::Spouse)],
        },
        TieStep { from: wife, to: firm.clone(), ties: vec![holds, managed] },
    ];
    let path = TiePath { steps, is_shortest: true, is_strongest: true, through_many: false };
    TieAnswer { from: Some(official), to: Some(firm), paths: vec![path], deals, ..TieAnswer::default() }
}

fn inquiry(warning: Option<&WarningId>, from: &str, to: &str) -> TieInquiry {
    let (from, to) = (from.to_owned(), to.to_owned());
    TieInquiry { warning: warning.cloned(), from, to, on: day(DAY), through_many: false }
}

struct County {
    bench: Bench,
    officer: Actor,
    handler: Actor,
    /// A warning that is the handler's.
    warning: WarningId,
}

impl County {
    async fn new() -> County {
        // What tells ties, in place of the library's view.
        let view = View {
            key: POSTS.to_owned(),
            title: Words { zh: "任职".into(), en: "posts".into() },
            reads: vec!["payroll".to_owned()],
            reads_any: Vec::new(),
            kept: false,
            sql: String::new(),
            columns: Vec::new(),
            cases: Vec::new(),
        };
        let bench = Bench::with(|library| {
            library.views.insert(POSTS.to_owned(), view);
        })
        .await;
        let officer = bench.person("officer", Role::DutyOfficer).await;
        let handler = bench.person("handler", Role::Handler).await;
        let path = bench.dir.path().join("a.csv");
        std::fs::write(&path, "a").unwrap();
        bench
            .app
            .intake(&Actor::system(), &Delivered::new("payroll", &path, "a.csv"), &|_| {})
            .await
            .unwrap();
        bench.says(vec![finding(1)]);
        bench.run().await;
        let seen = bench.only().await;
        bench.assign(&officer, &handler, &seen).await;
        bench.answer(|answers| answers.tie_answer = answer());
        County { bench, officer, handler, warning: seen.warning }
    }

    async fn trail(&self, object: &str) -> Vec<(String, String)> {
        let lines = self.bench.store.read().await.unwrap().audit_trail(Some(object), 9).await.unwrap();
        lines.into_iter().map(|line| (line.action, line.detail)).collect()
    }
}

#[tokio::test]
async fn an_answer_is_masked_and_the_reason_is_kept() {
    let county = County::new().await;
    let app = &county.bench.app;
    let view =
        app.ties(&county.officer, &inquiry(None, OFFICIAL, &FIRM.to_lowercase()), "核实回避").await.unwrap();
    let named: Vec<(Option<&str>, &str)> =
        view.parties.iter().map(|party| (party.name.as_deref(), party.number.as_str())).collect();
    assert_eq!(named[0], (Some("张**"), "870121********3201"));
    assert_eq!(named[1], (Some("石塘建材经营部"), FIRM));
    assert_eq!(named[2], (Some("王**"), "870121********0349"));
    let [way] = view.ways.as_slice() else { panic!("{view:?}") };
    assert_eq!(way.legs.iter().map(|leg| (leg.from, leg.to)).collect::<Vec<_>>(), [(0, 2), (2, 1)]);
    assert_eq!(way.legs[1].ties.iter().map(|tie| tie.holds).collect::<Vec<_>>(), [true, false]);
    assert_eq!(way.legs[0].ties[0].records.len(), 1, "the record has the title of its dataset");
    let [deal] = view.deals.as_slice() else { panic!("{view:?}") };
    assert_eq!((deal.from, named[deal.to]), (1, (Some("石塘镇人民政府"), UNIT)));
    assert_eq!((deal.ties[0].project.as_deref(), deal.ties[0].records.len()), (Some("青禾路改造"), 1));
    assert!(!format!("{view:?}").contains("0609"), "no birthday of anybody");
    let trail = county.trail("ties").await;
    assert_eq!(trail.len(), 1);
    assert_eq!(trail[0].0, "view_ties");
    assert_eq!(trail[0].1, format!("870121********3201 - {FIRM}: {DAY}: 核实回避"));
}

#[tokio::test]
async fn a_question_needs_two_numbers_and_a_reason() {
    let county = County::new().await;
    let app = &county.bench.app;
    for (from, to, reason, field, code) in [
        ("", FIRM, "核实", "from", Code::Missing),
        ("8701", FIRM, "核实", "from", Code::IdLength),
        (OFFICIAL, "8701", "核实", "to", Code::IdLength),
        (FIRM, FIRM, "核实", "to", Code::Invalid),
        (OFFICIAL, FIRM, " ", "reason", Code::Missing),
    ] {
        let error = app.ties(&county.officer, &inquiry(None, from, to), reason).await.unwrap_err();
        assert_eq!((error.code(), error.problems()[0].field.as_str()), (code, field));
    }
    assert_eq!(county.trail("ties").await, [], "nothing was asked");
}

#[tokio::test]
async fn a_handler_asks_about_the_parties_of_an_own_warning_only() {
    let county = County::new().await;
    let app = &county.bench.app;
    let ask = async |warning: Option<&WarningId>, from: &str, to: &str| {
        app.ties(&county.handler, &inquiry(warning, from, to), "核实")
            .await
            .map(|_| ())
            .map_err(|error| error.code())
    };
    let own = Some(&county.warning);
    assert_eq!(ask(own, "subject", "kin_id").await, Ok(()));
    assert_eq!(ask(own, "subject", FIRM).await, Ok(()), "an organisation may be named");
    assert_eq!(ask(own, "subject", WIFE).await, Err(Code::Forbidden), "another person may not");
    assert_eq!(ask(None, OFFICIAL, FIRM).await, Err(Code::NotFound));
    let questions = county.bench.answer_of(|answers| answers.tie_questions.clone());
    assert_eq!(questions[0].from, OFFICIAL);
    assert_eq!(questions[0].to, "870121198001010017");
    let ends = app.tie_ends(&county.handler, own, ["subject", "nobody"]).await.unwrap();
    assert_eq!(ends.map(|end| end.and_then(|end| end.name)), [Some("张**".to_owned()), None]);
    assert_eq!(county.trail(county.warning.as_str()).await[0].0, "view_ties");
}

#[tokio::test]
async fn one_person_is_opened_for_a_reason() {
    let county = County::new().await;
    let app = &county.bench.app;
    let asked = inquiry(None, OFFICIAL, FIRM);
    let wife = app.reveal_tied(&county.officer, &asked, (2, "870121********0349"), "约谈").await.unwrap();
    assert_eq!(wife.number.reveal(), WIFE);
    assert_eq!(wife.name.unwrap().reveal(), "王小雨");
    let trail = county.trail("ties").await;
    assert_eq!(trail[0].0, "reveal");
    assert!(trail[0].1.contains("870121********0349: 约谈"), "{trail:?}");
    // Somebody else stands at that place by now.
    let other = app.reveal_tied(&county.officer, &asked, (0, "870121********0349"), "约谈").await;
    assert_eq!(other.unwrap_err().code(), Code::Conflict);
    let without = app.reveal_tied(&county.officer, &asked, (2, "870121********0349"), "").await;
    assert_eq!(without.unwrap_err().code(), Code::Missing);
}

#[tokio::test]
async fn whom_no_tie_names_is_said_masked() {
    let county = County::new().await;
    county.bench.answer(|answers| answers.tie_answer = TieAnswer::default());
    let view = county.bench.app.ties(&county.officer, &inquiry(None, OFFICIAL, FIRM), "核实").await.unwrap();
    let unknown: Vec<&str> = view.unknown.iter().map(|party| party.number.as_str()).collect();
    assert_eq!(unknown, ["870121********3201", FIRM]);
    assert!(view.ways.is_empty());
}

#[tokio::test]
async fn the_record_behind_a_tie_opens_for_whoever_sees_all_warnings() {
    let county = County::new().await;
    let app = &county.bench.app;
    let row = RowRef { batch: 1, sheet: 0, line: 2 };
    county.bench.answer(|answers| {
        answers.line = Some(gnomon_library::analytics::SourceLine {
            sheet: String::new(),
            header: vec!["身份证号".into()],
            cells: vec![OFFICIAL.into()],
            columns: vec!["person_id".into()],
        });
    });
    let line = app.tie_line(&county.officer, row).await.unwrap();
    assert_eq!(line.cells[0].original, "870121********3201");
    assert_eq!(county.trail(&row.to_string()).await[0].0, "view_source");
    assert_eq!(app.tie_line(&county.handler, row).await.unwrap_err().code(), Code::NotFound);
    let elsewhere = RowRef { batch: 7, ..row };
    assert_eq!(app.tie_line(&county.officer, elsewhere).await.unwrap_err().code(), Code::NotFound);
}
