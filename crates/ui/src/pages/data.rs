use askama::Template;
use gnomon_kernel::Instant;

use super::{Fresh, Standing};
use crate::data_query::DataFilter;
use crate::form::Choice;
use crate::page::{Page as _, page};
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
    /// Departments to choose from.
    pub owners: Vec<Choice>,
    /// Departments and their datasets, none of them empty.
    pub departments: Vec<Department>,
    /// Whether this person may ask that somebody be erased.
    pub can_erase: bool,
}

page!(DataPage);

impl DataPage {
    fn is_with_data(&self) -> bool {
        self.filter == DataFilter::with_data()
    }

    fn sensitivities(&self) -> Vec<Choice> {
        Sensitivity::ALL.iter().map(|one| Choice::new(one.as_str(), self.t(one.title()))).collect()
    }

    fn standings(&self) -> Vec<Choice> {
        Standing::ALL.iter().map(|one| Choice::new(one.as_str(), self.t(one.title()))).collect()
    }

    /// The choice of at least so many.
    fn least(&self, choices: [u64; 4]) -> Vec<Choice> {
        choices
            .iter()
            .map(|least| Choice::new(least.to_string(), self.t1("at-least", "count", *least)))
            .collect()
    }
}

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
    /// All, as filters list them.
    pub const ALL: [Sensitivity; 4] =
        [Sensitivity::Public, Sensitivity::Internal, Sensitivity::Personal, Sensitivity::Sensitive];

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
        Sensitivity::ALL.into_iter().find(|sensitivity| sensitivity.as_str() == word)
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
    /// Where it stands; none for lists that come with the library.
    pub fresh: Option<Fresh>,
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
