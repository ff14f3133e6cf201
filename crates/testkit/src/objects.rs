//! Objects as tests see them.

use gnomon_kernel::RowRef;
use gnomon_library::{
    analytics::TableRow,
    object::{AboutDataset, ObjectEntry, ObjectKind, ObjectRecord, Term},
};

use crate::day;

/// Number of the person in public office; [`crate::finding`] 1 is about them.
pub const OFFICIAL: &str = "870121198506143201";
/// Code of the unit.
pub const UNIT: &str = "11870121008710103B";

/// The person's pay in one month, as their payroll row stands in the table.
fn paid(row: RowRef) -> TableRow {
    TableRow {
        row,
        dataset: "payroll".into(),
        cells: vec![
            ("person_id".into(), OFFICIAL.into()),
            ("month".into(), 202_503.into()),
            ("amount".into(), 12_000.into()),
        ],
    }
}

/// What the tables say of a person in public office, described by a row of the payroll, which the script then holds too.
pub fn official(row: RowRef) -> (ObjectRecord, TableRow) {
    let entry = ObjectEntry {
        kind: ObjectKind::Official,
        key: OFFICIAL.into(),
        name: Some("温竹青".into()),
        place: Some("870121001007".into()),
        dataset: "payroll".into(),
        row,
        more: vec![("month".into(), 202_503.into())],
    };
    let about = AboutDataset {
        dataset: "payroll".into(),
        column: "person_id".into(),
        rows: 36,
        years: vec![(2023, 12), (2024, 12), (2025, 12)],
        sample: vec![paid(row)],
    };
    let term = Term {
        dataset: "payroll".into(),
        holder: None,
        post: Some("局长".into()),
        unit: Some("县民政局".into()),
        from: Some(day("2021-03-01")),
        until: None,
        row,
    };
    (ObjectRecord { entry, about: vec![about], terms: vec![term] }, paid(row))
}

/// What the tables say of a unit.
pub fn unit(row: RowRef) -> ObjectRecord {
    let (record, _) = official(row);
    let entry = ObjectEntry {
        kind: ObjectKind::Unit,
        key: UNIT.into(),
        name: Some("砚溪县民政局".into()),
        more: Vec::new(),
        ..record.entry
    };
    let terms = record.terms.into_iter().map(|term| Term { holder: record.entry.name.clone(), ..term });
    ObjectRecord { entry, terms: terms.collect(), about: record.about }
}
