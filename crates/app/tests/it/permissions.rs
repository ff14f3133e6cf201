//! Every verb asks the policy: what the table refuses is refused.

use std::path::Path;

use gnomon_app::{
    Answer, Assignment, Delivered, Error, Filter, FindingsQuery, Known, NewRequest, NewToken, NewUser,
    Opening, PairFilter, QuarantineFilter, RejectedForm, RejectedWords, Result, Review, RunOrder, Seen,
    SeenPair, Selection, TieInquiry, Token, TypedRows,
};
use gnomon_domain::{Action, Actor, KinshipEvent, LinkKind, RequestEvent, Role, Verdict, policy::Rule};
use gnomon_kernel::{
    BatchId, Code, KinshipId, Lang, LayoutId, Money, PublicationId, RequestId, RowRef, RunId, UserId,
    WarningId,
};
use gnomon_library::object::{ObjectKind, ObjectSearch};
use gnomon_testkit::{Bench, MODEL, PASSWORD, day, finding};

/// The answer to one verb for each action, on a warning that is assigned to somebody else.
async fn ask(bench: &Bench, actor: &Actor, action: Action, warning: &WarningId) -> Option<Error> {
    let app = &bench.app;
    let seen = &Seen { warning: warning.clone(), version: None };
    let batch = &BatchId::parse("bat_none").unwrap();
    let order =
        RunOrder { selection: Selection::All, as_of: None, known: Known::default(), overrides: vec![] };
    let words = RejectedWords { lang: Lang::Zh, headings: [""; 6], reason: &|_| String::new() };
    let assignment = Assignment { to: UserId::parse("usr_none").unwrap(), due: None, note: String::new() };
    let (login, name, password) = ("new".into(), "新".into(), PASSWORD.into());
    let new = NewUser { login, name, role: Role::Leader, department: None, password };
    let (row, file) = (RowRef { batch: 1, sheet: 0, line: 2 }, Path::new("none.csv"));
    match action {
        Action::ViewDashboard => app.dashboard(actor).await.err(),
        Action::ViewWarnings => app.inbox(actor, &Filter::default(), None, 1).await.err(),
        Action::ViewWarning => first(app.warning(actor, warning).await, app.evidence(actor, warning).await),
        Action::Assign => first(app.assign(actor, seen, &assignment).await, app.assignees(actor).await),
        Action::Verify => app.verify(actor, seen, Verdict::True, "x").await.err(),
        Action::Dispose => app.dispose(actor, seen, Money(1), "x").await.err(),
        Action::Recover => app.recover_money(actor, seen, Money(1), day("2025-11-01"), "").await.err(),
        Action::Submit => app.submit(actor, seen, "").await.err(),
        Action::Review => app.review(actor, seen, Review::Accept { note: String::new() }).await.err(),
        Action::Reveal => app.reveal(actor, warning, "subject", "x").await.err(),
        Action::ViewSource => app.source_line(actor, warning, row).await.err(),
        Action::ViewTies => {
            let (from, to) = ("subject".to_owned(), "kin_id".to_owned());
            let inquiry = TieInquiry {
                warning: Some(warning.clone()),
                from,
                to,
                on: day("2025-01-01"),
                through_many: false,
            };
            let ends = app.tie_ends(actor, Some(warning), ["subject", "kin_id"]).await;
            let opened = app.reveal_tied(actor, &inquiry, (0, "8701"), "核实").await;
            first(app.ties(actor, &inquiry, "核实").await, first_ok(ends, opened))
        }
        Action::ViewModels => first(app.models(actor).await, app.model_view(actor, MODEL).await),
        Action::RunModels => app.request_run(actor, &order).await.err(),
        Action::ViewRuns => {
            let run = app.run(actor, &RunId::parse("run_none").unwrap()).await;
            first(
                run,
                first_ok(
                    app.findings(actor, &FindingsQuery::default()).await,
                    app.runs(actor, None, 1).await,
                ),
            )
        }
        Action::ViewData => {
            let datasets = first_ok(app.datasets(actor).await, app.dataset(actor, "payroll").await);
            let fresh = first_ok(app.freshness(actor).await, app.freshness_of(actor, "payroll").await);
            let held = app.quarantine(actor, &QuarantineFilter::default()).await;
            let held = first_ok(held, app.quarantine_count(actor).await);
            let tables = app.tables(actor).await;
            let datasets = first_ok(datasets, tables);
            first(first_ok(datasets, fresh), first_ok(held, app.batches(actor, None, None, 1).await))
        }
        Action::ViewObjects => {
            let search = ObjectSearch {
                kind: ObjectKind::Unit,
                text: String::new(),
                place: String::new(),
                from: 0,
                most: 1,
            };
            let page = app.object(actor, ObjectKind::Unit, "none", Opening::Reason("")).await;
            first(app.objects(actor, &search).await, page)
        }
        Action::OpenPerson => {
            let (kind, session) = (ObjectKind::Official, &Token::from_cookie("none"));
            let opened = app.open_object(actor, kind, "1:0:2", session, "x").await;
            let shown = app.object(actor, kind, "1:0:2", Opening::Reason("x")).await;
            let line = app.object_line(actor, kind, "1:0:2", session, row).await;
            first(first_ok(opened, shown), line)
        }
        Action::UploadData => {
            let link = app.link(actor).await;
            let typed = app.add_rows(actor, &TypedRows::default()).await;
            let taken = app.intake(actor, &Delivered::new("payroll", file, "none.csv"), &|_| {}).await;
            first(taken, first_ok(typed, link))
        }
        Action::PullData => app.ask_for_pull(actor, "none").await.err(),
        Action::WithdrawData => first(
            app.withdraw(actor, batch, "误报", &|_| {}).await,
            app.rebuild(actor, "payroll", &|_| {}).await,
        ),
        Action::ManageLayouts => {
            let layout = &LayoutId::parse("lay_none").unwrap();
            let proposed = app.propose_layout_of_file(actor, "payroll", file).await;
            let proposed = first_ok(proposed, app.propose_layout(actor, batch).await);
            let kept = app.keep_layouts(actor, "payroll", vec![]).await;
            let kept = first_ok(kept, app.confirm_layout(actor, batch, &[], &|_| {}).await);
            first(first_ok(proposed, kept), app.retire_layout(actor, layout).await)
        }
        Action::ViewIdentities => {
            let seen = first_ok(app.doubts_count(actor).await, app.doubt(actor, 999).await);
            let row = app.doubt_line(actor, 999, row).await;
            first(app.doubts(actor, &PairFilter::default(), 0).await, first_ok(seen, row))
        }
        Action::RuleIdentity => {
            let pair = SeenPair::any(999);
            let ruled = app.rule(actor, pair, true, "").await;
            first(
                ruled,
                first_ok(app.undo(actor, pair, "误判").await, app.reveal_pair(actor, 999, "x").await),
            )
        }
        Action::ConfirmRuling => {
            let pair = SeenPair::any(999);
            first(app.confirm_ruling(actor, pair, "").await, app.decline_ruling(actor, pair, "x").await)
        }
        Action::AskErasure => {
            let number = "870121198506143299";
            first(app.erasures(actor).await, app.ask_erasure(actor, number, "依法").await)
        }
        Action::AnswerErasure => app.answer_erasure(actor, 999, &Answer::Agree).await.err(),
        Action::DownloadRejected => app.rejected_file(actor, batch, RejectedForm::Csv, &words).await.err(),
        Action::ManageUsers => first(app.users(actor).await, app.add_user(actor, &new).await),
        Action::ManageTokens => {
            let new = NewToken { label: "民政局".into(), datasets: vec!["payroll".into()], days: 30 };
            first(app.tokens(actor).await, app.add_token(actor, &new).await)
        }
        Action::ViewRequests => first(app.requests(actor).await, app.find_request(actor, "none").await),
        Action::ViewRequest => app.request(actor, &RequestId::parse("req_none").unwrap()).await.err(),
        Action::AskForData => {
            let id = &RequestId::parse("req_none").unwrap();
            let changed = app.change_request(actor, id, None, &NewRequest::default(), "").await;
            let connect = RequestEvent::Connect { link: LinkKind::Line };
            let stepped = app.step_request(actor, id, None, connect).await;
            let asked = app.ask_for_data(actor, &NewRequest::default()).await;
            first(asked, first_ok(changed, stepped))
        }
        Action::AnswerRequest | Action::ConfirmEnd => {
            let note = String::new();
            let event = match action {
                Action::AnswerRequest => RequestEvent::Agree { note },
                _ => RequestEvent::End { note },
            };
            app.step_request(actor, &RequestId::parse("req_none").unwrap(), None, event).await.err()
        }
        _ => ask_about_kinship(bench, actor, action).await,
    }
}

