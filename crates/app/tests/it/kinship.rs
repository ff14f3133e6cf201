//! Declarations of relatives' matters: every year anew, only what differs, a second person, late ones, an exit.

use chrono::TimeDelta;
use gnomon_app::{Declaration, DeclaredRelative, Opened};
use gnomon_domain::{Actor, KinshipEvent, KinshipState, PublicationState, Role};
use gnomon_kernel::{Code, KinshipId};
use gnomon_library::analytics::Finding;
use gnomon_testkit::{
    Bench, day, finding,
    office::{CHILD, COMPANY, OFFICIAL, UNIT, child, official, with_declarations},
};

struct County {
    bench: Bench,
    liaison: Actor,
    steward: Actor,
    handler: Actor,
    leader: Actor,
}

impl County {
    async fn new() -> County {
        let bench = Bench::with(with_declarations).await;
        let liaison = bench.person("liaison", Role::Department).await;
        let steward = bench.person("steward", Role::DutyOfficer).await;
        let handler = bench.person("handler", Role::Handler).await;
        let leader = bench.person("leader", Role::Leader).await;
        bench.office("liaison").await;
        County { bench, liaison, steward, handler, leader }
    }

    async fn open(&self, year: i32) -> Opened {
        self.bench.app.open_year(&self.steward, year).await.unwrap()
    }

    /// The first official's declaration of a year.
    async fn of(&self, year: i32) -> Declaration {
        let unit = self.bench.app.unit_declarations(&self.liaison, UNIT, Some(year)).await.unwrap();
        unit.rows.into_iter().next().unwrap().declaration
    }

    async fn again(&self, id: &KinshipId) -> Declaration {
        self.bench.app.declaration(&self.steward, id).await.unwrap().declaration
    }

    async fn submitted(&self, year: i32, relatives: &[DeclaredRelative]) -> Declaration {
        let app = &self.bench.app;
        let due = self.of(year).await;
        app.declare(&self.liaison, &due.id, Some(due.version), relatives).await.unwrap();
        app.submit_declaration(&self.liaison, &due.id, None).await.unwrap();
        self.bench.work().await;
        self.again(&due.id).await
    }

    /// A declaration with nothing to declare, published.
    async fn published(&self) -> Declaration {
        self.open(2025).await;
        let complete = self.submitted(2025, &[]).await;
        assert_eq!(complete.matter.state, KinshipState::Completed, "nothing differs: nobody is asked");
        let list = self.bench.app.ask_publication(&self.liaison, UNIT, 2025).await.unwrap();
        self.bench.app.answer_publication(&self.leader, &list.id, None).await.unwrap();
        self.bench.work().await;
        self.again(&complete.id).await
    }

    /// The text of the last delivery of declared rows.
    fn taken(&self) -> String {
        self.bench.answer_of(|answers| {
            let order =
                answers.ordered.iter().rev().find(|order| order.dataset == "kinship_disclosure").unwrap();
            String::from_utf8(answers.received[&order.sha256].clone()).unwrap()
        })
    }
}

fn declared(relation: &str, company: Option<&str>) -> DeclaredRelative {
    DeclaredRelative {
        kin: CHILD.into(),
        kin_name: "温苗".into(),
        relation: relation.into(),
        matter: if company.is_some() { "company".into() } else { String::new() },
        detail: company.map(|_| "任法定代表人".to_owned()).unwrap_or_default(),
        org_code: company.unwrap_or_default().into(),
        ..DeclaredRelative::default()
    }
}

#[tokio::test]
async fn every_year_becomes_due_once_and_brings_last_years_rows() {
    let county = County::new().await;
    let app = &county.bench.app;
    assert_eq!(county.open(2025).await, Opened { made: 3, known: 0 });
    assert_eq!(county.open(2025).await, Opened { made: 0, known: 3 });
    let first = county.of(2025).await;
    assert_eq!((first.matter.due, first.number.as_str()), (Some(day("2025-03-31")), "K-25-00001"));
    app.declare(&county.liaison, &first.id, None, &[declared("child", None)]).await.unwrap();
    let newcomer = official("870121198012120268", "闻松", UNIT);
    county.bench.answer(|answers| {
        answers.officials.push(newcomer);
        answers.officials[1].until = Some(day("2025-06-30"));
    });
    assert_eq!(county.open(2026).await, Opened { made: 3, known: 0 }, "one has left, one has come");
    let renewed = county.of(2026).await;
    let content = app.declaration(&county.liaison, &renewed.id).await.unwrap().content.unwrap();
    assert_eq!(content.relatives[0].kin_name, "温苗");
    assert_eq!(app.open_year(&county.steward, 2031).await.unwrap_err().code(), Code::Invalid);
    app.set_kinship_units(&county.steward, &["870121100201".into()]).await.unwrap();
    assert_eq!(county.open(2024).await, Opened { made: 1, known: 0 }, "only the units under the system");
}

