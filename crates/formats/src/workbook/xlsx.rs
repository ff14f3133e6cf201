//! XLSX, XLSM and XLSB, streamed: a cell in the last row takes no memory.

use std::{fs::File, io::BufReader};

use calamine::{Cell, DataRef, Reader, Xlsb, XlsbError, Xlsx, XlsxError, open_workbook_from_rs};
use gnomon_library::analytics::Refusal;

use super::{Rows, not_a_workbook, text};
use crate::{
    fault::guarded,
    sink::Sink,
    source::{Local, Source},
};

type Bytes = BufReader<File>;

const XLSX: &str = "an XLSX workbook";
const XLSB: &str = "an XLSB workbook";

// Both parsers panic where a part of the workbook is damaged: at references that do not exist, at lengths that are false.

pub(crate) fn read_xlsx(local: &Local, source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let file = BufReader::new(local.open()?);
    let mut book: Xlsx<Bytes> = guarded(XLSX, || open_workbook_from_rs(file).map_err(not_a_workbook))?;
    let names = book.sheet_names();
    let first = sink.sheets(&names)?;
    for (index, name) in names.iter().enumerate() {
        // A sheet of charts has no cells.
        let cells = guarded(XLSX, || Ok(book.worksheet_cells_reader(name)))?;
        let Ok(mut cells) = cells else { continue };
        let rows = Rows::new(sink, first + index as u8, source.progress(index as u64, names.len() as u64));
        let mut next = || cells.next_cell().map_err(|error: XlsxError| not_a_workbook(error));
        each_row(rows, || guarded(XLSX, &mut next))?;
        if sink.stopped() {
            break;
        }
    }
    Ok(())
}

/// As [`read_xlsx`].
pub(crate) fn read_xlsb(local: &Local, source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let file = BufReader::new(local.open()?);
    let mut book: Xlsb<Bytes> = guarded(XLSB, || open_workbook_from_rs(file).map_err(not_a_workbook))?;
    let names = book.sheet_names();
    let first = sink.sheets(&names)?;
    for (index, name) in names.iter().enumerate() {
        let cells = guarded(XLSB, || Ok(book.worksheet_cells_reader(name)))?;
        let Ok(mut cells) = cells else { continue };
        let rows = Rows::new(sink, first + index as u8, source.progress(index as u64, names.len() as u64));
        let mut next = || cells.next_cell().map_err(|error: XlsbError| not_a_workbook(error));
        each_row(rows, || guarded(XLSB, &mut next))?;
        if sink.stopped() {
            break;
        }
    }
    Ok(())
}

fn each_row<'c>(
    mut rows: Rows<'_, '_>,
    mut next: impl FnMut() -> Result<Option<Cell<DataRef<'c>>>, Refusal>,
) -> Result<(), Refusal> {
    while let Some(cell) = next()? {
        let (row, column) = cell.get_position();
        if !rows.put(row, column, text(cell.get_value()))? {
            return Ok(());
        }
    }
    rows.finish().map(|_| ())
}
