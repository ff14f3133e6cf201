//! Which rows of a delivery were refused, without their texts: a list may have more rows than fit into memory.

use std::{
    collections::{HashMap, HashSet},
    io,
    path::Path,
};

use gnomon_kernel::{Code, RowRef};
use serde::Deserialize;

use crate::rejected;

/// The refused rows of one delivery by their places.
#[derive(Default)]
pub(crate) struct RefusedPlaces {
    /// All of them, packed, ascending.
    rows: Vec<i64>,
    /// The refused rows that some of them were to mend.
    mends: HashMap<RowRef, RowRef>,
    /// Those that were refused for what they named.
    misnaming: HashSet<RowRef>,
}

/// A row of the list; its texts are passed over.
#[derive(Deserialize)]
struct Place {
    row: RowRef,
    code: String,
    #[serde(default)]
    mends: Option<RowRef>,
}

impl RefusedPlaces {
    /// Those of a batch that is in; `None` when it is not.
    pub(crate) fn if_in(lake: &Path, number: u32) -> io::Result<Option<Self>> {
        Self::read(lake, number, None)
    }

    /// As a rebuilding sees them: as it has read the batch again, else as they were.
    pub(crate) fn seen_by(lake: &Path, number: u32, rebuilt: Option<u64>) -> io::Result<Self> {
        match Self::read(lake, number, rebuilt)? {
            Some(places) => Ok(places),
            None => Ok(Self::if_in(lake, number)?.unwrap_or_default()),
        }
    }

    fn read(lake: &Path, number: u32, rebuilt: Option<u64>) -> io::Result<Option<Self>> {
        let mut places = Self::default();
        let found = rejected::each(lake, number, rebuilt, &mut |Place { row, code, mends }| {
            places.rows.push(row.pack());
            places.mends.extend(mends.map(|named| (row, named)));
            if code == Code::RowReference.word() {
                places.misnaming.insert(row);
            }
            Ok(())
        })?;
        places.rows.sort_unstable();
        Ok(found.map(|_| places))
    }

    /// A refused row, with the refused row that it was to mend itself.
    pub(crate) fn look_up(&self, row: RowRef) -> Option<Option<RowRef>> {
        let is_refused = self.rows.binary_search(&row.pack()).is_ok();
        is_refused.then(|| self.mends.get(&row).copied())
    }

    /// Whether a row was refused for the row that it named.
    pub(crate) fn misnamed(&self, row: RowRef) -> bool {
        self.misnaming.contains(&row)
    }
}
