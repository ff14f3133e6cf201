use askama::Template;

use crate::page::{Page as _, page};
use crate::shell::{Role, Shell};

/// The page that lets a person in.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/login.html")]
pub struct LoginPage {
    /// What surrounds the page; nobody is logged in.
    pub shell: Shell,
    /// Name typed before, when the attempt failed.
    pub name: String,
    /// Why the attempt failed, in the person's language.
    pub error: Option<String>,
    /// Path to go to afterwards.
    pub next: String,
    /// The demo's people; empty in earnest.
    pub demo: Vec<DemoLogin>,
}

page!(LoginPage);

/// A person of the demo, whose password everybody may know.
#[derive(Debug, Clone)]
pub struct DemoLogin {
    /// Name to log in with.
    pub name: String,
    /// Password to log in with.
    pub password: String,
    /// What this person may do.
    pub role: Role,
}
