//! A delivered file as checked rows: header found, cells read, bad rows told apart.

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
};

use gnomon_kernel::{Code, Day, RowRef};
use gnomon_library::{
    analytics::{IngestPhase, IngestProgress, Refusal, RejectedRows, SkippedSheet},
    dataset::{Dataset, Delivery},
    layout::HeaderLayout,
};
use sha2::{Digest, Sha256};

use crate::{
    apart::{Aside, KeptApart},
    cell::{self, Fault, Value},
    layout::{HEADER_ROWS, Layout},
};
use gnomon_formats::{Next, RawRow};

/// What one reading saw: rows without header and totals, those kept apart, and of a snapshot the facts they speak of.
pub struct Seen {
    /// Rows without header and totals.
    pub rows: u64,
    /// What was left out; its rows are in `apart`.
    pub left_out: RejectedRows,
    /// Rows kept apart, and those put off.
    pub apart: KeptApart,
    /// Hashes of the natural keys of rows of a snapshot that were kept apart.
    pub refused_keys: HashSet<i64>,
    /// A column names refused rows of earlier deliveries: the file mends them and adds to what there is.
    pub is_mending: bool,
    /// The refused rows that rows taken or put off mend.
    pub mends: BTreeSet<RowRef>,
}

impl Seen {
    fn new(aside: &Path) -> Self {
        Self {
            rows: 0,
            left_out: RejectedRows::default(),
            apart: KeptApart::new(aside),
            refused_keys: HashSet::new(),
            is_mending: false,
            mends: BTreeSet::new(),
        }
    }

    /// Refuses a row that was put off: which of these, counted from 0, and why. All others are taken. Rows are refused in rounds,
    /// in each of which they ascend.
    ///
    /// # Errors
    /// It cannot be written aside.
    pub fn refuse(&mut self, index: u64, fault: &Fault) -> Result<(), Refusal> {
        if let Some(mended) = self.apart.refuse(index, fault)? {
            self.mends.remove(&mended);
        }
        Ok(())
    }
}

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// The fact holds as the row says.
    Put,
    /// The fact of this natural key has ended.
    Delete,
}

impl Operation {
    const WORDS: &str = "新增 I、修改 U、删除 D";

    /// An empty cell puts.
    pub(crate) fn read(text: &str) -> Result<Operation, Fault> {
        match text.trim().to_lowercase().as_str() {
            "" | "i" | "u" | "insert" | "update" | "新增" | "增加" | "修改" | "变更" | "更新" => {
                Ok(Self::Put)
            }
            "d" | "delete" | "删除" | "注销" | "撤销" => Ok(Self::Delete),
            _ => Err(Fault { code: Code::Operation, expected: Self::WORDS.to_owned() }),
        }
    }
}

/// What becomes of a good row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is in.
    Now,
    /// It is decided on when the whole file has been read.
    Later,
}

/// Reads a file into rows of a dataset. `take` gets each row that is good by itself; it may turn it down with a fault, or put
/// it off. Whether a fact is said twice, in this file or before, is for `take` to find out.
pub struct FileReader<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Confirmed layouts of the dataset.
    pub layouts: &'a [HeaderLayout],
    /// The columns that may be taken in; all of them when absent.
    pub agreed: Option<&'a [String]>,
    /// Number of the batch.
    pub batch: u32,
    /// Bounds days and birthdays.
    pub today: Day,
    /// Told now and then how far the reading has come.
    pub progress: &'a (dyn Fn(IngestProgress) + Send + Sync),
    /// Whether a row may name a refused row as the one it mends.
    pub may_mend: MayMend<'a>,
    /// Folder for what does not fit into memory.
    pub aside: &'a Path,
}

/// Asked with a row and the refused row that it names.
pub(crate) type MayMend<'a> = &'a dyn Fn(RowRef, RowRef) -> Result<bool, Refusal>;

/// Takes a good row or puts it off; may turn it down with a fault, or stop everything.
pub type Take<'t> =
    &'t mut dyn FnMut(RowRef, Operation, &[Value], Hashes) -> Result<Result<Taken, Fault>, Refusal>;

/// The cell at fault, none for the whole row, and what is wrong with it.
type AtFault = (Option<usize>, Fault);

/// Hashes of a row's natural key, of all of it, and of the part of a snapshot it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Hashes {
    /// Of the natural key; of the whole row where there is none.
    pub key: i64,
    /// Of all values.
    pub row: i64,
    /// Of the part, in a snapshot.
    pub part: Option<i64>,
}

