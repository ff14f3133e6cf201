use std::path::Path;

use gnomon_formats::Next;
use gnomon_library::analytics::Refusal;

use crate::reader::is_blank;

/// Rows of each sheet that a proposal looks at.
const ROWS: usize = 200;

/// The first rows of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Name of the sheet; empty for a text file.
    pub sheet: String,
    /// Line and cells; rows without anything in them are left out.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl Sample {
    /// The first rows of every sheet of a delivered file that has any.
    ///
    /// # Errors
    /// A [`Refusal`] when the file cannot be read.
    pub fn read(path: &Path) -> Result<Vec<Sample>, Refusal> {
        let mut sheets: Vec<(u8, Sample)> = Vec::new();
        let names = gnomon_formats::read(path, &mut |raw| {
            if sheets.last().is_none_or(|(sheet, _)| *sheet != raw.sheet) {
                sheets.push((raw.sheet, Sample { sheet: String::new(), rows: Vec::new() }));
            }
            let Some((_, sample)) = sheets.last_mut() else { return Ok(Next::More) };
            if !is_blank(raw.cells) {
                sample.rows.push((raw.line, raw.cells.to_vec()));
            }
            Ok(if sample.rows.len() < ROWS { Next::More } else { Next::SkipSheet })
        })?;
        for (sheet, sample) in &mut sheets {
            sample.sheet = names.get(usize::from(*sheet)).cloned().unwrap_or_default();
        }
        Ok(sheets.into_iter().map(|(_, sample)| sample).filter(|sample| !sample.rows.is_empty()).collect())
    }
}