#[tokio::test]
async fn only_what_differs_is_shown_and_answered() {
    let county = County::new().await;
    let app = &county.bench.app;
    county.bench.answer(|answers| {
        answers.kin.insert(OFFICIAL.into(), vec![child(Some(COMPANY))]);
    });
    county.open(2025).await;
    let checked = county.submitted(2025, &[declared("child", None)]).await;
    assert_eq!((checked.matter.state, checked.matter.due), (KinshipState::Checked, Some(day("2025-12-05"))));
    let view = app.declaration(&county.liaison, &checked.id).await.unwrap();
    let differences = view.content.unwrap().differences;
    assert_eq!(differences.len(), 1, "the child is declared, the company is not");
    assert_eq!(differences[0].org_code.as_deref(), Some(COMPANY));
    let missing = app.complete(&county.liaison, &checked.id, None, &[]).await.unwrap_err();
    assert_eq!(missing.problems()[0].field, format!("answer-{}", differences[0].id));
    let counts = app.declaration(&county.steward, &checked.id).await.unwrap();
    assert!(counts.content.is_none() && counts.difference_count == 1, "stewards see counts");
    // Declared after all: nothing is left to answer.
    app.declare(&county.liaison, &checked.id, None, &[declared("child", Some(COMPANY))]).await.unwrap();
    let complete = app.complete(&county.liaison, &checked.id, None, &[]).await.unwrap();
    assert_eq!(
        (complete.matter.state, complete.matter.due),
        (KinshipState::Completed, Some(day("2025-12-21")))
    );
    county.bench.work().await;
    let complete = county.again(&checked.id).await;
    let batch = app.delivery(&county.steward, &complete.batch.unwrap()).await.unwrap().batch;
    assert!(batch.note.contains(&complete.number), "{}", batch.note);
    let rows = county.taken();
    assert!(rows.contains(CHILD) && rows.contains("company") && rows.contains(COMPANY), "{rows}");
    assert!(rows.contains("2025-11-21") && !rows.contains("操作类型"), "{rows}");
}

#[tokio::test]
async fn what_cannot_be_used_changes_nothing() {
    let county = County::new().await;
    let app = &county.bench.app;
    county.open(2025).await;
    let due = county.of(2025).await;
    let wrong = [
        DeclaredRelative { kin: "8701".into(), relation: "cousin".into(), ..declared("", None) },
        DeclaredRelative::default(),
        DeclaredRelative { kin: OFFICIAL.into(), kin_name: " ".into(), ..declared("child", None) },
        DeclaredRelative { matter: "company".into(), ..declared("child", None) },
    ];
    let error = app.declare(&county.liaison, &due.id, None, &wrong).await.unwrap_err();
    let fields: Vec<&str> = error.problems().iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["r0-kin", "r0-relation", "r2-kin", "r2-kin_name", "r3-detail"]);
    let stale = app.declare(&county.liaison, &due.id, Some(7), &[]).await.unwrap_err();
    assert_eq!(stale.code(), Code::Conflict);
    assert_eq!(county.again(&due.id).await.version, 0);
    // A number that is not typed again stays.
    app.declare(&county.liaison, &due.id, None, &[declared("child", None)]).await.unwrap();
    let stored = app.declaration(&county.liaison, &due.id).await.unwrap().content.unwrap().relatives;
    let kept = DeclaredRelative { was: Some(stored[0].id), kin: String::new(), ..declared("child", None) };
    app.declare(&county.liaison, &due.id, None, &[kept]).await.unwrap();
    let stored = app.declaration(&county.liaison, &due.id).await.unwrap().content.unwrap().relatives;
    assert_eq!(stored[0].kin.as_ref().unwrap().reveal(), CHILD);
}

