use askama::Template;

use super::Sensitivity;
use crate::form::{Choice, Filled};
use crate::page::{Page as _, page};
use crate::shell::Shell;

/// The form that asks a department to share a dataset, or asks again after a change.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/ask.html")]
pub struct AskPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub dataset: String,
    /// The department that owns it.
    pub department: String,
    /// How carefully to handle the dataset.
    pub sensitivity: Sensitivity,
    /// The request that is changed.
    pub changes: Option<ChangedRequest>,
    /// The dataset's columns.
    pub columns: Vec<ColumnChoice>,
    /// Models that read the dataset.
    pub models: Vec<ModelChoice>,
    /// How often the data can come: word and name.
    pub cadences: Vec<Choice>,
    /// The form: as it came back, or as the request that is changed says.
    pub filled: Filled,
}

page!(AskPage);

impl AskPage {
    /// Where the form goes.
    fn action(&self) -> String {
        match &self.changes {
            Some(request) => format!("/data/requests/{}/change", request.id),
            None => "/data/requests".to_owned(),
        }
    }
}

/// A request that is changed.
#[derive(Debug, Clone)]
pub struct ChangedRequest {
    /// Id, `req_…`.
    pub id: String,
    /// What people call it.
    pub number: String,
    /// The version that was seen.
    pub version: i32,
}

/// A column that can be asked for.
#[derive(Debug, Clone)]
pub struct ColumnChoice {
    /// Name in SQL.
    pub name: String,
    /// Title.
    pub title: String,
    /// How carefully to handle it.
    pub sensitivity: Sensitivity,
    /// It makes up the record and always belongs.
    pub is_needed: bool,
    /// Whether it is ticked.
    pub is_ticked: bool,
}

/// A model that the data can be for.
#[derive(Debug, Clone)]
pub struct ModelChoice {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Whether it is ticked.
    pub is_ticked: bool,
}
