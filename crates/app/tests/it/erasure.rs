//! Erasing a person: who asks, who agrees, what is kept of it.

use std::collections::BTreeMap;

use gnomon_app::{Answer, Erasure};
use gnomon_domain::{Actor, ErasureState, Role};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::{
    analytics::IngestReport,
    erasure::{ErasedBatch, FileTraces, Traces},
};
use gnomon_testkit::{Bench, finding};

const NUMBER: &str = "870121198506143201";

/// What holds the person: one line of the first delivery.
fn traces(row: RowRef, sha256: &str) -> Traces {
    let report = IngestReport { rows: 9, accepted: 8, rejected: 1, ..IngestReport::default() };
    Traces {
        rows: BTreeMap::from([("payroll".to_owned(), vec![row])]),
        files: BTreeMap::from([(sha256.to_owned(), FileTraces::Lines(vec![(row.sheet, row.line)]))]),
        batches: vec![ErasedBatch {
            number: row.batch,
            dataset: "payroll".into(),
            sha256: sha256.into(),
            lines: 1,
            report: Some(report),
        }],
        ..Traces::default()
    }
}

struct County {
    bench: Bench,
    officer: Actor,
    leader: Actor,
}

impl County {
    async fn new() -> County {
        let bench = Bench::new().await;
        let officer = bench.person("officer", Role::DutyOfficer).await;
        let leader = bench.person("leader", Role::Leader).await;
        let path = bench.dir.path().join("a.csv");
        std::fs::write(&path, "a").unwrap();
        let file = gnomon_app::Delivered::new("payroll", &path, "a.csv");
        let batch = bench.app.intake(&Actor::system(), &file, &|_| {}).await.unwrap();
        let row = RowRef { batch: batch.number, sheet: 0, line: 2 };
        bench.answer(|answers| {
            answers.traces.insert(NUMBER.into(), traces(row, &batch.sha256));
        });
        County { bench, officer, leader }
    }

    async fn asked(&self) -> u32 {
        let asked = self.bench.app.ask_erasure(&self.officer, NUMBER, "个人信息保护法第四十七条").await;
        self.work().await;
        asked.unwrap()
    }

    /// Performs what waits; the last outcome.
    async fn work(&self) -> Option<Code> {
        let mut last = None;
        while let Some(job) = self.bench.app.claim("worker").await.unwrap() {
            last = self.bench.app.perform(&job, &|_| {}).await.err().map(|error| error.code());
        }
        last
    }

    async fn erasure(&self) -> Erasure {
        self.bench.app.erasures(&self.leader).await.unwrap().remove(0)
    }

    async fn agree(&self, number: u32) {
        self.bench.app.answer_erasure(&self.leader, number, &Answer::Agree).await.unwrap();
    }
}

#[tokio::test]
async fn one_asks_another_agrees_and_nothing_says_who_it_was() {
    let county = County::new().await;
    let number = county.asked().await;
    let asked = county.erasure().await;
    assert_eq!(asked.state, ErasureState::Asked);
    let counts = asked.counts.unwrap();
    assert_eq!((counts.rows, counts.lines), (vec![("payroll".to_owned(), 1)], 1));
    let app = &county.bench.app;
    let again = app.ask_erasure(&county.leader, NUMBER, "x").await.unwrap_err();
    assert_eq!(again.code(), Code::State, "it is asked for already");
    county.agree(number).await;
    assert_eq!(county.work().await, None);
    let done = county.erasure().await;
    assert_eq!((done.state, done.subject, done.traces), (ErasureState::Done, None, None));
    assert_eq!(county.bench.answer_of(|answers| answers.erased.len()), 1);
    let batch = app.batches(&county.officer, None, None, 1).await.unwrap().remove(0);
    assert_eq!((batch.counts.rows, batch.counts.accepted, batch.counts.version), (9, 8, 3));
    let trail = county.bench.trail(&format!("erasure {number}")).await;
    assert_eq!(trail, ["ask_erasure asked", "answer_erasure agreed", "answer_erasure erased 1 lines"]);
}

