//! Data requests: the table of states and steps, who may answer, and how long each has.

use chrono::TimeDelta;
use gnomon_domain::{
    Action, Actor, DataEnd, DataRequest, LinkKind, RequestEvent, RequestState, RequestStep, Role,
    calendar::is_weekday, policy::may, request::next,
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

fn asked(by: &Actor) -> DataRequest {
    DataRequest::ask((None, None), by, now(), is_weekday).0
}

fn after(request: &DataRequest, event: RequestEvent, by: &Actor) -> DataRequest {
    request.apply(event, by, now(), is_weekday).unwrap().0
}

#[test]
fn every_step_from_every_state() {
    let mut table = format!("{:<9}", "");
    for state in RequestState::ALL {
        table += &format!("{:<12}", state.as_str());
    }
    for step in RequestStep::ALL {
        table = format!("{}\n{:<9}", table.trim_end(), step.as_str());
        for state in RequestState::ALL {
            table += &format!("{:<12}", next(*state, *step).map_or("-", RequestState::as_str));
        }
    }
    table = format!("{}\n", table.trim_end());
    assert_snapshot("requests", include_str!("snapshots/requests.txt"), &table);
}

#[test]
fn days_are_working_days_and_another_way_gives_no_more() {
    let steward = person(Role::DutyOfficer);
    let request = asked(&steward);
    assert_eq!(request.due, Some(day("2025-12-05")));
    let agreed = after(&request, RequestEvent::Agree { note: String::new() }, &person(Role::Department));
    assert_eq!(agreed.due, Some(day("2025-12-19")));
    let later = now() + TimeDelta::days(7);
    let connect = RequestEvent::Connect { link: LinkKind::Line };
    let connecting = agreed.apply(connect, &steward, later, is_weekday).unwrap().0;
    assert_eq!((connecting.due, connecting.link), (agreed.due, Some(LinkKind::Line)));
    let live = after(&connecting, RequestEvent::GoLive { file: "a.csv".into() }, &Actor::system());
    assert_eq!((live.state, live.due), (RequestState::Live, None));
}

#[test]
fn a_department_answers_for_its_own_data_and_never_for_its_own_question() {
    let (steward, liaison) = (person(Role::DutyOfficer), person(Role::Department));
    let answer = |actor: &Actor, request: &DataRequest, owns| {
        may(actor, Action::AnswerRequest, &request.relation(owns)).err()
    };
    let request = asked(&steward);
    assert_eq!(answer(&liaison, &request, true), None);
    assert_eq!(answer(&liaison, &request, false), Some(Code::NotFound));
    assert_eq!(answer(&steward, &request, true), Some(Code::Forbidden));
    assert_eq!(answer(&Actor::system(), &request, true), Some(Code::Forbidden));
    // Whoever has asked in one role does not answer in another.
    assert_eq!(answer(&liaison, &asked(&liaison), true), Some(Code::SamePerson));
    let leader = person(Role::Leader);
    assert_eq!(answer(&leader, &request, false), None);
    assert_eq!(answer(&leader, &asked(&leader), true), Some(Code::SamePerson));
}

#[test]
fn the_end_takes_a_second_person_and_can_be_called_off() {
    let (steward, security) = (person(Role::DutyOfficer), person(Role::Security));
    let agreed = after(&asked(&steward), RequestEvent::Agree { note: String::new() }, &person(Role::Leader));
    let end = RequestEvent::AskEnd { data: DataEnd::Erase, reason: "专项工作已结束".into() };
    let ending = after(&agreed, end, &steward);
    assert_eq!((ending.due, ending.data_end), (Some(day("2025-12-19")), Some(DataEnd::Erase)));
    assert!(ending.is_in_force(day("2025-11-21")), "until somebody confirms");
    let confirm = |actor: &Actor| may(actor, Action::ConfirmEnd, &ending.relation(false)).err();
    assert_eq!(confirm(&security), None);
    assert_eq!(confirm(&steward), Some(Code::Forbidden));
    let promoted = Actor { role: Role::Security, ..steward.clone() };
    assert_eq!(confirm(&promoted), Some(Code::SamePerson));
    let on = after(&ending, RequestEvent::KeepOn { reason: "仍需使用".into() }, &security);
    assert_eq!((on.state, on.data_end, on.end_asked_by), (RequestState::Connecting, None, None));
    let ended = after(&ending, RequestEvent::End { note: String::new() }, &security);
    assert!(!ended.is_in_force(day("2025-11-21")) && !ended.state.is_open());
}

#[test]
fn reasons_are_needed_where_somebody_is_refused() {
    let request = asked(&person(Role::DutyOfficer));
    let liaison = person(Role::Department);
    for event in [RequestEvent::Refuse { reason: " ".into() }, RequestEvent::Return { reason: String::new() }]
    {
        let refused = request.apply(event, &liaison, now(), is_weekday).unwrap_err();
        assert_eq!((refused.code, refused.field), (Code::Missing, "reason"));
    }
    let refused = request.apply(RequestEvent::Clear, &liaison, now(), is_weekday).unwrap_err();
    assert_eq!((refused.code, refused.field), (Code::State, ""));
}

#[test]
fn an_agreement_counts_from_its_first_day_to_its_last() {
    let (from, until) = (day("2025-12-01"), day("2025-12-31"));
    let steward = person(Role::DutyOfficer);
    let (request, _) = DataRequest::ask((Some(from), Some(until)), &steward, now(), is_weekday);
    assert!(!request.is_in_force(from), "nobody has agreed yet");
    let agreed = after(&request, RequestEvent::Agree { note: String::new() }, &person(Role::Leader));
    let days = ["2025-11-30", "2025-12-01", "2025-12-31", "2026-01-01"].map(day);
    assert_eq!(days.map(|day| agreed.is_in_force(day)), [false, true, true, false]);
}
