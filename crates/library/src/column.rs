//! Columns of datasets and views, and evidence words of models.

use std::collections::BTreeMap;

use gnomon_kernel::Words;
use serde::{Deserialize, Serialize};

use crate::dataset::Sensitivity;

/// What a cell holds, how it is checked and stored. See the table in `library/README.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    /// Personal identity number, 18 characters.
    Idno,
    /// Unified social credit code, 18 characters.
    Uscc,
    /// A person's number or an organisation's code.
    Party,
    /// A person's name, normalised; masked on screen.
    Name,
    /// Name of a person or an organisation, as delivered; a person's is masked on screen.
    PartyName,
    /// Division code, padded to 12 digits.
    Region,
    /// Telephone number.
    Phone,
    /// Bank account or card.
    Bankacct,
    /// Vehicle plate.
    Plate,
    /// Identifier of the source system.
    Code,
    /// Free text.
    Text,
    /// SHA-256 in lower-case hex.
    Hash,
    /// `lon,lat` in degrees.
    Geo,
    /// Calendar day.
    Date,
    /// Local time, microseconds, no zone.
    Datetime,
    /// `YYYYMM`.
    Month,
    /// `YYYY`.
    Year,
    /// Whole number.
    Int,
    /// Number.
    Dec,
    /// Percent, 0 to 100.
    Pct,
    /// Amount, int64 fen.
    Money,
    /// Yes or no.
    Bool,
    /// Several texts.
    List,
    /// One of the words of `values`.
    Enum,
}

/// How a table stores a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// UTF-8 text.
    Text,
    /// 64-bit integer.
    Int64,
    /// 32-bit integer (months).
    Int32,
    /// 64-bit float.
    Float64,
    /// Day since 1970.
    Day,
    /// Microseconds since 1970, local time.
    Timestamp,
    /// True or false.
    Bool,
    /// List of texts.
    TextList,
}

impl ColumnType {
    /// How a table stores it.
    pub fn storage(self) -> Storage {
        use ColumnType as T;
        match self {
            T::Date => Storage::Day,
            T::Datetime => Storage::Timestamp,
            T::Month => Storage::Int32,
            T::Year | T::Int | T::Money => Storage::Int64,
            T::Dec | T::Pct => Storage::Float64,
            T::Bool => Storage::Bool,
            T::List => Storage::TextList,
            _ => Storage::Text,
        }
    }

    /// Whether a cell of this type shows who a person is and is masked unless a recorded reason opens it.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::Idno | Self::Party | Self::Name | Self::PartyName | Self::Phone | Self::Bankacct)
    }
}

/// The unit a money column's files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MoneyUnit {
    /// Yuan.
    #[default]
    Yuan,
    /// Ten thousand yuan.
    Wan,
}

impl MoneyUnit {
    /// The unit that a header word says, e.g. `金额（万元）`.
    pub fn said_by(header: &str) -> Option<Self> {
        if header.contains("万元") {
            Some(Self::Wan)
        } else if header.contains('元') {
            Some(Self::Yuan)
        } else {
            None
        }
    }
}

/// One column of a dataset, or of what a view returns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Name in SQL.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: ColumnType,
    /// Word for people; also a header word.
    pub title: Words,
    /// Whether a file must have the column and each row a value.
    #[serde(default)]
    pub required: bool,
    /// Further header words departments use.
    #[serde(default)]
    pub headers: Vec<String>,
    /// Allowed words of an enum with the spellings that stand for them.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
    /// Unit of a money column in files.
    #[serde(default)]
    pub unit: MoneyUnit,
    /// Whether a money column admits reversals.
    #[serde(default)]
    pub allow_negative: bool,
    /// How carefully to handle it, where that differs from what [`Dataset::sensitivity_of`] would say.
    ///
    /// [`Dataset::sensitivity_of`]: crate::dataset::Dataset::sensitivity_of
    pub sensitivity: Option<Sensitivity>,
}

impl Column {
    /// The word for one of the choices: as departments write it, and its key in plain letters.
    pub fn choice(&self, key: &str) -> Option<Words> {
        let spelling = self.values.get(key)?.first()?;
        Some(Words { zh: spelling.clone(), en: key.replace('_', " ") })
    }
}

/// A word for a column that a model computes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceWord {
    /// What it holds; decides format and mask.
    #[serde(rename = "type")]
    pub ty: ColumnType,
    /// Word for people.
    pub title: Words,
}
