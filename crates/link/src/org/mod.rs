//! Names of organisations: their parts, and how alike two of them are.
//!
//! A company's name is made of place, trade word (字号), industry and legal form (Provisions on the Registration of
//! Enterprise Names, 2020). The credit code decides identity; a name gives candidates only.

mod compare;
mod forms;
mod parts;

pub use compare::{Level, Likeness, level, likeness};
pub use forms::Form;
pub use parts::canonical;

/// The name of an organisation taken to pieces once, to be compared often. All parts are in simplified characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Org {
    /// The canonical text; empty when there is no name.
    pub text: String,
    /// The place before or inside the name, without what it is: `砚溪`.
    pub place: String,
    /// The trade word, or all that is left when no industry is known: `华夏`.
    pub word: String,
    /// The industry: `建设工程`.
    pub industry: String,
    /// The legal form or what else the name says it is.
    pub form: Option<Form>,
    /// Whether it calls itself a group: not the company of the same name.
    pub is_group: bool,
    /// The branch, when the name is that of a branch: not its parent.
    pub branch: Option<String>,
    core: Vec<char>,
}

impl Org {
    /// Whether there is no name at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Trade word and industry, by which candidates are looked up: place and legal form are often left out.
    pub fn core(&self) -> &[char] {
        &self.core
    }
}

/// Takes a name to pieces. What is no name gives an empty one.
pub fn parse(text: &str) -> Org {
    parts::parse(text)
}

#[cfg(test)]
mod tests;
