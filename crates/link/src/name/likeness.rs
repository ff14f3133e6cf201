//! How alike two names are, as an answer.

/// What two names have in common, from the closest to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The same name.
    Same,
    /// The same name in other characters: traditional or variant forms, accents, surname first or last, words joined.
    Variant,
    /// Characters that look alike (己 and 已), or one typed as its parts.
    LookAlike,
    /// Characters that sound alike: 0 with the tone, 1 but for the tone or where a Latin spelling has none, 2 to a speaker
    /// who confuses n and l, h and f, zh and z, or the endings n and ng.
    Homophone(u8),
    /// A slip of the pen in a Latin word, or two given characters changed round.
    Slip,
    /// A given name shortened to its first letter or left out between two others.
    Initials,
    /// Nothing that can be read speaks against it, but some is masked or not readable.
    Masked,
    /// Part of the name is the same; brothers and sisters are like this too.
    Partial(Part),
    /// Nothing that counts is the same.
    Different,
    /// One of them is no name: this says nothing, neither for nor against.
    Unknown,
}

/// Which part two otherwise different names share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All but one given character or word.
    Most,
    /// The given name.
    Given,
    /// The surname.
    Surname,
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// What they have in common.
    pub level: Level,
    /// How much of the text agrees, from 0 to 1: for ordering within a level.
    pub score: f32,
}

impl Likeness {
    pub(super) const UNKNOWN: Likeness = Likeness { level: Level::Unknown, score: 0.0 };

    pub(super) fn new(level: Level, score: f32) -> Self {
        Self { level, score }
    }

    /// Whether one person may be written both ways: names of one family are not.
    pub fn may_be_same(&self) -> bool {
        self.level <= Level::Masked
    }
}
