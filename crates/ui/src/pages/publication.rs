use askama::Template;
use gnomon_kernel::{Day, Instant};

use super::ListState;
use super::kinship_words::{matter_title, relation_title};
use crate::form::Filled;
use crate::page::{Page as _, page};
use crate::shell::Shell;

/// A unit's masked list as it is read and printed.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/publication.html")]
pub struct PublicationPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Id, `pub_…`.
    pub id: String,
    /// What people call it.
    pub number: String,
    /// Code and name of the unit.
    pub unit: (String, String),
    /// The year.
    pub year: i32,
    /// Where it stands.
    pub state: ListState,
    /// What it says.
    pub lines: Vec<PublicLine>,
    /// Who put it together, and when.
    pub asked: (String, Instant),
    /// Who released it or sent it back, and when.
    pub answered: Option<(String, Instant)>,
    /// Why it was sent back.
    pub remark: String,
    /// The last day on which the unit can read it.
    pub shown_until: Option<Day>,
    /// Whether this person may release it or send it back.
    pub can_release: bool,
    /// The form that came back.
    pub filled: Filled,
}

page!(PublicationPage);

/// One line.
#[derive(Debug, Clone)]
pub struct PublicLine {
    /// Name of the official.
    pub official: String,
    /// The post.
    pub post: String,
    /// Word of the relation; none where nothing is declared.
    pub relation: Option<String>,
    /// The relative's name, masked.
    pub kin: String,
    /// Word of the matter.
    pub matter: String,
    /// The organisation.
    pub org: String,
    /// The matter in words.
    pub detail: String,
}

impl PublicLine {
    fn relation_title(&self) -> Option<&'static str> {
        self.relation.as_deref().map(relation_title)
    }

    fn matter_title(&self) -> &'static str {
        matter_title(&self.matter)
    }
}