/// The same for declarations, of one that does not exist.
async fn ask_about_kinship(bench: &Bench, actor: &Actor, action: Action) -> Option<Error> {
    let app = &bench.app;
    let id = &KinshipId::parse("kin_none").unwrap();
    let list = &PublicationId::parse("pub_none").unwrap();
    match action {
        Action::ViewKinship => {
            let lists = first_ok(app.kinship_year(actor, None).await, app.publication(actor, list).await);
            let unit = app.unit_declarations(actor, "none", None).await;
            first(lists, first_ok(unit, app.find_declaration(actor, "none").await))
        }
        Action::ViewDeclaration => app.declaration(actor, id).await.err(),
        Action::OpenKinship => {
            let units = first_ok(app.set_kinship_units(actor, &[]).await, app.kinship_units(actor).await);
            let account = app.set_unit_account(actor, "none", "none", None).await;
            first(app.open_year(actor, 2025).await, first_ok(units, account))
        }
        Action::Declare => {
            let written = app.declare(actor, id, None, &[]).await;
            let sent = app.submit_declaration(actor, id, None).await;
            let completed = app.complete(actor, id, None, &[]).await;
            let changed = app.open_change(actor, id, day("2025-11-01")).await;
            first(first_ok(written, sent), first_ok(completed, changed))
        }
        Action::CheckKinship => {
            first(app.check_declaration(actor, id).await, app.ask_comparison(actor, "none", 2025).await)
        }
        Action::AskPublication => app.ask_publication(actor, "none", 2025).await.err(),
        Action::ReleasePublication => app.answer_publication(actor, list, None).await.err(),
        Action::SettleMatter => {
            let event = KinshipEvent::Explain { reason: "重名".into() };
            app.settle_matter(actor, id, None, event).await.err()
        }
        other => panic!("{other} has no verb in this test"),
    }
}

