//! Reading ahead: rows are split and decoded on a thread of their own while those before them are checked.

use std::{
    panic::resume_unwind,
    path::Path,
    sync::{
        atomic::{AtomicU8, Ordering},
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread,
};

use gnomon_library::analytics::Refusal;

use crate::{Next, RawRow, read};

/// Rows handed over at once, and bytes of cells after which fewer are.
const ROWS: usize = 256;
const BYTES: usize = 1 << 20;
/// Parts that may wait.
const WAITING: usize = 2;
/// Of a sheet so many rows are given one by one, as somebody who wants no more of it says so here: what is wrong behind them
/// must not depend on how far ahead the reader is.
const FIRST: u32 = 64;
/// More than any sheet's index.
const NO_SHEET: u8 = u8::MAX;

/// As [`crate::read`], for a visitor that wants all of a file, or skips sheets for what their first rows are. It stays on this
/// thread.
///
/// # Errors
/// As [`crate::read`].
pub fn read_ahead(
    path: &Path,
    visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
) -> Result<Vec<String>, Refusal> {
    let (full, waiting) = sync_channel(WAITING);
    let (used, spare) = channel();
    let unwanted = AtomicU8::new(NO_SHEET);
    thread::scope(|scope| {
        let unwanted = &unwanted;
        let reader = scope.spawn(move || {
            let mut ahead = Ahead {
                full,
                spare,
                unwanted,
                part: Part::default(),
                pool: Vec::new(),
                away: 0,
                of_sheet: (NO_SHEET, 0),
            };
            let names = read(path, &mut |row| Ok(ahead.push(row)));
            ahead.hand_over();
            names
        });
        // Whatever ends this, the reader notices that nobody takes its rows any more.
        let seen = see(waiting, &used, unwanted, visit);
        let names = reader.join().unwrap_or_else(|panic| resume_unwind(panic));
        seen.and(names)
    })
}

/// Rows on their way. Its memory is used again and again.
#[derive(Default)]
struct Part {
    rows: Vec<Row>,
    /// How many of them are filled.
    filled: usize,
    bytes: usize,
}

#[derive(Default)]
struct Row {
    sheet: u8,
    line: u32,
    cells: Vec<String>,
    readable: bool,
    exact: bool,
    bytes: u64,
}

/// The reader's side.
struct Ahead<'a> {
    full: SyncSender<Part>,
    spare: Receiver<Part>,
    unwanted: &'a AtomicU8,
    /// What is being filled.
    part: Part,
    /// Parts to be filled next.
    pool: Vec<Part>,
    /// Parts that have not come back.
    away: usize,
    /// The sheet, and how many of its rows have been read.
    of_sheet: (u8, u32),
}

impl Ahead<'_> {
    fn push(&mut self, raw: &RawRow<'_>) -> Next {
        if self.of_sheet.0 != raw.sheet {
            self.of_sheet = (raw.sheet, 0);
        }
        self.of_sheet.1 += 1;
        self.part.push(raw);
        let is_full = self.part.filled >= ROWS || self.part.bytes >= BYTES;
        match is_full || self.is_early() {
            true if !self.hand_over() => Next::Stop,
            _ if self.unwanted.load(Ordering::Relaxed) == raw.sheet => Next::SkipSheet,
            _ => Next::More,
        }
    }

    fn is_early(&self) -> bool {
        self.of_sheet.1 <= FIRST
    }

    /// False when nobody takes rows any more.
    fn hand_over(&mut self) -> bool {
        let fresh = self.pool.pop().unwrap_or_default();
        let is_taken = self.full.send(std::mem::replace(&mut self.part, fresh)).is_ok();
        self.away += usize::from(is_taken);
        while let Some(part) = self.back() {
            self.pool.push(part);
            self.away -= 1;
        }
        is_taken
    }

    /// A part that has come back; among the first rows of a sheet all have to.
    fn back(&self) -> Option<Part> {
        let must_wait = self.is_early() && self.away > 0;
        if must_wait { self.spare.recv().ok() } else { self.spare.try_recv().ok() }
    }
}

impl Part {
    fn push(&mut self, raw: &RawRow<'_>) {
        if self.filled == self.rows.len() {
            self.rows.push(Row::default());
        }
        let row = &mut self.rows[self.filled];
        (row.sheet, row.line, row.readable) = (raw.sheet, raw.line, raw.readable);
        (row.exact, row.bytes) = (raw.exact, raw.bytes);
        raw.cells.clone_into(&mut row.cells);
        self.filled += 1;
        self.bytes += raw.cells.iter().map(String::len).sum::<usize>();
    }
}

/// The visitor's side. It may want no more of a sheet whose next rows are already here.
fn see(
    waiting: Receiver<Part>,
    used: &Sender<Part>,
    unwanted: &AtomicU8,
    visit: &mut dyn FnMut(&RawRow<'_>) -> Result<Next, Refusal>,
) -> Result<(), Refusal> {
    for mut part in waiting {
        for row in &part.rows[..part.filled] {
            if unwanted.load(Ordering::Relaxed) == row.sheet {
                continue;
            }
            let Row { sheet, line, readable, exact, bytes, .. } = *row;
            match visit(&RawRow { sheet, line, cells: &row.cells, readable, exact, bytes })? {
                Next::More => {}
                Next::SkipSheet => unwanted.store(sheet, Ordering::Relaxed),
                Next::Stop => return Ok(()),
            }
        }
        (part.filled, part.bytes) = (0, 0);
        // The reader may have come to its end.
        let _ = used.send(part);
    }
    Ok(())
}
