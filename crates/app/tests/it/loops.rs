use gnomon_app::{Assignment, Error, Review, Seen};
use gnomon_domain::{Actor, Role, State, Step, Verdict};
use gnomon_kernel::{Code, Money, UserId};
use gnomon_testkit::{Bench, day, finding};

struct People {
    officer: Actor,
    handler: Actor,
    leader: Actor,
}

async fn people(bench: &Bench) -> People {
    People {
        officer: bench.person("officer", Role::DutyOfficer).await,
        handler: bench.person("handler", Role::Handler).await,
        leader: bench.person("leader", Role::Leader).await,
    }
}

fn accept() -> Review {
    Review::Accept { note: String::new() }
}

#[tokio::test]
async fn from_raised_to_closed_with_the_money_back() {
    let bench = Bench::new().await;
    let People { officer, handler, leader } = people(&bench).await;
    let seen = bench.assigned(&officer, &handler).await;
    let app = &bench.app;
    app.verify(&handler, &seen, Verdict::True, "入户核实").await.unwrap();
    let early = app.submit(&handler, &seen, "").await.unwrap_err();
    assert_eq!(early.code(), Code::State);
    app.dispose(&handler, &seen, Money(24_000), "发出退款通知").await.unwrap();
    app.recover_money(&handler, &seen, Money(10_000), day("2025-11-20"), "票据 17").await.unwrap();
    let less = app.submit(&handler, &seen, "").await.unwrap_err();
    assert_eq!((less.code(), less.problems()[0].field.as_str()), (Code::Missing, "reason"));
    let future = app.recover_money(&handler, &seen, Money(1), day("2025-11-22"), "").await.unwrap_err();
    assert_eq!(future.problems()[0].field, "day");
    app.recover_money(&handler, &seen, Money(14_000), day("2025-11-21"), "票据 18").await.unwrap();
    app.submit(&handler, &seen, "").await.unwrap();
    let closed = app.review(&leader, &seen, accept()).await.unwrap();
    assert_eq!((closed.state, closed.version), (State::Closed, 7));
    let view = app.warning(&officer, &seen.warning).await.unwrap();
    assert_eq!((view.to_recover, view.recovered), (Some(Money(24_000)), Money(24_000)));
    assert_eq!(
        view.recoveries.iter().map(|entry| entry.note.as_str()).collect::<Vec<_>>(),
        ["票据 17", "票据 18"]
    );
    assert!(view.closed_at.is_some());
    let steps: Vec<Step> = view.timeline.iter().map(|entry| entry.step).collect();
    use Step as S;
    assert_eq!(
        steps,
        [S::Raise, S::Assign, S::Verify, S::Dispose, S::Recover, S::Recover, S::Submit, S::Accept]
    );
    assert_eq!(view.timeline[7].by_name, "LEADER");
    let trail = bench.trail(seen.warning.as_str()).await;
    assert_eq!(trail.len(), 7, "{trail:?}");
    assert_eq!(trail[1], "verify assigned -> verified");
}

#[tokio::test]
async fn review_takes_another_person() {
    let bench = Bench::new().await;
    let People { officer, handler, leader } = people(&bench).await;
    let seen = bench.assigned(&officer, &handler).await;
    bench.app.verify(&handler, &seen, Verdict::CannotTell, "查无此人").await.unwrap();
    bench.app.submit(&handler, &seen, "").await.unwrap();
    assert_eq!(bench.app.review(&handler, &seen, accept()).await.unwrap_err().code(), Code::Forbidden);
    // The handler was promoted meanwhile, and may still not review their own work.
    let promoted = Actor { role: Role::Leader, ..handler.clone() };
    assert_eq!(bench.app.review(&promoted, &seen, accept()).await.unwrap_err().code(), Code::SamePerson);
    let back = Review::ReturnToVerify { reason: "补充材料".into() };
    assert_eq!(bench.app.review(&leader, &seen, back).await.unwrap().state, State::Assigned);
    bench.app.verify(&handler, &seen, Verdict::Explained, "同名不同人").await.unwrap();
    bench.app.submit(&handler, &seen, "").await.unwrap();
    let to_dispose = Review::ReturnToDispose { reason: "追款".into() };
    assert_eq!(bench.app.review(&officer, &seen, to_dispose).await.unwrap_err().code(), Code::State);
    assert_eq!(bench.app.review(&officer, &seen, accept()).await.unwrap().state, State::Closed);
}

