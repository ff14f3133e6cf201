//! Pairs in doubt: who rules, when a second person is needed, what is in force.

use gnomon_domain::{
    Action, Actor, PairEvent, PairMatter, PairState, PairStep, Role, policy::may, warning::Refused,
};
use gnomon_kernel::{Code, Ids, Instant, RandomIds, UserId};

const IDS: &dyn Ids = &RandomIds;

fn person(role: Role) -> Actor {
    Actor::person(UserId::new(IDS), "某", role)
}

fn now() -> Instant {
    "2025-11-21T02:00:00Z".parse().unwrap()
}

fn rule(same: bool) -> PairEvent {
    PairEvent::Rule { same, note: String::new() }
}

fn confirm() -> PairEvent {
    PairEvent::Confirm { note: String::new() }
}

fn because(event: fn(String) -> PairEvent) -> PairEvent {
    event("户籍核对一致".to_owned())
}

fn decline() -> PairEvent {
    because(|reason| PairEvent::Decline { reason })
}

fn undo() -> PairEvent {
    because(|reason| PairEvent::Undo { reason })
}

/// The pair after these steps, all of them with an open warning touched or none.
fn after(touches: bool, events: &[PairEvent]) -> Result<PairMatter, Refused> {
    let by = person(Role::DutyOfficer);
    let step = |pair: PairMatter, event: &PairEvent| {
        pair.apply(event.clone(), touches, &by, now()).map(|(after, _)| after)
    };
    events.iter().try_fold(PairMatter::NEW, step)
}

fn state(touches: bool, events: &[PairEvent]) -> PairState {
    after(touches, events).unwrap().state
}

#[test]
fn without_an_open_warning_one_person_is_enough() {
    assert_eq!(state(false, &[rule(true)]), PairState::Same);
    assert_eq!(state(false, &[rule(false)]), PairState::NotSame);
    assert_eq!(state(false, &[rule(true), undo()]), PairState::Open);
    assert_eq!(state(false, &[rule(true), undo(), rule(false)]), PairState::NotSame);
}

#[test]
fn an_open_warning_asks_for_a_second_person() {
    assert_eq!(state(true, &[rule(true)]), PairState::Proposed);
    assert_eq!(state(true, &[rule(true), confirm()]), PairState::Same);
    assert_eq!(state(true, &[rule(true), decline()]), PairState::Open);
    for same in [true, false] {
        let ruled = vec![rule(same), confirm()];
        assert_eq!(state(true, &ruled[..1]), PairState::Proposed);
        let then = |more: &[PairEvent]| state(true, &[ruled.as_slice(), more].concat());
        let kept = if same { PairState::Same } else { PairState::NotSame };
        assert_eq!(then(&[undo()]), PairState::UndoProposed);
        assert_eq!(then(&[undo(), decline()]), kept);
        assert_eq!(then(&[undo(), confirm()]), PairState::Open);
    }
}

#[test]
fn a_ruling_holds_until_it_is_undone() {
    let in_force = |events: &[PairEvent]| {
        let pair = after(true, events).unwrap();
        (pair.state.is_in_force(), pair.same)
    };
    assert_eq!(in_force(&[]), (false, None));
    assert_eq!(in_force(&[rule(true)]), (false, Some(true)));
    assert_eq!(in_force(&[rule(true), confirm()]), (true, Some(true)));
    assert_eq!(in_force(&[rule(false)]), (false, Some(false)));
    assert_eq!(in_force(&[rule(false), confirm(), undo()]), (true, Some(false)));
    assert_eq!(in_force(&[rule(false), confirm(), undo(), confirm()]), (false, None));
}

#[test]
fn steps_out_of_turn_and_without_a_reason_are_refused() {
    let refused = |events: &[PairEvent]| after(true, events).unwrap_err().code;
    for early in [confirm(), decline(), undo()] {
        assert_eq!(refused(&[early]), Code::State);
    }
    assert_eq!(refused(&[rule(true), rule(false)]), Code::State);
    assert_eq!(refused(&[rule(false), confirm(), rule(false)]), Code::State);
    assert_eq!(refused(&[rule(false), confirm(), undo(), undo()]), Code::State);
    let blank = |event: fn(String) -> PairEvent| event(" ".to_owned());
    assert_eq!(refused(&[rule(true), blank(|reason| PairEvent::Decline { reason })]), Code::Missing);
    assert_eq!(refused(&[rule(false), confirm(), blank(|reason| PairEvent::Undo { reason })]), Code::Missing);
    assert_eq!(refused(&[blank(|reason| PairEvent::Reveal { reason })]), Code::Missing);
}

#[test]
fn who_proposed_does_not_confirm_and_a_look_changes_nothing() {
    let (one, two) = (person(Role::DutyOfficer), person(Role::Leader));
    let (pair, entry) = PairMatter::NEW.apply(rule(true), true, &one, now()).unwrap();
    assert_eq!((entry.step, entry.from, entry.to), (PairStep::Propose, PairState::Open, PairState::Proposed));
    let look = because(|reason| PairEvent::Reveal { reason });
    let (pair, entry) = pair.apply(look, true, &two, now()).unwrap();
    assert_eq!((entry.step, pair.state), (PairStep::Reveal, PairState::Proposed));
    let asked = |by: &Actor| may(by, Action::ConfirmRuling, &pair.relation());
    assert_eq!((asked(&one), asked(&two)), (Err(Code::SamePerson), Ok(())));
    assert_eq!(asked(&person(Role::Handler)), Err(Code::Forbidden));
    let (ruled, _) = pair.apply(confirm(), true, &two, now()).unwrap();
    assert_eq!(ruled.proposed_by, None);
}
