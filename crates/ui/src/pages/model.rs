use askama::Template;
use gnomon_kernel::{Instant, Level};

use super::{Outcome, Speech, Status};
use crate::page::{Page as _, page};
use crate::query::InboxFilter;
use crate::shell::Shell;
use crate::sql::SqlSpan;

/// One model: what it asks, of which data, with which values, and how it is proven.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/model.html")]
pub struct ModelPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title of its pack.
    pub pack: String,
    /// Revision.
    pub revision: u64,
    /// How far it is.
    pub status: Status,
    /// Level when the finding says nothing else.
    pub level: Level,
    /// The rule in words.
    pub why: String,
    /// The legal basis.
    pub basis: String,
    /// Whether it can say anything about the data that are there.
    pub speech: Speech,
    /// What it reads.
    pub inputs: Vec<InputRow>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its SQL with the values in place; see [`crate::sql::spans`].
    pub sql: Vec<SqlSpan>,
    /// Its cases.
    pub cases: Vec<CaseRow>,
    /// Honest explanations to think of first.
    pub innocent: Vec<String>,
    /// Next steps, in order.
    pub verify: Vec<String>,
    /// Its last runs, newest first.
    pub runs: Vec<ModelRunRow>,
    /// Open warnings of this model.
    pub open: u64,
    /// Warnings verified.
    pub verified: u64,
    /// Of these, found true.
    pub found_true: u64,
}

page!(ModelPage);

/// A dataset or view that a model reads.
#[derive(Debug, Clone)]
pub struct InputRow {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Whether it is a dataset with a page of its own.
    pub is_dataset: bool,
    /// Rows; none for a view.
    pub rows: Option<u64>,
    /// Whether the model cannot speak without it and it is missing.
    pub is_missing: bool,
}

/// A parameter with its bounds, formatted.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Name in the file.
    pub name: String,
    /// Label.
    pub label: String,
    /// Value in use.
    pub value: String,
    /// Value of the file.
    pub default: String,
    /// Unit, or nothing.
    pub unit: String,
    /// Least and greatest value, where there are.
    pub bounds: Option<(String, String)>,
}

/// A case of the model file.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Name.
    pub name: String,
    /// Findings expected; 0 = must stay silent.
    pub expected: u64,
    /// Whether it is an honest case that resembles a bad one.
    pub is_look_alike: bool,
    /// What is wrong, when it does not pass.
    pub failure: Option<String>,
}

/// A run of this model.
#[derive(Debug, Clone)]
pub struct ModelRunRow {
    /// Id of the run.
    pub run: String,
    /// When it began.
    pub at: Instant,
    /// Revision that ran.
    pub revision: u64,
    /// What came out.
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

impl ModelPage {
    fn cases_passed(&self) -> u64 {
        self.cases.iter().filter(|case| case.failure.is_none()).count() as u64
    }

    fn inbox_href(&self) -> String {
        InboxFilter { model: self.id.clone(), ..InboxFilter::default() }.href()
    }
}
