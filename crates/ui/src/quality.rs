//! Measures of quality as people read them, and as lines over the deliveries of a dataset.

use gnomon_kernel::{Instant, Lang, Measure, MeasureKind};

use crate::tr::{self, key};

/// Width and height of the picture of one measure.
const WIDTH: usize = 240;
const HEIGHT: f64 = 36.0;
/// Room above and below a line, so that its marks are whole.
const MARGIN: f64 = 4.0;

/// Locale key of what is measured.
pub(crate) fn title(kind: &MeasureKind) -> &'static str {
    match kind {
        MeasureKind::KeysFilled => key("measure-keys-filled"),
        MeasureKind::NumbersValid => key("measure-numbers-valid"),
        MeasureKind::CodesValid => key("measure-codes-valid"),
        MeasureKind::RegionsKnown => key("measure-regions-known"),
        MeasureKind::TimeInPeriod => key("measure-time-in-period"),
        MeasureKind::Duplicates => key("measure-duplicates"),
        MeasureKind::RowCount => key("measure-row-count"),
    }
}

/// What is measured.
pub fn measure_title(lang: Lang, kind: MeasureKind) -> String {
    tr::text(lang, title(&kind), &[]).into_owned()
}

/// `99.48%`, cut so that a limit that is missed never looks kept.
pub fn measure_value(measure: &Measure) -> String {
    let exact = u128::from(measure.part) * 10_000;
    let whole = u128::from(measure.whole.max(1));
    percent(match measure.kind {
        MeasureKind::Duplicates => exact.div_ceil(whole),
        _ => exact / whole,
    })
}

/// The limit in words: `at least 99.5%`.
pub fn measure_limit(lang: Lang, measure: &Measure) -> String {
    let percent = percent(u128::from(measure.limit));
    let key = match measure.kind {
        MeasureKind::Duplicates => "measure-under",
        MeasureKind::RowCount => "measure-within",
        _ => "measure-at-least",
    };
    tr::text(lang, key, &[("percent", percent.into())]).into_owned()
}

fn percent(hundredths: u128) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => format!("{whole}%"),
        rest if rest % 10 == 0 => format!("{whole}.{}%", rest / 10),
        rest => format!("{whole}.{rest:02}%"),
    }
}

/// What one delivery measured.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Id of the delivery, `bat_…`.
    pub id: String,
    /// Its number.
    pub number: u64,
    /// When it came.
    pub received: Instant,
    /// Its measures.
    pub measures: Vec<Measure>,
}

impl Measured {
    pub(crate) fn measure(&self, kind: &MeasureKind) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.kind == *kind)
    }
}

/// One measure over the deliveries of a dataset.
pub(crate) struct Line {
    pub kind: MeasureKind,
    /// The last one.
    pub last: Measure,
    /// Corners of the line.
    pub points: String,
    /// Heights of the limits.
    pub limits: Vec<String>,
    /// Places where a limit is missed.
    pub missed: Vec<(String, String)>,
}

/// A line for each measure that some delivery has; the oldest delivery stands on the left.
pub(crate) fn lines(deliveries: &[Measured]) -> Vec<Line> {
    MeasureKind::ALL.into_iter().filter_map(|kind| line(deliveries, kind)).collect()
}

fn line(deliveries: &[Measured], kind: MeasureKind) -> Option<Line> {
    let step = WIDTH as f64 / deliveries.len().max(1) as f64;
    let place = |at: usize| (at as f64 + 0.5) * step;
    let found = deliveries.iter().enumerate();
    let found: Vec<(f64, Measure)> =
        found.filter_map(|(at, one)| Some((place(at), *one.measure(&kind)?))).collect();
    let (_, last) = *found.last()?;
    let limits = limits_of(&last);
    let heights = found.iter().map(|(_, measure)| height_of(measure)).chain(limits.iter().copied());
    let (low, high) = heights.fold((f64::MAX, f64::MIN), |(low, high), y| (low.min(y), high.max(y)));
    let span = if high > low { high - low } else { 1.0 };
    let y = |value: f64| format!("{:.1}", MARGIN + (high - value) / span * (HEIGHT - 2.0 * MARGIN));
    let point = |(x, measure): &(f64, Measure)| (format!("{x:.1}"), y(height_of(measure)));
    let points: Vec<String> = found.iter().map(point).map(|(x, y)| format!("{x},{y}")).collect();
    Some(Line {
        kind,
        last,
        points: points.join(" "),
        limits: limits.into_iter().map(y).collect(),
        missed: found.iter().filter(|(_, measure)| !measure.kept).map(point).collect(),
    })
}

/// In percent.
fn height_of(measure: &Measure) -> f64 {
    measure.part as f64 * 100.0 / measure.whole.max(1) as f64
}

fn limits_of(measure: &Measure) -> Vec<f64> {
    let limit = f64::from(measure.limit) / 100.0;
    match measure.kind {
        MeasureKind::RowCount => vec![100.0 - limit, 100.0 + limit],
        _ => vec![limit],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(kind: MeasureKind, part: u64, whole: u64, limit: u32) -> Measure {
        Measure { kind, part, whole, limit, kept: part > 0 }
    }

    #[test]
    fn what_misses_a_limit_does_not_look_as_if_it_kept_it() {
        let almost = measure(MeasureKind::KeysFilled, 99_499, 100_000, 9_950);
        assert_eq!(
            (measure_value(&almost), measure_limit(Lang::En, &almost)),
            ("99.49%".into(), "at least 99.5%".into())
        );
        let over = measure(MeasureKind::Duplicates, 1_001, 1_000_000, 10);
        assert_eq!(
            (measure_value(&over), measure_limit(Lang::Zh, &over)),
            ("0.11%".into(), "低于 0.1%".into())
        );
        let all = measure(MeasureKind::RowCount, 400, 200, 3_000);
        assert_eq!(
            (measure_value(&all), measure_limit(Lang::En, &all)),
            ("200%".into(), "within 30% of it".into())
        );
    }

    #[test]
    fn a_line_spans_its_values_and_its_limit() {
        let delivery = |part| Measured {
            id: String::new(),
            number: 1,
            received: Instant::UNIX_EPOCH,
            measures: vec![measure(MeasureKind::NumbersValid, part, 100, 9_900)],
        };
        let lines = lines(&[delivery(0), delivery(100)]);
        assert_eq!(lines.len(), 1);
        assert_eq!(
            (lines[0].points.as_str(), lines[0].limits.as_slice()),
            ("60.0,32.0 180.0,4.0", &["4.3".to_owned()][..])
        );
        assert_eq!(lines[0].missed, [("60.0".to_owned(), "32.0".to_owned())]);
        assert!(super::lines(&[]).is_empty());
    }
}
