use std::{fmt::Write as _, fs, path::Path};

use gnomon_kernel::Day;
use serde_json::json;

use crate::{
    SynthError,
    answers::{self, Answer},
    base::time,
    county::County,
    place::COUNTY_NAME,
    plant,
    write::{FileSummary, Office},
};

/// The fewest people a county can have: enough for four townships with their offices.
const LEAST: u32 = 2_000;
/// The most people: identity numbers of one birthday run out beyond.
const MOST: u32 = 5_000_000;
/// Rows written for a person, about.
const ROWS_PER_PERSON: u64 = 27;

/// The county to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountySpec {
    /// How many people live there.
    pub people: u32,
    /// Whatever differs between two counties of one size follows from this.
    pub seed: u64,
}

/// How far the writing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows written.
    pub done: u64,
    /// Rows to be written; an estimate until the last report.
    pub total: u64,
    /// The department whose file was just written.
    pub what: &'static str,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The files, in the order in which they are to be taken in.
    pub files: Vec<FileSummary>,
    /// Entries of the answer key that should be reported.
    pub planted: usize,
    /// Entries of the answer key that should not.
    pub look_alikes: usize,
    /// The county's today.
    pub today: Day,
}

/// Writes a county below a folder: department files, `manifest.jsonl`, `answers.jsonl`, `README.txt`. The same spec
/// gives the same bytes.
pub fn write_county(
    spec: &CountySpec,
    out: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, SynthError> {
    check(spec)?;
    let mut county = County::raise(spec);
    let answers = plant::plant(&mut county);
    let mut office = Office::open(out, spec.seed, u64::from(spec.people) * ROWS_PER_PERSON, progress)?;
    county.write(&mut office)?;
    let files = office.close();
    write_manifest(spec, out, &files)?;
    write_readme(out)?;
    let planted = answers.iter().filter(|answer| Answer::is_problem(answer)).count();
    let look_alikes = answers.len() - planted;
    answers::write(out, answers, &files)?;
    Ok(Summary { files, planted, look_alikes, today: time::today() })
}

/// Refuses a county that is too small or too large to be told.
pub(crate) fn check(spec: &CountySpec) -> Result<(), SynthError> {
    if (LEAST..=MOST).contains(&spec.people) {
        Ok(())
    } else {
        Err(SynthError::People { least: LEAST, most: MOST })
    }
}

fn write_manifest(spec: &CountySpec, out: &Path, files: &[FileSummary]) -> Result<(), SynthError> {
    let path = out.join("manifest.jsonl");
    let head =
        json!({ "today": time::today(), "county": COUNTY_NAME, "seed": spec.seed, "people": spec.people });
    let mut text = format!("{head}\n");
    for file in files {
        let line =
            serde_json::to_string(file).map_err(std::io::Error::from).map_err(SynthError::io(&path))?;
        _ = writeln!(text, "{line}");
    }
    fs::write(&path, text).map_err(SynthError::io(&path))
}

fn write_readme(out: &Path) -> Result<(), SynthError> {
    let path = out.join("README.txt");
    fs::write(&path, include_str!("readme.txt")).map_err(SynthError::io(&path))
}
