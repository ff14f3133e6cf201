use serde::{Deserialize, Serialize};

/// How strongly a finding asks for attention. Ordered: `Blue < Yellow < Red`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A reminder.
    Blue,
    /// One strong or two weak signs.
    Yellow,
    /// Strong agreement of data and a rule broken by its own terms.
    Red,
}

impl Level {
    /// All levels, strongest first, as the inbox shows them.
    pub const ALL: [Level; 3] = [Level::Red, Level::Yellow, Level::Blue];

    /// The word used in files, URLs and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Blue => "blue",
            Level::Yellow => "yellow",
            Level::Red => "red",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
