//! Charts: the same numbers for the island and for the table that stands in for it.

use serde::Serialize;

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SeriesKind {
    /// Upright bars.
    Bar,
    /// A dashed line: what the first series is compared with.
    Line,
}

/// One measure of a trend.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    /// What it measures, with its unit, in the person's language.
    pub name: String,
    /// How it is drawn.
    pub kind: SeriesKind,
    /// One value for each category; none where nothing is known.
    pub data: Vec<Option<f64>>,
}

/// One or two measures over time.
#[derive(Debug, Clone, Serialize)]
pub struct Trend {
    /// Heading of the panel.
    #[serde(skip)]
    pub title: String,
    /// Categories: months or weeks.
    pub x: Vec<String>,
    /// The measures; the first one stands out.
    pub series: Vec<Series>,
}

impl Trend {
    /// The cells of the table's row `index`, formatted.
    pub fn cells(&self, index: &usize) -> Vec<String> {
        let cell = |series: &Series| match series.data.get(*index).copied().flatten() {
            Some(value) if value.fract() == 0.0 => crate::format::count(value as i64),
            Some(value) => format!("{value:.2}"),
            None => "—".to_owned(),
        };
        self.series.iter().map(cell).collect()
    }
}

/// Warnings raised in one week.
#[derive(Debug, Clone)]
pub struct Week {
    /// `W47` or the week's first day.
    pub label: String,
    /// Red ones.
    pub red: u64,
    /// Yellow ones.
    pub yellow: u64,
    /// Blue ones.
    pub blue: u64,
}

impl Week {
    /// All levels together.
    pub fn total(&self) -> u64 {
        self.red + self.yellow + self.blue
    }
}

#[derive(Serialize)]
pub(crate) struct Stack<'a> {
    x: Vec<&'a str>,
    series: [StackSeries; 3],
}

#[derive(Serialize)]
struct StackSeries {
    name: String,
    level: &'static str,
    data: Vec<u64>,
}

impl<'a> Stack<'a> {
    /// Red lies at the bottom, where its length can be read.
    pub(crate) fn new(weeks: &'a [Week], names: [String; 3]) -> Self {
        let [red, yellow, blue] = names;
        let series = |name, level, pick: fn(&Week) -> u64| StackSeries {
            name,
            level,
            data: weeks.iter().map(pick).collect(),
        };
        Stack {
            x: weeks.iter().map(|week| week.label.as_str()).collect(),
            series: [
                series(red, "red", |week| week.red),
                series(yellow, "yellow", |week| week.yellow),
                series(blue, "blue", |week| week.blue),
            ],
        }
    }
}
