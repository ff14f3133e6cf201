//! The people of the county: three and more generations, married, born, housed, and some of them dead.

mod death;
mod family;
mod files;
mod household;
mod kin;
mod mortality;
mod name;

use std::num::NonZeroU32;

use gnomon_kernel::Day;

use crate::base::{Account, Code18, account::Holder, time};

pub use death::{DeathRecord, register_deaths};
pub use family::raise;
pub use files::{Registers, write};
pub use household::{Relation, relation_to_head};
pub use kin::{Kin, Kinship, has_certificate};
pub use name::Name;

/// A reference to a person; fits into four bytes even when it may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(NonZeroU32);

impl PersonIx {
    /// The person at that place of the list.
    pub fn at(index: usize) -> PersonIx {
        PersonIx(NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// The place in the list.
    pub fn index(self) -> usize {
        (self.0.get() - 1) as usize
    }
}

/// Male or female.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Male.
    Man,
    /// Female.
    Woman,
}

/// What the county has assigned to a person already; keeps honest lives free of accidental conflicts.
pub mod role {
    /// On a public payroll, now or within the 36 months.
    pub const PAYROLL: u32 = 1;
    /// On the roster of officials.
    pub const OFFICIAL: u32 = 1 << 1;
    /// Member of a village committee, now or before.
    pub const CADRE: u32 = 1 << 2;
    /// Relative or house mate of an official or village cadre.
    pub const KIN: u32 = 1 << 3;
    /// Relative or house mate of somebody on a public payroll.
    pub const PAYROLL_KIN: u32 = 1 << 4;
    /// Draws a means-tested benefit, or lives with somebody who does.
    pub const POOR: u32 = 1 << 5;
    /// Draws an employee pension.
    pub const EMPLOYEE_PENSION: u32 = 1 << 6;
    /// Draws a resident pension.
    pub const RESIDENT_PENSION: u32 = 1 << 7;
    /// Holds a role in a company.
    pub const BUSINESS: u32 = 1 << 8;
    /// Moved out of the county.
    pub const AWAY: u32 = 1 << 9;
    /// Part of a planted problem or look-alike; never used for a second one.
    pub const PLANTED: u32 = 1 << 10;
    /// Works for a company.
    pub const EMPLOYEE: u32 = 1 << 11;
    /// Draws a subsidy for the disabled.
    pub const DISABLED: u32 = 1 << 12;
    /// Has a recognised chronic disease.
    pub const CHRONIC: u32 = 1 << 13;
    /// Tenant of a collective.
    pub const TENANT: u32 = 1 << 14;
}

/// One person.
#[derive(Debug, Clone)]
pub struct Person {
    /// Identity number.
    pub id: Code18,
    /// Name.
    pub name: Name,
    /// Sex.
    pub sex: Sex,
    /// Birthday.
    pub birth: Day,
    /// Day of death, when dead by the county's today.
    pub death: Option<Day>,
    /// Father, when known.
    pub father: Option<PersonIx>,
    /// Mother, when known.
    pub mother: Option<PersonIx>,
    /// Husband or wife (also after his or her death; none after a divorce).
    pub spouse: Option<PersonIx>,
    /// Wedding day.
    pub married: Option<Day>,
    /// Household.
    pub household: u32,
    /// Village of the household.
    pub village: u32,
    /// What was assigned to this person: bits of [`role`].
    pub roles: u32,
}

impl Person {
    /// Whether any of these roles was assigned.
    pub fn has(&self, roles: u32) -> bool {
        self.roles & roles != 0
    }

    /// Alive on the county's today.
    pub fn alive(&self) -> bool {
        self.death.is_none()
    }

    /// Alive on that day.
    pub fn alive_on(&self, day: Day) -> bool {
        self.birth <= day && self.death.is_none_or(|death| death >= day)
    }

    /// Full years on a day.
    pub fn age_on(&self, day: Day) -> i32 {
        time::age(self.birth, day)
    }

    /// Full years today (as if alive).
    pub fn age(&self) -> i32 {
        self.age_on(time::today())
    }

    /// The last month (exclusive index) for which this person can honestly be paid: death month included.
    pub fn last_paid_month(&self) -> i32 {
        self.death.map_or(time::MONTHS, |death| (time::month_of(death) + 1).min(time::MONTHS))
    }
}

/// A divorce.
#[derive(Debug, Clone, Copy)]
pub struct Divorce {
    /// The man.
    pub husband: PersonIx,
    /// The woman.
    pub wife: PersonIx,
    /// When they had married.
    pub married: Day,
    /// When they parted.
    pub day: Day,
}

/// Everybody who ever lived in the county and matters to its records.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The persons.
    pub all: Vec<Person>,
    /// Head of each household, by household number; none when nobody is left.
    pub heads: Vec<Option<PersonIx>>,
    /// Divorces.
    pub divorces: Vec<Divorce>,
}

impl std::ops::Index<PersonIx> for People {
    type Output = Person;

    fn index(&self, at: PersonIx) -> &Person {
        &self.all[at.index()]
    }
}

impl std::ops::IndexMut<PersonIx> for People {
    fn index_mut(&mut self, at: PersonIx) -> &mut Person {
        &mut self.all[at.index()]
    }
}

impl People {
    /// All references, in order.
    pub fn ixs(&self) -> impl Iterator<Item = PersonIx> + use<> {
        (0..self.all.len()).map(PersonIx::at)
    }

    /// All persons with their references.
    pub fn iter(&self) -> impl Iterator<Item = (PersonIx, &Person)> {
        self.all.iter().enumerate().map(|(index, person)| (PersonIx::at(index), person))
    }

    /// Assigns roles.
    pub fn assign(&mut self, person: PersonIx, roles: u32) {
        self[person].roles |= roles;
    }

    /// The person's own benefit card.
    pub fn account(&self, person: PersonIx) -> Account {
        Account::of(Holder::Person, person.index() as u32)
    }

    /// The person's telephone number, last eight digits; most people have one of their own.
    pub fn phone(&self, person: PersonIx) -> u32 {
        (10_000_000 + person.index() as u32 * 61) % 100_000_000
    }
}

/// Appends the number of a household.
pub fn push_household(out: &mut String, household: u32) {
    use std::fmt::Write;
    _ = write!(out, "H870121{household:07}");
}