impl FileReader<'_> {
    /// Reads the whole file.
    ///
    /// # Errors
    /// A [`Refusal`] when no sheet has a header of the dataset, the file cannot be read, or `take` stops.
    pub fn read(&self, path: &Path, take: Take<'_>) -> Result<Seen, Refusal> {
        let mut state = State::new(self);
        gnomon_formats::read_ahead(path, &mut |raw| {
            if state.sheet != Some(raw.sheet) {
                state.close_top(take)?;
                state.open(raw.sheet);
            }
            state.row(raw, take)
        })?;
        state.close_top(take)?;
        match state.why_not {
            _ if state.any_header => Ok(state.seen),
            Some(refusal) => Err(refusal),
            None => Err(Refusal::new(Code::FileEmpty, "no rows", "a header and rows")),
        }
    }
}

/// A row held back until the header is found.
struct Held {
    line: u32,
    cells: Vec<String>,
    readable: bool,
    exact: bool,
}

struct State<'a> {
    reader: &'a FileReader<'a>,
    sheet: Option<u8>,
    top: Vec<Held>,
    layout: Option<Layout>,
    /// No header was found on this sheet.
    skipped: bool,
    any_header: bool,
    why_not: Option<Refusal>,
    values: Vec<Value>,
    /// What each cell said when its value was read. Neighbouring rows say much the same, and are read once.
    said: Vec<Option<String>>,
    key_columns: Vec<usize>,
    part_columns: Vec<usize>,
    /// What is hashed, for its memory.
    hashed: Vec<u8>,
    /// Cells that the agreement does not include.
    withheld: Vec<usize>,
    seen: Seen,
}

impl<'a> State<'a> {
    fn new(reader: &'a FileReader<'a>) -> Self {
        let dataset = reader.dataset;
        let place = |name: &String| dataset.columns.iter().position(|column| column.name == *name);
        Self {
            reader,
            sheet: None,
            top: Vec::new(),
            layout: None,
            skipped: false,
            any_header: false,
            why_not: None,
            values: vec![Value::Null; dataset.columns.len()],
            said: Vec::new(),
            key_columns: dataset.natural_key.iter().filter_map(place).collect(),
            part_columns: dataset.whole_of.iter().filter_map(place).collect(),
            hashed: Vec::new(),
            withheld: Vec::new(),
            seen: Seen::new(reader.aside),
        }
    }

    fn open(&mut self, sheet: u8) {
        self.sheet = Some(sheet);
        self.layout = None;
        self.skipped = false;
    }

    fn row(&mut self, raw: &RawRow<'_>, take: Take<'_>) -> Result<Next, Refusal> {
        if self.layout.is_none() && !self.skipped {
            let cells = raw.cells.to_vec();
            self.top.push(Held { line: raw.line, cells, readable: raw.readable, exact: raw.exact });
            if self.top.len() >= HEADER_ROWS {
                self.close_top(take)?;
            }
        } else if self.layout.is_some() {
            if self.seen.rows.is_multiple_of(4096) {
                let (bytes, rows) = (raw.bytes, self.seen.rows);
                (self.reader.progress)(IngestProgress { phase: IngestPhase::Reading, bytes, rows });
            }
            self.data_row(raw.line, raw.cells, raw.readable, raw.exact, take)?;
        }
        Ok(if self.skipped { Next::SkipSheet } else { Next::More })
    }

