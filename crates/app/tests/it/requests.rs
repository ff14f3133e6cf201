//! Data requests: asked, answered by the right person, live by themselves, ended; what that means for deliveries.

use chrono::TimeDelta;
use gnomon_app::{
    Batch, BatchState, Delivered, Error, NewRequest, NewToken, OpenPush, PushBegun, PushState, PushedRows,
    Pusher, Request, Sharing, Way,
};
use gnomon_domain::{
    Action, Actor, DataEnd, LinkKind, Origin, RequestEvent, RequestState, RequestStep, Role, Standing,
};
use gnomon_kernel::{Cadence, Code};
use gnomon_library::{Library, dataset::Sensitivity};
use gnomon_testkit::{Bench, MODEL, OWNER, day};

const PAYROLL: &str = "payroll";

/// A county whose links need agreements, and everybody who has a part in one.
struct World {
    bench: Bench,
    officer: Actor,
    liaison: Actor,
    leader: Actor,
    security: Actor,
}

impl World {
    async fn new() -> World {
        World::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Library)) -> World {
        let bench = Bench::sharing(Sharing::Required, change).await;
        World {
            officer: bench.person("officer", Role::DutyOfficer).await,
            liaison: bench.person("liaison", Role::Department).await,
            leader: bench.person("leader", Role::Leader).await,
            security: bench.person("security", Role::Security).await,
            bench,
        }
    }

    async fn ask(&self) -> Request {
        self.bench.app.ask_for_data(&self.officer, &wanted()).await.unwrap()
    }

    async fn take(&self, actor: &Actor, request: &Request, event: RequestEvent) -> Result<Request, Error> {
        self.bench.app.step_request(actor, &request.id, None, event).await
    }

    async fn agreed(&self) -> Request {
        let asked = self.ask().await;
        self.take(&self.liaison, &asked, agree()).await.unwrap()
    }

    async fn end(&self, request: &Request, data: DataEnd) {
        let end = RequestEvent::AskEnd { data, reason: "专项工作已结束".into() };
        self.take(&self.officer, request, end).await.unwrap();
        self.take(&self.security, request, RequestEvent::End { note: String::new() }).await.unwrap();
    }

    async fn state(&self, request: &Request) -> RequestState {
        let view = self.bench.app.request(&self.officer, &request.id).await.unwrap();
        view.row.request.matter.state
    }

    /// Takes a file in, by a link or by hand.
    async fn deliver(&self, name: &str, by_link: bool) -> Result<Batch, Error> {
        let path = self.bench.dir.path().join(name);
        std::fs::write(&path, name).unwrap();
        let origin = if by_link { Origin::Link } else { Origin::File };
        let file = Delivered { origin, ..Delivered::new(PAYROLL, &path, name) };
        self.bench.app.intake(&Actor::system(), &file, &|_| {}).await
    }

    async fn pusher(&self) -> Pusher {
        let new = NewToken { label: "财政局".into(), datasets: vec![PAYROLL.into()], days: 30 };
        let issued = self.bench.app.add_token(&Actor::system(), &new).await.unwrap();
        self.bench.app.pusher(issued.secret.reveal()).await.unwrap()
    }
}

fn wanted() -> NewRequest {
    NewRequest {
        dataset: PAYROLL.into(),
        purpose: "核对死亡后仍发放".into(),
        basis: "县数据共享办法第八条".into(),
        columns: Some(vec!["month".into()]),
        models: vec![MODEL.into()],
        ..NewRequest::default()
    }
}

fn agree() -> RequestEvent {
    RequestEvent::Agree { note: String::new() }
}

fn sensitive_amounts(library: &mut Library) {
    let payroll = library.datasets.get_mut(PAYROLL).unwrap();
    payroll.columns[2].sensitivity = Some(Sensitivity::Sensitive);
}

