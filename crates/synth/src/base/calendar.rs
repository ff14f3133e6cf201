//! Rest days as the public calendar has them for 2024 and 2025.

use chrono::{Datelike, Weekday};
use gnomon_kernel::Day;

use super::time::day;

/// Year, month, day.
type Date = (i32, u32, u32);

/// Holidays: first day, last day.
const HOLIDAYS: [(Date, Date); 10] = [
    ((2024, 6, 8), (2024, 6, 10)),
    ((2024, 9, 15), (2024, 9, 17)),
    ((2024, 10, 1), (2024, 10, 7)),
    ((2025, 1, 1), (2025, 1, 1)),
    ((2025, 1, 28), (2025, 2, 4)),
    ((2025, 4, 4), (2025, 4, 6)),
    ((2025, 5, 1), (2025, 5, 5)),
    ((2025, 5, 31), (2025, 6, 2)),
    ((2024, 4, 4), (2024, 4, 6)),
    ((2024, 5, 1), (2024, 5, 5)),
];

/// Weekend days worked in exchange for a holiday.
pub const EXCHANGED: [Date; 6] =
    [(2024, 9, 14), (2024, 9, 29), (2024, 10, 12), (2025, 1, 26), (2025, 2, 8), (2025, 4, 27)];

/// Days of long holidays, from which trips to feasts are drawn.
pub const FEASTS: [Date; 8] = [
    (2024, 9, 17),
    (2024, 10, 1),
    (2024, 10, 3),
    (2025, 1, 29),
    (2025, 1, 31),
    (2025, 4, 4),
    (2025, 5, 1),
    (2025, 5, 31),
];

/// Whether offices are closed, or might be taken to be closed: weekends (worked ones too) and holidays.
pub fn may_rest(at: Day) -> bool {
    let weekend = matches!(at.weekday(), Weekday::Sat | Weekday::Sun);
    weekend
        || HOLIDAYS
            .iter()
            .any(|((y, m, d), (yy, mm, dd))| (day(*y, *m, *d)..=day(*yy, *mm, *dd)).contains(&at))
}

/// Whether a weekend is worked.
pub fn exchanged(at: Day) -> bool {
    EXCHANGED.iter().any(|(year, month, date)| day(*year, *month, *date) == at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanged_days_are_weekends_and_feasts_are_holidays() {
        for (year, month, date) in EXCHANGED {
            let at = day(year, month, date);
            assert!(matches!(at.weekday(), Weekday::Sat | Weekday::Sun), "{at}");
        }
        assert!(FEASTS.iter().all(|(year, month, date)| may_rest(day(*year, *month, *date))));
        assert!(!may_rest(day(2025, 6, 30)));
    }
}
