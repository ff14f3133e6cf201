//! Dataset files: the canonical tables.

pub use gnomon_kernel::Cadence;
use gnomon_kernel::Words;
use serde::Deserialize;

use crate::{
    column::{Column, ColumnType},
    quality::Quality,
};

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

/// How the deliveries of a dataset add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// Each file adds facts. A row of the same natural key corrects the earlier one.
    #[default]
    Append,
    /// Each file is the whole truth of its part: facts of that part that it does not hold have ended.
    Snapshot,
    /// Each row is put or deleted, as its operation column says; without one it is put.
    Change,
}

impl Delivery {
    /// The word in files and locale keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Append => "append",
            Self::Snapshot => "snapshot",
            Self::Change => "change",
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
    /// How often it is to come; unknown for files of one's own.
    pub cadence: Option<Cadence>,
    /// How its deliveries add up.
    #[serde(default)]
    pub delivery: Delivery,
    /// For a snapshot: the columns that say which part a file is the whole truth of, e.g. the month. Empty: of everything.
    #[serde(default)]
    pub whole_of: Vec<String>,
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
    /// Limits of a delivery's quality.
    #[serde(default)]
    pub quality: Quality,
    /// All columns, in the order they are shown.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
}

impl Dataset {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a file cannot be read, or a row not be told from another, without this column. An agreement to share the
    /// dataset always includes it.
    pub fn is_of_its_form(&self, column: &Column) -> bool {
        column.required || self.natural_key.contains(&column.name) || self.whole_of.contains(&column.name)
    }

    /// How carefully to handle a column: as it says itself. Else what makes up the record (key, required columns, place,
    /// time and amount) tells at most that it is about a person, and everything else is as sensitive as the dataset.
    pub fn sensitivity_of(&self, column: &Column) -> Sensitivity {
        if let Some(own) = column.sensitivity {
            return own;
        }
        let roles = [&self.person, &self.org, &self.region, &self.time, &self.amount];
        let is_role = roles.into_iter().flatten().any(|role| *role == column.name);
        let known = match is_role || self.is_of_its_form(column) || column.ty.is_personal() {
            true => self.sensitivity.min(Sensitivity::Personal),
            false => self.sensitivity,
        };
        if column.ty.is_personal() { known.max(Sensitivity::Personal) } else { known }
    }

    /// The columns of place and month by which its rows can be counted; `None` where it has not both. A year is no month.
    pub fn coverage_columns(&self) -> Option<(&Column, &Column)> {
        let by_role = self.region.as_deref().and_then(|name| self.column(name));
        let by_type = || self.columns.iter().find(|column| column.ty == ColumnType::Region);
        let month = self.column(self.time.as_deref()?)?;
        let has_month = matches!(month.ty, ColumnType::Date | ColumnType::Datetime | ColumnType::Month);
        by_role.or_else(by_type).filter(|_| has_month).map(|region| (region, month))
    }
}
