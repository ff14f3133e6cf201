//! Persons and organisations behind the records: which mentions are about one of them, and why.

use gnomon_kernel::{EntityKind, RowRef, Tier};
use serde::{Deserialize, Serialize};

/// What is delivered of somebody under one number and one name, or, without a number, under one name with the same details:
/// all records that say just this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Names the mention for good: the same words make the same id in every run. Lower-case hex, says nothing by itself.
    pub id: String,
    /// Canonical number, where one came.
    pub number: Option<String>,
    /// Name as delivered.
    pub name: String,
    /// What else came: a field's word (`birth_date`, `phone`, `address`, ...) and its value, as delivered.
    pub details: Vec<(String, String)>,
    /// Where it stands.
    pub places: Vec<MentionPlace>,
}

/// Records of one dataset that hold a mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionPlace {
    /// Key of the dataset.
    pub dataset: String,
    /// Column of the number, or the one that would hold it.
    pub column: String,
    /// Records.
    pub rows: u64,
    /// One of them.
    pub sample: RowRef,
}

/// One field of two mentions, compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldComparison {
    /// The field's word.
    pub field: String,
    /// Both values as delivered; empty where there is none.
    pub values: [String; 2],
    /// `missing`, `same`, `swapped`, `near`, `alike` or `different`.
    pub level: String,
    /// Bits for "the same" against strangers.
    pub weight: f32,
    /// Bits of them that one household explains as well.
    pub household: f32,
}

/// A pair of mentions that are one or not, and that a person should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// What they are.
    pub kind: EntityKind,
    /// The mentions; the one with the smaller id first.
    pub sides: [Mention; 2],
    /// How probable it is that they are one, by the linker.
    pub probability: f32,
    /// How certain that is.
    pub tier: Tier,
    /// Whether the linker has put them into one entity.
    pub together: bool,
    /// What was compared.
    pub comparisons: Vec<FieldComparison>,
}

/// What a person decided about a pair of mentions. Every later run obeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What they are.
    pub kind: EntityKind,
    /// Ids of the mentions, the smaller first.
    pub mentions: [String; 2],
    /// Whether they are one.
    pub same: bool,
}

/// What became of an entity between two runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum EntityChange {
    /// One entity was found to be another; its number is not used again.
    Merged {
        /// What they are.
        kind: EntityKind,
        /// The entity that is no more.
        from: u64,
        /// The entity that its mentions belong to now.
        into: u64,
    },
    /// Mentions left an entity, which keeps its number.
    Split {
        /// What they are.
        kind: EntityKind,
        /// The entity that they left.
        from: u64,
        /// The entity that they are now.
        into: u64,
    },
}
