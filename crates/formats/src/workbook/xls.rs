//! XLS, the workbook of Excel 97-2003. Its parser believes what the file says of its own sizes and panics where that is
//! false; so the file is checked before and the parser guarded.

use std::io::{Cursor, Read};

use calamine::{Reader, Xls, open_workbook_from_rs};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

use super::{MAX_COLUMNS, Rows, biff, compound::Compound, locked, not_a_workbook, text};
use crate::{READABLE, fault, fault::guarded, sink::Sink, source::Source};

/// The largest file read, in bytes: all of it is held in memory.
const MAX_BYTES: u64 = 256 << 20;
const WHAT: &str = "an XLS workbook";

pub(crate) fn read(source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let mut bytes = Vec::new();
    source.open()?.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(fault::refusal)?;
    if bytes.len() as u64 > MAX_BYTES {
        let expected = format!("at most {} MiB, or XLSX", MAX_BYTES >> 20);
        return Err(Refusal::new(Code::FileTooLarge, "a larger XLS workbook", expected));
    }
    check(&bytes)?;
    let mut book: Xls<_> =
        guarded(WHAT, || open_workbook_from_rs(Cursor::new(bytes.as_slice())).map_err(not_a_workbook))?;
    let names = book.sheet_names();
    let first = sink.sheets(&names)?;
    for (index, name) in names.iter().enumerate() {
        let range = guarded(WHAT, || book.worksheet_range(name).map_err(not_a_workbook))?;
        let (top, left) = range.start().unwrap_or_default();
        let bytes = source.progress(index as u64, names.len() as u64);
        let mut rows = Rows::new(sink, first + index as u8, bytes);
        let mut more = true;
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            more = column >= MAX_COLUMNS || rows.put(row, column, text(value))?;
            if !more {
                break;
            }
        }
        if more {
            rows.finish()?;
        }
        if sink.stopped() {
            break;
        }
    }
    Ok(())
}

fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let damaged = || {
        Refusal::new(
            Code::FileFormat,
            "an XLS workbook or another old Office file that is damaged or cut off",
            READABLE,
        )
    };
    let compound = Compound::new(bytes).ok_or_else(damaged)?;
    if compound.has("EncryptedPackage") {
        return Err(locked());
    }
    let streams = compound.streams(&["Workbook", "Book"]).ok_or_else(damaged)?;
    if streams.is_empty() {
        let found = "an old Office file without a workbook";
        return Err(Refusal::new(Code::FileNotSpreadsheet, found, READABLE));
    }
    streams.iter().try_for_each(|stream| biff::check(stream))
}
