use std::{fs, io::Write, path::Path};

use serde::Serialize;

use crate::{SynthError, write::FileSummary};

/// What an entry of the answer key says about its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The model should report it.
    Problem,
    /// It resembles a problem and is honest; the model should stay silent.
    LookAlike,
}

/// One entry of the answer key.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    kind: Verdict,
    model: &'static str,
    subject: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    note_zh: String,
    note_en: String,
    files: Vec<String>,
    #[serde(skip)]
    datasets: &'static [&'static str],
}

impl Answer {
    /// Something the model should report about the subject.
    pub fn problem(model: &'static str, subject: impl ToString) -> Answer {
        Answer {
            kind: Verdict::Problem,
            model,
            subject: subject.to_string(),
            related: Vec::new(),
            level: None,
            optional: false,
            note_zh: String::new(),
            note_en: String::new(),
            files: Vec::new(),
            datasets: &[],
        }
    }

    /// Something honest about the subject, on which the model should stay silent.
    pub fn look_alike(model: &'static str, subject: impl ToString) -> Answer {
        Answer { kind: Verdict::LookAlike, ..Answer::problem(model, subject) }
    }

    /// The level that the catalogue's rule gives.
    pub fn level(self, level: &'static str) -> Answer {
        Answer { level: Some(level), ..self }
    }

    /// Follows from something planted for another model; whether it is reported depends on how the rule is read.
    pub fn optional(self) -> Answer {
        Answer { optional: true, ..self }
    }

    /// Other numbers by which the same thing may be named.
    pub fn related<T: ToString>(mut self, numbers: impl IntoIterator<Item = T>) -> Answer {
        self.related.extend(numbers.into_iter().map(|number| number.to_string()));
        self
    }

    /// What was done, in both languages.
    pub fn says(self, zh: impl Into<String>, en: impl Into<String>) -> Answer {
        Answer { note_zh: zh.into(), note_en: en.into(), ..self }
    }

    /// The datasets in whose files it shows.
    pub fn seen_in(self, datasets: &'static [&'static str]) -> Answer {
        Answer { datasets, ..self }
    }

    /// Whether this is a problem.
    pub fn is_problem(&self) -> bool {
        self.kind == Verdict::Problem
    }
}

/// Writes the answer key, one entry a line, in the order of models.
pub fn write(out: &Path, mut answers: Vec<Answer>, files: &[FileSummary]) -> Result<(), SynthError> {
    answers.sort_by(|a, b| (a.model, a.kind as u8, &a.subject).cmp(&(b.model, b.kind as u8, &b.subject)));
    let path = out.join("answers.jsonl");
    let mut text = Vec::new();
    for answer in &mut answers {
        let shows = files.iter().filter(|file| answer.datasets.contains(&file.dataset));
        answer.files = shows.map(|file| file.file.clone()).collect();
        let line =
            serde_json::to_string(answer).map_err(std::io::Error::from).map_err(SynthError::io(&path))?;
        writeln!(text, "{line}").map_err(SynthError::io(&path))?;
    }
    fs::write(&path, text).map_err(SynthError::io(&path))
}