    /// Finds the header among the rows held back, then reads the rest of them.
    fn close_top(&mut self, take: Take<'_>) -> Result<(), Refusal> {
        let mut top = std::mem::take(&mut self.top);
        if top.iter().all(|held| is_blank(&held.cells)) {
            return Ok(());
        }
        let cells: Vec<Vec<String>> = top.iter().map(|held| held.cells.clone()).collect();
        match Layout::find(self.reader.dataset, self.reader.layouts, &cells) {
            Ok(mut layout) => {
                let left_out = &mut self.seen.left_out;
                let unknown = layout.unknown().filter(|word| !left_out.unknown.contains(word));
                let unknown: Vec<String> = unknown.collect();
                left_out.unknown.extend(unknown);
                if let Some(agreed) = self.reader.agreed {
                    self.withheld = layout.leave_out(self.reader.dataset, agreed);
                    for cell in &self.withheld {
                        let word = layout.header[*cell].trim();
                        if !left_out.not_agreed.iter().any(|known| known == word) {
                            left_out.not_agreed.push(word.to_owned());
                        }
                    }
                }
                let below = top.split_off(layout.rows.min(top.len()));
                self.seen.is_mending |= layout.reference.is_some();
                self.seen.left_out.header = layout.header.clone();
                self.values.fill(Value::Null);
                self.said = vec![None; layout.columns.len()];
                self.layout = Some(layout);
                self.any_header = true;
                for held in below {
                    self.data_row(held.line, &held.cells, held.readable, held.exact, take)?;
                }
            }
            Err(refusal) => {
                self.skipped = true;
                self.seen.left_out.skipped.push(self.skipped_sheet(&cells));
                self.why_not.get_or_insert(refusal);
            }
        }
        Ok(())
    }

    fn skipped_sheet(&self, top: &[Vec<String>]) -> SkippedSheet {
        let first = top.iter().find(|cells| !is_blank(cells));
        let found = first.map(|cells| cells.join(" | ")).unwrap_or_default();
        let sheet = u16::from(self.sheet.unwrap_or(0)) + 1;
        SkippedSheet { sheet, found: found.chars().take(200).collect() }
    }

    fn data_row(
        &mut self,
        line: u32,
        cells: &[String],
        readable: bool,
        exact: bool,
        take: Take<'_>,
    ) -> Result<(), Refusal> {
        if is_blank(cells) || is_total(cells) {
            return Ok(());
        }
        self.seen.rows += 1;
        let row = RowRef { batch: self.reader.batch, sheet: self.sheet.unwrap_or(0), line };
        let mends = self.reference(row, cells)?;
        let checked = match &mends {
            Err(fault) => Err(fault.clone()),
            Ok(_) => self.check(cells, readable, exact),
        };
        let mends = mends.ok().flatten();
        let outcome = match checked {
            Err(fault) => Err(fault),
            Ok((operation, hashes)) => {
                take(row, operation, &self.values, hashes)?.map_err(|fault| (None, fault))
            }
        };
        match outcome {
            Err((cell, fault)) => self.put_aside(row, cells, Some((cell, &fault)), mends)?,
            Ok(taken) => {
                if taken == Taken::Later {
                    self.put_aside(row, cells, None, mends)?;
                }
                self.seen.mends.extend(mends);
            }
        }
        Ok(())
    }

    /// Keeps a row apart, or puts it off when nothing is wrong with it yet.
    fn put_aside(
        &mut self,
        row: RowRef,
        cells: &[String],
        fault: Option<(Option<usize>, &Fault)>,
        mends: Option<RowRef>,
    ) -> Result<(), Refusal> {
        let cell = fault.and_then(|(cell, _)| cell);
        let [column, found] = [&self.seen.left_out.header, cells]
            .map(|row| cell.and_then(|cell| row.get(cell)).map_or("", String::as_str));
        let (fault, withheld) = (fault.map(|(_, fault)| fault), self.withheld.as_slice());
        self.seen.apart.push(&Aside { row, column, found, fault, cells, withheld, mends })
    }

    /// The refused row that a row mends: none where it names none, a fault where it names one that it cannot mend.
    fn reference(&self, row: RowRef, cells: &[String]) -> Result<Result<Option<RowRef>, AtFault>, Refusal> {
        let place = self.layout.as_ref().and_then(|layout| layout.reference);
        let Some((place, text)) = place.and_then(|place| Some((place, cells.get(place)?.trim()))) else {
            return Ok(Ok(None));
        };
        if text.is_empty() {
            return Ok(Ok(None));
        }
        let named = RowRef::from_label(text).filter(|named| !self.seen.mends.contains(named));
        Ok(match named {
            Some(named) if (self.reader.may_mend)(row, named)? => Ok(Some(named)),
            _ => Err((Some(place), Code::RowReference.into())),
        })
    }

