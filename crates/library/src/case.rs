//! Cases: small tables in, expected findings out. They live in the model's or view's own file.

use std::collections::BTreeMap;

use gnomon_kernel::Day;
use serde::Deserialize;

/// One proof of a model or view.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows, in words.
    pub name: String,
    /// The run date; [`Case::DEFAULT_AS_OF`] when absent.
    pub as_of: Option<Day>,
    /// Parameter overrides, as they would stand in `default`.
    #[serde(default)]
    pub with: BTreeMap<String, toml::Value>,
    /// Whether it is an honest case that resembles the bad one.
    #[serde(default)]
    pub look_alike: bool,
    /// Tables by key, each an aligned table.
    #[serde(default)]
    pub given: BTreeMap<String, String>,
    /// Expected rows as an aligned table; empty text: silence.
    pub expect: String,
    /// A known gap: why the case does not pass yet.
    pub todo: Option<String>,
}

impl Case {
    /// The run date of cases that name none: 2025-01-01.
    pub const DEFAULT_AS_OF: Day = match Day::from_ymd_opt(2025, 1, 1) {
        Some(day) => day,
        None => Day::MIN,
    };

    /// Whether it proves that the model stays silent.
    pub fn is_silent(&self) -> bool {
        self.expect.trim().is_empty()
    }

    /// The run date.
    pub fn run_date(&self) -> Day {
        self.as_of.unwrap_or(Self::DEFAULT_AS_OF)
    }
}

/// An aligned table: first line the columns, cells separated by ` | `, empty cell = null.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextTable {
    /// Column names.
    pub columns: Vec<String>,
    /// Rows; `None` is null.
    pub rows: Vec<Vec<Option<String>>>,
}

impl TextTable {
    /// Reads the text. The error is the 1-based line of the text and what is wrong with it.
    pub fn parse(text: &str) -> Result<TextTable, (usize, String)> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let Some((_, head)) = lines.next() else { return Ok(TextTable::default()) };
        let columns: Vec<String> = cells(head).flatten().collect();
        if columns.is_empty() || columns.len() != cells(head).count() {
            return Err((1, "a column without a name".to_owned()));
        }
        let mut rows = Vec::new();
        for (number, line) in lines {
            let row: Vec<Option<String>> = cells(line).collect();
            if row.len() != columns.len() {
                return Err((number + 1, format!("{} cells under {} columns", row.len(), columns.len())));
            }
            rows.push(row);
        }
        Ok(TextTable { columns, rows })
    }
}

/// Splits at `|` between blanks (or at an end), so that a bare `|` may stand inside a list cell.
fn cells(line: &str) -> impl Iterator<Item = Option<String>> + '_ {
    let padded = format!(" {} ", line.trim());
    let parts: Vec<String> = padded.split(" | ").map(|cell| cell.trim().to_owned()).collect();
    parts.into_iter().map(|cell| (!cell.is_empty()).then_some(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_aligned_tables() {
        let table = TextTable::parse("\n a  | b    | c\n 1  |      | x|y \n    | 2    |\n").unwrap();
        assert_eq!(table.columns, ["a", "b", "c"]);
        assert_eq!(table.rows[0], [Some("1".into()), None, Some("x|y".into())]);
        assert_eq!(table.rows[1], [None, Some("2".into()), None]);
    }

    #[test]
    fn points_at_the_crooked_line() {
        assert_eq!(TextTable::parse("a | b\n1 | 2\n3").unwrap_err().0, 3);
    }
}
