//! XLSB, which no free program writes: made by hand, record by record.

use gnomon_kernel::Code;

use crate::{
    delivery::{deliver, refused},
    samples::zipped,
};

fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let mut all = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    assert!(bytes.len() < 0x80);
    all.push(bytes.len() as u8);
    all.extend_from_slice(bytes);
    all
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn cell(kind: u16, column: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[column.to_le_bytes().as_slice(), &[0; 4], value].concat())
}

/// A workbook with one text from the list, one of its own and a number.
fn xlsb(text_number: u32) -> Vec<u8> {
    let sheet = [&[0; 4][..], &1_u32.to_le_bytes(), &wide("rId1"), &wide("一季度")].concat();
    let book = [record(0x9C, &sheet), record(0x90, &[]), record(0x9D, &[])].concat();
    let texts = [
        record(0x9F, &[1_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat()),
        record(0x13, &[&[0][..], &wide("欧阳甲")].concat()),
    ]
    .concat();
    let cells = [
        record(0x94, &[0; 16]),
        record(0x91, &[]),
        record(0x00, &2_u32.to_le_bytes()),
        cell(0x07, 0, &text_number.to_le_bytes()),
        cell(0x06, 1, &wide("870123199001011234")),
        cell(0x05, 3, &70.25_f64.to_le_bytes()),
        record(0x92, &[]),
    ]
    .concat();
    let links = br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>"#;
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", links),
        ("xl/sharedStrings.bin", &texts),
        ("xl/worksheets/sheet1.bin", &cells),
    ])
}

#[test]
fn an_xlsb() {
    let delivered = deliver(&xlsb(0)).unwrap();
    assert_eq!(delivered.sheets, ["一季度"]);
    assert_eq!(delivered.lines(), [(0, 3, "欧阳甲,870123199001011234,,70.25".to_owned())]);
}

#[test]
fn a_text_that_is_not_in_the_list() {
    refused(&xlsb(7), Code::FileUnreadable, "XLSB workbook that is damaged");
}