#[tokio::test]
async fn a_second_person_releases_what_others_read() {
    let county = County::new().await;
    let app = &county.bench.app;
    let second = county.bench.person("second", Role::Department).await;
    app.set_unit_account(&Actor::system(), "second", UNIT, None).await.unwrap();
    let outsider = county.bench.person("outsider", Role::Department).await;
    app.set_unit_account(&Actor::system(), "outsider", "870121100201", None).await.unwrap();
    county.open(2025).await;
    let told = DeclaredRelative {
        detail: "温苗 870121199009090349 任职".into(),
        ..declared("child", Some(COMPANY))
    };
    county.submitted(2025, &[told]).await;
    let list = app.ask_publication(&county.liaison, UNIT, 2025).await.unwrap();
    let line = &list.lines[0];
    assert_eq!((line.kin.as_str(), line.detail.as_str()), ("温*", "温* 870121********0349 任职"));
    let again = app.ask_publication(&county.liaison, UNIT, 2025).await.unwrap_err();
    assert_eq!(again.code(), Code::State, "one list at a time");
    let own = app.answer_publication(&county.liaison, &list.id, None).await.unwrap_err();
    assert_eq!(own.code(), Code::SamePerson);
    let reason = app.answer_publication(&second, &list.id, Some(" ")).await.unwrap_err();
    assert_eq!(reason.code(), Code::Missing);
    for stranger in [&outsider, &county.handler] {
        assert_eq!(app.publication(stranger, &list.id).await.unwrap_err().code(), Code::NotFound);
    }
    let preview = app.publication(&second, &list.id).await.unwrap();
    assert!(preview.can_release);
    let released = app.answer_publication(&second, &list.id, None).await.unwrap();
    assert_eq!((released.state, released.shown_until), (PublicationState::Released, Some(day("2025-11-28"))));
    let read = app.publication(&county.handler, &list.id).await.unwrap();
    assert_eq!(read.publication.lines, preview.publication.lines, "word for word");
    county.bench.work().await;
    let rows = county.taken();
    assert_eq!(rows.matches("2025-11-21").count(), 2, "declared and published: {rows}");
    assert_eq!(county.of(2025).await.matter.state, KinshipState::Published);
    county.bench.wait(TimeDelta::days(8));
    assert_eq!(app.publication(&county.handler, &list.id).await.unwrap_err().code(), Code::NotFound);
    assert!(app.publication(&county.liaison, &list.id).await.is_ok());
}

#[tokio::test]
async fn a_matter_is_found_later_given_to_a_handler_and_exited() {
    let county = County::new().await;
    let app = &county.bench.app;
    let published = county.published().await;
    let compared = app.check_declaration(&county.steward, &published.id).await.unwrap();
    assert_eq!(compared.matter.state, KinshipState::Compared);
    county.bench.answer(|answers| {
        answers.kin.insert(OFFICIAL.into(), vec![child(Some(COMPANY))]);
    });
    app.ask_comparison(&county.steward, UNIT, 2025).await.unwrap();
    county.bench.work().await;
    let found = county.again(&published.id).await;
    assert_eq!(found.matter.state, KinshipState::MatterFound);
    let unseen = app.declaration(&county.handler, &found.id).await.unwrap_err();
    assert_eq!(unseen.code(), Code::NotFound);
    let to = county.handler.user.clone().unwrap();
    app.assign_declaration(&county.steward, &found.id, None, &to).await.unwrap();
    let seen = app.declaration(&county.handler, &found.id).await.unwrap();
    assert_eq!(seen.content.unwrap().differences.len(), 2, "the child, and the company");
    assert!(
        county.bench.trail(found.id.as_str()).await.contains(&"view_declaration relatives seen".to_owned())
    );
    assert_eq!(app.kinship_year(&county.handler, None).await.unwrap().units.len(), 1);
    let blank = KinshipEvent::AskExit { reason: " ".into() };
    let refused = app.settle_matter(&county.handler, &found.id, None, blank).await.unwrap_err();
    assert_eq!(refused.problems()[0].field, "reason");
    let ask = KinshipEvent::AskExit { reason: "退出所持股份".into() };
    let asked = app.settle_matter(&county.handler, &found.id, None, ask).await.unwrap();
    assert_eq!(asked.matter.due, Some(day("2026-05-20")));
    county.bench.wait(TimeDelta::days(181));
    let year = app.kinship_year(&county.steward, Some(2025)).await.unwrap();
    let late = year.units.iter().find(|unit| unit.code == UNIT).unwrap();
    assert_eq!((late.counts.found, late.counts.late), (1, 2), "the exit, and one that was never declared");
    let proof = KinshipEvent::ProveExit { proof: "变更登记通知书".into() };
    let exited = app.settle_matter(&county.handler, &found.id, None, proof).await.unwrap();
    assert_eq!(exited.matter.state, KinshipState::Exited);
    let view = app.declaration(&county.handler, &found.id).await.unwrap();
    let arranged = &view.content.unwrap().arrangements[0];
    assert_eq!((arranged.proof.as_str(), arranged.due), ("变更登记通知书", Some(day("2026-05-20"))));
    let again = app.check_declaration(&county.steward, &found.id).await.unwrap();
    assert_eq!(again.matter.state, KinshipState::Exited, "what was settled is not brought up again");
    assert!(county.bench.all().await.items.is_empty(), "nothing is raised by an exit");
}

