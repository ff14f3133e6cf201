//! Days, deadlines and the deployment's time zone.

use chrono::{Datelike, Duration, FixedOffset, NaiveTime, Weekday};
use gnomon_kernel::{Day, Instant, Level};

/// Asia/Shanghai is eight hours ahead of UTC and has no summer time.
const LOCAL_SECONDS: i32 = 8 * 3600;

/// The calendar day in the deployment's time zone.
pub fn local_day(at: Instant) -> Day {
    match FixedOffset::east_opt(LOCAL_SECONDS) {
        Some(zone) => at.with_timezone(&zone).date_naive(),
        None => at.date_naive(),
    }
}

/// The first moment after a day in the deployment's time zone.
pub fn end_of_day(day: Day) -> Instant {
    let midnight = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    midnight.and_utc() - Duration::seconds(i64::from(LOCAL_SECONDS))
}

/// Monday to Friday. Public holidays and make-up days are the caller's to know.
pub fn is_weekday(day: Day) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The day that lies `count` working days after `from`; `from` itself does not count.
pub fn working_days_after(from: Day, count: u32, is_working: impl Fn(Day) -> bool) -> Day {
    let mut day = from;
    let mut left = count;
    while left > 0 {
        let Some(next) = day.checked_add_signed(Duration::days(1)) else { return day };
        day = next;
        if is_working(day) {
            left -= 1;
        }
    }
    day
}

/// Working days a handler has, by level.
pub fn days_allowed(level: Level) -> u32 {
    match level {
        Level::Red => 3,
        Level::Yellow => 10,
        Level::Blue => 20,
    }
}

/// The default deadline of a warning that became known on `from`.
pub fn due_day(level: Level, from: Day, is_working: impl Fn(Day) -> bool) -> Day {
    working_days_after(from, days_allowed(level), is_working)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_of_the_event_and_rest_days_do_not_count() {
        let friday = day("2025-11-21");
        assert_eq!(due_day(Level::Red, friday, is_weekday), day("2025-11-26"));
        assert_eq!(due_day(Level::Yellow, friday, is_weekday), day("2025-12-05"));
        let holiday = day("2025-11-25");
        assert_eq!(due_day(Level::Red, friday, |d| is_weekday(d) && d != holiday), day("2025-11-27"));
    }

    #[test]
    fn the_day_turns_at_midnight_in_shanghai() {
        assert_eq!(local_day("2025-11-21T15:59:59Z".parse().unwrap()), day("2025-11-21"));
        assert_eq!(local_day("2025-11-21T16:00:00Z".parse().unwrap()), day("2025-11-22"));
        assert_eq!(end_of_day(day("2025-11-21")), "2025-11-21T16:00:00Z".parse::<Instant>().unwrap());
    }
}
