//! Terms of office as a picture: one line for each, over the years.

use chrono::Datelike;
use gnomon_kernel::Day;

/// Width of the picture.
const WIDTH: i64 = 720;
/// Height of one term with its words.
const STEP: usize = 34;
/// Height of the years below.
const FOOT: usize = 22;
/// So many years are named at most.
const NAMED: i32 = 10;

/// A term to draw.
#[derive(Debug, Clone)]
pub struct TermSpan {
    /// What stands above its line.
    pub label: String,
    /// Its first day.
    pub from: Day,
    /// Its last day; none while it goes on.
    pub until: Option<Day>,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermLine {
    /// Its height.
    pub height: usize,
    /// The terms, in the order given.
    pub bars: Vec<TermBar>,
    /// Where years begin, and which are named.
    pub ticks: Vec<(i64, i32)>,
}

/// One term in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermBar {
    /// Left end.
    pub x: i64,
    /// Upper end of its words.
    pub y: usize,
    /// Length.
    pub width: i64,
    /// What stands above it.
    pub label: String,
    /// Whether its words end where it ends, because they would not fit in otherwise.
    pub is_right: bool,
    /// Whether it goes on.
    pub is_open: bool,
}

impl TermLine {
    /// Draws terms up to today; nothing of no terms.
    pub fn of(terms: &[TermSpan], today: Day) -> Option<TermLine> {
        let first = terms.iter().map(|term| term.from.year()).min()?;
        let ends = terms.iter().map(|term| term.until.unwrap_or(today).max(term.from).year());
        let last = ends.max()? + 1;
        let begin = Day::from_ymd_opt(first, 1, 1)?;
        let days = (Day::from_ymd_opt(last, 1, 1)? - begin).num_days().max(1);
        let place = |day: Day| (day - begin).num_days() * WIDTH / days;
        let bar = |(at, term): (usize, &TermSpan)| {
            let x = place(term.from);
            let end = place(term.until.unwrap_or(today).max(term.from));
            TermBar {
                x,
                y: at * STEP,
                width: (end - x).max(3),
                label: term.label.clone(),
                is_right: x > WIDTH * 2 / 3,
                is_open: term.until.is_none(),
            }
        };
        let step = (last - first - 1) / NAMED + 1;
        let named = (first..last).filter(|year| (year - first) % step == 0);
        let ticks = named.filter_map(|year| Some((place(Day::from_ymd_opt(year, 1, 1)?), year))).collect();
        let bars = terms.iter().enumerate().map(bar).collect();
        Some(TermLine { height: terms.len() * STEP + FOOT, bars, ticks })
    }
}

impl TermBar {
    /// Where its words begin, or end.
    pub fn label_x(&self) -> i64 {
        if self.is_right { self.x + self.width } else { self.x }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn terms_lie_where_their_years_are() {
        let term = |from, until: Option<&str>| TermSpan {
            label: "局长".to_owned(),
            from: day(from),
            until: until.map(day),
        };
        let terms = [term("2024-01-01", None), term("2022-01-01", Some("2022-12-31"))];
        let line = TermLine::of(&terms, day("2025-12-31")).unwrap();
        assert_eq!(line.ticks.iter().map(|(_, year)| *year).collect::<Vec<_>>(), [2022, 2023, 2024, 2025]);
        let [now, before] = &line.bars[..] else { panic!() };
        assert!(now.is_open && !before.is_open);
        assert_eq!((before.x, now.x, now.x + now.width), (0, 359, 719));
        assert!(before.x + before.width <= now.x);
    }

    #[test]
    fn odd_terms_stay_in_the_picture() {
        let backwards =
            TermSpan { label: String::new(), from: day("2024-05-01"), until: Some(day("2020-01-01")) };
        let line = TermLine::of(std::slice::from_ref(&backwards), day("2025-01-01")).unwrap();
        assert_eq!(line.bars[0].width, 3, "an end before its beginning has no length");
        let long = TermSpan { label: String::new(), from: day("1980-01-01"), until: None };
        assert!(TermLine::of(&[long], day("2025-01-01")).unwrap().ticks.len() <= 10);
        assert_eq!(TermLine::of(&[], day("2025-01-01")), None);
    }
}
