//! Where rows go: numbers the sheets of a delivery and hands rows to the visitor.

use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::Refusal;

use crate::{Next, RawRow};

/// Rows that a sheet may have, as a row's reference can say.
pub(crate) fn line_number(line: u64) -> Result<u32, Refusal> {
    u32::try_from(line).ok().filter(|line| *line <= RowRef::MAX_LINE).ok_or_else(|| {
        Refusal::new(Code::FileTooLarge, "more lines", format!("at most {} lines", RowRef::MAX_LINE))
    })
}

/// Hands rows on and remembers whether anybody still wants them.
pub(crate) struct Sink<'v> {
    visit: &'v mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
    names: Vec<String>,
    /// The archive entry being read.
    entry: Option<String>,
    stopped: bool,
}

impl<'v> Sink<'v> {
    pub(crate) fn new(visit: &'v mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>) -> Self {
        Self { visit, names: Vec::new(), entry: None, stopped: false }
    }

    /// Says which archive entry the next sheets come from.
    pub(crate) fn enter(&mut self, entry: &str) {
        self.entry = Some(entry.to_owned());
    }

    /// Adds sheets under these names; gives the index of the first.
    pub(crate) fn sheets(&mut self, names: &[String]) -> Result<u8, Refusal> {
        let most = usize::from(RowRef::MAX_SHEET) + 1;
        let first = self.names.len();
        if first + names.len() > most {
            let found = format!("{} sheets", first + names.len());
            return Err(Refusal::new(Code::FileTooLarge, found, format!("at most {most}")));
        }
        self.names.extend(names.iter().map(|name| match (&self.entry, name.as_str()) {
            (Some(entry), "") => entry.clone(),
            (Some(entry), name) => format!("{entry} / {name}"),
            (None, name) => name.to_owned(),
        }));
        Ok(first as u8)
    }

    /// Adds the only sheet of a file that has no names for sheets.
    pub(crate) fn sheet(&mut self) -> Result<u8, Refusal> {
        self.sheets(&[String::new()])
    }

    /// Hands on one row. False: no more of this sheet.
    pub(crate) fn row(&mut self, row: &RawRow<'_>) -> Result<bool, Refusal> {
        match (self.visit)(row)? {
            Next::More => Ok(true),
            Next::SkipSheet => Ok(false),
            Next::Stop => {
                self.stopped = true;
                Ok(false)
            }
        }
    }

    /// Whether the visitor wants no more of the whole file.
    pub(crate) fn stopped(&self) -> bool {
        self.stopped
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }
}
