use gnomon_domain::{Actor, Event, Matter, Refused, Role, State, Step, Verdict};
use gnomon_kernel::{Code, Day, Instant, Level, Money, UserId};

fn now() -> Instant {
    "2025-11-21T01:00:00Z".parse().unwrap()
}

fn due() -> Day {
    "2025-12-01".parse().unwrap()
}

fn handler() -> Actor {
    Actor::person(UserId::parse("usr_handler").unwrap(), "甲", Role::Handler)
}

fn apply(matter: &Matter, event: Event) -> Matter {
    matter.apply(event, &handler(), now()).unwrap().0
}

fn refusal(matter: &Matter, event: Event) -> Refused {
    matter.apply(event, &handler(), now()).unwrap_err()
}

fn assigned() -> Matter {
    let (new, _) = Matter::raise(Level::Yellow, due(), now());
    let to = UserId::parse("usr_handler").unwrap();
    apply(&new, Event::Assign { to, name: "甲".into(), due: due(), note: String::new() })
}

fn verify(verdict: Verdict) -> Event {
    Event::Verify { verdict, reason: "called on site".into() }
}

fn submit() -> Event {
    Event::Submit { reason: String::new() }
}

fn dispose(fen: i64) -> Event {
    Event::Dispose { to_recover: Money(fen), note: "notice sent".into() }
}

fn recover(fen: i64) -> Event {
    Event::Recover { amount: Money(fen), day: due(), note: String::new() }
}

const STATE: Refused = Refused { code: Code::State, field: "" };

#[test]
fn a_verdict_and_a_return_need_their_reason() {
    let no_reason = Event::Verify { verdict: Verdict::True, reason: " ".into() };
    assert_eq!(refusal(&assigned(), no_reason), Refused { code: Code::Missing, field: "reason" });
    let review = apply(&apply(&assigned(), verify(Verdict::Explained)), submit());
    let silent = Event::Return { step: Step::ReturnToVerify, reason: String::new() };
    assert_eq!(refusal(&review, silent), Refused { code: Code::Missing, field: "reason" });
}

#[test]
fn explained_goes_straight_to_review_and_has_no_money() {
    let explained = apply(&assigned(), verify(Verdict::Explained));
    assert_eq!(refusal(&explained, dispose(100)), STATE);
    let review = apply(&explained, submit());
    assert_eq!(review.state, State::InReview);
    let back = Event::Return { step: Step::ReturnToDispose, reason: "money?".into() };
    assert_eq!(refusal(&review, back), STATE);
    assert_eq!(apply(&review, Event::Accept { note: String::new() }).state, State::Closed);
}

#[test]
fn true_is_handed_over_when_the_money_is_back_or_with_a_reason() {
    let verified = apply(&assigned(), verify(Verdict::True));
    assert_eq!(refusal(&verified, submit()), STATE);
    let disposing = apply(&verified, dispose(500));
    assert_eq!(refusal(&disposing, submit()), Refused { code: Code::Missing, field: "reason" });
    let half = apply(&disposing, recover(200));
    assert_eq!(apply(&half, Event::Submit { reason: "pays by instalments".into() }).state, State::InReview);
    let whole = apply(&half, recover(300));
    assert_eq!(whole.recovered, Money(500));
    assert_eq!(apply(&whole, submit()).state, State::InReview);
}

#[test]
fn amounts_have_a_sign_and_a_limit() {
    let verified = apply(&assigned(), verify(Verdict::True));
    assert_eq!(refusal(&verified, dispose(-1)), Refused { code: Code::Invalid, field: "to_recover" });
    let disposing = apply(&verified, dispose(0));
    assert_eq!(refusal(&disposing, recover(0)), Refused { code: Code::Invalid, field: "amount" });
    let most = apply(&disposing, recover(i64::MAX));
    assert_eq!(refusal(&most, recover(1)), Refused { code: Code::Invalid, field: "amount" });
}

#[test]
fn a_second_look_may_change_the_verdict_and_drops_the_claim() {
    let disposing = apply(&apply(&assigned(), verify(Verdict::True)), dispose(0));
    let review = apply(&disposing, submit());
    let back = apply(&review, Event::Return { step: Step::ReturnToVerify, reason: "look again".into() });
    assert_eq!(back.state, State::Assigned);
    let explained = apply(&back, verify(Verdict::Explained));
    assert_eq!((explained.verdict, explained.to_recover), (Some(Verdict::Explained), None));
}

#[test]
fn vanishing_withdraws_only_what_nobody_acted_on() {
    assert_eq!(apply(&assigned(), Event::Vanish).state, State::Withdrawn);
    let disposing = apply(&apply(&assigned(), verify(Verdict::True)), dispose(100));
    let vanished = apply(&disposing, Event::Vanish);
    assert_eq!((vanished.state, vanished.vanished), (State::Disposing, true));
    let again = apply(&vanished, Event::Refresh { level: Level::Yellow });
    assert!(!again.vanished);
}

#[test]
fn a_change_of_level_is_a_step_of_its_own() {
    let (after, entry) =
        assigned().apply(Event::Refresh { level: Level::Red }, &Actor::system(), now()).unwrap();
    assert_eq!((after.level, entry.step, entry.level), (Level::Red, Step::ChangeLevel, Some(Level::Red)));
    let (_, same) =
        assigned().apply(Event::Refresh { level: Level::Yellow }, &Actor::system(), now()).unwrap();
    assert_eq!(same.step, Step::Refresh);
}

#[test]
fn buttons_come_from_the_same_table() {
    let open = [Step::Refresh, Step::ChangeLevel, Step::Vanish, Step::Assign];
    let with = |more: &[Step]| [&open[..], more, &[Step::LoseSource, Step::Reveal]].concat();
    assert_eq!(assigned().possible(), with(&[Step::Verify]));
    let verified = apply(&assigned(), verify(Verdict::True));
    assert_eq!(verified.possible(), with(&[Step::Verify, Step::Dispose]));
    let explained = apply(&assigned(), verify(Verdict::Explained));
    assert_eq!(explained.possible(), with(&[Step::Verify, Step::Submit]));
}
