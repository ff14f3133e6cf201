//! What is wrong with a library file, pointing at the place: file, line, column.

use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use crate::source::SourceFile;

/// One error in one file of the library.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// What was found and what was expected.
    pub message: String,
    /// What to do, where it is not plain from the message.
    pub help: Option<String>,
    /// Path of the file, as shown.
    pub file: String,
    span: Option<Range<usize>>,
    text: NamedSource<String>,
}

impl Problem {
    /// An error at a range of bytes of the file, or of the file as a whole.
    pub fn new(file: &SourceFile, span: Option<Range<usize>>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            file: file.path.clone(),
            span,
            text: NamedSource::new(file.path.clone(), file.text.clone()).with_language("toml"),
        }
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Line and column from 1; 1, 1 for the file as a whole.
    pub fn position(&self) -> (usize, usize) {
        let start = self.span.as_ref().map_or(0, |span| span.start);
        let before = self.text.inner().get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (line, column)
    }
}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.text)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(Some("here".to_owned()), span))))
    }
}

/// All errors of a library. Never empty.
#[derive(Debug, thiserror::Error)]
#[error("{} in {}", count(.0.len()), .0.first().map_or("", |problem| problem.file.as_str()))]
pub struct Problems(pub Vec<Problem>);

fn count(problems: usize) -> String {
    if problems == 1 { "1 error".to_owned() } else { format!("{problems} errors, the first") }
}
