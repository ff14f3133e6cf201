//! Dataset files: the canonical tables.

use gnomon_kernel::Words;
use serde::Deserialize;

use crate::column::Column;

/// Where a dataset's rows come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatasetKind {
    /// Files of a department.
    Source,
    /// Rows of list files, and files.
    Reference,
}

/// How carefully a dataset's rows are to be handled. Ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Anybody may see it.
    Public,
    /// Staff.
    Internal,
    /// About persons.
    Personal,
    /// About persons' health, hardship, family.
    Sensitive,
}

impl Sensitivity {
    /// The word in files and locale keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Personal => "personal",
            Self::Sensitive => "sensitive",
        }
    }
}

/// One canonical table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// Table name in SQL; unique and flat.
    pub key: String,
    /// Word for people.
    pub title: Words,
    /// Department that answers for the data.
    pub owner: Words,
    /// Where rows come from.
    pub kind: DatasetKind,
    /// How carefully to handle them.
    pub sensitivity: Sensitivity,
    /// Columns that make two rows the same fact. Empty: every distinct row is a fact of its own.
    #[serde(default)]
    pub natural_key: Vec<String>,
    /// Column that names the main person.
    pub person: Option<String>,
    /// Column that names the main organisation.
    pub org: Option<String>,
    /// Column that names the place.
    pub region: Option<String>,
    /// Column that names the time.
    pub time: Option<String>,
    /// Column that names the amount.
    pub amount: Option<String>,
    /// All columns, in the order they are shown.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
}

impl Dataset {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}
