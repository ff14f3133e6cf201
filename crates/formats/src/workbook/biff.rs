//! Records of an XLS workbook, looked at only for the room its sheets will take: the parser lays every sheet out as a full
//! rectangle and reserves what a sheet says of its size.

use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::Refusal;

/// Cells that all rectangles of a workbook may have: one full sheet.
const MAX_CELLS: u64 = 65_536 * 256;

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
const MANY_NUMBERS: u16 = 0x00BD;
/// Numbers, texts, truths and errors: row and column stand first.
const ONE_CELL: [u16; 7] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, FORMULA];

/// Refuses a workbook whose sheets would take too much room.
pub(super) fn check(stream: &[u8]) -> Result<(), Refusal> {
    let places =
        Records(stream).take_while(|record| record.kind != END).filter(|record| record.kind == SHEET);
    let places: Vec<usize> = places
        .filter_map(|sheet| Some(*sheet.bytes.first_chunk::<4>()?))
        .map(|place| u32::from_le_bytes(place) as usize)
        .collect();
    let most = usize::from(RowRef::MAX_SHEET) + 1;
    if places.len() > most {
        let found = format!("{} sheets", places.len());
        return Err(Refusal::new(Code::FileTooLarge, found, format!("at most {most}")));
    }
    let mut cells = 0;
    for place in places {
        cells += rectangle(stream.get(place..).unwrap_or_default());
        if cells > MAX_CELLS {
            let expected = format!("at most {MAX_CELLS} cells in an XLS workbook");
            return Err(Refusal::new(Code::FileTooLarge, "more", expected));
        }
    }
    Ok(())
}

/// Cells that a sheet will be laid out as, or that it says it has if these are more.
fn rectangle(sheet: &[u8]) -> u64 {
    let (mut rows, mut columns) = (Span::default(), Span::default());
    let (mut stated, mut depth) = (0, 0);
    for record in Records(sheet) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            DIMENSIONS => stated = stated.max(record.stated()),
            MANY_NUMBERS => {
                let last = record.bytes.len().saturating_sub(2);
                rows.add(record.short(0));
                columns.add(record.short(2));
                columns.add(record.short(last));
            }
            kind if ONE_CELL.contains(&kind) => {
                rows.add(record.short(0));
                columns.add(record.short(2));
            }
            _ => {}
        }
    }
    stated.max(rows.length() * columns.length())
}

#[derive(Default)]
struct Span(Option<(u64, u64)>);

impl Span {
    fn add(&mut self, at: u64) {
        let (first, last) = self.0.unwrap_or((at, at));
        self.0 = Some((first.min(at), last.max(at)));
    }

    fn length(&self) -> u64 {
        self.0.map_or(0, |(first, last)| last - first + 1)
    }
}

struct Record<'b> {
    kind: u16,
    bytes: &'b [u8],
}

impl Record<'_> {
    fn short(&self, at: usize) -> u64 {
        self.bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .map_or(0, |pair| u16::from_le_bytes(*pair).into())
    }

    fn long(&self, at: usize) -> u64 {
        self.short(at) | self.short(at + 2) << 16
    }

    /// Rows and columns that a sheet says it has, multiplied.
    fn stated(&self) -> u64 {
        let (top, bottom, left, right) = if self.bytes.len() <= 10 {
            (self.short(0), self.short(2), self.short(4), self.short(6))
        } else {
            (self.long(0), self.long(4), self.short(8), self.short(10))
        };
        let left = if left > 0xFF || right < left { 0 } else { left };
        // A sheet that ends before it begins would be laid out as an endless one.
        let rows =
            if bottom > 0 && top >= bottom { u64::from(u32::MAX) } else { bottom.saturating_sub(top).max(1) };
        rows * right.saturating_sub(left).max(1)
    }
}

struct Records<'b>(&'b [u8]);

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (head, rest) = self.0.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (bytes, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Record { kind: u16::from_le_bytes([head[0], head[1]]), bytes })
    }
}
