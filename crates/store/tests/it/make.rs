//! Things to store.

use gnomon_domain::{Actor, Matter, Outcome, Role, RunState, State};
use gnomon_kernel::{Day, Ids, Instant, Level, Money, RandomIds, RowRef, RunId, UserId, WarningId};
use gnomon_store::{Finding, Run, RunCounts, RunModel, Tx, User, Warning};

pub const IDS: &dyn Ids = &RandomIds;

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn noon() -> Instant {
    at("2025-11-21T04:00:00.123456Z")
}

pub fn user(login: &str) -> User {
    User {
        id: UserId::new(IDS),
        login: login.into(),
        name: "陈立".into(),
        role: Role::Handler,
        department: None,
        created_at: noon(),
    }
}

pub fn run() -> Run {
    Run {
        id: RunId::new(IDS),
        state: RunState::Queued,
        as_of: day("2024-12-31"),
        known_at: Some(noon()),
        by: None,
        by_name: String::new(),
        asked_at: noon(),
        started_at: None,
        finished_at: None,
    }
}

pub fn run_model(run: &Run, model: &str) -> RunModel {
    RunModel {
        run: run.id.clone(),
        model: model.into(),
        revision: 2,
        fingerprint: "ab".repeat(32),
        params: serde_json::json!({ "months": 3 }),
        overridden: false,
        raises: true,
        outcome: Outcome::Waiting,
        attempts: 0,
        millis: 0,
        counts: RunCounts::default(),
        missing: vec![],
        without: vec![],
        versions: vec![],
        code: None,
        detail: String::new(),
    }
}

pub fn finding(run: &RunId, n: usize) -> Finding {
    Finding {
        id: 0,
        run: run.clone(),
        model: "BF-GEN-001".into(),
        subject: format!("8701211985{n:08}"),
        dedupe: "elderly".into(),
        subject_name: Some("张三丰".into()),
        level: Level::ALL[n % 3],
        money: Some(Money(n as i64 * 100)),
        happened_on: Some(day("2024-03-10")),
        region_code: Some(format!("870121{:03}007", n % 15)),
        evidence: vec![("months".into(), 3.into()), ("death_date".into(), "2024-03-10".into())],
        rows: vec![RowRef { batch: 7, sheet: 0, line: n as u32 + 2 }],
        row_count: 1,
    }
}

/// A new warning about the n-th finding.
pub fn warning(n: usize) -> Warning {
    let run = RunId::new(IDS);
    let about = finding(&run, n);
    let (matter, _) = Matter::raise(about.level, day("2025-12-05"), noon());
    Warning {
        id: WarningId::new(IDS),
        number: format!("W-25-{:06}", n + 1),
        version: 0,
        model: about.model,
        pack: "BF".into(),
        revision: 1,
        run,
        finding: n as i64 + 1,
        content: "c".repeat(64),
        subject: about.subject,
        dedupe: about.dedupe,
        subject_name: about.subject_name,
        money: about.money,
        happened_on: about.happened_on,
        region_code: about.region_code,
        raised_at: noon(),
        closed_at: None,
        assignee_name: None,
        matter,
    }
}

pub fn in_state(n: usize, state: State) -> Warning {
    let mut warning = warning(n);
    warning.matter.state = state;
    warning
}

pub fn officer() -> Actor {
    Actor::person(UserId::parse("usr_officer").unwrap(), "周宁", Role::DutyOfficer)
}

pub async fn save(tx: Tx) {
    tx.commit().await.unwrap();
}
