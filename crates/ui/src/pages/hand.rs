use askama::Template;

use crate::form::{Choice, Filled};
use crate::page::{Page as _, page};
use crate::shell::Shell;

/// Rows of a dataset to be typed.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/hand.html")]
pub struct HandPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub title: String,
    /// The department that delivers it.
    pub department: String,
    /// The dataset's columns.
    pub columns: Vec<HandColumn>,
    /// The rows of the form.
    pub rows: Vec<HandRow>,
    /// Whether files of this dataset are whole truths, which these rows are not.
    pub is_snapshot: bool,
    /// Whether there may be one row more.
    pub can_grow: bool,
    /// The delivery in which some rows are and of which the others came back: its id, and how many are in.
    pub taken: Option<(String, u64)>,
    /// The form that came back.
    pub filled: Filled,
}

page!(HandPage);

/// A column to be filled in.
#[derive(Debug, Clone)]
pub struct HandColumn {
    /// Name in SQL.
    pub name: String,
    /// Title.
    pub title: String,
    /// What it holds, in words.
    pub kind: String,
    /// Whether it must be filled.
    pub is_required: bool,
    /// How it is typed.
    pub input: HandInput,
}

/// How a column is typed.
#[derive(Debug, Clone)]
pub enum HandInput {
    /// Any text: numbers of persons too, which are no numbers to count with.
    Text,
    /// A number; in plain text, so that no browser rounds it.
    Number,
    /// An amount in ten thousand yuan where true, else in yuan.
    Money(bool),
    /// A day.
    Day,
    /// A month.
    Month,
    /// A day and a time.
    Moment,
    /// One of these.
    Choice(Vec<Choice>),
}

impl HandInput {
    fn kind(&self) -> &'static str {
        match self {
            HandInput::Day => "date",
            HandInput::Month => "month",
            HandInput::Moment => "datetime-local",
            _ => "text",
        }
    }

    fn is_decimal(&self) -> bool {
        matches!(self, HandInput::Number | HandInput::Money(_))
    }
}

/// A row of the form.
#[derive(Debug, Clone, Default)]
pub struct HandRow {
    /// What is wrong with it as a whole.
    pub error: Option<String>,
    /// The refused row that it was before, as people write it.
    pub mends: Option<String>,
}

impl HandPage {
    fn field(&self, row: &usize, column: &str) -> String {
        format!("c{row}-{column}")
    }

    fn unit(&self, column: &HandColumn) -> Option<String> {
        match column.input {
            HandInput::Money(true) => Some(self.t("unit-wan").into_owned()),
            HandInput::Money(false) => Some(self.t("unit-yuan").into_owned()),
            _ => None,
        }
    }
}
