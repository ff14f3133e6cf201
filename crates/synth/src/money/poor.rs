use super::{Case, Grant, Programme};
use crate::{
    base::{Rng, time},
    people::{Kinship, People, Person, PersonIx, role},
    place::Place,
    work::{Job, Unit},
};

/// Roles that honestly rule out every means-tested benefit.
const BARRED: u32 = role::PAYROLL
    | role::OFFICIAL
    | role::CADRE
    | role::KIN
    | role::PAYROLL_KIN
    | role::AWAY
    | role::BUSINESS
    | role::POOR
    | role::PLANTED;

/// Gives extreme poverty support, allowances for children, subsidies for the disabled and public welfare posts.
pub fn care_for_the_poor(
    people: &mut People,
    kinship: &Kinship,
    grants: &mut Vec<Grant>,
    wanted: u32,
    seed: u64,
) {
    let mut rng = Rng::new(seed, "poor");
    let mut order: Vec<PersonIx> = people.ixs().filter(|ix| people[*ix].last_paid_month() > 0).collect();
    rng.shuffle(&mut order);
    support_extremely_poor(people, kinship, grants, &order, wanted * 4 / 1000, &mut rng);
    support_children(people, grants, &order, wanted * 12 / 10_000, &mut rng);
    subsidise_disabled(people, grants, &order, wanted * 19 / 1000, &mut rng);
    give_posts(people, grants, &order, wanted * 3 / 1000, &mut rng);
}

fn support_extremely_poor(
    people: &mut People,
    kinship: &Kinship,
    grants: &mut Vec<Grant>,
    order: &[PersonIx],
    wanted: u32,
    rng: &mut Rng,
) {
    let alone = |person: &Person, ix: PersonIx| {
        person.spouse.is_none() && kinship.children(ix).is_empty() && person.age_on(time::day_in(0, 1)) >= 46
    };
    let chosen: Vec<PersonIx> = order
        .iter()
        .copied()
        .filter(|ix| {
            alone(&people[*ix], *ix) && !people[*ix].has(BARRED | role::EMPLOYEE | role::EMPLOYEE_PENSION)
        })
        .take(wanted as usize)
        .collect();
    for ix in chosen {
        people.assign(ix, role::POOR);
        let months = (rng.range(-20, 10) as i32, people[ix].last_paid_month());
        let level = rng.below(3);
        grants.push(Grant::new(ix, Programme::ExtremePoverty, months, 104_000).detail(level));
    }
}

fn support_children(
    people: &mut People,
    grants: &mut Vec<Grant>,
    order: &[PersonIx],
    wanted: u32,
    rng: &mut Rng,
) {
    let orphaned = |person: &Person| {
        let gone = |parent: Option<PersonIx>| parent.is_some_and(|parent| !people[parent].alive());
        person.alive() && (3..17).contains(&person.age()) && (gone(person.father) || gone(person.mother))
    };
    let chosen: Vec<PersonIx> = order
        .iter()
        .copied()
        .filter(|ix| orphaned(&people[*ix]) && !people[*ix].has(BARRED))
        .take(wanted as usize)
        .collect();
    for ix in chosen {
        people.assign(ix, role::POOR);
        let since = [people[ix].father, people[ix].mother]
            .into_iter()
            .flatten()
            .filter_map(|p| people[p].death)
            .max();
        let from = since.map_or(0, |day| time::month_of(day) + 2).max(0);
        let fen = if rng.per_mille(850) { 140_000 } else { 190_000 };
        grants.push(Grant::new(ix, Programme::Orphan, (from, time::MONTHS), fen));
    }
}

