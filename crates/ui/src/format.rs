//! Numbers, money and dates as people read them.

use chrono::{DateTime, FixedOffset};
use gnomon_kernel::{Day, Instant, Lang, Money};

use crate::tr;

/// China has one time zone and no summer time.
const SHANGHAI: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(zone) => zone,
    None => panic!("eight hours are less than a day"),
};

/// `1,234,567`.
pub fn count(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `9,120`, and from ten thousand on `1.2万`, `12k`: at most six characters up to a hundred million.
pub fn count_short(lang: Lang, number: u64) -> String {
    let (mid, large) = match lang {
        Lang::Zh => (10_000, 100_000_000),
        Lang::En => (1_000, 1_000_000),
    };
    let (size, unit) = match number {
        0..10_000 => return count(number as i64),
        _ if number < large => (mid, tr::key("count-mid")),
        _ => (large, tr::key("count-large")),
    };
    let decimals = usize::from(number / size < 10);
    format!("{:.decimals$}{}", number as f64 / size as f64, tr::text(lang, unit, &[]))
}

/// `92.8%`; a dash for nothing of nothing.
pub fn share(part: u64, whole: u64) -> String {
    match whole {
        0 => "—".to_owned(),
        _ => format!("{:.1}%", part as f64 * 100.0 / whole as f64),
    }
}

/// An amount short enough for a tile: `574.72 万`, `5.75 m`; small ones in full.
pub fn money_short(lang: Lang, money: Money) -> String {
    let yuan = money.fen() as f64 / 100.0;
    let (limit_large, limit, key_large, key) = match lang {
        Lang::Zh => (1e8, 1e4, tr::key("money-large"), tr::key("money-mid")),
        Lang::En => (1e9, 1e6, "money-large", "money-mid"),
    };
    let unit = |size: f64, key| format!("{:.2} {}", yuan / size, tr::text(lang, key, &[]));
    match yuan.abs() {
        size if size >= limit_large => unit(limit_large, key_large),
        size if size >= limit => unit(limit, key),
        _ => money.to_string(),
    }
}

/// The moment in the deployment's time zone.
pub fn local(moment: Instant) -> DateTime<FixedOffset> {
    moment.with_timezone(&SHANGHAI)
}

/// The day on which a moment falls in the deployment's time zone.
pub fn local_day(moment: Instant) -> Day {
    local(moment).date_naive()
}

/// `2026-11-21 16:42`.
pub fn minute(moment: Instant) -> String {
    local(moment).format("%Y-%m-%d %H:%M").to_string()
}

/// `1.8 s`, `3 min 05 s`.
pub fn duration(milliseconds: u64) -> String {
    match milliseconds {
        0..60_000 => format!("{:.1} s", milliseconds as f64 / 1000.0),
        _ => format!("{} min {:02} s", milliseconds / 60_000, milliseconds / 1000 % 60),
    }
}

/// `12.3 kB`, `4.0 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_separators() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(-1_234_567), "-1,234,567");
    }

    #[test]
    fn narrow_cells_show_short_counts() {
        let short = |number| (count_short(Lang::Zh, number), count_short(Lang::En, number));
        assert_eq!(short(9_999), ("9,999".into(), "9,999".into()));
        assert_eq!(short(12_345), ("1.2万".into(), "12k".into()));
        assert_eq!(short(1_234_567), ("123万".into(), "1.2m".into()));
        assert_eq!(short(250_000_000), ("2.5亿".into(), "250m".into()));
    }

    #[test]
    fn shares_of_nothing_are_a_dash() {
        assert_eq!(share(13, 14), "92.9%");
        assert_eq!(share(0, 0), "—");
    }

    #[test]
    fn tiles_show_short_amounts() {
        assert_eq!(money_short(Lang::Zh, Money(574_720_000)), "574.72 万");
        assert_eq!(money_short(Lang::En, Money(574_720_000)), "5.75 m");
        assert_eq!(money_short(Lang::Zh, Money(640_000)), "6,400.00");
    }

    #[test]
    fn moments_are_shown_in_local_time() {
        let moment = DateTime::parse_from_rfc3339("2026-11-20T17:30:00Z").unwrap().to_utc();
        assert_eq!(minute(moment), "2026-11-21 01:30");
        assert_eq!(local_day(moment).to_string(), "2026-11-21");
    }

    #[test]
    fn long_runs_are_shown_in_minutes() {
        assert_eq!(duration(1_840), "1.8 s");
        assert_eq!(duration(185_000), "3 min 05 s");
    }
}
