use askama::Template;
use gnomon_kernel::Instant;

use super::Refusal;
use crate::page::{Page as _, page};
use crate::query::DataFilter;
use crate::shell::Shell;
use crate::tr::key;

/// The datasets that a filter lets through, department by department.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/data.html")]
pub struct DataPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What is shown.
    pub filter: DataFilter,
    /// Datasets that there are.
    pub known: u64,
    /// Those of them that have data.
    pub with_data: u64,
    /// Departments and their datasets, none of them empty.
    pub departments: Vec<Department>,
    /// Files that were refused as a whole, newest first.
    pub refused: Vec<RefusedFile>,
    /// Whether this person may ask that somebody be erased.
    pub can_erase: bool,
}

page!(DataPage);

/// A department.
#[derive(Debug, Clone)]
pub struct Department {
    /// Name.
    pub name: String,
    /// Its datasets.
    pub datasets: Vec<DatasetRow>,
}

impl Department {
    /// Its datasets that have data.
    fn filled(&self) -> usize {
        self.datasets.iter().filter(|dataset| dataset.rows > 0).count()
    }
}

/// Who may see what a dataset holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sensitivity {
    /// Everybody.
    Public,
    /// People at work.
    Internal,
    /// Speaks of natural persons.
    Personal,
    /// Speaks of health, hardship, the like.
    Sensitive,
}

impl Sensitivity {
    /// The word in dataset files.
    pub fn as_str(self) -> &'static str {
        match self {
            Sensitivity::Public => "public",
            Sensitivity::Internal => "internal",
            Sensitivity::Personal => "personal",
            Sensitivity::Sensitive => "sensitive",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Sensitivity> {
        [Sensitivity::Public, Sensitivity::Internal, Sensitivity::Personal, Sensitivity::Sensitive]
            .into_iter()
            .find(|sensitivity| sensitivity.as_str() == word)
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Sensitivity::Public => key("sensitivity-public"),
            Sensitivity::Internal => key("sensitivity-internal"),
            Sensitivity::Personal => key("sensitivity-personal"),
            Sensitivity::Sensitive => key("sensitivity-sensitive"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            Sensitivity::Public | Sensitivity::Internal => "mute",
            Sensitivity::Personal => "info",
            Sensitivity::Sensitive => "warn",
        }
    }
}

/// A dataset of the list.
#[derive(Debug, Clone)]
pub struct DatasetRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Who may see it.
    pub sensitivity: Sensitivity,
    /// Rows in use.
    pub rows: u64,
    /// Batches taken in.
    pub batches: u64,
    /// The last one.
    pub last: Option<LastBatch>,
    /// Rows kept back.
    pub rejected: u64,
    /// Models that read it.
    pub models: u64,
}

/// The last batch of a dataset.
#[derive(Debug, Clone)]
pub struct LastBatch {
    /// Id, `bat_…`.
    pub id: String,
    /// When it came.
    pub at: Instant,
    /// Whether it misses a limit of quality.
    pub has_gaps: bool,
}

/// A file that was refused as a whole.
#[derive(Debug, Clone)]
pub struct RefusedFile {
    /// Id of the delivery, `bat_…`.
    pub id: String,
    /// Name of the file.
    pub file: String,
    /// When.
    pub at: Instant,
    /// Why.
    pub refusal: Refusal,
}
