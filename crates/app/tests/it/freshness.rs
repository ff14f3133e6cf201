//! Deliveries that are late, and which places and months came.

use chrono::TimeDelta;
use gnomon_app::{App, DelayKind, Delivered, FreshRow, RunOrder, Selection};
use gnomon_domain::{Actor, Role, Standing, Volume};
use gnomon_kernel::{Cadence, Code, Month};
use gnomon_library::{
    Library,
    analytics::{CoverageCell, FaultCount, IngestReport, ModelOutcome, Region},
    column::{Column, ColumnType},
};
use gnomon_testkit::{Bench, MODEL, day};

/// The one dataset, monthly and with a place.
async fn bench() -> Bench {
    Bench::with(|library: &mut Library| {
        let payroll = library.datasets.get_mut("payroll").unwrap();
        let region =
            Column { name: "region_code".into(), ty: ColumnType::Region, ..payroll.columns[0].clone() };
        payroll.columns.push(region);
        (payroll.region, payroll.cadence) = (Some("region_code".into()), Some(Cadence::Monthly));
    })
    .await
}

async fn deliver(bench: &Bench, name: &str) {
    let path = bench.dir.path().join(name);
    std::fs::write(&path, name).unwrap();
    bench.app.intake(&Actor::system(), &Delivered::new("payroll", &path, name), &|_| {}).await.unwrap();
    bench.app.link(&Actor::system()).await.unwrap();
}

async fn row(app: &App) -> FreshRow<'_> {
    app.freshness(&Actor::system()).await.unwrap().remove(0)
}

/// The look of one day, as a worker performs it; `false` when nobody was asked.
async fn look(bench: &Bench) -> bool {
    bench.app.request_daily_look().await.unwrap();
    let mut is_asked = false;
    while let Some(job) = bench.app.claim("worker").await.unwrap() {
        bench.app.perform(&job, &|_| {}).await.unwrap();
        is_asked = true;
    }
    is_asked
}

#[tokio::test]
async fn a_delivery_is_missed_reminded_of_and_cured_by_the_next() {
    let bench = bench().await;
    deliver(&bench, "a.csv").await; // 21 November 2025, a Friday
    assert!(look(&bench).await && !look(&bench).await, "once a day");
    let fresh = row(&bench.app).await;
    assert_eq!((fresh.freshness.standing, fresh.freshness.due), (Standing::OnTime, Some(day("2025-12-22"))));
    assert!(!fresh.is_late && fresh.delay.is_none());
    bench.wait(TimeDelta::days(31)); // 22 December
    assert!(look(&bench).await);
    assert!(row(&bench.app).await.delay.is_none(), "the day itself is in time");
    bench.wait(TimeDelta::days(1));
    assert!(look(&bench).await);
    let fresh = row(&bench.app).await;
    let delay = fresh.delay.unwrap();
    assert_eq!((fresh.freshness.standing, fresh.is_late), (Standing::Due, true));
    assert_eq!(
        (delay.due_on, delay.reminded_at, delay.degraded_at),
        (day("2025-12-22"), bench.app.now(), None)
    );
    bench.wait(TimeDelta::days(1));
    assert!(look(&bench).await, "nothing new is written down");
    bench.wait(TimeDelta::days(30)); // 23 January 2026
    assert!(look(&bench).await);
    let board = bench.app.dashboard(&Actor::system()).await.unwrap();
    let [delayed] = board.delayed.as_slice() else { panic!("{:?}", board.delayed) };
    assert_eq!((delayed.kind, delayed.models, delayed.due_on), (DelayKind::Overdue, 3, day("2025-12-22")));
    deliver(&bench, "b.csv").await;
    let fresh = row(&bench.app).await;
    assert_eq!((fresh.freshness.standing, fresh.delay), (Standing::OnTime, None));
    assert!(bench.app.dashboard(&Actor::system()).await.unwrap().delayed.is_empty());
    let trail =
        ["reminder", "degraded", "cured"].map(|what| format!("upload_data {what}: due on 2025-12-22"));
    assert_eq!(bench.trail("payroll").await, trail);
}

#[tokio::test]
async fn a_delivery_with_many_rows_kept_back_degrades_until_a_better_one_comes() {
    let bench = bench().await;
    let report = |rejected| {
        let fault =
            FaultCount { column: "person_id".into(), code: Code::IdCheck.word().into(), rows: rejected };
        let counts = IngestReport { rows: 100, accepted: 100 - rejected, rejected, ..Default::default() };
        IngestReport { faults: vec![fault], ..counts }
    };
    bench.answer(|answers| drop(answers.reports.insert("a.csv".into(), report(2))));
    deliver(&bench, "a.csv").await;
    let fresh = row(&bench.app).await;
    assert_eq!((fresh.freshness.standing, fresh.is_late), (Standing::Degraded, true));
    assert_eq!(DelayKind::of(&fresh.delay.unwrap()), DelayKind::BelowLimits);
    bench.answer(|answers| drop(answers.reports.insert("b.csv".into(), report(1))));
    deliver(&bench, "b.csv").await;
    let fresh = row(&bench.app).await;
    assert_eq!((fresh.freshness.standing, fresh.delay), (Standing::OnTime, None));
}

#[tokio::test]
async fn a_withdrawn_delivery_leaves_the_delay_that_it_had_cured() {
    let bench = bench().await;
    deliver(&bench, "a.csv").await;
    bench.wait(TimeDelta::days(35));
    assert!(look(&bench).await && row(&bench.app).await.is_late);
    deliver(&bench, "b.csv").await;
    let batch = bench.app.batches(&Actor::system(), None, None, 1).await.unwrap().remove(0);
    bench.app.withdraw(&Actor::system(), &batch.id, "误报", &|_| {}).await.unwrap();
    bench.app.link(&Actor::system()).await.unwrap();
    let delay = row(&bench.app).await.delay.unwrap();
    assert_eq!((delay.due_on, delay.cured_at), (day("2025-12-22"), None));
}