fn subsidise_disabled(
    people: &mut People,
    grants: &mut Vec<Grant>,
    order: &[PersonIx],
    wanted: u32,
    rng: &mut Rng,
) {
    let chosen: Vec<PersonIx> = order
        .iter()
        .copied()
        .filter(|ix| !people[*ix].has(role::POOR | role::AWAY | role::PLANTED))
        .filter(|ix| people[*ix].age_on(time::day_in(0, 1)) >= 2)
        .take(wanted as usize)
        .collect();
    for ix in chosen {
        let level = 1 + rng.below(4);
        let months = (rng.range(-30, 12) as i32, people[ix].last_paid_month());
        let living = !people[ix].has(BARRED) && rng.per_mille(650);
        if months.1 <= months.0.max(0) {
            continue;
        }
        people.assign(ix, if living { role::DISABLED | role::POOR } else { role::DISABLED });
        if living {
            grants.push(Grant::new(ix, Programme::Living, months, 9_000).detail(level));
        }
        if level <= 2 {
            grants.push(Grant::new(ix, Programme::Nursing, months, 12_000).detail(level));
        }
    }
}

fn give_posts(people: &mut People, grants: &mut Vec<Grant>, order: &[PersonIx], wanted: u32, rng: &mut Rng) {
    let barred = BARRED | role::EMPLOYEE | role::DISABLED;
    let chosen: Vec<PersonIx> = order
        .iter()
        .copied()
        .filter(|ix| people[*ix].alive() && (42..57).contains(&people[*ix].age()) && !people[*ix].has(barred))
        .take(wanted as usize)
        .collect();
    for ix in chosen {
        people.assign(ix, role::POOR);
        let from = rng.range(0, 14) as i32;
        let to = from + rng.range(12, 36) as i32;
        let fen = 150_000;
        grants.push(Grant::new(ix, Programme::PublicPost, (from, to), fen));
    }
}

/// Opens the subsistence allowance cases: about one household in sixteen, none with a conflict.
pub fn support_households(
    people: &mut People,
    kinship: &Kinship,
    place: &Place,
    handlers: &[PersonIx],
    wanted: u32,
    seed: u64,
) -> Vec<Case> {
    let mut rng = Rng::new(seed, "dibao");
    let mut heads: Vec<PersonIx> = people.heads.iter().flatten().copied().collect();
    rng.shuffle(&mut heads);
    let mut cases = Vec::new();
    for head in heads {
        if cases.len() >= (wanted * 2 / 100) as usize {
            break;
        }
        let members: Vec<PersonIx> = kinship
            .members(people[head].household)
            .iter()
            .copied()
            .filter(|ix| people[*ix].alive() && !people[*ix].has(role::AWAY))
            .collect();
        let barred = BARRED | role::EMPLOYEE_PENSION;
        let family = members.iter().flat_map(|member| kinship.first_degree(people, *member));
        let kept_by_state = family.into_iter().any(|kin| people[kin].has(role::PAYROLL));
        let spoiled = kept_by_state || members.iter().any(|ix| people[*ix].has(barred));
        if spoiled || members.is_empty() || people[head].age() < 24 {
            continue;
        }
        for member in &members {
            people.assign(*member, role::POOR);
        }
        cases.push(open_case(people, place, (head, members), handlers, cases.len(), &mut rng));
    }
    cases
}

fn open_case(
    people: &People,
    place: &Place,
    family: (PersonIx, Vec<PersonIx>),
    handlers: &[PersonIx],
    index: usize,
    rng: &mut Rng,
) -> Case {
    let (applicant, members) = family;
    let village = people[applicant].village;
    let approved = time::plus(time::day(2019, 5, 6), rng.range(0, 1_900));
    let stop = time::plus(approved, rng.range(400, 2_600));
    let reason = ["收入超过标准", "子女就业", "自愿退出"][rng.index(3)];
    Case {
        number: format!("DB870121{:06}", index + 1),
        applicant,
        members,
        village,
        urban: place.villages[village as usize].urban,
        income: rng.range(120, 560) * 100,
        approved,
        stopped: (stop < time::today() && rng.per_mille(500)).then_some((stop, reason)),
        handler: handlers[rng.index(handlers.len())],
        kin_declared: false,
    }
}

/// The officers who handle civil affairs: staff of the civil affairs bureau and of the township offices.
pub fn handlers(units: &[Unit], jobs: &[Job]) -> Vec<PersonIx> {
    let handles = |job: &&Job| job.rank.is_some() && units[job.unit].domains.contains("dibao");
    jobs.iter().filter(handles).map(|job| job.tenure.person).collect()
}
