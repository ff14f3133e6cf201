//! Rows kept apart, and rows put off until the whole file has been read: written aside as they are found, so that memory
//! does not follow their number.

use std::{collections::HashMap, io, path::Path};

use gnomon_kernel::{Code, RowRef};
use gnomon_library::{
    analytics::{Refusal, RejectedRow},
    quality::FaultTally,
};

use crate::{
    cell::{Fault, MAX_TEXT},
    spool::{Spool, SpoolReader},
};

/// Bytes of rows that need no room on the disk: those of most deliveries.
const ROWS_IN_MEMORY: usize = 16 << 20;
/// The same of a round, of which there is one for every two million rows put off.
const ROUND_IN_MEMORY: usize = 1 << 20;
/// Characters of a cell at fault that are shown as what was found.
const FOUND: usize = 200;

/// A row that is not taken at once.
pub(crate) struct Aside<'a> {
    pub row: RowRef,
    /// Header word of the cell at fault, and what was found in it; both empty for the whole row.
    pub column: &'a str,
    pub found: &'a str,
    /// What is wrong; nothing yet when the row is put off.
    pub fault: Option<&'a Fault>,
    pub cells: &'a [String],
    /// Places of cells that are not kept.
    pub withheld: &'a [usize],
    /// The refused row that it is to mend.
    pub mends: Option<RowRef>,
}

/// All rows of one file that were not taken at once, in the order of the file.
pub struct KeptApart {
    folder: Box<Path>,
    spool: Spool,
    /// Rows in the spool, and those of them that were put off.
    rows: u64,
    put_off: u64,
    /// The refused rows that rows put off are to mend, by their place among these.
    mending: HashMap<u64, RowRef>,
    rounds: Vec<Round>,
    faults: FaultTally,
}

/// Which rows put off were refused in one round of deciding, ascending, and why.
struct Round {
    spool: Spool,
    rows: u64,
    last: u64,
}

impl KeptApart {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.into(),
            spool: Spool::new(folder, ROWS_IN_MEMORY),
            rows: 0,
            put_off: 0,
            mending: HashMap::new(),
            rounds: Vec::new(),
            faults: FaultTally::default(),
        }
    }

    /// What is wrong with the rows that are refused so far.
    pub fn faults(&self) -> &FaultTally {
        &self.faults
    }

    pub(crate) fn push(&mut self, aside: &Aside<'_>) -> Result<(), Refusal> {
        let code = aside.fault.map_or("", |fault| fault.code.word());
        if aside.fault.is_some() {
            self.faults.add(aside.column, code);
        } else {
            self.mending.extend(aside.mends.map(|named| (self.put_off, named)));
            self.put_off += 1;
        }
        self.rows += 1;
        self.write(aside, code).map_err(unkept)
    }

    fn write(&mut self, aside: &Aside<'_>, code: &str) -> io::Result<()> {
        let spool = &mut self.spool;
        spool.number(aside.row.pack().cast_unsigned())?;
        spool.number(aside.mends.map_or(NOTHING, RowRef::pack).cast_unsigned())?;
        spool.text(aside.column)?;
        spool.text(code)?;
        spool.text(cut(aside.found, FOUND))?;
        spool.text(aside.fault.map_or("", |fault| &fault.expected))?;
        spool.number(aside.cells.len() as u64)?;
        for (place, cell) in aside.cells.iter().enumerate() {
            // A row may come back as it is kept: a cell that is too long stays too long.
            let is_withheld = aside.withheld.contains(&place);
            spool.text(if is_withheld { "" } else { cut(cell, MAX_TEXT + 1) })?;
        }
        Ok(())
    }

    /// Refuses a row put off: which of these, counted from 0, and why. They come in rounds, in each of which they ascend.
    /// Gives the refused row that it was to mend.
    pub(crate) fn refuse(&mut self, index: u64, fault: &Fault) -> Result<Option<RowRef>, Refusal> {
        if self.rounds.last().is_none_or(|round| index <= round.last) {
            self.rounds.push(Round { spool: Spool::new(&self.folder, ROUND_IN_MEMORY), rows: 0, last: 0 });
        }
        if let Some(round) = self.rounds.last_mut() {
            round.push(index, fault).map_err(unkept)?;
        }
        self.faults.add("", fault.code.word());
        Ok(self.mending.remove(&index))
    }

    /// The refused rows in the order of the file.
    ///
    /// # Errors
    /// They cannot be read back.
    pub fn into_refused(self) -> io::Result<RefusedRows> {
        let rounds = self.rounds.into_iter().map(Round::read).collect::<Result<_, _>>()?;
        Ok(RefusedRows { spool: self.spool.read()?, left: self.rows, put_off: 0, rounds })
    }
}

impl Round {
    fn push(&mut self, index: u64, fault: &Fault) -> io::Result<()> {
        (self.rows, self.last) = (self.rows + 1, index);
        self.spool.number(index)?;
        self.spool.text(fault.code.word())?;
        self.spool.text(&fault.expected)
    }

    fn read(self) -> io::Result<RoundReader> {
        let mut reader = RoundReader { spool: self.spool.read()?, left: self.rows, next: 0 };
        reader.go_on()?;
        Ok(reader)
    }
}

/// Reads a round back.
struct RoundReader {
    spool: SpoolReader,
    /// Rows of the round that have not been given, and the place of the first of them.
    left: u64,
    next: u64,
}

impl RoundReader {
    fn go_on(&mut self) -> io::Result<()> {
        if self.left > 0 {
            self.next = self.spool.number()?;
        }
        Ok(())
    }

