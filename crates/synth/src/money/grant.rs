use gnomon_kernel::Day;

use crate::{
    base::{Account, account::Holder, time},
    people::{People, PersonIx},
};

/// A benefit programme of the county.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Programme {
    Dibao,
    ExtremePoverty,
    Elderly,
    Living,
    Nursing,
    Orphan,
    ResidentPension,
    EmployeePension,
    LandFertility,
    PublicPost,
}

impl Programme {
    /// The dataset of its payments.
    pub fn dataset(self) -> &'static str {
        match self {
            Programme::Dibao => "subsistence_allowance_payment",
            Programme::ExtremePoverty => "extreme_poverty_payment",
            Programme::Elderly => "elderly_allowance_payment",
            Programme::Living | Programme::Nursing => "disabled_two_subsidy_payment",
            Programme::Orphan => "children_in_distress_payment",
            Programme::ResidentPension => "resident_pension_payment",
            Programme::EmployeePension => "employee_pension_payment",
            Programme::LandFertility => "farm_subsidy_payment",
            Programme::PublicPost => "public_welfare_post",
        }
    }

    /// Its name in both languages.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Programme::Dibao => ("低保", "subsistence allowance"),
            Programme::ExtremePoverty => ("特困供养", "extreme poverty support"),
            Programme::Elderly => ("高龄津贴", "old-age allowance"),
            Programme::Living => ("困难残疾人生活补贴", "living subsidy for the disabled"),
            Programme::Nursing => ("重度残疾人护理补贴", "nursing subsidy for the severely disabled"),
            Programme::Orphan => ("困境儿童基本生活费", "allowance for children in distress"),
            Programme::ResidentPension => ("城乡居民养老金", "resident pension"),
            Programme::EmployeePension => ("职工养老金", "employee pension"),
            Programme::LandFertility => ("耕地地力保护补贴", "farmland subsidy"),
            Programme::PublicPost => ("公益性岗位补贴", "public welfare post subsidy"),
        }
    }
}

/// Into whose account a benefit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payee {
    /// The recipient's own card.
    Own,
    /// Another person's card.
    Of(PersonIx),
    /// A second card of the recipient.
    SecondCard,
}

/// A run of monthly payments of one programme to one person.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Who draws it.
    pub person: PersonIx,
    /// What.
    pub programme: Programme,
    /// First month.
    pub from: i32,
    /// Month after the last one.
    pub to: i32,
    /// Monthly amount in fen (for some programmes the writer works it out).
    pub fen: i64,
    /// Level of disability, index of the case, area of land in hundredths of a mu: as the programme needs.
    pub detail: u32,
    /// Account.
    pub payee: Payee,
    /// Village that pays it, when it is not the recipient's own.
    pub village: Option<u32>,
    /// Second list of the month; 0 for the regular one.
    pub batch: u8,
    /// Months by which the money comes after the month it is for.
    pub late: u8,
    /// First application, where the list shows it.
    pub applied: Option<Day>,
}

impl Grant {
    /// A regular run of payments into the recipient's own account.
    pub fn new(person: PersonIx, programme: Programme, months: (i32, i32), fen: i64) -> Grant {
        let (from, to) = (months.0.max(0), months.1.min(time::MONTHS));
        let (payee, village, applied) = (Payee::Own, None, None);
        Grant { person, programme, from, to, fen, detail: 0, payee, village, batch: 0, late: 0, applied }
    }

    /// The same run with its detail.
    pub fn detail(self, detail: u32) -> Grant {
        Grant { detail, ..self }
    }

    /// Whether the run pays for a month.
    pub fn pays(&self, month: i32) -> bool {
        (self.from..self.to).contains(&month)
    }

    /// The account and its holder.
    pub fn account(&self, people: &People) -> (Account, PersonIx) {
        match self.payee {
            Payee::Own => (people.account(self.person), self.person),
            Payee::Of(holder) => (people.account(holder), holder),
            Payee::SecondCard => (Account::of(Holder::SecondCard, self.person.index() as u32), self.person),
        }
    }

    /// The village that pays.
    pub fn paying_village(&self, people: &People) -> usize {
        self.village.unwrap_or(people[self.person].village) as usize
    }

    /// The day on which the month is paid.
    pub fn pay_day(&self, month: i32) -> Day {
        let day_of_month = 8 + self.programme as u32 * 2;
        time::day_in(month + i32::from(self.late), day_of_month + u32::from(self.batch) * 3)
    }
}
