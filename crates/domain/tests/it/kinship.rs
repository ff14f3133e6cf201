//! Declarations of relatives' matters: the table of states and steps, how long each has, who may act.

use gnomon_domain::{
    Action, Actor, KinshipEvent, KinshipMatter, KinshipState, KinshipStep, PublicationState, Role,
    calendar::is_weekday,
    kinship::{due_of_change, due_of_year, may_release, next, shown_until},
    policy::may,
};
use gnomon_kernel::{Code, Day, Ids, Instant, RandomIds, UserId};

use crate::assert_snapshot;

const IDS: &dyn Ids = &RandomIds;

fn person(role: Role) -> Actor {
    Actor::person(UserId::new(IDS), "某", role)
}

/// A Friday.
fn now() -> Instant {
    "2025-11-21T02:00:00Z".parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn in_state(state: KinshipState) -> KinshipMatter {
    let (matter, _) = KinshipMatter::open(due_of_year(2026, None), "", &Actor::system(), now());
    KinshipMatter { state, ..matter }
}

fn after(matter: &KinshipMatter, event: KinshipEvent, by: &Actor) -> KinshipMatter {
    matter.apply(event, by, now(), is_weekday).unwrap().0
}

#[test]
fn every_step_from_every_state() {
    let mut table = format!("{:<12}", "");
    for state in KinshipState::ALL {
        table += &format!("{:<17}", state.as_str());
    }
    for step in KinshipStep::ALL {
        table = format!("{}\n{:<12}", table.trim_end(), step.as_str());
        for state in KinshipState::ALL {
            table += &format!("{:<17}", next(*state, *step).map_or("-", KinshipState::as_str));
        }
    }
    table = format!("{}\n", table.trim_end());
    assert_snapshot("kinship", include_str!("snapshots/kinship.txt"), &table);
}

#[test]
fn each_part_has_its_own_time() {
    assert_eq!(due_of_year(2026, None), Some(day("2026-03-31")));
    assert_eq!(due_of_year(2026, Some(day("2025-12-01"))), Some(day("2026-03-31")));
    assert_eq!(due_of_year(2026, Some(day("2026-05-04"))), Some(day("2026-06-03")), "30 days in office");
    assert_eq!(due_of_change(day("2026-02-10")), day("2026-03-12"));
    assert_eq!(shown_until(day("2026-04-01")), day("2026-04-08"));
    let declared = in_state(KinshipState::Declared);
    let checked = after(&declared, KinshipEvent::Check, &Actor::system());
    assert_eq!(checked.due, Some(day("2025-12-05")), "ten working days");
    let again =
        checked.apply(KinshipEvent::Check, &Actor::system(), now() + chrono::TimeDelta::days(5), is_weekday);
    assert_eq!(again.unwrap().0.due, checked.due, "comparing again gives no more time");
    let completed = after(&checked, KinshipEvent::Complete, &person(Role::Department));
    assert_eq!(completed.due, Some(day("2025-12-21")));
    let found = in_state(KinshipState::MatterFound);
    let exit = after(&found, KinshipEvent::AskExit { reason: "注销".into() }, &person(Role::Handler));
    assert_eq!(exit.due, Some(day("2026-05-20")), "180 days");
    assert!(exit.is_late(day("2026-05-21")) && !exit.is_late(day("2026-05-20")));
    let exited = after(&exit, KinshipEvent::ProveExit { proof: "登记通知书".into() }, &person(Role::Handler));
    assert_eq!((exited.state, exited.due), (KinshipState::Exited, None));
    assert!(!exited.is_late(day("2030-01-01")));
}

#[test]
fn what_follows_from_a_matter_needs_words() {
    let found = in_state(KinshipState::MatterFound);
    let handler = person(Role::Handler);
    let blank = || " ".to_owned();
    for event in [
        KinshipEvent::Explain { reason: blank() },
        KinshipEvent::Recuse { record: blank() },
        KinshipEvent::AskExit { reason: blank() },
        KinshipEvent::ToClue { reason: blank() },
    ] {
        let refused = found.apply(event, &handler, now(), is_weekday).unwrap_err();
        assert_eq!((refused.code, refused.field), (Code::Missing, "reason"));
    }
    let refused = found.apply(KinshipEvent::Submit, &handler, now(), is_weekday).unwrap_err();
    assert_eq!(refused.code, Code::State);
}

#[test]
fn a_unit_declares_for_its_own_and_a_handler_acts_inside_an_item() {
    let (liaison, handler, steward) =
        (person(Role::Department), person(Role::Handler), person(Role::DutyOfficer));
    let due = in_state(KinshipState::Due);
    assert_eq!(may(&liaison, Action::Declare, &due.relation(true)), Ok(()));
    assert_eq!(may(&liaison, Action::Declare, &due.relation(false)), Err(Code::NotFound));
    assert_eq!(may(&steward, Action::Declare, &due.relation(true)), Err(Code::Forbidden));
    let found = in_state(KinshipState::MatterFound);
    assert_eq!(may(&handler, Action::ViewDeclaration, &found.relation(false)), Err(Code::NotFound));
    let to = handler.user.clone().unwrap();
    let given = after(&found, KinshipEvent::Assign { to, name: "甲".into() }, &steward);
    assert_eq!(may(&handler, Action::SettleMatter, &given.relation(false)), Ok(()));
    let explained = after(&given, KinshipEvent::Explain { reason: "重名".into() }, &handler);
    let again = after(&explained, KinshipEvent::FindMatter, &Actor::system());
    assert_eq!(again.handler, None, "another matter is nobody's yet");
}

#[test]
fn a_second_person_releases_once() {
    let (one, two) = (person(Role::Department), person(Role::Leader));
    for state in PublicationState::ALL {
        let asked = *state == PublicationState::Asked;
        let other = may_release(*state, one.user.as_ref(), &two);
        assert_eq!(other, if asked { Ok(()) } else { Err(Code::State) }, "{state}");
    }
    assert_eq!(may_release(PublicationState::Asked, one.user.as_ref(), &one), Err(Code::SamePerson));
    assert_eq!(may_release(PublicationState::Asked, None, &Actor::system()), Err(Code::SamePerson));
}