#[tokio::test]
async fn of_two_who_close_at_once_one_gets_a_conflict() {
    let bench = Bench::new().await;
    let People { officer, handler, leader } = people(&bench).await;
    let seen = bench.assigned(&officer, &handler).await;
    bench.app.verify(&handler, &seen, Verdict::Explained, "同名不同人").await.unwrap();
    let version = bench.app.submit(&handler, &seen, "").await.unwrap().version;
    let seen = Seen { version: Some(version), ..seen };
    let both = [officer, leader].map(|reviewer| {
        let (app, seen) = (bench.app.clone(), seen.clone());
        tokio::spawn(async move { app.review(&reviewer, &seen, accept()).await })
    });
    let mut results = Vec::new();
    for one in both {
        results.push(one.await.unwrap());
    }
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    let refused = results.into_iter().find_map(Result::err).unwrap();
    assert!(matches!(refused, Error::Conflict { code: Code::Conflict, .. }), "{refused:?}");
    assert_eq!(refused.code().status(), 409);
}

#[tokio::test]
async fn a_stale_page_changes_nothing() {
    let bench = Bench::new().await;
    let People { officer, handler, .. } = people(&bench).await;
    let seen = bench.assigned(&officer, &handler).await;
    let stale = Seen { version: Some(0), ..seen.clone() };
    let refused = bench.app.verify(&handler, &stale, Verdict::True, "属实").await.unwrap_err();
    assert_eq!(refused.code(), Code::Conflict);
    assert_eq!(bench.state(&seen.warning).await, State::Assigned);
    assert_eq!(bench.trail(seen.warning.as_str()).await.len(), 1);
}

#[tokio::test]
async fn a_handler_sees_and_touches_only_what_is_theirs() {
    let bench = Bench::new().await;
    let People { officer, handler, .. } = people(&bench).await;
    let other = bench.person("other", Role::Handler).await;
    let seen = bench.assigned(&officer, &handler).await;
    let inbox = |who: Actor| {
        let app = bench.app.clone();
        async move { app.inbox(&who, &gnomon_app::Filter::default(), None, 10).await.unwrap() }
    };
    assert_eq!((inbox(handler.clone()).await.items.len(), inbox(other.clone()).await.items.len()), (1, 0));
    assert_eq!(inbox(other.clone()).await.counts.total(), 0);
    assert_eq!(bench.app.warning(&other, &seen.warning).await.unwrap_err().code(), Code::NotFound);
    let foreign = bench.app.verify(&other, &seen, Verdict::True, "属实").await.unwrap_err();
    assert_eq!(foreign.code(), Code::NotFound);
    bench.assign(&officer, &other, &seen).await;
    assert_eq!(bench.app.warning(&handler, &seen.warning).await.unwrap_err().code(), Code::NotFound);
    assert!(bench.app.warning(&other, &seen.warning).await.is_ok());
}

#[tokio::test]
async fn several_are_assigned_each_by_itself() {
    let bench = Bench::new().await;
    let People { officer, handler, leader } = people(&bench).await;
    bench.says(vec![finding(1), finding(2)]);
    bench.run().await;
    let inbox = bench.all().await;
    let seen = |n: usize, version| Seen { warning: inbox.items[n].id.clone(), version };
    let order =
        Assignment { to: handler.user.clone().unwrap(), due: Some(day("2025-12-01")), note: "急".into() };
    let results =
        bench.app.assign_many(&officer, &[seen(0, Some(0)), seen(1, Some(9))], &order).await.unwrap();
    assert_eq!(results[0].1.as_ref().unwrap().state, State::Assigned);
    assert_eq!(results[1].1.as_ref().unwrap_err().code(), Code::Conflict);
    let load = bench.app.assignees(&leader).await.unwrap();
    assert_eq!((load.len(), load[0].open), (1, 1));
    let view = bench.app.warning(&officer, &seen(0, None).warning).await.unwrap();
    assert_eq!((view.item.due, view.item.assignee_name.as_deref()), (day("2025-12-01"), Some("HANDLER")));
}

