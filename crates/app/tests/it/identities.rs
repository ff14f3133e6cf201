//! The desk of identities: one person rules, a second one where an open warning is touched; what is in force, linkings obey.

use gnomon_app::{Answer, DoubtView, Error, PairFilter, PairsShown, SeenPair};
use gnomon_domain::{Actor, PairState, PairStep, Role};
use gnomon_kernel::{Code, EntityKind, RowRef, Tier};
use gnomon_library::entity::{Doubt, EntityChange, FieldComparison, Mention, MentionPlace, Ruling};
use gnomon_testkit::{Bench, finding};

/// The number that `finding(1)` is about.
const NUMBER: &str = "870121198506143201";

fn mention(id: &str, number: Option<&str>, name: &str) -> Mention {
    let sample = RowRef { batch: 1, sheet: 0, line: 2 };
    let (dataset, column) = ("payroll".to_owned(), "person_id".to_owned());
    Mention {
        id: id.into(),
        number: number.map(str::to_owned),
        name: name.into(),
        details: vec![("phone".into(), "16912345678".into())],
        places: vec![MentionPlace { dataset, column, rows: 3, sample }],
    }
}

fn doubt(one: (&str, Option<&str>), other: (&str, Option<&str>), together: bool) -> Doubt {
    let compared = |level: &str, values: [&str; 2], weight, household| FieldComparison {
        field: "name".into(),
        values: values.map(str::to_owned),
        level: level.into(),
        weight,
        household,
    };
    Doubt {
        kind: EntityKind::Person,
        sides: [mention(one.0, one.1, "张三丰"), mention(other.0, other.1, "张三峰")],
        probability: 0.97,
        tier: Tier::Probable,
        together,
        comparisons: vec![compared("near", ["张三丰", "张三峰"], 4.0, 0.5)],
    }
}

struct Desk {
    bench: Bench,
    officer: Actor,
    leader: Actor,
}

impl Desk {
    /// A desk on which these pairs lie, while one warning about [`NUMBER`] is open.
    async fn with(doubts: Vec<Doubt>) -> Desk {
        let bench = Bench::new().await;
        let officer = bench.person("officer", Role::DutyOfficer).await;
        let leader = bench.person("leader", Role::Leader).await;
        bench.says(vec![finding(1)]);
        bench.run().await;
        bench.answer(|answers| answers.doubts = doubts);
        bench.app.link(&Actor::system()).await.unwrap();
        Desk { bench, officer, leader }
    }

    /// A pair that touches the open warning, and one that touches none.
    async fn new() -> Desk {
        let touching = doubt(("a1", Some(NUMBER)), ("a2", None), false);
        let plain = doubt(("b1", Some("870121199001010017")), ("b2", None), false);
        Desk::with(vec![touching, plain]).await
    }

    async fn pair(&self, name: &str) -> SeenPair {
        let all = PairFilter { shown: PairsShown::All, ..PairFilter::default() };
        let rows = self.bench.app.doubts(&self.officer, &all, 0).await.unwrap().rows;
        let is_touched = name == "a";
        SeenPair::any(rows.iter().find(|row| row.is_touched == is_touched).unwrap().number)
    }

    async fn look(&self, pair: SeenPair) -> DoubtView<'_> {
        self.bench.app.doubt(&self.leader, pair.number).await.unwrap()
    }

    async fn rule(&self, pair: SeenPair, same: bool) -> PairState {
        self.bench.app.rule(&self.officer, pair, same, "同一户籍").await.unwrap()
    }

    /// Has a worker do what waits; how many jobs there were.
    async fn work(&self) -> usize {
        let mut jobs = 0;
        while let Some(job) = self.bench.app.claim("worker").await.unwrap() {
            self.bench.app.perform(&job, &|_| {}).await.unwrap();
            jobs += 1;
        }
        jobs
    }

    /// What the last linking was told to obey.
    fn obeyed(&self) -> Vec<Ruling> {
        self.bench.answer_of(|answers| answers.obeyed.last().cloned().unwrap_or_default())
    }
}

fn ruling(mentions: [&str; 2], same: bool) -> Ruling {
    Ruling { kind: EntityKind::Person, mentions: mentions.map(str::to_owned), same }
}

fn code<T>(result: Result<T, Error>) -> Option<Code> {
    result.err().map(|error| error.code())
}

