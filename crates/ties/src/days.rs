//! Days in two bytes. Ties are told by registers of living people: 1900 to 2079 is enough, and what lies outside is as good
//! as no limit.

use chrono::TimeDelta;
use gnomon_kernel::Day;

/// No first day.
pub(crate) const NO_START: u16 = 0;
/// No last day.
pub(crate) const NO_END: u16 = u16::MAX;

fn origin() -> Day {
    Day::from_ymd_opt(1899, 12, 31).unwrap_or_default()
}

/// A first day; [`NO_START`] before 1900.
pub(crate) fn start(day: Option<Day>) -> u16 {
    day.map_or(NO_START, |day| clamp(day, NO_START))
}

/// A last day; [`NO_END`] after 2079.
pub(crate) fn end(day: Option<Day>) -> u16 {
    day.map_or(NO_END, |day| clamp(day, 1))
}

/// A day that is asked about.
pub(crate) fn asked(day: Day) -> u16 {
    clamp(day, 1).min(NO_END - 1)
}

/// Reads a day back; `None` for no limit.
pub(crate) fn read(day: u16) -> Option<Day> {
    (day != NO_START && day != NO_END).then(|| origin() + TimeDelta::days(i64::from(day)))
}

fn clamp(day: Day, least: u16) -> u16 {
    let days = day.signed_duration_since(origin()).num_days();
    u16::try_from(days.clamp(i64::from(least), i64::from(NO_END))).unwrap_or(NO_END)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_kept_and_far_ones_are_no_limit() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for text in ["1900-01-01", "1987-05-01", "2024-02-29", "2079-01-01"] {
            assert_eq!(read(start(Some(day(text)))), Some(day(text)));
            assert_eq!(read(end(Some(day(text)))), Some(day(text)));
        }
        assert_eq!(read(start(Some(day("1880-01-01")))), None);
        assert_eq!(read(end(Some(day("9999-12-31")))), None);
        assert_eq!((start(None), end(None)), (NO_START, NO_END));
        assert!(asked(day("9999-12-31")) < NO_END && asked(day("1700-01-01")) > NO_START);
    }
}
