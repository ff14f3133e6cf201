use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::TimeDelta;
use gnomon_app::{
    App, Assignment, Changed, Filter, Inbox, Job, NewUser, Parts, Requested, RunOrder, Seen, Selection,
    Sharing, States, Store,
};
use gnomon_domain::{Actor, Role};
use gnomon_kernel::{Clock, Day, Ids, Instant, Level, RowRef, WarningId};
use gnomon_library::{
    Library,
    analytics::{Finding, RebuildOrder},
    dataset::Dataset,
    model::{Model, Pack},
    object::ObjectFile,
};
use serde::Deserialize;

use crate::script::{Answers, Script, spoke};

/// How long tables can be read as they were.
const KEEP: TimeDelta = TimeDelta::days(400);
/// The model that [`Bench::run`] runs.
pub const MODEL: &str = "BF-GEN-001";
/// The department that owns the dataset.
pub const OWNER: &str = "财政局";
/// Everybody's password.
pub const PASSWORD: &str = "晷影测日影之长短";

/// A clock that a test moves.
struct HandClock(Mutex<Instant>);

impl Clock for HandClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

/// Identifiers 1, 2, 3.
#[derive(Default)]
struct CountedIds(AtomicU64);

impl Ids for CountedIds {
    fn next(&self) -> String {
        format!("{:026}", self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

#[derive(Deserialize)]
struct Content {
    datasets: BTreeMap<String, Dataset>,
    models: BTreeMap<String, Model>,
    packs: BTreeMap<String, Pack>,
    objects: Vec<ObjectFile>,
}

fn library() -> Library {
    let content: Content = toml::from_str(include_str!("library.toml")).unwrap();
    let mut library = Library::default();
    library.fingerprints = content.models.keys().map(|id| (id.clone(), "ab".repeat(32))).collect();
    (library.datasets, library.models, library.packs) = (content.datasets, content.models, content.packs);
    library.objects = content.objects;
    library
}

/// The product with what a test needs to steer it.
pub struct Bench {
    /// The verbs.
    pub app: App,
    /// The database beneath, to look at what verbs do not show.
    pub store: Store,
    /// The data directory; gone with the bench.
    pub dir: tempfile::TempDir,
    library: Arc<Library>,
    clock: Arc<HandClock>,
    script: Arc<Script>,
    sharing: Sharing,
}

impl Bench {
    /// A county with one dataset, three models and nobody in it.
    pub async fn new() -> Bench {
        Bench::with(|_| {}).await
    }

    /// The same with another library.
    pub async fn with(change: impl FnOnce(&mut Library)) -> Bench {
        Bench::sharing(Sharing::Free, change).await
    }

    /// The same, where links need agreements or do not.
    pub async fn sharing(sharing: Sharing, change: impl FnOnce(&mut Library)) -> Bench {
        let mut library = library();
        change(&mut library);
        let library = Arc::new(library);
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", dir.path().join("gnomon.db").display())).await.unwrap();
        let clock = Arc::new(HandClock(Mutex::new("2025-11-21T02:00:00Z".parse().unwrap())));
        let script = Arc::new(Script::default());
        let parts = Parts {
            store: store.clone(),
            analytics: Arc::clone(&script) as _,
            library: Arc::clone(&library),
            clock: Arc::clone(&clock) as _,
            ids: Arc::new(CountedIds::default()),
            dir: dir.path().to_owned(),
            keep: KEEP,
            sharing,
        };
        Bench { app: App::new(parts), store, dir, library, clock, script, sharing }
    }

    /// The product as another process would start it on the same data directory.
    pub fn started_again(&self) -> App {
        App::new(Parts {
            store: self.store.clone(),
            analytics: Arc::clone(&self.script) as _,
            library: Arc::clone(&self.library),
            clock: Arc::clone(&self.clock) as _,
            ids: Arc::new(gnomon_kernel::RandomIds),
            dir: self.dir.path().to_owned(),
            keep: KEEP,
            sharing: self.sharing,
        })
    }

    /// Lets time pass.
    pub fn wait(&self, time: TimeDelta) {
        *self.clock.0.lock().unwrap() += time;
    }

    /// Changes what the analytical side will say.
    pub fn answer(&self, change: impl FnOnce(&mut Answers)) {
        change(&mut self.script.0.lock().unwrap());
    }

    /// What the analytical side was last asked to make anew.
    pub fn order_of_last_rebuild(&self) -> RebuildOrder {
        self.script.0.lock().unwrap().rebuilds.last().unwrap().clone()
    }

    /// Looks at what the analytical side was told and asked.
    pub fn answer_of<T>(&self, look: impl FnOnce(&Answers) -> T) -> T {
        look(&self.script.0.lock().unwrap())
    }

    /// What the model will say from now on.
    pub fn says(&self, findings: Vec<Finding>) {
        self.answer(|answers| drop(answers.outcomes.insert(MODEL.into(), spoke(findings))));
    }

    /// Adds a person who logs in with [`PASSWORD`]; on screen the name is in capitals. One of a department belongs to
    /// [`OWNER`].
    pub async fn person(&self, login: &str, role: Role) -> Actor {
        let department = (role == Role::Department).then(|| OWNER.to_owned());
        let (login, name) = (login.to_owned(), login.to_uppercase());
        let new = NewUser { login, name, role, department, password: PASSWORD.into() };
        self.app.add_user(&Actor::system(), &new).await.unwrap().actor()
    }

    /// Asks for a run of [`MODEL`].
    pub async fn request(&self, as_of: &str, set: &[&str]) -> Requested {
        let order = RunOrder {
            selection: Selection::Some { models: vec![MODEL.into()], packs: vec![] },
            as_of: Some(day(as_of)),
            known: gnomon_app::Known::default(),
            overrides: set.iter().map(|text| text.parse().unwrap()).collect(),
        };
        self.app.request_run(&Actor::system(), &order).await.unwrap()
    }

    /// Runs the model and returns what became of its findings.
    pub async fn run_as(&self, as_of: &str, set: &[&str]) -> gnomon_app::RunCounts {
        let requested = self.request(as_of, set).await;
        let job = self.claim().await;
        self.app.perform(&job, &|_| {}).await.unwrap();
        self.app.run(&Actor::system(), &requested.run).await.unwrap().1[0].counts
    }

    /// The same as of a fixed day with the model's own values.
    pub async fn run(&self) -> gnomon_app::RunCounts {
        self.run_as("2025-10-31", &[]).await
    }

    /// The oldest waiting job.
    pub async fn claim(&self) -> Job {
        self.app.claim("worker").await.unwrap().unwrap()
    }

    /// Every warning.
    pub async fn all(&self) -> Inbox {
        let any = Filter { states: States::Any, ..Filter::default() };
        self.app.inbox(&Actor::system(), &any, None, 100).await.unwrap()
    }

    /// The one warning there is.
    pub async fn only(&self) -> Seen {
        let inbox = self.all().await;
        assert_eq!(inbox.items.len(), 1);
        Seen { warning: inbox.items[0].id.clone(), version: None }
    }

    /// Raises one warning and gives it to the handler.
    pub async fn assigned(&self, officer: &Actor, handler: &Actor) -> Seen {
        self.says(vec![finding(1)]);
        self.run().await;
        let seen = self.only().await;
        self.assign(officer, handler, &seen).await;
        seen
    }

    /// Gives a warning to a handler.
    pub async fn assign(&self, officer: &Actor, handler: &Actor, seen: &Seen) -> Changed {
        let order = Assignment { to: handler.user.clone().unwrap(), due: None, note: String::new() };
        self.app.assign(officer, seen, &order).await.unwrap()
    }

    /// Where a warning stands.
    pub async fn state(&self, id: &WarningId) -> gnomon_domain::State {
        self.app.warning(&Actor::system(), id).await.unwrap().item.state
    }

    /// The trail about one object, oldest first, as `action detail`.
    pub async fn trail(&self, object: &str) -> Vec<String> {
        let lines = self.store.read().await.unwrap().audit_trail(Some(object), 100).await.unwrap();
        lines.into_iter().rev().map(|line| format!("{} {}", line.action, line.detail)).collect()
    }
}

/// A day.
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A finding about the n-th person.
pub fn finding(n: u32) -> Finding {
    Finding {
        subject: format!("8701211985061432{n:02}"),
        dedupe: "elderly".into(),
        subject_name: Some("张三丰".into()),
        level: Level::Yellow,
        fen: Some(24_000),
        happened_on: Some(day("2025-03-10")),
        region_code: Some("870121001007".into()),
        evidence: vec![
            ("months".into(), 2.into()),
            ("kin_id".into(), "870121198001010017".into()),
            ("kin_name".into(), "李四".into()),
        ],
        rows: vec![RowRef { batch: 1, sheet: 0, line: n + 1 }],
        row_count: 1,
    }
}
