//! Days as people and programs write them.

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Eight digits, year first; `00` where month or day is not said. Nothing when the text is no day. A month above 12 stays: a
/// slip of the pen is still worth comparing.
pub(crate) fn digits(text: &str) -> Option<String> {
    let day = text.split(['T', 't', ' ']).next().filter(|part| part.len() >= 8).unwrap_or(text);
    let parts = parts(day).or_else(|| parts(text))?;
    let (year, month, day) = match parts[..] {
        [one] => whole(one)?,
        [a, b] if is_year(a) => (a, b, 0),
        [a, b] if is_year(b) => (b, a, 0),
        [a, b, c] if is_year(a) => (a, b, c),
        // Day first, as most of the world has it, unless it cannot be.
        [a, b, c] if is_year(c) && b <= 12 => (c, b, a),
        [a, b, c] if is_year(c) => (c, a, b),
        _ => return None,
    };
    (month <= 99 && day <= 99).then(|| format!("{year:04}{month:02}{day:02}"))
}

fn is_year(n: u32) -> bool {
    (1800..=2199).contains(&n)
}

fn whole(n: u32) -> Option<(u32, u32, u32)> {
    match n {
        1800..=2199 => Some((n, 0, 0)),
        18_000_000..=21_999_999 => Some((n / 10_000, n / 100 % 100, n % 100)),
        180_000..=219_999 => Some((n / 100, n % 100, 0)),
        _ => None,
    }
}

/// Runs of digits and names of months as numbers, at most three.
fn parts(text: &str) -> Option<Vec<u32>> {
    let mut parts = Vec::with_capacity(3);
    for word in text.split(|c: char| !c.is_alphanumeric() || matches!(c, '年' | '月' | '日' | '号')) {
        if word.is_empty() {
            continue;
        }
        let month = || MONTHS.iter().position(|name| word.to_ascii_lowercase().starts_with(name));
        let number = match word.parse::<u32>() {
            Ok(number) if word.len() <= 8 => number,
            Ok(_) => return None,
            Err(_) if word.is_ascii() => month()? as u32 + 1,
            Err(_) => return None,
        };
        parts.push(number);
    }
    // "Mar 12, 1985": the name of a month is never the day.
    if parts.len() == 3 && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        parts.swap(0, 1);
    }
    (1..=3).contains(&parts.len()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn days_as_they_are_written() {
        for (text, expected) in [
            ("19850614", Some("19850614")),
            ("1985-06-14", Some("19850614")),
            ("1985年6月14日", Some("19850614")),
            ("1985.6", Some("19850600")),
            ("14/06/1985", Some("19850614")),
            ("06/14/1985", Some("19850614")),
            ("14 Jun 1985", Some("19850614")),
            ("Jun 14, 1985", Some("19850614")),
            ("1985-06-14 00:00:00", Some("19850614")),
            ("1985-06-14T00:00:00", Some("19850614")),
            ("1985", Some("19850000")),
            ("198506", Some("19850600")),
            ("19991345", Some("19991345")),
            ("smith", None),
            ("12", None),
            ("0571-87000001", None),
        ] {
            assert_eq!(digits(text).as_deref(), expected, "{text}");
        }
    }
}
