//! Refused rows that come back mended: which of them a row may name.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap, hash_map::Entry},
    path::Path,
};

use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{IngestOrder, Refusal};

use crate::rejected::places::RefusedPlaces;

/// Answers for one file which refused rows its rows may name. Lists are read when a row names their delivery.
pub(crate) struct Mends<'a> {
    lake: &'a Path,
    order: &'a IngestOrder,
    rebuilt: Option<u64>,
    /// When the file is read again: its rows that were refused before. A reference that was right when the file came stays
    /// right, also where the row it names is no longer refused; one that was wrong stays wrong.
    before: Option<RefusedPlaces>,
    lists: RefCell<HashMap<u32, RefusedPlaces>>,
}

impl<'a> Mends<'a> {
    pub fn new(lake: &'a Path, order: &'a IngestOrder, rebuilt: Option<u64>) -> Result<Self, Refusal> {
        let before = match rebuilt {
            Some(_) => RefusedPlaces::if_in(lake, order.number).map_err(system)?,
            None => None,
        };
        Ok(Self { lake, order, rebuilt, before, lists: RefCell::default() })
    }

    /// Whether `row` may name the refused row `named`.
    pub fn admits(&self, row: RowRef, named: RowRef) -> Result<bool, Refusal> {
        match &self.before {
            Some(before) => Ok(!before.misnamed(row)),
            None => Ok(self.is_mendable(named.batch) && self.look_up(named)?.is_some()),
        }
    }

    /// The refused rows that are mended by rows naming `named`: these, and those that they in their turn were to mend. What leads
    /// through a delivery that has been withdrawn since still leads to the one before it.
    pub fn all(&self, named: &BTreeSet<RowRef>) -> Result<Vec<RowRef>, Refusal> {
        let mut all = BTreeSet::new();
        for row in named {
            let mut next = Some(*row);
            while let Some(row) = next {
                let Some(behind) = self.look_up(row)? else { break };
                if self.is_mendable(row.batch) {
                    all.insert(row);
                }
                next = behind;
            }
        }
        Ok(all.into_iter().collect())
    }

    /// A refused row, with the refused row that it was to mend itself. That one is always of an earlier delivery.
    fn look_up(&self, row: RowRef) -> Result<Option<Option<RowRef>>, Refusal> {
        let mut lists = self.lists.borrow_mut();
        let list = match lists.entry(row.batch) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let places = RefusedPlaces::seen_by(self.lake, row.batch, self.rebuilt);
                place.insert(places.map_err(system)?)
            }
        };
        Ok(list.look_up(row))
    }

    fn is_mendable(&self, number: u32) -> bool {
        number < self.order.number && self.order.mendable.contains(&number)
    }
}

fn system(error: std::io::Error) -> Refusal {
    Refusal::because(Code::Internal, error)
}

#[cfg(test)]
mod tests {
    use gnomon_kernel::BatchId;
    use gnomon_library::analytics::{IngestReport, RejectedRow, RejectedRows};

    use super::*;
    use crate::rejected;

    fn at(batch: u32, line: u32) -> RowRef {
        RowRef { batch, sheet: 0, line }
    }

    fn order(number: u32, mendable: &[u32]) -> IngestOrder {
        IngestOrder {
            batch: BatchId::parse("bat_01").unwrap(),
            number,
            dataset: "grant".into(),
            name: "a.csv".into(),
            sha256: String::new(),
            confirmed: false,
            layouts: Vec::new(),
            agreed: None,
            mendable: mendable.into(),
        }
    }

    /// Writes the refused rows of a delivery: line, code, what it was to mend.
    fn refused(lake: &Path, number: u32, rebuilt: Option<u64>, rows: &[(u32, Code, Option<RowRef>)]) {
        let row = |(line, code, mends): &(u32, Code, Option<RowRef>)| RejectedRow {
            row: at(number, *line),
            column: String::new(),
            code: code.word().into(),
            found: String::new(),
            expected: String::new(),
            cells: Vec::new(),
            mends: *mends,
        };
        let rows = rows.iter().map(row).map(Ok);
        let left_out = RejectedRows::default();
        rejected::write(lake, number, rebuilt, (&left_out, rows), &IngestReport::default()).unwrap();
    }

    fn lake() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("_rejected")).unwrap();
        dir
    }

    #[test]
    fn only_open_rows_of_the_same_dataset_are_mended_and_what_they_were_to_mend() {
        let lake = lake();
        refused(lake.path(), 1, None, &[(4, Code::IdCheck, None)]);
        refused(lake.path(), 2, None, &[(2, Code::IdCheck, Some(at(1, 4)))]);
        refused(lake.path(), 3, None, &[(2, Code::IdCheck, None)]);
        let order = order(5, &[1, 2, 5]);
        let mends = Mends::new(lake.path(), &order, None).unwrap();
        for (named, may) in [(at(1, 4), true), (at(1, 5), false), (at(3, 2), false), (at(9, 1), false)] {
            assert_eq!(mends.admits(at(5, 2), named).unwrap(), may, "{named}");
        }
        assert_eq!(mends.all(&[at(2, 2)].into()).unwrap(), [at(1, 4), at(2, 2)]);
        let order = self::order(5, &[1]);
        let without = Mends::new(lake.path(), &order, None).unwrap();
        assert_eq!(without.all(&[at(2, 2)].into()).unwrap(), [at(1, 4)], "the one between is withdrawn");
    }

    #[test]
    fn a_file_that_is_read_again_keeps_its_references() {
        let lake = lake();
        refused(lake.path(), 1, None, &[(4, Code::Enum, None), (5, Code::Enum, None)]);
        refused(lake.path(), 2, None, &[(7, Code::RowReference, None)]);
        // Read again by a dataset file that has the word of line 4.
        refused(lake.path(), 1, Some(9), &[(5, Code::Enum, None)]);
        let order = order(2, &[1]);
        let mends = Mends::new(lake.path(), &order, Some(9)).unwrap();
        assert!(mends.admits(at(2, 2), at(1, 4)).unwrap() && mends.admits(at(2, 3), at(1, 5)).unwrap());
        assert!(!mends.admits(at(2, 7), at(1, 5)).unwrap(), "what was wrong stays wrong");
        assert_eq!(mends.all(&[at(1, 4), at(1, 5)].into()).unwrap(), [at(1, 5)], "one is refused no longer");
    }
}