#[tokio::test]
async fn assignments_are_checked() {
    let bench = Bench::new().await;
    let People { officer, handler, leader } = people(&bench).await;
    bench.says(vec![finding(1)]);
    bench.run().await;
    let seen = bench.only().await;
    let order = |to: &Actor, due: &str| Assignment {
        to: to.user.clone().unwrap(),
        due: Some(day(due)),
        note: String::new(),
    };
    for (order, field) in [
        (order(&leader, "2025-12-01"), "to"),
        (Assignment { to: UserId::parse("usr_nobody").unwrap(), due: None, note: String::new() }, "to"),
        (order(&handler, "2025-11-20"), "due"),
    ] {
        let error = bench.app.assign(&officer, &seen, &order).await.unwrap_err();
        assert_eq!((error.code(), error.problems()[0].field.as_str()), (Code::Invalid, field));
    }
    let refused = bench.app.assign(&handler, &seen, &order(&handler, "2025-12-01")).await.unwrap_err();
    assert_eq!(refused.code(), Code::Forbidden);
}

#[tokio::test]
async fn a_full_number_is_shown_for_a_reason_and_recorded() {
    let bench = Bench::new().await;
    let People { officer, handler, .. } = people(&bench).await;
    let seen = bench.assigned(&officer, &handler).await;
    let app = &bench.app;
    let silent = app.reveal(&handler, &seen.warning, "subject", " ").await.unwrap_err();
    assert_eq!((silent.code(), silent.problems()[0].field.as_str()), (Code::Missing, "reason"));
    let shown = app.reveal(&handler, &seen.warning, "subject", "核对户籍").await.unwrap();
    assert_eq!(shown.number.reveal(), &finding(1).subject);
    assert_eq!(shown.name.unwrap().reveal(), "张三丰");
    let relative = app.reveal(&officer, &seen.warning, "kin_id", "核对亲属").await.unwrap();
    assert_eq!(relative.number.reveal(), "870121198001010017");
    assert_eq!(relative.name.unwrap().reveal(), "李四");
    assert_eq!(app.reveal(&officer, &seen.warning, "none", "x").await.unwrap_err().code(), Code::NotFound);
    let view = app.warning(&officer, &seen.warning).await.unwrap();
    let last = view.timeline.last().unwrap();
    assert_eq!(
        (last.step, last.note.as_str(), last.person.as_deref()),
        (Step::Reveal, "核对亲属", Some("kin_id"))
    );
    assert!(bench.trail(seen.warning.as_str()).await.contains(&"reveal subject: 核对户籍".to_owned()));
    assert_eq!(view.item.version, 1, "looking changes nothing");
}

#[tokio::test]
async fn the_buttons_are_those_the_person_may_press() {
    let bench = Bench::new().await;
    let People { officer, handler, leader } = people(&bench).await;
    let seen = bench.assigned(&officer, &handler).await;
    let steps = |who: &Actor| {
        let (app, who, id) = (bench.app.clone(), who.clone(), seen.warning.clone());
        async move { app.warning(&who, &id).await.unwrap().steps }
    };
    assert_eq!(steps(&officer).await, [Step::Assign, Step::Reveal]);
    assert_eq!(steps(&handler).await, [Step::Verify, Step::Reveal]);
    bench.app.verify(&handler, &seen, Verdict::Explained, "同名").await.unwrap();
    bench.app.submit(&handler, &seen, "").await.unwrap();
    assert_eq!(steps(&handler).await, [Step::Reveal]);
    assert_eq!(steps(&leader).await, [Step::Assign, Step::Accept, Step::ReturnToVerify, Step::Reveal]);
}
