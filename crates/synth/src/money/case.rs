use gnomon_kernel::Day;

use crate::{base::time, people::PersonIx};

/// A household's case of subsistence allowance.
#[derive(Debug, Clone)]
pub struct Case {
    /// Case number.
    pub number: String,
    /// The applicant, who is paid.
    pub applicant: PersonIx,
    /// The recognised members, the applicant among them.
    pub members: Vec<PersonIx>,
    /// Village.
    pub village: u32,
    /// Urban scheme.
    pub urban: bool,
    /// Recognised monthly income per head in fen.
    pub income: i64,
    /// Approved.
    pub approved: Day,
    /// Stopped, and why.
    pub stopped: Option<(Day, &'static str)>,
    /// The officer who handled it.
    pub handler: PersonIx,
    /// Whether the applicant declared a relative in office.
    pub kin_declared: bool,
}

impl Case {
    /// Monthly amount in fen: what is missing to the line, for every member.
    pub fn amount(&self) -> i64 {
        let line = if self.urban { 80_000 } else { 65_000 };
        (line - self.income).max(6_000) * self.members.len() as i64
    }

    /// First paid month, and month after the last one.
    pub fn months(&self) -> (i32, i32) {
        let end = self.stopped.map_or(time::MONTHS, |(day, _)| time::month_of(day) + 1);
        ((time::month_of(self.approved) + 1).max(0), end.min(time::MONTHS))
    }
}
