use askama::Template;
use gnomon_kernel::{Code, Day, Instant};

use crate::page::{Page as _, page};
use crate::shell::Shell;

/// One run: what came out of each model.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/run.html")]
pub struct RunPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id of the run.
    pub id: String,
    /// When it began.
    pub began: Instant,
    /// How long it took, in milliseconds; none while it runs.
    pub milliseconds: Option<u64>,
    /// The day it spoke of.
    pub as_of: Day,
    /// It read what was in by then only.
    pub known_at: Option<Instant>,
    /// Who started it; none for the program itself.
    pub actor: Option<String>,
    /// One row for each model, those that failed first.
    pub outcomes: Vec<OutcomeRow>,
}

page!(RunPage);

/// What came out of one model.
#[derive(Debug, Clone)]
pub struct OutcomeRow {
    /// Id of the model.
    pub model: String,
    /// Title of the model.
    pub title: String,
    /// Revision that ran.
    pub revision: u64,
    /// What came out.
    pub outcome: Outcome,
    /// Warnings raised for the first time.
    pub new: u64,
    /// Warnings that vanished and were withdrawn.
    pub withdrawn: u64,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// What came out of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its turn has not come, or is not over.
    Pending,
    /// It ran; this many findings.
    Findings(u64),
    /// Titles of the datasets that are missing.
    CannotTell(Vec<String>),
    /// It did not finish.
    Failed {
        /// Why.
        code: Code,
        /// What was found: rows, bytes, the engine's words.
        found: String,
        /// The limit, where there is one.
        expected: String,
    },
}

impl RunPage {
    fn found(&self) -> u64 {
        self.outcomes
            .iter()
            .map(|row| if let Outcome::Findings(count) = row.outcome { count } else { 0 })
            .sum()
    }

    fn silent(&self) -> u64 {
        self.count_of(|outcome| matches!(outcome, Outcome::CannotTell(_)))
    }

    fn failed(&self) -> u64 {
        self.count_of(|outcome| matches!(outcome, Outcome::Failed { .. }))
    }

    fn count_of(&self, is_one: fn(&Outcome) -> bool) -> u64 {
        self.outcomes.iter().filter(|row| is_one(&row.outcome)).count() as u64
    }
}
