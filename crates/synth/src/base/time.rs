//! The county's calendar: today, and the 36 months that its files cover.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use gnomon_kernel::Day;

/// How many months the payments cover: 2022-07 to 2025-06.
pub const MONTHS: i32 = 36;
const FIRST: i32 = 2022 * 12 + 6;

/// The county's fixed today, 2025-06-30.
pub fn today() -> Day {
    day(2025, 6, 30)
}

/// A day that is known to exist.
pub fn day(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The day so many days later (earlier when negative).
pub fn plus(day: Day, days: i64) -> Day {
    day + TimeDelta::days(days)
}

/// Days from `a` to `b`.
pub fn days_between(a: Day, b: Day) -> i64 {
    b.signed_duration_since(a).num_days()
}

/// The index of the day's month, 0 for 2022-07; negative before.
pub fn month_of(day: Day) -> i32 {
    day.year() * 12 + day.month0() as i32 - FIRST
}

/// The month with that index as `YYYYMM`.
pub fn yyyymm(month: i32) -> i32 {
    let running = FIRST + month;
    running.div_euclid(12) * 100 + running.rem_euclid(12) + 1
}

/// A day in the month with that index; a day of the month beyond 28 is taken as 28.
pub fn day_in(month: i32, day_of_month: u32) -> Day {
    let number = yyyymm(month);
    day(number / 100, (number % 100) as u32, day_of_month.min(28))
}

/// The last day of the month with that index.
pub fn last_day(month: i32) -> Day {
    plus(day_in(month + 1, 1), -1)
}

/// First and last month of the six half-years that the files cover.
pub fn half_years() -> impl Iterator<Item = (i32, i32)> {
    (0..MONTHS / 6).map(|half| (half * 6, half * 6 + 5))
}

/// The name of the half-year that begins with a month, as 2024年上半年.
pub fn half_year_name(first: i32) -> String {
    let number = yyyymm(first);
    format!("{}年{}半年", number / 100, if number % 100 < 7 { "上" } else { "下" })
}

/// First and last month of the three years that the files cover.
pub fn years() -> impl Iterator<Item = (i32, i32)> {
    (0..MONTHS / 12).map(|year| (year * 12, year * 12 + 11))
}

/// The name of the year that begins with a month, as 2023年7月至2024年6月.
pub fn year_name(first: i32) -> String {
    let year = yyyymm(first) / 100;
    format!("{year}年7月至{}年6月", year + 1)
}

/// A moment: a day and minutes after midnight.
pub fn at(day: Day, minutes: i64) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes)
}

/// Full years of age on a day.
pub fn age(birth: Day, on: Day) -> i32 {
    let before_birthday = (on.month(), on.day()) < (birth.month(), birth.day());
    on.year() - birth.year() - i32::from(before_birthday)
}

/// The day on which somebody turns that many years old (1 March for 29 February).
pub fn birthday(birth: Day, years: i32) -> Day {
    birth.with_year(birth.year() + years).unwrap_or(day(birth.year() + years, 3, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_from_july_2022() {
        assert_eq!(month_of(day(2022, 7, 31)), 0);
        assert_eq!(month_of(today()), MONTHS - 1);
        assert_eq!(yyyymm(0), 202_207);
        assert_eq!(yyyymm(35), 202_506);
        assert_eq!(yyyymm(-7), 202_112);
        assert_eq!(last_day(19), day(2024, 2, 29));
    }

    #[test]
    fn ages_are_full_years() {
        assert_eq!(age(day(2000, 2, 29), day(2026, 2, 28)), 25);
        assert_eq!(birthday(day(2000, 2, 29), 26), day(2026, 3, 1));
    }
}
