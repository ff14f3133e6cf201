//! The union of all records' keys.

use std::collections::HashMap;

use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use serde_json::value::RawValue;

use super::record;
use crate::{MAX_RECORD, RawRow, workbook::MAX_COLUMNS};

/// Keys in the order they were first seen.
#[derive(Default)]
pub(super) struct Header {
    names: Vec<String>,
    places: HashMap<String, usize>,
    bytes: usize,
}

impl Header {
    /// Adds a key if it is new.
    pub(super) fn add(&mut self, key: &str) -> Result<(), Refusal> {
        if self.places.contains_key(key) {
            return Ok(());
        }
        self.bytes += key.len();
        if self.names.len() >= MAX_COLUMNS as usize || self.bytes > MAX_RECORD {
            let expected = format!("at most {MAX_COLUMNS} different keys");
            return Err(Refusal::new(Code::FileTooLarge, "more", expected));
        }
        self.places.insert(key.to_owned(), self.names.len());
        self.names.push(key.to_owned());
        Ok(())
    }

    /// The header as the first row of its sheet.
    pub(super) fn row(&self, sheet: u8, bytes: u64) -> RawRow<'_> {
        let readable = self.names.iter().all(|name| !name.contains(char::REPLACEMENT_CHARACTER));
        RawRow { sheet, line: 1, cells: &self.names, readable, exact: true, bytes }
    }

    /// One empty cell per key.
    pub(super) fn cells(&self) -> Vec<String> {
        vec![String::new(); self.names.len()]
    }

    /// Puts a record's values under their keys, the rest empty. False when bytes were no text.
    pub(super) fn fill(&self, record: &RawValue, cells: &mut [String]) -> Result<bool, Refusal> {
        cells.iter_mut().for_each(String::clear);
        let mut readable = true;
        record::flatten(record, &mut |key, value| {
            if let Some(cell) = self.places.get(key).and_then(|place| cells.get_mut(*place)) {
                let text = record::text(value)?;
                readable &= !text.contains(char::REPLACEMENT_CHARACTER);
                text.as_ref().clone_into(cell);
            }
            Ok(())
        })?;
        Ok(readable)
    }
}
