use askama::Template;

use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;

/// The page for people who connect a department's system.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/api.html")]
pub struct ApiPage {
    /// What surrounds the page; nobody is logged in.
    pub shell: Shell,
    /// The ways in and the questions that are answered, in the order of their table.
    pub routes: Vec<ApiRoute>,
    /// The most rows of one push of rows.
    pub most_rows: u64,
    /// The most bytes of one push of rows.
    pub most_bytes: u64,
    /// The most bytes of one file.
    pub upload_limit: u64,
}

page!(ApiPage);

/// One route of the machine interface.
#[derive(Debug, Clone)]
pub struct ApiRoute {
    /// `GET` or `POST`.
    pub method: String,
    /// Path with `{name}` places.
    pub path: String,
    /// What it is for.
    pub purpose: ApiPurpose,
}

/// What a route of the machine interface is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiPurpose {
    /// A whole file.
    File,
    /// A few rows.
    Rows,
    /// What became of rows.
    Receipt,
    /// What may be pushed to.
    Datasets,
    /// One dataset with its columns.
    Dataset,
    /// The description for programs.
    Description,
    /// The page itself.
    Page,
}

impl ApiPurpose {
    /// Locale key of the sentence.
    pub fn title(self) -> &'static str {
        match self {
            ApiPurpose::File => key("api-file"),
            ApiPurpose::Rows => key("api-rows"),
            ApiPurpose::Receipt => key("api-receipt"),
            ApiPurpose::Datasets => key("api-datasets"),
            ApiPurpose::Dataset => key("api-dataset"),
            ApiPurpose::Description => key("api-description"),
            ApiPurpose::Page => key("api-page"),
        }
    }
}