/// The error of the first, having made sure that the second verb of the same action agrees about the permission.
fn first<A, B>(one: Result<A>, other: Result<B>) -> Option<Error> {
    let forbidden = |code: Option<Code>| code == Some(Code::Forbidden);
    let (one, other) = (one.err(), other.err());
    assert_eq!(forbidden(one.as_ref().map(Error::code)), forbidden(other.as_ref().map(Error::code)));
    one
}

fn first_ok<A, B>(one: Result<A>, other: Result<B>) -> Result<()> {
    first(one, other).map_or(Ok(()), Err)
}

#[tokio::test]
async fn every_verb_keeps_to_the_table() {
    let bench = Bench::new().await;
    let officer = bench.person("officer", Role::DutyOfficer).await;
    let owner = bench.person("owner", Role::Handler).await;
    let handler = bench.person("handler", Role::Handler).await;
    let leader = bench.person("leader", Role::Leader).await;
    bench.says(vec![finding(1)]);
    bench.run().await;
    let seen = bench.only().await;
    bench.assign(&officer, &owner, &seen).await;
    let liaison = bench.person("liaison", Role::Department).await;
    let security = bench.person("security", Role::Security).await;
    for actor in [&officer, &handler, &leader, &liaison, &security, &Actor::system()] {
        for action in Action::ALL {
            let code = ask(&bench, actor, *action, &seen.warning).await.map(|error| error.code());
            let told = format!("{} {action}: {code:?}", actor.role);
            match action.rule(actor.role) {
                Rule::No => assert_eq!(code, Some(Code::Forbidden), "{told}"),
                Rule::Assignee => assert_eq!(code, Some(Code::NotFound), "{told}"),
                Rule::Yes | Rule::OtherPerson | Rule::Owner | Rule::OtherOwner => {
                    assert_ne!(code, Some(Code::Forbidden), "{told}")
                }
            }
        }
    }
}