#[tokio::test]
async fn a_change_corrects_rows_and_ends_those_it_leaves_out() {
    let county = County::new().await;
    let app = &county.bench.app;
    county.open(2025).await;
    let first = county.submitted(2025, &[declared("child", Some(COMPANY))]).await;
    let early = app.open_change(&county.liaison, &first.id, day("2025-12-24")).await.unwrap_err();
    assert_eq!(early.code(), Code::Invalid, "a change that has not happened");
    let change = app.open_change(&county.liaison, &first.id, day("2025-11-10")).await.unwrap();
    assert_eq!((change.matter.due, &change.disclosure_no), (Some(day("2025-12-10")), &first.disclosure_no));
    let twice = app.open_change(&county.liaison, &first.id, day("2025-11-10")).await.unwrap_err();
    assert_eq!(twice.code(), Code::State, "one at a time");
    let without =
        DeclaredRelative { matter: "position".into(), detail: "任出纳".into(), ..declared("child", None) };
    app.declare(&county.liaison, &change.id, None, &[without]).await.unwrap();
    app.submit_declaration(&county.liaison, &change.id, None).await.unwrap();
    county.bench.work().await;
    let rows = county.taken();
    let lines: Vec<&str> = rows.lines().collect();
    assert_eq!(lines.len(), 3, "{rows}");
    assert!(lines[1].contains("position") && !lines[1].contains("删除"), "{rows}");
    assert!(lines[2].contains("company") && lines[2].ends_with("删除"), "{rows}");
}

#[tokio::test]
async fn an_official_declares_for_oneself_and_sees_nobody_else() {
    let county = County::new().await;
    let app = &county.bench.app;
    county.open(2025).await;
    let own = county.bench.person("own", Role::Department).await;
    assert!(app.kinship_year(&own, None).await.unwrap().units.is_empty(), "speaks for nobody yet");
    app.set_unit_account(&Actor::system(), "own", UNIT, Some(OFFICIAL)).await.unwrap();
    let mine = county.of(2025).await;
    assert!(app.declare(&own, &mine.id, None, &[]).await.is_ok());
    let unit = app.unit_declarations(&own, UNIT, None).await.unwrap();
    assert_eq!(unit.rows.len(), 1);
    let all = app.unit_declarations(&county.steward, UNIT, None).await.unwrap();
    let other = &all.rows.iter().find(|row| row.declaration.id != mine.id).unwrap().declaration.id;
    assert_eq!(app.declaration(&own, other).await.unwrap_err().code(), Code::NotFound);
    assert_eq!(app.ask_publication(&own, UNIT, 2025).await.unwrap_err().code(), Code::NotFound);
    let wrong = app.set_unit_account(&county.steward, "handler", UNIT, None).await.unwrap_err();
    assert_eq!(wrong.problems()[0].field, "login", "only a department's person declares");
}

#[tokio::test]
async fn registers_are_looked_at_each_day_and_only_news_leave_a_line() {
    let county = County::new().await;
    let app = &county.bench.app;
    let published = county.published().await;
    let day_by_day = async || {
        county.bench.wait(TimeDelta::days(1));
        app.request_daily_look().await.unwrap();
        app.request_daily_look().await.unwrap();
        county.bench.work().await;
        (
            county.again(&published.id).await.matter.state,
            county.bench.trail(published.id.as_str()).await.len(),
        )
    };
    let (state, lines) = day_by_day().await;
    assert_eq!(state, KinshipState::Compared, "the first comparison after the publication");
    assert_eq!(day_by_day().await, (KinshipState::Compared, lines), "nothing new: no line");
    county.bench.answer(|answers| {
        answers.kin.insert(OFFICIAL.into(), vec![child(Some(COMPANY))]);
    });
    let (state, after) = day_by_day().await;
    assert_eq!(state, KinshipState::MatterFound, "nobody has asked");
    assert!(after > lines);
    assert_eq!(day_by_day().await.1, after, "what was found is found once");
}

