use serde::{Deserialize, Serialize};

/// What is to be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// Persons; members of a household stay apart.
    #[default]
    Person,
    /// Organisations.
    Organisation,
}

impl EntityKind {
    /// Both, in the order of pages.
    pub const ALL: [EntityKind; 2] = [EntityKind::Person, EntityKind::Organisation];

    /// The word used in files, URLs and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organisation => "organisation",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<EntityKind> {
        EntityKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// How certain it is that records are about one person or organisation. Ordered: `Possible < Probable < Certain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// A probability below 0.9.
    Possible,
    /// From 0.9 on.
    Probable,
    /// From 0.999 on; what a red warning needs.
    Certain,
}

impl Tier {
    /// All tiers, surest first.
    pub const ALL: [Tier; 3] = [Tier::Certain, Tier::Probable, Tier::Possible];

    /// Its place in [`Tier::ALL`].
    pub fn place(self) -> usize {
        match self {
            Tier::Certain => 0,
            Tier::Probable => 1,
            Tier::Possible => 2,
        }
    }

    /// The tier of a probability.
    pub fn of(confidence: f32) -> Tier {
        match confidence {
            sure if sure >= 0.999 => Tier::Certain,
            sure if sure >= 0.9 => Tier::Probable,
            _ => Tier::Possible,
        }
    }

    /// The word used in files, URLs and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Tier::Certain => "certain",
            Tier::Probable => "probable",
            Tier::Possible => "possible",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Tier> {
        Tier::ALL.into_iter().find(|tier| tier.as_str() == word)
    }
}
