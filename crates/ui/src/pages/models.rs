use askama::Template;
use gnomon_kernel::Level;

use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;

/// All models, pack by pack.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/models.html")]
pub struct ModelsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whether only models that cannot tell are shown.
    pub only_silent: bool,
    /// Models that can speak.
    pub speaking: u64,
    /// Models that cannot tell for want of data.
    pub silent: u64,
    /// Packs with the models shown.
    pub packs: Vec<Pack>,
}

page!(ModelsPage);

/// A pack of models.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Title.
    pub title: String,
    /// Its models.
    pub models: Vec<ModelRow>,
}

/// How far a model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Being written.
    Draft,
    /// Runs, raises nothing.
    Trial,
    /// Runs and raises.
    Stable,
    /// Kept to explain old warnings.
    Retired,
}

impl Status {
    /// The word in model files.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Trial => "trial",
            Status::Stable => "stable",
            Status::Retired => "retired",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Status> {
        [Status::Draft, Status::Trial, Status::Stable, Status::Retired]
            .into_iter()
            .find(|status| status.as_str() == word)
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Status::Draft => key("status-draft"),
            Status::Trial => key("status-trial"),
            Status::Stable => key("status-stable"),
            Status::Retired => key("status-retired"),
        }
    }

    /// The word that the style sheet knows.
    pub fn tone(self) -> &'static str {
        match self {
            Status::Stable => "ok",
            Status::Trial => "info",
            Status::Draft | Status::Retired => "mute",
        }
    }
}

/// Whether a model can say anything about the data that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speech {
    /// All it reads has rows.
    CanSpeak,
    /// Titles of the datasets that are missing.
    CannotTell(Vec<String>),
}

/// A model of the list.
#[derive(Debug, Clone)]
pub struct ModelRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Level when the finding says nothing else.
    pub level: Level,
    /// How far it is.
    pub status: Status,
    /// Revision.
    pub revision: u64,
    /// Cases.
    pub cases: u64,
    /// Whether it can say anything.
    pub speech: Speech,
    /// Findings of the last run.
    pub findings: Option<u64>,
    /// Warnings verified.
    pub verified: u64,
    /// Of these, found true.
    pub found_true: u64,
}