#[tokio::test]
async fn a_new_year_becomes_due_by_itself_where_the_last_one_was() {
    let county = County::new().await;
    let app = &county.bench.app;
    app.request_daily_look().await.unwrap();
    county.bench.work().await;
    assert_eq!(app.kinship_year(&county.steward, None).await.unwrap().year, None, "nobody has begun");
    county.open(2025).await;
    county.bench.wait(TimeDelta::days(60));
    app.request_daily_look().await.unwrap();
    county.bench.work().await;
    let year = app.kinship_year(&county.steward, None).await.unwrap();
    assert_eq!(
        (year.years, year.units.iter().map(|unit| unit.counts.due).sum::<u64>()),
        (vec![2026, 2025], 3)
    );
}

#[tokio::test]
async fn a_clue_becomes_one_warning_for_each_relative() {
    let county = County::new().await;
    let app = &county.bench.app;
    let published = county.published().await;
    county.bench.answer(|answers| {
        answers.kin.insert(OFFICIAL.into(), vec![child(Some(COMPANY))]);
    });
    app.check_declaration(&county.steward, &published.id).await.unwrap();
    let to = county.handler.user.clone().unwrap();
    app.assign_declaration(&county.steward, &published.id, None, &to).await.unwrap();
    let blank = KinshipEvent::ToClue { reason: " ".into() };
    assert!(app.settle_matter(&county.handler, &published.id, None, blank).await.is_err());
    assert!(county.bench.all().await.items.is_empty(), "nothing is raised by what is refused");
    let clue = KinshipEvent::ToClue { reason: "持股未申报，移交核实".into() };
    let settled = app.settle_matter(&county.handler, &published.id, None, clue).await.unwrap();
    assert_eq!(settled.matter.state, KinshipState::Clue);
    let items = county.bench.all().await.items;
    let [item] = items.as_slice() else { panic!("{items:?}") };
    assert!(item.title.zh.contains("移交核实") && item.subject.contains('*'), "{item:?}");
    let view = app.warning(&county.steward, &item.id).await.unwrap();
    let cells = format!("{:?}", view.cells);
    assert!(cells.contains("870121********0349") && cells.contains("子女"), "{cells}");
    assert!(!cells.contains(CHILD) && !cells.contains("温苗"), "masked: {cells}");
    assert!(cells.contains(COMPANY), "{cells}");
    assert_eq!((view.timeline[0].by_name.as_str(), view.as_of), ("HANDLER", None), "a person's, no run's");
    assert_eq!(view.timeline[0].note, "持股未申报，移交核实");
    let timeline = app.declaration(&county.handler, &published.id).await.unwrap().timeline;
    let note = &timeline.last().unwrap().note;
    assert!(note.starts_with(&item.number), "the declaration tells its number: {note}");
    county.bench.run().await;
    let open = county.bench.all().await.items;
    assert!(open.iter().any(|one| one.id == item.id), "no run takes it back");
}

#[tokio::test]
async fn recusals_are_seen_from_warnings_and_units_tell_who_has_not_declared() {
    let county = County::new().await;
    let app = &county.bench.app;
    let published = county.published().await;
    county.bench.answer(|answers| {
        answers.kin.insert(OFFICIAL.into(), vec![child(Some(COMPANY))]);
        answers.officials.push(official("870121198012120268", "闻松", UNIT));
    });
    app.check_declaration(&county.steward, &published.id).await.unwrap();
    let to = county.handler.user.clone().unwrap();
    app.assign_declaration(&county.steward, &published.id, None, &to).await.unwrap();
    let recuse = KinshipEvent::Recuse { record: "温苗的企业不参与本单位采购".into() };
    app.settle_matter(&county.handler, &published.id, None, recuse).await.unwrap();
    let found = Finding { subject: OFFICIAL.into(), ..finding(1) };
    county.bench.says(vec![found]);
    county.bench.run().await;
    let seen = county.bench.only().await;
    let notes = app.warning(&county.steward, &seen.warning).await.unwrap().arranged;
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!(
        (note.number.as_str(), note.state),
        (published.number.as_str(), KinshipState::RecusalArranged)
    );
    assert_eq!(note.arrangements.len(), 1);
    assert!(note.arrangements[0].record.is_empty(), "no words about relatives");
    let unit = app.unit_declarations(&county.steward, UNIT, None).await.unwrap();
    assert_eq!(unit.without.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["闻松"]);
    let own = app.unit_declarations(&county.handler, UNIT, None).await.unwrap();
    assert!(own.without.is_empty(), "a handler sees what is assigned to them");
}
