use askama::Template;
use gnomon_kernel::{Code, Instant, RowRef};

use crate::page::{Page as _, page};
use crate::shell::Shell;

/// One line of a delivered file, as it came.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/source.html", blocks = ["line_block"])]
pub struct SourcePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The line.
    pub line: SourceLine,
    /// What led here.
    pub from: Option<LedHere>,
}

/// The page that led to a line.
#[derive(Debug, Clone)]
pub enum LedHere {
    /// A warning, by id and number.
    Warning(String, String),
    /// A pair of mentions, by number.
    Pair(u64),
    /// An object, by the address of its page and its name, masked.
    Object(String, String),
}

page!(SourcePage);

/// A line and where it stands.
#[derive(Debug, Clone)]
pub struct SourceLine {
    /// Reference of the row.
    pub row: RowRef,
    /// Key of the dataset.
    pub dataset: String,
    /// Title of the dataset.
    pub title: String,
    /// The department that delivered it.
    pub department: String,
    /// Name of the file.
    pub file: String,
    /// Name of the sheet, for workbooks.
    pub sheet: Option<String>,
    /// Id of the batch, `bat_…`.
    pub batch: String,
    /// When the batch was taken in.
    pub received: Instant,
    /// The cells in the file's order, masked where the dataset says so.
    pub cells: Vec<SourceCell>,
    /// Whether the line still counts: no later delivery corrected or replaced it.
    pub is_current: bool,
    /// Why the line was kept back, when it was.
    pub rejected: Option<(Code, String)>,
}

/// A cell of a delivered line.
#[derive(Debug, Clone)]
pub struct SourceCell {
    /// The file's own heading.
    pub header: String,
    /// What the file says.
    pub original: String,
    /// What it was read as.
    pub stored: String,
    /// Whether the model looked at it.
    pub is_hit: bool,
}

impl SourcePage {
    /// The part that opens below the evidence.
    pub fn render_line(&self) -> askama::Result<String> {
        self.as_line_block().render()
    }
}
