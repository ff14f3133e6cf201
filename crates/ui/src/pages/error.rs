use askama::Template;
use gnomon_kernel::Code;

use crate::page::{Page as _, page};
use crate::shell::Shell;

/// A request that cannot be answered.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What went wrong.
    pub code: Code,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// Name of the request in the log.
    pub request: Option<String>,
}

page!(ErrorPage);
