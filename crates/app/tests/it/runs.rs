use std::sync::Mutex;

use chrono::TimeDelta;
use gnomon_app::{FindingsQuery, Known, Override, RunOrder, Selection};
use gnomon_domain::{Actor, JobState, Outcome, RunState};
use gnomon_kernel::Code;
use gnomon_library::{
    analytics::{ModelOutcome, Moment},
    param::ParamValue,
};
use gnomon_testkit::{Bench, MODEL, day, finding, spoke};

fn all() -> RunOrder {
    RunOrder { selection: Selection::All, as_of: None, known: Known::default(), overrides: vec![] }
}

fn only(models: &[&str], packs: &[&str], set: &[&str]) -> RunOrder {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    RunOrder {
        selection: Selection::Some { models: owned(models), packs: owned(packs) },
        as_of: None,
        known: Known::default(),
        overrides: set.iter().map(|text| text.parse().unwrap()).collect(),
    }
}

#[tokio::test]
async fn a_run_keeps_what_repeats_it_and_says_what_came_of_each_model() {
    let bench = Bench::new().await;
    let system = Actor::system();
    bench.app.set_county_today(&system, day("2024-12-31")).await.unwrap();
    bench.says(vec![finding(1), finding(2)]);
    let cannot = ModelOutcome::CannotTell { missing: vec!["cremation_record".into()] };
    bench.answer(|answers| drop(answers.outcomes.insert("BF-TRY-002".into(), cannot)));
    let requested = bench.app.request_run(&system, &all()).await.unwrap();
    let seen = Mutex::new(Vec::new());
    let job = bench.claim().await;
    assert_eq!(job.id, requested.job);
    let note = |p: gnomon_app::RunProgress<'_>| {
        seen.lock().unwrap().push(format!("{}/{} {}", p.done, p.total, p.model))
    };
    bench.app.perform(&job, &note).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["0/2 BF-GEN-001", "1/2 BF-TRY-002", "2/2 "]);
    let (run, models) = bench.app.run(&system, &requested.run).await.unwrap();
    assert_eq!((run.state, run.as_of), (RunState::Finished, day("2024-12-31")));
    assert_eq!((models[0].outcome, models[0].revision, models[0].counts.raised), (Outcome::Spoke, 4, 2));
    assert_eq!(models[0].fingerprint, "ab".repeat(32));
    assert_eq!(models[0].params, serde_json::json!({ "grace_months": 1 }));
    assert_eq!(models[0].versions, [("payroll".to_owned(), 3)]);
    assert_eq!(
        (models[1].outcome, models[1].missing.clone()),
        (Outcome::CannotTell, vec!["cremation_record".into()])
    );
    assert_eq!(bench.app.job(&job.id).await.unwrap().state, JobState::Done);
    assert!(bench.app.claim("worker").await.unwrap().is_none());
    assert_eq!(bench.app.runs(&system, None, 5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_run_is_refused_at_once() {
    let bench = Bench::new().await;
    let system = Actor::system();
    for (order, code, field) in [
        (only(&["BF-GEN-999"], &[], &[]), Code::ModelUnknown, "model"),
        (only(&[], &["XX"], &[]), Code::ModelUnknown, "pack"),
        (only(&[], &["KR"], &[]), Code::Missing, "model"),
        (only(&[MODEL], &[], &["BF-TRY-002.x=1"]), Code::ModelUnknown, "set"),
        (only(&[MODEL], &[], &["BF-GEN-001.nothing=1"]), Code::ParameterUnknown, "nothing"),
        (only(&[MODEL], &[], &["BF-GEN-001.grace_months=7"]), Code::ParameterBounds, "grace_months"),
        (only(&[MODEL], &[], &["BF-GEN-001.grace_months=x"]), Code::Invalid, "grace_months"),
    ] {
        let error = bench.app.request_run(&system, &order).await.unwrap_err();
        assert_eq!((error.code(), error.problems()[0].field.as_str()), (code, field), "{order:?}");
    }
    assert_eq!("BF-GEN-001=3".parse::<Override>().unwrap_err().code(), Code::Invalid);
    assert!(bench.app.claim("worker").await.unwrap().is_none());
}

#[tokio::test]
async fn overrides_reach_the_model_and_drafts_run_by_name_only() {
    let bench = Bench::new().await;
    let order = only(&["KR-DRA-003"], &["BF"], &["BF-GEN-001.grace_months=3"]);
    bench.app.request_run(&Actor::system(), &order).await.unwrap();
    bench.app.perform(&bench.claim().await, &|_| {}).await.unwrap();
    bench.answer(|answers| {
        let names: Vec<&str> = answers.ran.iter().map(|(model, ..)| model.as_str()).collect();
        assert_eq!(names, ["BF-GEN-001", "BF-TRY-002", "KR-DRA-003"]);
        assert_eq!(answers.ran[0].1["grace_months"], ParamValue::Int(3));
        assert_eq!(answers.ran[0].2, Moment { as_of: day("2025-11-21"), known: None });
    });
}

#[tokio::test]
async fn findings_are_listed_in_full_for_programs_and_masked_in_debug() {
    let bench = Bench::new().await;
    let system = Actor::system();
    let nothing =
        bench.app.findings(&system, &FindingsQuery { limit: 10, ..FindingsQuery::default() }).await.unwrap();
    assert!(nothing.is_empty());
    bench.says((1..=3).map(finding).collect());
    let requested = bench.request("2025-10-31", &[]).await;
    bench.app.perform(&bench.claim().await, &|_| {}).await.unwrap();
    let page = |run, model, after| FindingsQuery { run, model, after, limit: 2 };
    let latest = bench.app.findings(&system, &page(None, None, 0)).await.unwrap();
    assert_eq!((latest.len(), latest[0].revision, latest[0].model.as_str()), (2, 4, MODEL));
    assert_eq!(latest[0].subject.reveal(), &finding(1).subject);
    assert_eq!(latest[0].evidence.reveal(), finding(1).evidence);
    assert_eq!(latest[0].rows, finding(1).rows);
    let shown = format!("{latest:?}");
    assert!(!shown.contains("19850614") && !shown.contains("19800101"), "{shown}");
    let of_model = page(Some(requested.run), Some(MODEL.into()), latest[1].id);
    assert_eq!(bench.app.findings(&system, &of_model).await.unwrap().len(), 1);
}

#[tokio::test]
async fn trial_models_raise_nothing() {
    let bench = Bench::new().await;
    bench.answer(|answers| drop(answers.outcomes.insert("BF-TRY-002".into(), spoke(vec![finding(1)]))));
    let requested = bench.app.request_run(&Actor::system(), &only(&["BF-TRY-002"], &[], &[])).await.unwrap();
    bench.app.perform(&bench.claim().await, &|_| {}).await.unwrap();
    let counts = bench.app.run(&Actor::system(), &requested.run).await.unwrap().1[0].counts;
    assert_eq!((counts.found, counts.raised), (1, 0));
    assert!(bench.all().await.items.is_empty());
}

#[tokio::test]
async fn a_failed_model_raises_nothing_and_the_others_go_on() {
    let bench = Bench::new().await;
    let failed = ModelOutcome::Failed { code: "model-time".into(), detail: "60 s".into() };
    bench.answer(|answers| drop(answers.outcomes.insert(MODEL.into(), failed)));
    let requested = bench.app.request_run(&Actor::system(), &all()).await.unwrap();
    bench.app.perform(&bench.claim().await, &|_| {}).await.unwrap();
    let (run, models) = bench.app.run(&Actor::system(), &requested.run).await.unwrap();
    assert_eq!((run.state, models[1].outcome), (RunState::Finished, Outcome::Spoke));
    assert_eq!((models[0].outcome, models[0].code), (Outcome::Failed, Some(Code::ModelTime)));
}

#[tokio::test]
async fn a_worker_that_dies_is_replaced_and_a_model_that_kills_twice_is_given_up() {
    let bench = Bench::new().await;
    let requested = bench.app.request_run(&Actor::system(), &all()).await.unwrap();
    for attempt in 1..=2 {
        let job = bench.app.claim("doomed").await.unwrap().unwrap();
        assert_eq!(job.attempts, attempt);
        begin_first_model(&bench, &requested).await;
        assert!(bench.app.claim("other").await.unwrap().is_none());
        if attempt == 1 {
            assert_eq!(bench.app.worker_ended("doomed").await.unwrap(), 1);
        } else {
            bench.wait(TimeDelta::seconds(31));
        }
    }
    bench.app.perform(&bench.claim().await, &|_| {}).await.unwrap();
    let (run, models) = bench.app.run(&Actor::system(), &requested.run).await.unwrap();
    assert_eq!(run.state, RunState::Finished);
    assert_eq!((models[0].outcome, models[0].code), (Outcome::Failed, Some(Code::ModelMemory)));
    assert_eq!(models[1].outcome, Outcome::Spoke);
}

/// As far as a worker comes that dies within the first model.
async fn begin_first_model(bench: &Bench, requested: &gnomon_app::Requested) {
    let tx = bench.store.write().await.unwrap();
    let mut first = tx.run_models(&requested.run).await.unwrap().remove(0);
    (first.outcome, first.attempts) = (Outcome::Running, first.attempts + 1);
    tx.update_run_model(&first).await.unwrap();
    tx.commit().await.unwrap();
}