async fn run(bench: &Bench, selection: Selection) {
    let order = RunOrder { selection, as_of: None, known: gnomon_app::Known::default(), overrides: vec![] };
    bench.app.request_run(&Actor::system(), &order).await.unwrap();
    bench.app.perform(&bench.claim().await, &|_| {}).await.unwrap();
}

#[tokio::test]
async fn what_never_came_is_missed_only_where_somebody_asked_for_a_model_that_lacks_it() {
    let bench = bench().await;
    let cannot = ModelOutcome::CannotTell { missing: vec!["payroll".into()] };
    bench.answer(|answers| drop(answers.outcomes.insert(MODEL.into(), cannot)));
    run(&bench, Selection::All).await;
    bench.wait(TimeDelta::days(30));
    assert!(look(&bench).await);
    let fresh = row(&bench.app).await;
    assert_eq!((fresh.freshness.standing, fresh.freshness.due), (Standing::Never, None));
    assert!(!fresh.is_late && fresh.delay.is_none());
    // Sunday 21 December; twenty working days later is Friday 16 January, for this library knows no festivals.
    run(&bench, Selection::Some { models: vec![MODEL.into()], packs: vec![] }).await;
    assert_eq!(row(&bench.app).await.freshness.due, Some(day("2026-01-16")));
    bench.wait(TimeDelta::days(27));
    assert!(look(&bench).await);
    let fresh = row(&bench.app).await;
    assert_eq!(fresh.freshness.standing, Standing::Never);
    assert_eq!(fresh.delay.unwrap().degraded_at, None, "what never was cannot degrade");
}

#[tokio::test]
async fn months_are_seen_from_the_usual_one_and_none_is_before_the_first() {
    let bench = bench().await;
    let report = |accepted| IngestReport { rows: accepted, accepted, ..Default::default() };
    for (name, accepted, days) in [("a.csv", 100, 30), ("b.csv", 40, 62), ("c.csv", 110, 0)] {
        bench.answer(|answers| drop(answers.reports.insert(name.into(), report(accepted))));
        deliver(&bench, name).await; // 21 November, 21 December, 21 February
        bench.wait(TimeDelta::days(days));
    }
    let fresh = row(&bench.app).await;
    assert_eq!((fresh.usual, fresh.months.len(), fresh.models), (100, 24, 3));
    let last: Vec<(i32, Option<u64>, Volume)> =
        fresh.months[19..].iter().map(|one| (one.month.number(), one.rows, one.volume)).collect();
    let expected = [
        (202510, None, Volume::Nothing),
        (202511, Some(100), Volume::Usual),
        (202512, Some(40), Volume::Scarce),
        (202601, Some(0), Volume::Nothing),
        (202602, Some(110), Volume::Usual),
    ];
    assert_eq!(last, expected);
}

#[tokio::test]
async fn a_township_without_rows_stands_out_where_its_neighbours_have_some() {
    let bench = bench().await;
    let tree =
        ["870121000000", "870121001000", "870121001007", "870121002000", "870121003000", "870122001000"];
    let tree =
        tree.map(|code| Region { code: code.into(), name: format!("第{code}"), parent: String::new() });
    let cell = |region: &str, month, rows| CoverageCell {
        region: region.into(),
        month: Month::new(month).unwrap(),
        rows,
    };
    let cells = vec![
        cell("", 202510, 2),
        cell("870121001", 202509, 10),
        cell("870121001", 202510, 10),
        cell("870121002", 202510, 3),
        cell("870121002", 209912, 1),
    ];
    bench.answer(|answers| {
        answers.regions = tree.to_vec();
        answers.coverage.insert("payroll".into(), cells);
    });
    deliver(&bench, "a.csv").await;
    let coverage = bench.app.coverage(&Actor::system(), "payroll").await.unwrap();
    assert_eq!((coverage.months.len(), coverage.months[23].number()), (24, 202510), "not 2099");
    let codes: Vec<&str> = coverage.places.iter().map(|place| place.code.as_str()).collect();
    assert_eq!(codes, ["870121001", "870121002", "870121003", ""], "the neighbour that never spoke is there");
    assert_eq!(coverage.places[0].name.as_deref(), Some("第870121001000"));
    let gaps: Vec<(bool, bool)> =
        coverage.places.iter().map(|place| (place.months[22].is_gap, place.months[23].is_gap)).collect();
    // In September one of two neighbours speaks, in October both do.
    assert_eq!(gaps, [(false, false), (true, false), (true, true), (false, false)]);
    assert!(
        coverage.places.iter().all(|place| !place.months[21].is_gap),
        "where nobody speaks there is no gap"
    );
}

#[tokio::test]
async fn a_table_is_counted_once_per_version() {
    let bench = bench().await;
    let counted = || {
        let mut times = 0;
        bench.answer(|answers| times = answers.counted.len());
        times
    };
    deliver(&bench, "a.csv").await;
    bench.app.link(&Actor::system()).await.unwrap();
    assert_eq!(counted(), 1);
    bench.answer(|answers| answers.version = 4);
    bench.app.link(&Actor::system()).await.unwrap();
    assert_eq!(counted(), 2);
    let handler = bench.person("handler", Role::Handler).await;
    assert_eq!(bench.app.coverage(&handler, "payroll").await.unwrap_err().code(), Code::Forbidden);
    assert_eq!(bench.app.freshness(&handler).await.unwrap_err().code(), Code::Forbidden);
    assert_eq!(bench.app.coverage(&Actor::system(), "none").await.unwrap_err().code(), Code::NotFound);
}
