//! Rows that somebody types: a delivery of their own, checked and kept like any file. A row that cannot be used comes back
//! to whoever typed it, under the name by which it was kept apart; sent again, it mends itself (ADR 0014).

use std::{collections::BTreeMap, io::Write as _, path::Path};

use gnomon_domain::{Action, Actor, Origin};
use gnomon_kernel::{Code, Lang, RowRef};
use gnomon_library::{analytics::RejectedRow, dataset::Dataset, header::OwnColumn, quality::column_of};
use gnomon_store::Batch;
use tempfile::NamedTempFile;

use crate::{App, Delivered, Error, Problem, Result, app::permit, lock::blocking};

/// The most rows that are typed at once.
pub const MOST_TYPED: usize = 20;
/// The longest reason, in characters.
const REASON: usize = 500;
/// The heading of the column that says what a row does, and what it says of a fact that has ended.
const OPERATION: &str = "操作类型";
const ENDS: &str = "删除";

/// Rows that somebody typed for one dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedRows {
    /// Key of the dataset.
    pub dataset: String,
    /// Why they are typed, e.g. the number of a paper voucher.
    pub reason: String,
    /// The rows.
    pub rows: Vec<TypedRow>,
}

/// A row that somebody typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedRow {
    /// Name of the dataset's column and what stands in it, as departments write it.
    pub cells: BTreeMap<String, String>,
    /// The refused row that it was before.
    pub mends: Option<RowRef>,
    /// The fact of its natural key has ended; only where deliveries of the dataset are changes.
    pub ends: bool,
}

impl TypedRow {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        self.cells.values().all(|text| text.trim().is_empty())
    }
}

/// What became of typed rows.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The delivery that they are.
    pub batch: Batch,
    /// The rows that were kept apart, in their order.
    pub faults: Vec<TypedFault>,
}

/// A typed row that was kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedFault {
    /// Place among the rows that were typed, from 0.
    pub row: usize,
    /// Name of the column at fault; empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub code: Code,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// As what it was kept apart.
    pub kept_as: RowRef,
}

impl App {
    /// Takes typed rows in as a delivery of their own. What they lack is an [`Error::Invalid`] with fields `reason`, `rows`
    /// and `c<row>-<column>`, and then nothing has changed. They add to a snapshot and end nothing.
    pub async fn add_rows(&self, actor: &Actor, typed: &TypedRows) -> Result<Typed> {
        permit(actor, Action::UploadData)?;
        let dataset =
            self.library().datasets.get(&typed.dataset).ok_or(Error::NotFound(Code::DatasetUnknown))?;
        check(dataset, typed)?;
        self.take_typed(actor, dataset, typed).await
    }

    /// The same for rows that were checked where they were typed, as many as there are.
    pub(crate) async fn take_typed(
        &self,
        actor: &Actor,
        dataset: &Dataset,
        typed: &TypedRows,
    ) -> Result<Typed> {
        let (text, dir) = (text_of(dataset, &typed.rows)?, self.parts.dir.join("arriving"));
        let file = blocking(move || write(&dir, &text)).await?;
        let name = format!("hand-{}-{}.csv", dataset.key, self.now().format("%Y%m%dT%H%M%S"));
        let delivered = Delivered {
            confirmed: true,
            // Its size says nothing of the next file's.
            gathered: true,
            origin: Origin::Hand,
            note: typed.reason.trim(),
            ..Delivered::new(&dataset.key, file.path(), &name)
        };
        let batch = self.intake(actor, &delivered, &|_| {}).await?;
        let mut refused = Vec::new();
        if batch.counts.rejected > 0 {
            self.parts.analytics.rejected(batch.number, &mut |row| refused.push(row)).await?;
        }
        let places: Vec<usize> = filled(&typed.rows).map(|(at, _)| at).collect();
        let faults = refused.into_iter().filter_map(|refused| fault(dataset, refused, &places)).collect();
        Ok(Typed { batch, faults })
    }
}

/// The field of a form in which a cell is typed.
pub fn typed_field(row: usize, column: &str) -> String {
    format!("c{row}-{column}")
}

/// Rows in which something was typed, with their places.
fn filled(rows: &[TypedRow]) -> impl Iterator<Item = (usize, &TypedRow)> {
    rows.iter().enumerate().filter(|(_, row)| !row.is_blank())
}

fn check(dataset: &Dataset, typed: &TypedRows) -> Result<()> {
    let mut problems = Vec::new();
    problems.extend(Problem::of_text("reason", &typed.reason, REASON));
    let mut missing = |field: String| problems.extend(Error::field(field, Code::Missing).problems().to_vec());
    if filled(&typed.rows).next().is_none() {
        missing("rows".to_owned());
    }
    for (at, row) in filled(&typed.rows) {
        let is_empty = |name: &str| row.cells.get(name).is_none_or(|text| text.trim().is_empty());
        let required = dataset.columns.iter().filter(|column| column.required && is_empty(&column.name));
        required.for_each(|column| missing(typed_field(at, &column.name)));
    }
    if typed.rows.len() > MOST_TYPED {
        problems.extend(Error::field("rows", Code::TooLarge).problems().to_vec());
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// A file as a department would write it: the dataset's own headings, and the column that makes it an addition.
fn text_of(dataset: &Dataset, rows: &[TypedRow]) -> Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let [reference, ..] = OwnColumn::headings(Lang::Zh);
    let titles = dataset.columns.iter().map(|column| column.title.zh.as_str());
    // A file of additions needs no column that says what a row does.
    let says_what = filled(rows).any(|(_, row)| row.ends);
    let operation = says_what.then_some(OPERATION);
    out.write_record(titles.chain([reference]).chain(operation)).map_err(Error::internal)?;
    for (_, row) in filled(rows) {
        let cell = |name: &str| row.cells.get(name).map(|text| one_line(text)).unwrap_or_default();
        let cells = dataset.columns.iter().map(|column| cell(&column.name));
        let mends = row.mends.map(RowRef::label).unwrap_or_default();
        let operation = says_what.then(|| if row.ends { ENDS } else { "" }.to_owned());
        out.write_record(cells.chain([mends]).chain(operation)).map_err(Error::internal)?;
    }
    out.into_inner().map_err(|error| Error::internal(error.into_error()))
}

/// One row of a form is one line of the file.
fn one_line(text: &str) -> String {
    text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn write(dir: &Path, text: &[u8]) -> std::io::Result<NamedTempFile> {
    std::fs::create_dir_all(dir)?;
    let mut file = tempfile::Builder::new().prefix("hand-").tempfile_in(dir)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// The header stands in line 1.
fn fault(dataset: &Dataset, refused: RejectedRow, places: &[usize]) -> Option<TypedFault> {
    let at = usize::try_from(refused.row.line).ok()?.checked_sub(2)?;
    Some(TypedFault {
        row: *places.get(at)?,
        column: column_of(dataset, &refused.column).to_owned(),
        code: Code::parse(&refused.code).unwrap_or(Code::Invalid),
        found: refused.found,
        expected: refused.expected,
        kept_as: refused.row,
    })
}
