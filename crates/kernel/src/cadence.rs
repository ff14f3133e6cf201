use serde::Deserialize;

/// How often a dataset is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cadence {
    /// As it happens.
    Realtime,
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// Each quarter.
    Quarterly,
    /// Twice a year, with the school term.
    Termly,
    /// Each year.
    Yearly,
    /// When something happens; never overdue.
    Event,
}

impl Cadence {
    /// All of them, the most frequent first.
    pub const ALL: [Cadence; 8] = [
        Cadence::Realtime,
        Cadence::Daily,
        Cadence::Weekly,
        Cadence::Monthly,
        Cadence::Quarterly,
        Cadence::Termly,
        Cadence::Yearly,
        Cadence::Event,
    ];

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Cadence> {
        Cadence::ALL.into_iter().find(|cadence| cadence.as_str() == word)
    }

    /// The word in files and locale keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Realtime => "realtime",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Termly => "termly",
            Self::Yearly => "yearly",
            Self::Event => "event",
        }
    }
}
