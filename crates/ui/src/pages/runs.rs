use askama::Template;
use gnomon_kernel::{Day, Instant};

use crate::page::{Page as _, page};
use crate::shell::Shell;

/// All runs, newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/runs.html")]
pub struct RunsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whether this person may ask for a run.
    pub can_run: bool,
    /// The runs.
    pub rows: Vec<RunRow>,
    /// Whether these are the newest.
    pub is_first: bool,
    /// Where the page of older runs begins, if there is one.
    pub older: Option<String>,
}

page!(RunsPage);

/// A run of the list.
#[derive(Debug, Clone)]
pub struct RunRow {
    /// Id of the run.
    pub id: String,
    /// When it began.
    pub began: Instant,
    /// How long it took, in milliseconds; none while it runs.
    pub milliseconds: Option<u64>,
    /// The day it spoke of.
    pub as_of: Day,
    /// Who started it; none for the program itself.
    pub actor: Option<String>,
    /// Models that ran.
    pub models: u64,
    /// Findings of all models.
    pub findings: u64,
    /// Warnings raised for the first time.
    pub new: u64,
    /// Models that could not tell.
    pub silent: u64,
    /// Models that failed.
    pub failed: u64,
}