async fn open(world: &World, pusher: &Pusher) -> OpenPush {
    let target = (PAYROLL, Way::Rows);
    match world.bench.app.begin_push(pusher, target, "aa", None).await.unwrap() {
        PushBegun::Open(push) => push,
        PushBegun::Answered(..) => panic!("answered before"),
    }
}

fn rows() -> PushedRows {
    let row = "{\"身份证号\":\"870121198506143216\",\"月份\":\"2025-03\",\"金额\":120}\n";
    PushedRows { dataset: PAYROLL.into(), rows: row.into() }
}

#[tokio::test]
async fn the_owner_agrees_and_nobody_else() {
    let world = World::new().await;
    let app = &world.bench.app;
    let asked = world.ask().await;
    assert_eq!((asked.number.as_str(), asked.matter.due), ("D-25-0001", Some(day("2025-12-05"))));
    assert_eq!(asked.columns, ["person_id", "month"], "what makes up the record always belongs");
    let stranger = Actor { user: None, ..world.liaison.clone() };
    for (actor, code) in [
        (&world.officer, Code::Forbidden),
        (&world.security, Code::Forbidden),
        (&Actor::system(), Code::Forbidden),
        (&stranger, Code::NotFound),
        (&Actor { role: Role::Leader, ..world.officer.clone() }, Code::SamePerson),
    ] {
        let refused = world.take(actor, &asked, agree()).await.unwrap_err();
        assert_eq!(refused.code(), code, "{}", actor.role);
    }
    assert_eq!(app.requests(&stranger).await.unwrap().len(), 0);
    assert_eq!(app.request(&stranger, &asked.id).await.unwrap_err().code(), Code::NotFound);
    let view = app.request(&world.liaison, &asked.id).await.unwrap();
    assert_eq!(view.steps, [RequestStep::Agree, RequestStep::Refuse, RequestStep::Return]);
    let agreed = world.take(&world.liaison, &asked, agree()).await.unwrap();
    assert_eq!((agreed.agreed_by_name.as_str(), agreed.matter.due), ("LIAISON", Some(day("2025-12-19"))));
    let again = world.take(&world.leader, &asked, agree()).await.unwrap_err();
    assert_eq!(again.code(), Code::State);
    let trail = world.bench.trail(asked.id.as_str()).await;
    assert_eq!(trail, ["ask_for_data payroll", "answer_request agree"]);
}

#[tokio::test]
async fn what_is_sent_back_is_changed_and_asked_again() {
    let world = World::new().await;
    let app = &world.bench.app;
    let asked = world.ask().await;
    let back = RequestEvent::Return { reason: "请注明期限".into() };
    let returned = world.take(&world.liaison, &asked, back).await.unwrap();
    assert_eq!(returned.matter.due, None);
    world.bench.wait(TimeDelta::days(3));
    let new = NewRequest { from: Some(day("2025-12-01")), until: Some(day("2026-11-30")), ..wanted() };
    let stale = app.change_request(&world.officer, &asked.id, Some(0), &new, "").await.unwrap_err();
    assert_eq!(stale.code(), Code::Conflict);
    let seen = Some(returned.version);
    let changed = app.change_request(&world.officer, &asked.id, seen, &new, "已注明").await.unwrap();
    assert_eq!(
        (changed.matter.state, changed.matter.due),
        (RequestState::Requested, Some(day("2025-12-08")))
    );
    assert_eq!(changed.matter.until, new.until);
    let timeline = app.request(&world.officer, &asked.id).await.unwrap().timeline;
    assert_eq!(
        timeline.iter().map(|entry| entry.step).collect::<Vec<_>>(),
        [RequestStep::Ask, RequestStep::Return, RequestStep::Change]
    );
    let refuse = RequestEvent::Refuse { reason: String::new() };
    let missing = world.take(&world.liaison, &asked, refuse).await.unwrap_err();
    assert_eq!((missing.code(), missing.problems()[0].field.as_str()), (Code::Missing, "reason"));
}

