use askama::Template;

use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;

/// A file that is being taken in.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/intake.html", blocks = ["state_block"])]
pub struct IntakePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id of the intake, `itk_…`.
    pub id: String,
    /// Key of the dataset.
    pub key: String,
    /// Title of the dataset.
    pub title: String,
    /// Name of the file.
    pub file: String,
    /// How far it is.
    pub state: IntakeState,
}

page!(IntakePage);

/// What is being done with a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IntakePhase {
    /// Another file has its turn.
    #[default]
    Waiting,
    /// Its rows are read and checked one by one.
    Reading,
    /// It is checked as a whole.
    Checking,
    /// What is new is written.
    Writing,
    /// What follows from it is asked for.
    Linking,
}

impl IntakePhase {
    /// All, in their order.
    pub const ALL: [IntakePhase; 5] = [
        IntakePhase::Waiting,
        IntakePhase::Reading,
        IntakePhase::Checking,
        IntakePhase::Writing,
        IntakePhase::Linking,
    ];

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            IntakePhase::Waiting => key("phase-waiting"),
            IntakePhase::Reading => key("phase-reading"),
            IntakePhase::Checking => key("phase-checking"),
            IntakePhase::Writing => key("phase-writing"),
            IntakePhase::Linking => key("phase-linking"),
        }
    }
}

/// How far a file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IntakeState {
    /// What is being done.
    pub phase: IntakePhase,
    /// Rows read.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in all.
    pub total: u64,
    /// Bytes read in a second, as soon as that can be told.
    pub per_second: Option<u64>,
    /// Seconds until all is read, as soon as that can be told.
    pub seconds_left: Option<u64>,
}

impl IntakePage {
    /// The part that changes while the file is taken in.
    ///
    /// # Errors
    ///
    /// When the template cannot be rendered.
    pub fn render_state(&self) -> askama::Result<String> {
        self.as_state_block().render()
    }
}
