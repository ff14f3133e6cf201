//! When the next delivery of a dataset is due, and whether what comes is what usually comes.

use chrono::{Datelike, Days, Months};
use gnomon_kernel::{Cadence, Day};

use crate::{calendar::working_days_after, words};

/// Working days within which a dataset that somebody asked for is to be connected.
const CONNECTING_DAYS: u32 = 20;

words! {
    /// Where a dataset stands between two deliveries.
    Standing {
        /// What was due has come.
        OnTime = "on_time",
        /// The day has passed.
        Due = "due",
        /// The day after that has passed too, or what came last was below its limits.
        Degraded = "degraded",
        /// Nothing has ever come.
        Never = "never",
        /// It comes when something happens.
        NotExpected = "not_expected",
    }
}

words! {
    /// How many rows came, seen from how many usually come.
    Volume {
        /// None.
        Nothing = "nothing",
        /// Less than half.
        Scarce = "scarce",
        /// Less than usual.
        Fewer = "fewer",
        /// Within three tenths of the usual number.
        Usual = "usual",
        /// More than usual.
        More = "more",
    }
}

impl Volume {
    /// Compares rows with the usual number. Where nothing is usual, whatever comes is.
    pub fn of(rows: u64, usual: u64) -> Volume {
        let tenths = |share: u128| u128::from(usual) * share;
        match u128::from(rows) * 10 {
            0 => Volume::Nothing,
            _ if usual == 0 => Volume::Usual,
            rows if rows < tenths(5) => Volume::Scarce,
            rows if rows < tenths(7) => Volume::Fewer,
            rows if rows <= tenths(13) => Volume::Usual,
            _ => Volume::More,
        }
    }
}

/// The usual one of several numbers of rows: the middle one of those that are not nothing; 0 when there are none.
pub fn usual(rows: impl IntoIterator<Item = u64>) -> u64 {
    let mut some: Vec<u64> = rows.into_iter().filter(|rows| *rows > 0).collect();
    some.sort_unstable();
    some.get(some.len() / 2).copied().unwrap_or_default()
}

/// The last delivery that is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastDelivery {
    /// The day it came.
    pub on: Day,
    /// Whether it was below the limits of quality.
    pub is_below_limits: bool,
}

/// How fresh a dataset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// Where it stands.
    pub standing: Standing,
    /// The last day for the next delivery; `None` where none is expected.
    pub due: Option<Day>,
}

impl Freshness {
    /// Whether the department is to be reminded.
    pub fn is_late(&self, today: Day) -> bool {
        self.standing == Standing::Degraded || self.due.is_some_and(|due| due < today)
    }
}

/// Where a dataset stands on `today`. `asked_for` is the day since which somebody waits for a dataset that never came;
/// without one, nobody does.
pub fn freshness(
    cadence: Option<Cadence>,
    last: Option<LastDelivery>,
    asked_for: Option<Day>,
    today: Day,
    is_working: impl Fn(Day) -> bool,
) -> Freshness {
    let Some(last) = last else {
        let due = asked_for.map(|day| working_days_after(day, CONNECTING_DAYS, is_working));
        return Freshness { standing: Standing::Never, due };
    };
    let next = |from| cadence.and_then(|cadence| next_due(cadence, from, &is_working));
    let due = next(last.on);
    let is_past = |day: Option<Day>| day.is_some_and(|day| day < today);
    let standing = if last.is_below_limits || is_past(due.and_then(next)) {
        Standing::Degraded
    } else if is_past(due) {
        Standing::Due
    } else if due.is_none() {
        Standing::NotExpected
    } else {
        Standing::OnTime
    };
    Freshness { standing, due }
}