    /// Code and what was expected.
    fn take(&mut self) -> io::Result<(String, String)> {
        let fault = (self.spool.text()?, self.spool.text()?);
        self.left -= 1;
        self.go_on()?;
        Ok(fault)
    }
}

/// Refused rows in the order of the file, one after the other.
pub struct RefusedRows {
    spool: SpoolReader,
    /// Rows that have not been looked at.
    left: u64,
    /// Rows put off so far.
    put_off: u64,
    rounds: Vec<RoundReader>,
}

impl RefusedRows {
    /// The next row as it was written aside; without a code when it was put off.
    fn read(&mut self) -> io::Result<RejectedRow> {
        let spool = &mut self.spool;
        let row = RowRef::unpack(spool.number()?.cast_signed());
        let mends = Some(spool.number()?.cast_signed()).filter(|named| *named != NOTHING);
        let [column, code, found, expected] = [spool.text()?, spool.text()?, spool.text()?, spool.text()?];
        let cells = (0..spool.number()?).map(|_| spool.text()).collect::<Result<_, _>>()?;
        Ok(RejectedRow { row, column, code, found, expected, cells, mends: mends.map(RowRef::unpack) })
    }

    /// Why a row put off was refused in the end; nothing when it was taken.
    fn decided(&mut self, index: u64) -> io::Result<Option<(String, String)>> {
        let of_row = |round: &&mut RoundReader| round.left > 0 && round.next == index;
        self.rounds.iter_mut().find(of_row).map(RoundReader::take).transpose()
    }

    fn next_refused(&mut self) -> io::Result<Option<RejectedRow>> {
        while self.left > 0 {
            self.left -= 1;
            let row = self.read()?;
            if !row.code.is_empty() {
                return Ok(Some(row));
            }
            self.put_off += 1;
            if let Some((code, expected)) = self.decided(self.put_off - 1)? {
                return Ok(Some(RejectedRow { code, expected, ..row }));
            }
        }
        Ok(None)
    }
}

impl Iterator for RefusedRows {
    type Item = io::Result<RejectedRow>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_refused().transpose()
    }
}

/// No reference: batches are counted from 1.
const NOTHING: i64 = 0;

/// The beginning of a text.
fn cut(text: &str, characters: usize) -> &str {
    match text.len() > characters {
        true => text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end]),
        false => text,
    }
}

fn unkept(error: io::Error) -> Refusal {
    Refusal::because(Code::Internal, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(code: Code, expected: &str) -> Fault {
        Fault { code, expected: expected.to_owned() }
    }

    fn line(n: u32) -> RowRef {
        RowRef { batch: 1, sheet: 0, line: n }
    }

    /// Rows of lines 1 on: those with a fault are refused at once, the others put off.
    fn apart(faults: &[Option<Fault>]) -> KeptApart {
        let mut apart = KeptApart::new(&std::env::temp_dir());
        for (n, fault) in (1..).zip(faults) {
            let (column, found) = if fault.is_some() { ("金额", "x") } else { ("", "") };
            let (fault, cells) = (fault.as_ref(), &[format!("行{n}"), "秘".to_owned()]);
            let mends = (n == 3).then_some(line(99));
            apart.push(&Aside { row: line(n), column, found, fault, cells, withheld: &[1], mends }).unwrap();
        }
        apart
    }

    fn lines(apart: KeptApart) -> Vec<(u32, String, String)> {
        let rows = apart.into_refused().unwrap().map(Result::unwrap);
        rows.map(|row| (row.row.line, row.code, row.expected)).collect()
    }

    #[test]
    fn rows_refused_at_once_and_in_several_rounds_come_back_in_the_order_of_the_file() {
        let money = || Some(fault(Code::Money, "1.5"));
        let mut apart = apart(&[None, money(), None, None, money(), None, None]);
        // Of the rows put off, lines 1, 3, 4, 6 and 7, a first round refuses some and a second round others between them.
        for (index, expected) in [(1, "a"), (3, "b"), (0, "c"), (4, "d")] {
            apart.refuse(index, &fault(Code::Duplicate, expected)).unwrap();
        }
        assert_eq!(apart.faults().rows(), 6);
        let is = |line, code: Code, expected: &str| (line, code.word().to_owned(), expected.to_owned());
        let expected = [
            is(1, Code::Duplicate, "c"),
            is(2, Code::Money, "1.5"),
            is(3, Code::Duplicate, "a"),
            is(5, Code::Money, "1.5"),
            is(6, Code::Duplicate, "b"),
            is(7, Code::Duplicate, "d"),
        ];
        assert_eq!(lines(apart), expected);
    }

    #[test]
    fn a_refused_row_comes_back_as_it_was_and_says_what_it_was_to_mend() {
        let mut apart = apart(&[None, Some(fault(Code::Money, "")), None]);
        assert_eq!(apart.refuse(0, &Code::Duplicate.into()).unwrap(), None);
        assert_eq!(apart.refuse(1, &Code::Duplicate.into()).unwrap(), Some(line(99)));
        let rows: Vec<RejectedRow> = apart.into_refused().unwrap().map(Result::unwrap).collect();
        assert_eq!((&*rows[1].column, &*rows[1].found, rows[1].mends), ("金额", "x", None));
        assert_eq!((&*rows[2].column, &*rows[2].found, rows[2].mends), ("", "", Some(line(99))));
        assert_eq!(rows[2].cells, ["行3", ""], "what is withheld is not kept");
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!((cut("一二三", 2), cut("一二三", 3), cut("ab", 2)), ("一二", "一二三", "ab"));
    }
}
