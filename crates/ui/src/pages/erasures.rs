use askama::Template;
use gnomon_kernel::Instant;

use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;

/// Persons to be erased on legal ground: what was asked, who answered, what it came to.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/erasures.html")]
pub struct ErasuresPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// A form that came back.
    pub filled: Filled,
    /// The newest first.
    pub rows: Vec<ErasureRow>,
}

page!(ErasuresPage);

/// One erasure.
#[derive(Debug, Clone)]
pub struct ErasureRow {
    /// Number.
    pub number: u64,
    /// Where it stands.
    pub state: ErasureStanding,
    /// The number it is about, masked; none from the moment that it begins.
    pub person: Option<String>,
    /// The legal ground.
    pub ground: String,
    /// Why it was declined.
    pub declined_because: Option<String>,
    /// Numbers of the open warnings that hold it up.
    pub held_by: Vec<String>,
    /// What it comes to; none while nobody has looked.
    pub extent: Option<ErasureExtent>,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked: Instant,
    /// Who answered, and when.
    pub answered: Option<(String, Instant)>,
    /// When it was done.
    pub done: Option<Instant>,
    /// Whether this person may answer it.
    pub can_answer: bool,
}

/// What an erasure comes to.
#[derive(Debug, Clone)]
pub struct ErasureExtent {
    /// Title of the dataset and rows of its table.
    pub rows: Vec<(String, u64)>,
    /// Delivered files.
    pub files: u64,
    /// Lines of them.
    pub lines: u64,
}

/// Where an erasure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureStanding {
    /// A second person has to answer.
    Asked,
    /// It is being carried out.
    Working,
    /// Erased.
    Done,
    /// Declined.
    Declined,
}

impl ErasureStanding {
    /// Locale key of its name.
    fn title(self) -> &'static str {
        match self {
            ErasureStanding::Asked => key("erasure-asked"),
            ErasureStanding::Working => key("erasure-working"),
            ErasureStanding::Done => key("erasure-done"),
            ErasureStanding::Declined => key("erasure-declined"),
        }
    }

    /// The word that the style sheet knows.
    fn tone(self) -> &'static str {
        match self {
            ErasureStanding::Asked => "warn",
            ErasureStanding::Working => "info",
            ErasureStanding::Done => "ok",
            ErasureStanding::Declined => "mute",
        }
    }
}
