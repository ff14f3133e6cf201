//! Supervised objects: what opens a person's page, what is recorded of it, what it shows.

use chrono::TimeDelta;
use gnomon_app::{Answer, Error, Opening, Review, Seen, Shown, TieInquiry, Token};
use gnomon_domain::{Actor, Role, Verdict};
use gnomon_kernel::{Code, EntityKind, RowRef};
use gnomon_library::object::{ObjectKind, ObjectSearch};
use gnomon_testkit::{
    Bench, PASSWORD, day,
    objects::{OFFICIAL, UNIT, official, unit},
};

const OFFICE: ObjectKind = ObjectKind::Official;

struct County {
    bench: Bench,
    officer: Actor,
    session: Token,
    /// The address of the person's page.
    address: String,
    row: RowRef,
}

impl County {
    async fn new() -> County {
        let bench = Bench::new().await;
        let officer = bench.person("officer", Role::DutyOfficer).await;
        let path = bench.dir.path().join("a.csv");
        std::fs::write(&path, "a").unwrap();
        let file = gnomon_app::Delivered::new("payroll", &path, "a.csv");
        let batch = bench.app.intake(&Actor::system(), &file, &|_| {}).await.unwrap();
        let row = RowRef { batch: batch.number, sheet: 0, line: 2 };
        bench.answer(|answers| {
            let (record, table_row) = official(row);
            answers.objects = vec![record, unit(row)];
            answers.rows = vec![table_row];
        });
        let session = bench.app.login("officer", PASSWORD, "").await.unwrap().token;
        County { bench, officer, session, address: row.to_string(), row }
    }

    async fn open(&self, reason: &str) -> Result<(), Error> {
        let app = &self.bench.app;
        app.open_object(&self.officer, OFFICE, &self.address, &self.session, reason).await
    }

    async fn page(&self, session: &Token) -> Result<Option<gnomon_app::ObjectView>, Error> {
        self.bench.app.object(&self.officer, OFFICE, &self.address, Opening::Session(session)).await
    }

    fn trail_name(&self) -> String {
        format!("official {}", self.row)
    }
}

#[tokio::test]
async fn a_persons_page_opens_for_a_reason_that_is_recorded_and_holds_for_half_an_hour() {
    let county = County::new().await;
    assert!(county.page(&county.session).await.unwrap().is_none(), "nobody gave a reason");
    assert_eq!(county.open("  ").await.unwrap_err().code(), Code::Missing);
    assert!(county.bench.trail(&county.trail_name()).await.is_empty());
    county.open(&format!("核对 温竹青 {OFFICIAL} 的任职")).await.unwrap();
    let trail = county.bench.trail(&county.trail_name()).await;
    assert_eq!(trail, ["open_person 核对 温** 870121********3201 的任职"], "it does not name them");
    for minutes in [0, 29] {
        county.bench.wait(TimeDelta::minutes(minutes));
        assert!(county.page(&county.session).await.unwrap().is_some(), "{minutes}");
    }
    assert_eq!(county.bench.trail(&county.trail_name()).await.len(), 1, "paging does not ask again");
    let other = county.bench.app.login("officer", PASSWORD, "").await.unwrap().token;
    assert!(county.page(&other).await.unwrap().is_none(), "another session asks for itself");
    county.bench.wait(TimeDelta::minutes(1));
    assert!(county.page(&county.session).await.unwrap().is_none(), "half an hour is over");
    county.open("继续核对").await.unwrap();
    assert!(county.page(&county.session).await.unwrap().is_some());
}

#[tokio::test]
async fn who_may_not_is_refused_before_anything_is_looked_up() {
    let county = County::new().await;
    let handler = county.bench.person("handler", Role::Handler).await;
    let app = &county.bench.app;
    let once = Opening::Reason("核对");
    for kind in ObjectKind::ALL {
        let refused = app.object(&handler, kind, &county.address, once).await.unwrap_err();
        assert_eq!(refused.code(), Code::Forbidden, "{kind}");
    }
    let program = app.object(&Actor::system(), OFFICE, &county.address, once).await.unwrap_err();
    assert_eq!(program.code(), Code::Forbidden, "the program itself opens nobody's page");
    let opened = app.open_object(&handler, OFFICE, &county.address, &county.session, "核对").await;
    assert_eq!(opened.unwrap_err().code(), Code::Forbidden);
    assert!(county.bench.trail(&county.trail_name()).await.is_empty());
}

#[tokio::test]
async fn nothing_on_lists_and_pages_names_a_person() {
    let county = County::new().await;
    let search =
        |kind, text: &str| ObjectSearch { kind, text: text.into(), place: String::new(), from: 0, most: 10 };
    let app = &county.bench.app;
    let list = app.objects(&county.officer, &search(OFFICE, "温竹")).await.unwrap();
    let item = &list.items[0];
    assert_eq!((item.number.as_str(), item.name.as_deref()), ("870121********3201", Some("温**")));
    assert_eq!(item.address, county.address, "its page is called by a row");
    let count = |kind| list.counts.iter().find(|(known, _)| *known == kind).unwrap().1;
    assert_eq!((count(OFFICE), count(ObjectKind::Unit)), (1, 0), "the same words in every kind");
    county.open("核对").await.unwrap();
    let page = county.page(&county.session).await.unwrap().unwrap();
    let text = format!("{page:?}");
    assert!(!text.contains(OFFICIAL) && !text.contains("温竹青"), "{text}");
    assert_eq!(page.terms[0].post, Shown::Text("局长".into()));
    assert_eq!((page.about[0].count, page.about[0].years.len()), (36, 3));
    assert_eq!(page.deliveries[0].name, "a.csv");
    let units = app.objects(&county.officer, &search(ObjectKind::Unit, "")).await.unwrap();
    assert_eq!((units.items[0].number.as_str(), units.items[0].address.as_str()), (UNIT, UNIT));
}

