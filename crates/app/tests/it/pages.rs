use chrono::TimeDelta;
use gnomon_app::{Cursor, Delivered, Filter, PartyKind, Review, Shown};
use gnomon_domain::{Actor, Role, Verdict};
use gnomon_kernel::{Code, Lang, Level, Money, Month, RowRef};
use gnomon_library::analytics::{Finding, Region, SourceLine, TableRow};
use gnomon_testkit::{Bench, MODEL, day, finding};

async fn with_regions(bench: &Bench) {
    let region =
        |code: &str, name: &str| Region { code: code.into(), name: name.into(), parent: String::new() };
    let tree = vec![region("870121001000", "青禾镇"), region("870121001007", "石塘村")];
    bench.answer(|answers| answers.regions = tree);
    let report = bench.app.link(&Actor::system()).await.unwrap();
    assert_eq!((report.persons, report.name_conflicts), (7, 1));
    assert_eq!(bench.app.regions(&Actor::system()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_inbox_names_nobody() {
    let bench = Bench::new().await;
    with_regions(&bench).await;
    bench.says((1..=3).map(finding).collect());
    bench.run().await;
    let system = Actor::system();
    let page = bench.app.inbox(&system, &Filter::default(), None, 2).await.unwrap();
    assert_eq!((page.items.len(), page.counts.total(), page.counts.yellow), (2, 3, 3));
    let next: Cursor = page.next.unwrap();
    assert_eq!(bench.app.inbox(&system, &Filter::default(), Some(&next), 2).await.unwrap().items.len(), 1);
    let item = &page.items[0];
    assert_eq!(item.title.get(Lang::Zh), "死亡后仍发放");
    assert_eq!((item.subject.as_str(), item.subject_name.as_deref()), ("870121********3203", Some("张**")));
    assert_eq!(item.place.as_deref(), Some("青禾镇 石塘村"));
    assert_eq!(item.fact("months"), Some(&Shown::Int(2)));
    assert_eq!(item.fact("fen"), Some(&Shown::Money(Money(24_000))));
    assert_eq!(item.fact("subject"), Some(&Shown::Text("870121********3203".into())));
    let all = format!("{:?}", page.items);
    assert!(!all.contains("19850614") && !all.contains("19800101") && !all.contains("三丰"), "{all}");
}

#[tokio::test]
async fn the_warning_shows_evidence_chain_parties_and_origin_masked() {
    let bench = Bench::new().await;
    with_regions(&bench).await;
    bench.says(vec![finding(1)]);
    bench.run_as("2025-10-31", &["BF-GEN-001.grace_months=2"]).await;
    let seen = bench.only().await;
    let view = bench.app.warning(&Actor::system(), &seen.warning).await.unwrap();
    let cells: Vec<(&str, &Shown)> =
        view.cells.iter().map(|cell| (cell.title.get(Lang::Zh), &cell.value)).collect();
    assert_eq!(cells[0], ("月数", &Shown::Int(2)));
    assert_eq!(cells[1], ("亲属", &Shown::Text("870121********0017".into())));
    assert_eq!(cells[2], ("亲属姓名", &Shown::Text("李*".into())));
    assert_eq!(view.chain.len(), 2);
    assert_eq!(view.chain[0].cell.value, Shown::Text("张**".into()));
    assert_eq!(view.chain[1].edge.as_ref().unwrap().get(Lang::En), "relative");
    let keys: Vec<(&str, PartyKind)> =
        view.parties.iter().map(|party| (party.key.as_str(), party.kind)).collect();
    assert_eq!(keys, [("subject", PartyKind::Person), ("kin_id", PartyKind::Person)]);
    assert_eq!(view.parties[1].name.as_deref(), Some("李*"));
    assert_eq!((view.revision, view.as_of), (4, Some(day("2025-10-31"))));
    assert_eq!(serde_json::to_value(&view.params).unwrap(), serde_json::json!({ "grace_months": 2 }));
    assert_eq!(view.versions, [("payroll".to_owned(), 3)]);
    let all = format!("{view:?}");
    assert!(!all.contains("19850614") && !all.contains("19800101") && !all.contains("李四"), "{all}");
}

async fn with_a_row(bench: &Bench) -> RowRef {
    let path = bench.dir.path().join("发放表.csv");
    std::fs::write(&path, "x").unwrap();
    bench
        .app
        .intake(&Actor::system(), &Delivered::new("payroll", &path, "发放表.csv"), &|_| {})
        .await
        .unwrap();
    let row = finding(1).rows[0];
    let cells = vec![
        ("person_id".into(), finding(1).subject.into()),
        ("month".into(), 202503.into()),
        ("amount".into(), 12_000.into()),
    ];
    let line = SourceLine {
        sheet: String::new(),
        header: ["身份证号", "月份", "联系方式"].map(str::to_owned).to_vec(),
        cells: [&finding(1).subject, "2025.3", "手机16912345678"].map(str::to_owned).to_vec(),
        columns: ["person_id", "month", ""].map(str::to_owned).to_vec(),
    };
    bench.answer(|answers| {
        answers.rows = vec![TableRow { row, dataset: "payroll".into(), cells }];
        answers.line = Some(line);
    });
    bench.says(vec![finding(1)]);
    bench.run().await;
    row
}

#[tokio::test]
async fn evidence_leads_back_to_department_file_and_line() {
    let bench = Bench::new().await;
    let row = with_a_row(&bench).await;
    let (system, seen) = (Actor::system(), bench.only().await);
    let evidence = bench.app.evidence(&system, &seen.warning).await.unwrap();
    let first = &evidence.rows[0];
    assert_eq!((first.row, first.file.as_str(), first.owner.get(Lang::Zh)), (row, "发放表.csv", "财政局"));
    let march = Month::new(202503).unwrap();
    assert_eq!((&first.when, first.amount), (&Shown::Month(march), Some(Money(12_000))));
    assert_eq!(first.cells[0].value, Shown::Text("870121********3201".into()));
    let trend = evidence.trend.unwrap();
    assert_eq!((&trend.title, trend.sums), (&first.title, vec![(march, Money(12_000))]));
    let source = bench.app.source_line(&system, &seen.warning, row).await.unwrap();
    assert!(source.is_current);
    assert_eq!(source.cells[0].original, "870121********3201");
    assert_eq!(
        (source.cells[1].original.as_str(), &source.cells[1].stored),
        ("2025.3", &Some(Shown::Month(march)))
    );
    assert_eq!((source.cells[2].original.as_str(), &source.cells[2].stored), ("手机1**********", &None));
    let other = RowRef { line: 99, ..row };
    assert_eq!(
        bench.app.source_line(&system, &seen.warning, other).await.unwrap_err().code(),
        Code::NotFound
    );
    bench.answer(|answers| answers.rows.clear());
    let corrected = bench.app.source_line(&system, &seen.warning, row).await.unwrap();
    assert!(!corrected.is_current);
}

#[tokio::test]
async fn the_dashboard_adds_up() {
    let bench = Bench::new().await;
    with_regions(&bench).await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let handler = bench.person("handler", Role::Handler).await;
    let seen = bench.assigned(&officer, &handler).await;
    bench.app.verify(&handler, &seen, Verdict::True, "属实").await.unwrap();
    bench.app.dispose(&handler, &seen, Money(500), "退款").await.unwrap();
    bench.app.recover_money(&handler, &seen, Money(300), day("2025-11-21"), "").await.unwrap();
    bench.app.submit(&handler, &seen, "分期").await.unwrap();
    bench.wait(TimeDelta::days(6));
    bench.app.review(&officer, &seen, Review::Accept { note: String::new() }).await.unwrap();
    bench.says(vec![finding(1), Finding { level: Level::Red, ..finding(2) }]);
    bench.run().await;
    let numbers = bench.app.dashboard(&handler).await.unwrap();
    assert_eq!((numbers.open.red, numbers.open.total(), numbers.unassigned.red), (1, 1, 1));
    assert_eq!((numbers.totals.to_recover, numbers.totals.recovered), (Money(500), Money(300)));
    assert_eq!(numbers.verified_rate(), Some(1.0));
    assert_eq!(numbers.weeks.len(), 12);
    assert_eq!((numbers.weeks[10].1.yellow, numbers.weeks[11].0), (1, day("2025-11-24")));
    assert_eq!((numbers.months.len(), numbers.months[23].0), (24, Month::new(202511).unwrap()));
    assert_eq!(numbers.months[15].1.total(), 2);
    assert_eq!((numbers.places[0].name.as_str(), numbers.open_in("870121001", "BF")), ("青禾镇", 1));
    assert_eq!(numbers.packs[0].1.get(Lang::Zh), "惠民补贴");
    let model = &numbers.models[0];
    assert_eq!((model.record.model.as_str(), model.record.hits, model.precision()), (MODEL, 2, Some(1.0)));
    assert_eq!((model.record.median_days, model.record.recovered), (Some(6), Money(300)));
    assert_eq!((numbers.freshness.len(), numbers.freshness[0].datasets), (1, 1));
}

#[tokio::test]
async fn models_and_datasets_tell_what_they_need_and_have() {
    let bench = Bench::new().await;
    bench
        .answer(|answers| drop(answers.missing.insert("BF-TRY-002".into(), vec!["cremation_record".into()])));
    with_a_row(&bench).await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let models = bench.app.models(&officer).await.unwrap();
    assert_eq!(models.len(), 3);
    assert_eq!(models[0].record.as_ref().unwrap().hits, 1);
    assert_eq!(models[0].last.as_ref().unwrap().counts.found, 1);
    assert_eq!(models[1].missing, ["cremation_record"]);
    let view = bench.app.model_view(&officer, MODEL).await.unwrap();
    assert_eq!((view.runs.len(), view.fingerprint.len()), (1, 64));
    assert_eq!(bench.app.model_view(&officer, "none").await.unwrap_err().code(), Code::ModelUnknown);
    assert_eq!(bench.app.cases(&officer, MODEL).await.unwrap()[0].failure, None);
    let datasets = bench.app.datasets(&officer).await.unwrap();
    assert_eq!((datasets[0].rows, datasets[0].models.len()), (7, 3));
    let last = datasets[0].last.as_ref().unwrap();
    assert_eq!(last.name, "发放表.csv");
}
