use super::{Grant, Programme};
use crate::{
    base::{Rng, rng::mix, time},
    people::{People, PersonIx, role},
};

/// Pays a pension to nearly everybody of 60 and more: one in six as a former employee, the others as residents.
pub fn pay_pensions(people: &mut People, grants: &mut Vec<Grant>, seed: u64) {
    let mut rng = Rng::new(seed, "pensions");
    for ix in people.ixs() {
        let person = &people[ix];
        let from = time::month_of(time::birthday(person.birth, 60)) + 1;
        let to = person.last_paid_month();
        if to <= from.max(0)
            || person.has(role::AWAY | role::PAYROLL)
            || person.death.is_some_and(|d| time::month_of(d) < 0)
        {
            continue;
        }
        let working_role = role::CADRE | role::BUSINESS;
        match rng.below(100) {
            0..16 if !person.has(working_role) => {
                let fen = 240_000 + i64::from(rng.below(260)) * 1_000;
                grants.push(Grant::new(ix, Programme::EmployeePension, (from, to), fen));
                people.assign(ix, role::EMPLOYEE_PENSION);
            }
            16..96 => {
                let personal = 1_500 + i64::from(rng.below(90)) * 100;
                grants.push(Grant::new(ix, Programme::ResidentPension, (from, to), personal));
                people.assign(ix, role::RESIDENT_PENSION);
            }
            _ => {}
        }
    }
}

/// Pays the old-age allowance to everybody of 80 and more, from the month of the birthday.
pub fn allow_elderly(people: &People, grants: &mut Vec<Grant>) {
    for (ix, person) in people.iter() {
        let entitled = time::birthday(person.birth, 80);
        let (from, to) = (time::month_of(entitled), person.last_paid_month());
        if person.has(role::AWAY) || to <= from.max(0) || entitled > time::today() {
            continue;
        }
        let mut grant = Grant::new(ix, Programme::Elderly, (from, to), 0);
        grant.applied = Some(time::plus(entitled, -(mix(ix.index() as u64) as i64).rem_euclid(40)));
        grants.push(grant);
    }
}

/// The allowance of a month in fen, and the band it is paid by.
pub fn elderly_allowance(people: &People, person: PersonIx, month: i32) -> (i64, &'static str) {
    match people[person].age_on(time::last_day(month)) {
        ..90 => (5_000, "80-89岁"),
        90..100 => (10_000, "90-99岁"),
        _ => (50_000, "100岁以上"),
    }
}