/// The day by which the delivery after one of `from` is to be in: one cadence later, or the first working day from there
/// on. `None` for what comes as it comes.
pub fn next_due(cadence: Cadence, from: Day, is_working: impl Fn(Day) -> bool) -> Option<Day> {
    let day = match cadence {
        Cadence::Realtime | Cadence::Daily => return Some(working_days_after(from, 1, is_working)),
        Cadence::Weekly => from.checked_add_days(Days::new(7))?,
        Cadence::Monthly => months_after(from, 1)?,
        Cadence::Quarterly => months_after(from, 3)?,
        Cadence::Termly => months_after(from, 6)?,
        Cadence::Yearly => months_after(from, 12)?,
        Cadence::Event => return None,
    };
    let eve = day.pred_opt()?;
    Some(working_days_after(eve, 1, is_working))
}

/// The same day of a later month. The last day of a month leads to the last day of the other, else February would draw all
/// days after it forward.
fn months_after(from: Day, months: u32) -> Option<Day> {
    let same = from.checked_add_months(Months::new(months))?;
    let is_last = from.succ_opt()?.month() != from.month();
    if !is_last {
        return Some(same);
    }
    same.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::is_weekday;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn due(cadence: Cadence, from: &str) -> String {
        next_due(cadence, day(from), is_weekday).unwrap().to_string()
    }

    /// The National Day week of 2025 with its make-up Saturday.
    fn with_holidays(on: Day) -> bool {
        match (on.month(), on.day()) {
            (10, 1..=8) => false,
            (10, 11) => true,
            _ => is_weekday(on),
        }
    }

    fn stands(cadence: Cadence, last: &str, today: &str) -> Standing {
        let last = Some(LastDelivery { on: day(last), is_below_limits: false });
        freshness(Some(cadence), last, None, day(today), with_holidays).standing
    }

    #[test]
    fn what_comes_daily_comes_on_working_days() {
        assert_eq!(due(Cadence::Daily, "2025-11-20"), "2025-11-21");
        assert_eq!(due(Cadence::Daily, "2025-11-21"), "2025-11-24", "Friday to Monday");
        assert_eq!(due(Cadence::Realtime, "2025-11-22"), "2025-11-24");
        assert_eq!(due(Cadence::Daily, "2025-12-31"), "2026-01-01");
        let before = next_due(Cadence::Daily, day("2025-09-30"), with_holidays).unwrap();
        assert_eq!(before, day("2025-10-09"), "over the holidays");
        let made_up = next_due(Cadence::Daily, day("2025-10-10"), with_holidays).unwrap();
        assert_eq!(made_up, day("2025-10-11"), "a Saturday to work");
    }

    #[test]
    fn a_week_and_the_first_working_day_after_it() {
        assert_eq!(due(Cadence::Weekly, "2025-12-29"), "2026-01-05");
        assert_eq!(due(Cadence::Weekly, "2025-11-16"), "2025-11-24", "a Sunday leads to a Monday");
        let over = next_due(Cadence::Weekly, day("2025-09-26"), with_holidays).unwrap();
        assert_eq!(over, day("2025-10-09"));
    }

    #[test]
    fn months_keep_their_day_and_their_end() {
        assert_eq!(due(Cadence::Monthly, "2025-11-05"), "2025-12-05");
        assert_eq!(due(Cadence::Monthly, "2024-01-31"), "2024-02-29", "leap year");
        assert_eq!(due(Cadence::Monthly, "2025-01-31"), "2025-02-28");
        assert_eq!(due(Cadence::Monthly, "2025-01-30"), "2025-02-28");
        assert_eq!(due(Cadence::Monthly, "2025-02-28"), "2025-03-31", "the end stays the end");
        assert_eq!(due(Cadence::Monthly, "2024-02-28"), "2024-03-28");
        assert_eq!(due(Cadence::Monthly, "2025-12-15"), "2026-01-15");
        assert_eq!(due(Cadence::Monthly, "2025-10-01"), "2025-11-03", "the first is a Saturday");
    }

    #[test]
    fn quarters_terms_and_years() {
        assert_eq!(due(Cadence::Quarterly, "2025-11-30"), "2026-03-02", "28 February is a Saturday");
        assert_eq!(due(Cadence::Quarterly, "2025-06-30"), "2025-09-30");
        assert_eq!(due(Cadence::Termly, "2025-09-01"), "2026-03-02");
        assert_eq!(due(Cadence::Termly, "2025-08-31"), "2026-03-02");
        assert_eq!(due(Cadence::Yearly, "2024-02-29"), "2025-02-28");
        assert_eq!(due(Cadence::Yearly, "2023-02-28"), "2024-02-29");
        assert_eq!(due(Cadence::Yearly, "2024-12-31"), "2025-12-31");
        assert_eq!(next_due(Cadence::Event, day("2024-12-31"), is_weekday), None);
    }

    #[test]
    fn a_reminder_from_the_day_after_and_a_warning_from_one_cadence_later() {
        let weekly = |today| stands(Cadence::Weekly, "2025-11-12", today);
        assert_eq!(weekly("2025-11-19"), Standing::OnTime, "the day itself");
        assert_eq!(weekly("2025-11-20"), Standing::Due);
        assert_eq!(weekly("2025-11-26"), Standing::Due);
        assert_eq!(weekly("2025-11-27"), Standing::Degraded);
        // The holidays move the day, and the day after it as well.
        let over = |today| stands(Cadence::Weekly, "2025-09-26", today);
        assert_eq!((over("2025-10-09"), over("2025-10-10")), (Standing::OnTime, Standing::Due));
        assert_eq!((over("2025-10-16"), over("2025-10-17")), (Standing::Due, Standing::Degraded));
        let daily = |today| stands(Cadence::Daily, "2025-11-21", today);
        assert_eq!((daily("2025-11-23"), daily("2025-11-25")), (Standing::OnTime, Standing::Due));
        assert_eq!(daily("2025-11-26"), Standing::Degraded);
        assert_eq!(stands(Cadence::Event, "2019-01-01", "2025-11-26"), Standing::NotExpected);
    }

    #[test]
    fn a_delivery_below_its_limits_degrades_whatever_its_cadence() {
        let last = |is_below_limits| Some(LastDelivery { on: day("2025-11-20"), is_below_limits });
        let today = day("2025-11-21");
        for cadence in [Some(Cadence::Monthly), Some(Cadence::Event), None] {
            let found = freshness(cadence, last(true), None, today, is_weekday);
            assert_eq!(found.standing, Standing::Degraded);
            assert!(found.is_late(today));
        }
        let found = freshness(None, last(false), None, today, is_weekday);
        assert_eq!(found, Freshness { standing: Standing::NotExpected, due: None });
    }

    #[test]
    fn what_never_came_is_late_only_when_somebody_waits() {
        let today = day("2025-11-21");
        let nobody = freshness(Some(Cadence::Daily), None, None, today, is_weekday);
        assert_eq!(nobody, Freshness { standing: Standing::Never, due: None });
        assert!(!nobody.is_late(today));
        let somebody = freshness(Some(Cadence::Daily), None, Some(day("2025-10-23")), today, is_weekday);
        assert_eq!(somebody.due, Some(day("2025-11-20")));
        assert!(somebody.is_late(today) && !somebody.is_late(day("2025-11-20")));
    }

    #[test]
    fn volumes_are_seen_from_what_is_usual() {
        assert_eq!(Volume::of(0, 100), Volume::Nothing);
        assert_eq!((Volume::of(49, 100), Volume::of(50, 100)), (Volume::Scarce, Volume::Fewer));
        assert_eq!((Volume::of(69, 100), Volume::of(70, 100)), (Volume::Fewer, Volume::Usual));
        assert_eq!((Volume::of(130, 100), Volume::of(131, 100)), (Volume::Usual, Volume::More));
        assert_eq!((usual([0, 900, 0, 80, 100]), usual([0, 4, 6]), usual([0])), (100, 6, 0));
        assert_eq!(Volume::of(7, 0), Volume::Usual);
        assert_eq!(Volume::of(u64::MAX, u64::MAX), Volume::Usual);
    }
}