#[tokio::test]
async fn a_request_is_checked() {
    let world = World::new().await;
    let app = &world.bench.app;
    let fault = async |new: NewRequest| {
        let error = app.ask_for_data(&world.officer, &new).await.unwrap_err();
        let field = error.problems().first().map_or("", |problem| problem.field.as_str()).to_owned();
        (field, error.code())
    };
    let said = |field: &str, code| (field.to_owned(), code);
    assert_eq!(fault(NewRequest { purpose: " ".into(), ..wanted() }).await, said("purpose", Code::Missing));
    let long = "长".repeat(2_001);
    assert_eq!(fault(NewRequest { basis: long, ..wanted() }).await, said("basis", Code::TextLength));
    let columns = Some(vec!["salary".into()]);
    assert_eq!(fault(NewRequest { columns, ..wanted() }).await, said("columns", Code::Invalid));
    let models = vec!["XX-000".into()];
    assert_eq!(fault(NewRequest { models, ..wanted() }).await, said("models", Code::ModelUnknown));
    let (from, until) = (Some(day("2026-02-01")), Some(day("2026-01-31")));
    assert_eq!(fault(NewRequest { from, until, ..wanted() }).await, said("until", Code::Invalid));
    let dataset = "nothing".into();
    assert_eq!(fault(NewRequest { dataset, ..wanted() }).await, said("", Code::DatasetUnknown));
}

#[tokio::test]
async fn a_sensitive_column_needs_a_model_that_names_it() {
    let world = World::with(sensitive_amounts).await;
    let app = &world.bench.app;
    let columns = Some(vec!["month".to_owned(), "amount".to_owned()]);
    let error = app.ask_for_data(&world.officer, &NewRequest { columns: columns.clone(), ..wanted() }).await;
    let error = error.unwrap_err();
    assert_eq!((error.code(), error.found()), (Code::ColumnUnread, "金额 (amount)"));
    // Without a choice of columns it is left out by itself.
    let open = app.ask_for_data(&world.officer, &NewRequest { columns: None, ..wanted() }).await.unwrap();
    assert_eq!(open.columns, ["person_id", "month"]);

    let reads_it = |library: &mut Library| {
        sensitive_amounts(library);
        let query = &mut library.models.get_mut(MODEL).unwrap().query;
        query.sql = "select p.person_id as subject from payroll p where p.amount > 0".into();
    };
    let world = World::with(reads_it).await;
    let asked = world.bench.app.ask_for_data(&world.officer, &NewRequest { columns, ..wanted() }).await;
    assert_eq!(asked.unwrap().columns, ["person_id", "month", "amount"]);
    let unnamed = NewRequest { models: vec![], columns: Some(vec!["amount".into()]), ..wanted() };
    let error = world.bench.app.ask_for_data(&world.officer, &unnamed).await.unwrap_err();
    assert_eq!(error.code(), Code::ColumnUnread);
}

#[tokio::test]
async fn nothing_flows_by_itself_without_an_agreement() {
    let world = World::new().await;
    let app = &world.bench.app;
    let pusher = world.pusher().await;
    let held_up = async || {
        let push = open(&world, &pusher).await;
        let pushed = app.push_rows(&pusher, &push, rows()).await.err().map(|error| error.code());
        let pulled = app.check_agreement(PAYROLL).await.err().map(|error| error.code());
        assert_eq!(pushed, pulled);
        assert_eq!(app.agreements(&world.officer).await.unwrap().holds_up(PAYROLL), pulled.is_some());
        pulled
    };
    assert_eq!(held_up().await, Some(Code::NotAgreed));
    let refused = world.deliver("by-link.csv", true).await.unwrap_err();
    assert_eq!((refused.code(), refused.found()), (Code::NotAgreed, PAYROLL));
    let by_hand = world.deliver("by-hand.csv", false).await.unwrap();
    assert_eq!(by_hand.request, None);
    let request = world.ask().await;
    assert_eq!(held_up().await, Some(Code::NotAgreed), "asking is not enough");
    world.take(&world.liaison, &request, agree()).await.unwrap();
    assert_eq!(held_up().await, None);
    world.take(&world.officer, &request, RequestEvent::Connect { link: LinkKind::Interface }).await.unwrap();
    let batch = world.deliver("by-link.csv", true).await.unwrap();
    assert_eq!(
        (batch.request.as_ref(), world.state(&request).await),
        (Some(&request.id), RequestState::Live)
    );
    let view = app.request(&world.officer, &request.id).await.unwrap();
    assert_eq!((view.batches, view.rows), (1, 9));
    let line = view.timeline.last().unwrap();
    assert_eq!((line.step, line.note.as_str(), &line.by), (RequestStep::GoLive, "by-link.csv", &None));
    world.end(&request, DataEnd::Keep).await;
    assert_eq!(held_up().await, Some(Code::NotAgreed), "an ended agreement stops at once");
    assert_eq!(world.deliver("later.csv", true).await.unwrap_err().code(), Code::NotAgreed);
}