#[tokio::test]
async fn a_ruling_is_obeyed_by_the_next_linking_and_by_all_after_it() {
    let desk = Desk::new().await;
    assert_eq!(desk.obeyed(), []);
    let pair = desk.pair("b").await;
    assert_eq!(desk.rule(pair, true).await, PairState::Same);
    assert_eq!(desk.rule(desk.pair("a").await, false).await, PairState::NotSame);
    assert_eq!(desk.work().await, 1, "one linking for both");
    let both = [ruling(["a1", "a2"], false), ruling(["b1", "b2"], true)];
    assert_eq!(desk.obeyed(), both);
    // The linker is no longer in doubt about either; what was ruled stays.
    desk.bench.answer(|answers| answers.doubts.clear());
    desk.bench.app.link(&Actor::system()).await.unwrap();
    desk.bench.app.link(&Actor::system()).await.unwrap();
    assert_eq!(desk.obeyed(), both);
    assert_eq!(desk.bench.app.doubts_count(&desk.officer).await.unwrap(), 0);
    let trail = desk.bench.trail(&format!("identity {}", pair.number)).await;
    assert_eq!(trail, ["rule_identity rule: open -> same"]);
}

#[tokio::test]
async fn what_touches_an_open_warning_waits_for_a_second_person() {
    let desk = Desk::new().await;
    let (app, pair) = (&desk.bench.app, desk.pair("a").await);
    assert_eq!(desk.rule(pair, true).await, PairState::Proposed);
    assert_eq!(desk.work().await, 0, "nothing is in force yet");
    assert_eq!(code(app.confirm_ruling(&desk.officer, pair, "").await), Some(Code::SamePerson));
    assert_eq!(code(app.decline_ruling(&desk.officer, pair, "x").await), Some(Code::SamePerson));
    let view = desk.look(pair).await;
    assert!(view.rights.can_answer && !view.rights.can_rule, "{:?}", view.rights);
    assert_eq!(view.warnings.len(), 1);
    assert_eq!(code(app.decline_ruling(&desk.leader, pair, " ").await), Some(Code::Missing));
    app.decline_ruling(&desk.leader, pair, "请先核对户籍").await.unwrap();
    assert_eq!(desk.look(pair).await.state, PairState::Open);
    desk.rule(pair, true).await;
    assert_eq!(app.confirm_ruling(&desk.leader, pair, "").await.unwrap(), PairState::Same);
    assert_eq!(desk.work().await, 1);
    assert_eq!(desk.obeyed(), [ruling(["a1", "a2"], true)]);
    let steps: Vec<PairStep> = desk.look(pair).await.timeline.iter().map(|entry| entry.step).collect();
    use PairStep::{Confirm, Decline, Propose};
    assert_eq!(steps, [Propose, Decline, Propose, Confirm]);
    let timeline = desk.look(pair).await.timeline;
    assert_eq!((timeline[0].by_name.as_str(), timeline[3].by_name.as_str()), ("OFFICER", "LEADER"));
}

#[tokio::test]
async fn undoing_takes_as_many_persons_as_ruling_did() {
    let desk = Desk::new().await;
    let app = &desk.bench.app;
    let (touching, plain) = (desk.pair("a").await, desk.pair("b").await);
    desk.rule(plain, true).await;
    assert_eq!(code(app.undo(&desk.officer, plain, "").await), Some(Code::Missing));
    assert_eq!(app.undo(&desk.officer, plain, "误判").await.unwrap(), PairState::Open);
    desk.rule(touching, true).await;
    app.confirm_ruling(&desk.leader, touching, "").await.unwrap();
    desk.work().await;
    assert_eq!(desk.obeyed(), [ruling(["a1", "a2"], true)]);
    assert_eq!(app.undo(&desk.leader, touching, "误判").await.unwrap(), PairState::UndoProposed);
    assert_eq!(desk.work().await, 0, "it holds until a second person agrees");
    assert_eq!(code(app.confirm_ruling(&desk.leader, touching, "").await), Some(Code::SamePerson));
    app.decline_ruling(&desk.officer, touching, "无误").await.unwrap();
    assert_eq!(desk.look(touching).await.state, PairState::Same);
    app.undo(&desk.leader, touching, "误判").await.unwrap();
    assert_eq!(app.confirm_ruling(&desk.officer, touching, "").await.unwrap(), PairState::Open);
    assert_eq!(desk.work().await, 1);
    assert_eq!(desk.obeyed(), []);
}

#[tokio::test]
async fn a_warning_about_another_mention_of_the_entity_is_touched_too() {
    let together = doubt(("b1", None), ("c1", Some(NUMBER)), true);
    let desk = Desk::with(vec![doubt(("a1", None), ("b1", None), false), together]).await;
    let rows = desk.bench.app.doubts(&desk.officer, &PairFilter::default(), 0).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.is_touched).collect::<Vec<_>>(), [true, true]);
    let apart = rows.iter().find(|row| !row.together).unwrap();
    assert_eq!(desk.rule(SeenPair::any(apart.number), true).await, PairState::Proposed);
}