#[tokio::test]
async fn a_unit_needs_no_reason_and_its_rows_name_nobody() {
    let county = County::new().await;
    let app = &county.bench.app;
    let page = app.object(&county.officer, ObjectKind::Unit, UNIT, Opening::Session(&county.session)).await;
    let page = page.unwrap().unwrap();
    assert_eq!(page.open_until, None);
    assert_eq!(page.terms[0].holder.as_deref(), Some("温**"), "who held office there, masked");
    let text = format!("{page:?}");
    assert!(!text.contains(OFFICIAL) && !text.contains("温竹青"), "{text}");
    let unknown = app.object(&county.officer, ObjectKind::Unit, "none", Opening::Reason("")).await;
    assert_eq!(unknown.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn the_full_number_takes_a_reason_of_its_own() {
    let county = County::new().await;
    let app = &county.bench.app;
    let reveal = async |reason| {
        app.reveal_object(&county.officer, OFFICE, &county.address, &county.session, reason).await
    };
    assert_eq!(reveal("核对").await.unwrap_err().code(), Code::NotFound, "the page is not open");
    county.open("核对").await.unwrap();
    assert_eq!(reveal("").await.unwrap_err().code(), Code::Missing);
    let identity = reveal("电话核实").await.unwrap();
    assert_eq!(identity.number.reveal(), OFFICIAL);
    assert_eq!(county.bench.trail(&county.trail_name()).await[1], "reveal 电话核实");
}

#[tokio::test]
async fn a_line_is_shown_only_where_it_names_the_object() {
    let county = County::new().await;
    county.open("核对").await.unwrap();
    county.bench.answer(|answers| {
        let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        answers.line = Some(gnomon_library::analytics::SourceLine {
            sheet: String::new(),
            header: text(&["身份证号", "月份", "备注"]),
            cells: text(&[OFFICIAL, "2025-03", "自由文字"]),
            columns: text(&["person_id", "month", ""]),
        });
        let mut other = answers.rows[0].clone();
        other.row.line = 3;
        other.cells[0].1 = "870121198506143299".into();
        answers.rows.push(other);
    });
    let line = async |row| {
        let app = &county.bench.app;
        app.object_line(&county.officer, OFFICE, &county.address, &county.session, row).await
    };
    let found = line(county.row).await.unwrap();
    let shown: Vec<&str> = found.cells.iter().map(|cell| cell.original.as_str()).collect();
    assert_eq!(shown, ["870121********3201", "2025-03"], "columns that nobody knows are left out");
    let other = RowRef { line: 3, ..county.row };
    assert_eq!(line(other).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn warnings_stay_with_their_outcome_and_an_erased_person_has_no_page() {
    let county = County::new().await;
    let handler = county.bench.person("handler", Role::Handler).await;
    let leader = county.bench.person("leader", Role::Leader).await;
    let seen: Seen = county.bench.assigned(&county.officer, &handler).await;
    let app = &county.bench.app;
    app.verify(&handler, &seen, Verdict::Explained, "同名不同人").await.unwrap();
    app.submit(&handler, &seen, "").await.unwrap();
    app.review(&leader, &seen, Review::Accept { note: "同意".into() }).await.unwrap();
    county.open("核对").await.unwrap();
    let page = county.page(&county.session).await.unwrap().unwrap();
    assert_eq!(page.warnings.len(), 1);
    assert_eq!(page.warnings[0].verdict, Some(Verdict::Explained));
    assert!(page.warnings[0].closed_at.is_some() && page.findings.is_empty());
    let asked = app.ask_erasure(&county.officer, OFFICIAL, "依法").await.unwrap();
    assert!(county.page(&county.session).await.unwrap().is_some(), "what is only asked changes nothing");
    app.answer_erasure(&leader, asked, &Answer::Agree).await.unwrap();
    assert_eq!(county.page(&county.session).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn the_address_of_a_page_stands_for_its_person_in_a_question_about_ties() {
    let county = County::new().await;
    let app = &county.bench.app;
    let [from, to] = app.tie_ends(&county.officer, None, [&county.address, UNIT]).await.unwrap();
    let (from, to) = (from.unwrap(), to.unwrap());
    assert_eq!((from.name.as_deref(), from.number.as_str()), (Some("温**"), "870121********3201"));
    assert_eq!((to.kind, to.number.as_str()), (EntityKind::Organisation, UNIT));
    let inquiry = TieInquiry {
        warning: None,
        from: county.address.clone(),
        to: UNIT.to_owned(),
        on: day("2025-01-01"),
        through_many: false,
    };
    app.ties(&county.officer, &inquiry, "核实").await.unwrap();
    let asked = county.bench.answer_of(|answers| answers.tie_questions.clone());
    assert_eq!((asked[0].from.as_str(), asked[0].to.as_str()), (OFFICIAL, UNIT));
    let [gone, _] = app.tie_ends(&county.officer, None, ["9999:0:2", ""]).await.unwrap();
    assert!(gone.is_none(), "a row that nobody knows names nobody");
}