#[tokio::test]
async fn a_deployment_may_do_without() {
    let bench = Bench::new().await;
    assert_eq!(bench.app.needs_agreements(), Sharing::Free);
    bench.app.check_agreement(PAYROLL).await.unwrap();
    assert!(!bench.app.agreements(&Actor::system()).await.unwrap().holds_up(PAYROLL));
}

#[tokio::test]
async fn rows_that_wait_when_an_agreement_ends_are_refused_and_say_so() {
    let world = World::new().await;
    let app = &world.bench.app;
    let (request, pusher) = (world.agreed().await, world.pusher().await);
    let push = open(&world, &pusher).await;
    let receipt = app.push_rows(&pusher, &push, rows()).await.unwrap();
    world.end(&request, DataEnd::Keep).await;
    assert_eq!(app.gather(PAYROLL).await.unwrap(), 1);
    match app.receipt(&pusher, &receipt).await.unwrap().state {
        PushState::Refused(refusal) => assert_eq!(refusal.code, Code::NotAgreed),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_agreement_holds_between_its_days() {
    let world = World::new().await;
    let app = &world.bench.app;
    let new = NewRequest { from: Some(day("2025-11-24")), until: Some(day("2025-11-25")), ..wanted() };
    let asked = app.ask_for_data(&world.officer, &new).await.unwrap();
    world.take(&world.leader, &asked, agree()).await.unwrap();
    let mut open = Vec::new();
    for _ in 21..=26 {
        open.push(app.check_agreement(PAYROLL).await.is_ok());
        world.bench.wait(TimeDelta::days(1));
    }
    assert_eq!(open, [false, false, false, true, true, false]);
}

#[tokio::test]
async fn only_agreed_columns_are_read_also_when_they_are_read_again() {
    let world = World::new().await;
    let request = world.agreed().await;
    world.deliver("a.csv", true).await.unwrap();
    let first = world.deliver("b.csv", false).await.unwrap();
    assert_eq!(first.request, Some(request.id.clone()), "an agreement binds what comes by hand too");
    world.end(&request, DataEnd::Keep).await;
    world.deliver("c.csv", false).await.unwrap();
    world.bench.app.rebuild(&Actor::system(), PAYROLL, &|_| {}).await.unwrap();
    let ordered = world.bench.answer_of(|answers| {
        let agreed = answers.ordered.iter().map(|order| order.agreed.as_ref().map(|names| names.join(" ")));
        agreed.collect::<Vec<_>>()
    });
    let agreed = Some("person_id month".to_owned());
    let once = [agreed.clone(), agreed, None];
    assert_eq!(ordered, [once.clone(), once].concat());
}

#[tokio::test]
async fn the_end_takes_two_and_erases_what_came() {
    let world = World::new().await;
    let app = &world.bench.app;
    let by_hand = world.deliver("before.csv", false).await.unwrap();
    let request = world.agreed().await;
    let came = [world.deliver("a.csv", true).await.unwrap(), world.deliver("b.csv", true).await.unwrap()];
    let end = RequestEvent::AskEnd { data: DataEnd::Erase, reason: "专项工作已结束".into() };
    world.take(&world.officer, &request, end).await.unwrap();
    let same = Actor { role: Role::Security, ..world.officer.clone() };
    for (actor, code) in
        [(&world.officer, Code::Forbidden), (&world.liaison, Code::Forbidden), (&same, Code::SamePerson)]
    {
        let confirm = RequestEvent::End { note: String::new() };
        assert_eq!(world.take(actor, &request, confirm).await.unwrap_err().code(), code);
    }
    world.take(&world.security, &request, RequestEvent::End { note: String::new() }).await.unwrap();
    let job = world.bench.claim().await;
    app.perform(&job, &|_| {}).await.unwrap();
    let view = app.request(&world.security, &request.id).await.unwrap();
    let cleared = view.row.request.cleared.unwrap();
    assert_eq!((cleared.batches, cleared.rows, view.batches), (2, 18, 0));
    assert_eq!(view.timeline.last().unwrap().step, RequestStep::Clear);
    let tx = world.bench.store.read().await.unwrap();
    let mut states = Vec::new();
    for batch in [&by_hand, &came[0], &came[1]] {
        states.push(tx.batch(&batch.id).await.unwrap().unwrap().state);
    }
    assert_eq!(states, [BatchState::Accepted, BatchState::Withdrawn, BatchState::Withdrawn]);
    let trail = world.bench.trail(came[0].id.as_str()).await;
    assert!(trail.last().unwrap().starts_with(Action::WithdrawData.as_str()), "{trail:?}");
}

#[tokio::test]
async fn a_second_person_lets_it_go_on() {
    let world = World::new().await;
    let request = world.agreed().await;
    let end = RequestEvent::AskEnd { data: DataEnd::Keep, reason: "误提".into() };
    world.take(&world.officer, &request, end).await.unwrap();
    world.deliver("meanwhile.csv", true).await.unwrap();
    let on = RequestEvent::KeepOn { reason: "仍需使用".into() };
    world.take(&world.security, &request, on).await.unwrap();
    assert_eq!(world.state(&request).await, RequestState::Connecting);
    world.deliver("next.csv", true).await.unwrap();
    assert_eq!(world.state(&request).await, RequestState::Live);
}

#[tokio::test]
async fn what_comes_late_degrades_a_live_agreement() {
    let daily = |library: &mut Library| {
        library.datasets.get_mut(PAYROLL).unwrap().cadence = Some(Cadence::Daily);
    };
    let world = World::with(daily).await;
    let request = world.agreed().await;
    world.deliver("a.csv", true).await.unwrap();
    let row = async || world.bench.app.requests(&world.officer).await.unwrap().remove(0).is_degraded;
    assert!(!row().await);
    world.bench.wait(TimeDelta::days(14));
    assert!(row().await);
    let view = world.bench.app.request(&world.officer, &request.id).await.unwrap();
    assert_eq!(view.freshness.unwrap().standing, Standing::Degraded);
    assert_eq!(view.row.request.matter.state, RequestState::Live, "computed, not stored");
}

#[tokio::test]
async fn a_liaison_belongs_to_a_department_that_owns_data() {
    let bench = Bench::new().await;
    let add = async |login: &str, department: Option<&str>| {
        let new = gnomon_app::NewUser {
            login: login.into(),
            name: "何静".into(),
            role: Role::Department,
            department: department.map(str::to_owned),
            password: gnomon_testkit::PASSWORD.into(),
        };
        bench.app.add_user(&Actor::system(), &new).await
    };
    assert_eq!(add("a1", None).await.unwrap_err().code(), Code::Missing);
    assert_eq!(add("a2", Some("没有的局")).await.unwrap_err().code(), Code::Invalid);
    assert_eq!(add("a3", Some(" finance bureau ")).await.unwrap().department.as_deref(), Some(OWNER));
}
