use gnomon_domain::{
    Action, Role, State, Step,
    policy::{Relation, may},
    role::Actor,
    warning::next,
};
use gnomon_kernel::{Code, Ids, RandomIds, UserId};

use crate::assert_snapshot;

#[test]
fn every_action_by_every_role() {
    let mut table = format!("{:<20}", "");
    for role in Role::ALL {
        table += &format!("{:<14}", role.as_str());
    }
    for action in Action::ALL {
        table = format!("{}\n{:<20}", table.trim_end(), action.as_str());
        for role in Role::ALL {
            table += &format!("{:<14}", action.rule(*role).as_str());
        }
    }
    table = format!("{}\n", table.trim_end());
    assert_snapshot("policy", include_str!("snapshots/policy.txt"), &table);
}

#[test]
fn every_step_from_every_state() {
    let mut table = format!("{:<18}", "");
    for state in State::ALL {
        table += &format!("{:<11}", state.as_str());
    }
    for step in Step::ALL {
        table = format!("{}\n{:<18}", table.trim_end(), step.as_str());
        for state in State::ALL {
            table += &format!("{:<11}", next(*state, *step).map_or("-", State::as_str));
        }
    }
    table = format!("{}\n", table.trim_end());
    assert_snapshot("states", include_str!("snapshots/states.txt"), &table);
}

#[test]
fn relations_decide_where_the_table_asks_for_them() {
    let ids: &dyn Ids = &RandomIds;
    let (me, other) = (UserId::new(ids), UserId::new(ids));
    let handler = Actor::person(me.clone(), "甲", Role::Handler);
    let leader = Actor::person(me.clone(), "乙", Role::Leader);
    let mine = Relation { assignee: Some(&me), ..Relation::NONE };
    let theirs = Relation { assignee: Some(&other), ..Relation::NONE };
    assert_eq!(may(&handler, Action::Verify, &mine), Ok(()));
    assert_eq!(may(&handler, Action::ViewWarning, &theirs), Err(Code::NotFound));
    assert_eq!(may(&handler, Action::Assign, &mine), Err(Code::Forbidden));
    assert_eq!(may(&leader, Action::Review, &theirs), Ok(()));
    for hand in
        [mine, Relation { verified_by: Some(&me), ..theirs }, Relation { submitted_by: Some(&me), ..theirs }]
    {
        assert_eq!(may(&leader, Action::Review, &hand), Err(Code::SamePerson));
    }
    let nobody = Relation::NONE;
    assert_eq!(may(&Actor::system(), Action::Verify, &nobody), Err(Code::Forbidden));
    assert_eq!(may(&handler, Action::Verify, &nobody), Err(Code::NotFound));
}

#[test]
fn words_are_read_back() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.as_str()), Some(*role));
    }
    for state in State::ALL {
        assert_eq!(State::parse(state.as_str()), Some(*state));
    }
    assert_eq!(State::parse("gone"), None);
}