#[tokio::test]
async fn taking_apart_what_is_together_waits_for_a_second_person_and_keeping_apart_does_not() {
    let desk = Desk::with(vec![
        doubt(("b1", None), ("c1", Some(NUMBER)), true),
        doubt(("d1", None), ("e1", Some(NUMBER)), false),
    ])
    .await;
    let rows = desk.bench.app.doubts(&desk.officer, &PairFilter::default(), 0).await.unwrap().rows;
    let number = |together| rows.iter().find(|row| row.together == together).unwrap().number;
    let (joined, apart) = (SeenPair::any(number(true)), SeenPair::any(number(false)));
    assert_eq!(desk.rule(apart, false).await, PairState::NotSame);
    assert_eq!(desk.rule(joined, false).await, PairState::Proposed);
    assert_eq!(desk.work().await, 1, "for the pair that was apart");
    let obeyed = desk.obeyed();
    let decided = desk.bench.app.confirm_ruling(&desk.leader, joined, "").await.unwrap();
    assert_eq!(decided, PairState::NotSame);
    desk.work().await;
    assert_eq!((obeyed.len(), desk.obeyed().len()), (1, 2));
}

#[tokio::test]
async fn values_are_masked_until_a_reason_is_recorded() {
    let desk = Desk::new().await;
    let (app, pair) = (&desk.bench.app, desk.pair("a").await);
    let masked = format!("{:?}", desk.look(pair).await);
    for secret in [NUMBER, "张三丰", "张三峰", "16912345678"] {
        assert!(!masked.contains(secret), "{secret}");
    }
    let name = &desk.look(pair).await.fields[0];
    let marked =
        |side: usize| name.values[side].iter().find(|piece| piece.differs).map(|piece| piece.text.clone());
    assert_eq!((marked(0), marked(1)), (Some("*".into()), Some("*".into())));
    assert_eq!(code(app.reveal_pair(&desk.officer, pair.number, "").await), Some(Code::Missing));
    let open = app.reveal_pair(&desk.officer, pair.number, &format!("核对 {NUMBER}")).await.unwrap();
    let told = format!("{:?} {:?}", open.sides, open.fields);
    assert!(open.is_open && told.contains("张三丰") && told.contains(NUMBER), "{told}");
    let trail = desk.bench.trail(&format!("identity {}", pair.number)).await;
    assert_eq!(trail, ["reveal 核对 870121********3201"]);
    assert_eq!(open.timeline[0].step, PairStep::Reveal);
}

#[tokio::test]
async fn who_comes_late_changes_nothing() {
    let desk = Desk::new().await;
    let pair = desk.pair("b").await;
    let seen = SeenPair { version: Some(desk.look(pair).await.version), ..pair };
    desk.rule(seen, false).await;
    let late = desk.bench.app.undo(&desk.leader, seen, "误判").await;
    assert_eq!(code(late), Some(Code::Conflict));
    assert_eq!(code(desk.bench.app.rule(&desk.officer, pair, true, "").await), Some(Code::State));
}

#[tokio::test]
async fn an_erasure_takes_the_pairs_of_the_person_along() {
    let desk = Desk::new().await;
    let app = &desk.bench.app;
    let pair = desk.pair("b").await;
    desk.rule(pair, true).await;
    desk.work().await;
    let asked = app.ask_erasure(&desk.officer, "870121199001010017", "依法").await.unwrap();
    app.answer_erasure(&desk.leader, asked, &Answer::Agree).await.unwrap();
    // The mention is gone from the data, so the linker is in doubt about the other pair only.
    desk.bench.answer(|answers| drop(answers.doubts.pop()));
    desk.work().await;
    assert_eq!(code(app.doubt(&desk.officer, pair.number).await), Some(Code::NotFound));
    assert_eq!(desk.obeyed(), []);
    assert_eq!(app.doubts_count(&desk.officer).await.unwrap(), 1);
}

#[tokio::test]
async fn what_became_of_entities_is_told_once() {
    let desk = Desk::new().await;
    let merged = EntityChange::Merged { kind: EntityKind::Person, from: 9, into: 4 };
    desk.bench.answer(|answers| answers.shifts = vec![merged]);
    desk.bench.app.link(&Actor::system()).await.unwrap();
    desk.bench.app.link(&Actor::system()).await.unwrap();
    let moves = desk.bench.app.doubts(&desk.officer, &PairFilter::default(), 0).await.unwrap().moves;
    assert_eq!(moves.iter().map(|one| one.entities).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn only_rows_of_the_pair_lead_to_their_line() {
    let desk = Desk::new().await;
    let pair = desk.pair("a").await;
    let elsewhere = RowRef { batch: 1, sheet: 0, line: 3 };
    let line = desk.bench.app.doubt_line(&desk.officer, pair.number, elsewhere).await;
    assert_eq!(code(line), Some(Code::NotFound));
}