    /// Reads all cells into `values`; gives what the row does and its hashes, or the first cell at fault.
    fn check(
        &mut self,
        cells: &[String],
        readable: bool,
        exact: bool,
    ) -> Result<(Operation, Hashes), AtFault> {
        let Some(layout) = &self.layout else { return Err((None, Code::HeaderUnknown.into())) };
        // A line that was no text comes back with marks in place of what could not be read.
        let is_lost = |cell: &String| cell.contains(char::REPLACEMENT_CHARACTER);
        if !readable || layout.reference.is_some() && cells.iter().any(is_lost) {
            return Err((None, Code::Encoding.into()));
        }
        let width = layout.header.len();
        let surplus = cells.iter().skip(width).any(|cell| !cell.trim().is_empty());
        if surplus || exact && cells.len() < width {
            return Err((None, Fault { code: Code::RowWidth, expected: width.to_string() }));
        }
        let text = |index: usize| cells.get(index).map(String::as_str).unwrap_or_default();
        let operation = match layout.operation {
            Some(cell) => Operation::read(text(cell)).map_err(|fault| (Some(cell), fault))?,
            None => Operation::Put,
        };
        let (mut fault, mut is_key_known) = (None, true);
        for (index, known) in layout.columns.iter().enumerate() {
            let Some(column) = known else { continue };
            let is_key = self.key_columns.contains(column);
            if operation == Operation::Delete && !is_key {
                self.values[*column] = Value::Null;
                self.said[index] = None;
                continue;
            }
            let (declared, text) = (&self.reader.dataset.columns[*column], text(index));
            if self.said[index].as_deref() == Some(text) {
                continue;
            }
            match cell::read(declared, text, layout.wan[index], self.reader.today) {
                Ok(value) => {
                    self.values[*column] = value;
                    text.clone_into(self.said[index].get_or_insert_default());
                }
                Err(found) => {
                    self.values[*column] = Value::Null;
                    self.said[index] = None;
                    is_key_known &= !is_key;
                    fault.get_or_insert((Some(index), found));
                }
            }
        }
        let Some(fault) = fault else { return Ok((operation, self.hashes())) };
        if is_key_known && self.reader.dataset.delivery == Delivery::Snapshot {
            let key = self.hashes().key;
            self.seen.refused_keys.insert(key);
        }
        Err(fault)
    }

    fn hashes(&mut self) -> Hashes {
        let Self { values, key_columns, part_columns, hashed, .. } = self;
        let mut of = |columns: &[usize]| hash_of(hashed, columns.iter().map(|column| &values[*column]));
        let key = (!key_columns.is_empty()).then(|| of(key_columns));
        let is_snapshot = self.reader.dataset.delivery == Delivery::Snapshot;
        let part = is_snapshot.then(|| of(part_columns));
        let row = hash_of(hashed, values.iter());
        Hashes { key: key.unwrap_or(row), row, part }
    }
}

/// A totals row says so in one of its first cells.
pub(crate) fn is_total(cells: &[String]) -> bool {
    cells.iter().take(3).any(|cell| {
        let word = cell.trim();
        word.len() <= 12
            && matches!(word.trim_end_matches([':', '：']), "合计" | "总计" | "小计" | "合 计" | "Total")
    })
}

pub(crate) fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

/// The first 8 bytes of a SHA-256 over values, each with its kind and length, so that no two lists run together. They are put
/// into `hashed` first: the hash takes one long text faster than many short ones.
fn hash_of<'v>(hashed: &mut Vec<u8>, values: impl Iterator<Item = &'v Value>) -> i64 {
    hashed.clear();
    for value in values {
        match value {
            Value::Null => hashed.push(0),
            Value::Text(text) => {
                hashed.push(1);
                put_text(hashed, text);
            }
            Value::Whole(n) | Value::Micros(n) => {
                hashed.push(2);
                hashed.extend_from_slice(&n.to_le_bytes());
            }
            Value::Number(x) => {
                hashed.push(3);
                hashed.extend_from_slice(&x.to_bits().to_le_bytes());
            }
            Value::Day(day) => {
                hashed.push(4);
                hashed.extend_from_slice(&day.to_le_bytes());
            }
            Value::Bool(yes) => hashed.extend_from_slice(&[5, u8::from(*yes)]),
            Value::List(items) => {
                hashed.push(6);
                hashed.extend_from_slice(&(items.len() as u64).to_le_bytes());
                items.iter().for_each(|item| put_text(hashed, item));
            }
        }
    }
    let digest = Sha256::digest(&hashed);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_le_bytes(first)
}

fn put_text(hashed: &mut Vec<u8>, text: &str) {
    hashed.extend_from_slice(&(text.len() as u64).to_le_bytes());
    hashed.extend_from_slice(text.as_bytes());
}
