//! Small files that unpack to large ones.

use std::{io::Write, sync::Arc};

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use gnomon_kernel::Code;

use crate::{
    delivery::refused,
    samples::{arrow_file, batch, gzipped, ods, xls, zipped},
};

const MANY: usize = 66 << 20;

fn long_lines(bytes: usize) -> Vec<u8> {
    let mut line = vec![b'a'; 1 << 20];
    line.push(b'\n');
    line.repeat(bytes >> 20)
}

#[test]
fn text_that_unpacks_a_thousandfold() {
    let text = long_lines(MANY);
    refused(&gzipped(&text), Code::FileBomb, "more");
    refused(&zipped(&[("a.csv", text.as_slice())]), Code::FileBomb, "more");
}

#[test]
fn a_little_may_unpack_a_thousandfold() {
    let packed = gzipped(&long_lines(20 << 20));
    assert!(packed.len() < 100 << 10);
    assert_eq!(deliver_count(&packed), (20, 1));
}

#[test]
fn a_workbook_that_unpacks_a_thousandfold() {
    let blanks = vec![b' '; MANY];
    let bytes =
        zipped(&[("xl/workbook.xml", b"<workbook/>".as_slice()), ("xl/worksheets/sheet1.xml", &blanks)]);
    refused(&bytes, Code::FileBomb, "more");
}

#[test]
fn an_archive_that_lies_about_its_sizes() {
    let blanks = vec![b' '; MANY];
    for name in ["a.csv", "xl/workbook.xml"] {
        let mut bytes = zipped(&[(name, blanks.as_slice())]);
        let stated = (MANY as u32).to_le_bytes();
        while let Some(at) = bytes.windows(4).position(|window| window == stated) {
            bytes[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
        }
        refused(&bytes, Code::FileBomb, "more");
    }
}

#[test]
fn a_sheet_of_one_cell_repeated() {
    let huge = r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="4000000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#;
    // Repeated as often as a sheet has rows, each row as wide as is read.
    assert_eq!(deliver_count(&ods(huge)), (1 << 20, 1024));
    let long = format!(
        r#"<table:table table:name="a"><table:table-row><table:table-cell table:number-columns-repeated="1000"><text:p>{}</text:p></table:table-cell></table:table-row></table:table>"#,
        "x".repeat(1 << 20)
    );
    refused(&ods(&long), Code::FileTooLarge, "longer");
}

fn deliver_count(bytes: &[u8]) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, bytes).unwrap();
    let (mut rows, mut widest) = (0, 0);
    gnomon_formats::read(&path, &mut |row| {
        rows += 1;
        widest = widest.max(row.cells.len());
        Ok(gnomon_formats::Next::More)
    })
    .unwrap();
    (rows, widest)
}

#[test]
fn an_xls_that_states_a_sheet_without_end() {
    let bytes = xls();
    // The record that says which rows and columns a sheet has: kind, length, first and last row.
    let at = bytes.windows(4).position(|window| window == [0x00, 0x02, 0x0E, 0x00]).unwrap();
    for last in [u32::MAX, 0x7FFF_FFFF, 1 << 20] {
        let mut bytes = bytes.clone();
        bytes[at + 8..at + 12].copy_from_slice(&last.to_le_bytes());
        bytes[at + 14..at + 16].copy_from_slice(&[0xFF, 0]);
        refused(&bytes, Code::FileTooLarge, "more");
    }
}

#[test]
fn an_xls_with_cells_in_far_corners() {
    let mut bytes = xls();
    let number: Vec<usize> =
        (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == [0xFD, 0x00, 0x0A, 0x00]).collect();
    assert!(number.len() > 2);
    bytes[number[1] + 4..number[1] + 8].copy_from_slice(&[0xFF; 4]);
    refused(&bytes, Code::FileTooLarge, "more");
}

#[test]
fn an_xls_whose_sectors_run_in_a_circle() {
    let bytes = xls();
    let table = 512 * (1 + usize::from(u16::from_le_bytes([bytes[76], bytes[77]])));
    let directory = usize::from(u16::from_le_bytes([bytes[48], bytes[49]]));
    let mut circle = bytes;
    circle[table + directory * 4..table + directory * 4 + 4]
        .copy_from_slice(&(directory as u32).to_le_bytes());
    refused(&circle, Code::FileFormat, "damaged");
}

#[test]
fn arrow_that_states_lengths_without_end() {
    let text: ArrayRef = Arc::new(StringArray::from(vec!["某甲".repeat(1000); 100]));
    let batch = RecordBatch::try_from_iter([("a", text)]).unwrap();
    let options = arrow_ipc::writer::IpcWriteOptions::default()
        .try_with_compression(Some(arrow_ipc::CompressionType::ZSTD))
        .unwrap();
    let mut writer =
        arrow_ipc::writer::FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
    writer.write(&batch).unwrap();
    let mut bytes = writer.into_inner().unwrap();
    let stated = (batch.column(0).to_data().buffers()[1].len() as u64).to_le_bytes();
    let at = bytes.windows(8).position(|window| window == stated).unwrap();
    bytes[at..at + 8].copy_from_slice(&(1_u64 << 50).to_le_bytes());
    refused(&bytes, Code::FileBomb, "more");
}

#[test]
fn arrow_without_end_after_its_start() {
    let mut bytes = arrow_file(&batch());
    bytes.truncate(200);
    bytes.write_all(b"ARROW1").unwrap();
    refused(&bytes, Code::FileUnreadable, "end too early");
}