#[tokio::test]
async fn who_asked_does_not_agree() {
    let county = County::new().await;
    let asked = county.bench.app.ask_erasure(&county.leader, NUMBER, "依法").await.unwrap();
    let answer = county.bench.app.answer_erasure(&county.leader, asked, &Answer::Agree).await;
    assert_eq!(answer.unwrap_err().code(), Code::SamePerson);
    let other = county.bench.person("other", Role::Leader).await;
    let decline = |reason: &str| Answer::Decline(reason.to_owned());
    let answer = county.bench.app.answer_erasure(&other, asked, &decline(" ")).await;
    assert_eq!(answer.unwrap_err().code(), Code::Missing);
    county.bench.app.answer_erasure(&other, asked, &decline("保存期内")).await.unwrap();
    county.work().await;
    let declined = county.erasure().await;
    assert_eq!((declined.state, declined.subject), (ErasureState::Declined, None));
    assert!(county.bench.answer_of(|answers| answers.erased.is_empty()));
}

#[tokio::test]
async fn an_open_warning_holds_it_up_and_a_closed_one_forgets_the_person() {
    let county = County::new().await;
    let mut about = finding(1);
    assert_eq!(about.subject, NUMBER);
    about.evidence.push(("remark".into(), format!("张三 {NUMBER}").into()));
    about.subject_name = Some("张三".into());
    county.bench.says(vec![about]);
    county.bench.run().await;
    let number = county.asked().await;
    county.agree(number).await;
    county.work().await;
    let held = county.erasure().await;
    assert_eq!(held.state, ErasureState::Asked);
    let warning = county.bench.all().await.items.remove(0);
    assert_eq!(held.remark, warning.number);
    assert!(county.bench.answer_of(|answers| answers.erased.is_empty()));
    // A later run no longer finds it, which ends it while nobody has begun to work on it.
    county.bench.says(vec![]);
    county.bench.run().await;
    assert!(!county.bench.all().await.items.remove(0).state.is_open());
    county.agree(number).await;
    county.work().await;
    assert_eq!(county.erasure().await.state, ErasureState::Done);
    let closed = county.bench.all().await.items.remove(0);
    assert_eq!((closed.subject.as_str(), closed.subject_name.as_deref()), ("erased********0001", None));
    let view = county.bench.app.warning(&county.officer, &closed.id).await.unwrap();
    let shown = format!("{view:?}");
    assert!(!shown.contains(NUMBER) && !shown.contains("张三"), "{shown}");
}

#[tokio::test]
async fn what_died_on_the_way_is_carried_on_without_the_number() {
    let county = County::new().await;
    let number = county.asked().await;
    county.agree(number).await;
    county.bench.answer(|answers| answers.erase_dies = 1);
    assert_eq!(county.work().await, Some(Code::Busy));
    let halfway = county.erasure().await;
    assert_eq!((halfway.state, &halfway.subject), (ErasureState::Erasing, &None));
    // As another process that begins to serve.
    county.bench.answer(|answers| answers.traces.clear());
    county.bench.app.resume_erasures().await.unwrap();
    assert_eq!(county.work().await, None);
    assert_eq!(county.erasure().await.state, ErasureState::Done);
    let batch = county.bench.app.batches(&county.officer, None, None, 1).await.unwrap().remove(0);
    assert_eq!(batch.counts.rows, 9, "counted once");
}

#[tokio::test]
async fn a_ground_and_a_number_are_needed() {
    let county = County::new().await;
    let app = &county.bench.app;
    for (number, ground, field, code) in
        [("8701", "依法", "number", Code::IdLength), (NUMBER, "  ", "ground", Code::Missing)]
    {
        let error = app.ask_erasure(&county.officer, number, ground).await.unwrap_err();
        assert_eq!((error.problems()[0].field.as_str(), error.code()), (field, code));
    }
    app.ask_erasure(&county.officer, NUMBER, &format!("{NUMBER} 本人申请")).await.unwrap();
    assert!(!county.erasure().await.ground.contains(NUMBER));
}
