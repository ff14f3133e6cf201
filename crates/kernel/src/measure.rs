use serde::{Deserialize, Serialize};

/// What of a delivery is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// Rows whose key columns are filled.
    KeysFilled,
    /// Rows without a wrong resident number.
    NumbersValid,
    /// Rows without a wrong organisation code.
    CodesValid,
    /// Rows without an unknown division.
    RegionsKnown,
    /// Rows whose time can be read and lies in the period that data may be of.
    TimeInPeriod,
    /// Rows that were already there, word for word.
    Duplicates,
    /// Rows of the file against the median of earlier ones.
    RowCount,
}

impl MeasureKind {
    /// All of them, in the order they are shown.
    pub const ALL: [MeasureKind; 7] = [
        MeasureKind::KeysFilled,
        MeasureKind::NumbersValid,
        MeasureKind::CodesValid,
        MeasureKind::RegionsKnown,
        MeasureKind::TimeInPeriod,
        MeasureKind::Duplicates,
        MeasureKind::RowCount,
    ];

    /// The word used in dataset files, answers to programs and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeysFilled => "keys_filled",
            Self::NumbersValid => "numbers_valid",
            Self::CodesValid => "codes_valid",
            Self::RegionsKnown => "regions_known",
            Self::TimeInPeriod => "time_in_period",
            Self::Duplicates => "duplicates",
            Self::RowCount => "row_count",
        }
    }
}

/// One measure of a delivery's quality: `part / whole`, exact, against its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What is measured.
    pub kind: MeasureKind,
    /// Counted.
    pub part: u64,
    /// Out of how many; never 0. Of [`MeasureKind::RowCount`]: twice the rows against twice the median.
    pub whole: u64,
    /// The limit in hundredths of a percent: the least share; of [`MeasureKind::Duplicates`] the share to stay under; of
    /// [`MeasureKind::RowCount`] the farthest distance from the median.
    pub limit: u32,
    /// Whether the limit is kept.
    pub kept: bool,
}
