//! Workbooks as offices fill them in, in every format that programs save them in.

use gnomon_formats::{Next, RawRow};
use gnomon_kernel::Code;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::{
    delivery::{deliver, refused},
    samples::{FIRST, HEADER, ods, ods_table, xls, zipped},
};

#[test]
fn numbers_days_and_truths_of_xlsx() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    sheet.merge_range(0, 0, 0, 3, "某县补助发放表", &Format::new()).unwrap();
    sheet.write_number(2, 0, 500.0).unwrap();
    sheet.write_number(2, 1, 70.25).unwrap();
    sheet.write_boolean(2, 2, true).unwrap();
    sheet.write_datetime_with_format(2, 3, ExcelDateTime::from_ymd(2024, 1, 31).unwrap(), &day).unwrap();
    let at = ExcelDateTime::from_ymd(2024, 1, 31).unwrap().and_hms(8, 5, 0).unwrap();
    sheet.write_datetime_with_format(2, 5, at, &moment).unwrap();
    book.add_worksheet().set_name("说明").unwrap().write_string(1_048_575, 0, "末行").unwrap();
    let delivered = deliver(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(delivered.sheets, ["Sheet1", "说明"]);
    assert_eq!(
        delivered.lines(),
        [
            (0, 1, "某县补助发放表".to_owned()),
            (0, 3, "500,70.25,TRUE,2024-01-31,,2024-01-31 08:05:00".to_owned()),
            (1, 1_048_576, "末行".to_owned()),
        ]
    );
}

#[test]
fn an_xls_of_excel_97() {
    let delivered = deliver(&xls()).unwrap();
    assert_eq!(delivered.sheets, ["一季度", "说明"]);
    assert_eq!(
        delivered.lines(),
        [
            (0, 1, "某县补助发放表".to_owned()),
            (0, 2, "身份证号,姓名,金额,发放日期,登记时间,已核".to_owned()),
            (0, 3, "870123199001011234,欧阳甲,500,2024-01-31,2024-01-31 08:05:00,TRUE".to_owned()),
            (0, 4, "870123199002022345,某乙,70.25,,,FALSE".to_owned()),
            (0, 6, "合计,,570.25".to_owned()),
            (1, 1, "单位：元".to_owned()),
            (1, 2, ",".to_owned()),
        ]
    );
}

#[test]
fn an_ods() {
    let delivered =
        deliver(&ods(&format!("{0}{1}", ods_table(), ods_table().replace("一季度", "二季度")))).unwrap();
    assert_eq!(delivered.sheets, ["一季度", "二季度"]);
    assert_eq!(delivered.cells(), [HEADER, FIRST, HEADER, FIRST]);
}

#[test]
fn values_of_ods() {
    let row = r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row><table:table-row>
        <table:table-cell table:number-columns-repeated="2"/>
        <table:table-cell office:value-type="date" office:date-value="2024-01-31"><text:p>31.01.24</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2024-01-31T08:05:00"/>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>
        <table:table-cell office:value-type="currency" office:value="70.250"><text:p>¥70</text:p></table:table-cell>
        <table:covered-table-cell/>
        <table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>
          <text:p>甲<text:s text:c="2"/>&amp;乙</text:p> <text:p>丙<text:span>&#x4E01;</text:span></text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>同</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#;
    assert_eq!(
        deliver(&ods(row)).unwrap().lines(),
        [
            (0, 4, ",,2024-01-31,2024-01-31 08:05:00,TRUE,70.25,,甲  &乙\n丙丁".to_owned()),
            (0, 5, "同,同".to_owned()),
            (0, 6, "同,同".to_owned()),
        ]
    );
}

#[test]
fn an_ods_that_ends_inside_a_sheet() {
    let whole = ods_table();
    for end in ["</table:table>", "</table:table-row>", "</table:table-cell>"] {
        let table = &whole[..whole.rfind(end).unwrap()];
        let content = format!("<office:document-content>{table}");
        let bytes = zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()),
            ("content.xml", content.as_bytes()),
        ]);
        refused(&bytes, Code::FileUnreadable, "inside a sheet");
    }
}

#[test]
fn skipping_a_sheet_and_stopping() {
    let table = ods_table();
    let book = ods(&format!("{table}{}", table.replace("一季度", "二季度")));
    for bytes in [book, xls()] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, bytes).unwrap();
        for (say, expected) in [(Next::SkipSheet, vec![0, 1]), (Next::Stop, vec![0])] {
            let mut seen = Vec::new();
            gnomon_formats::read(&path, &mut |row: &RawRow<'_>| {
                seen.push(row.sheet);
                Ok(say)
            })
            .unwrap();
            assert_eq!(seen, expected);
        }
    }
}

#[test]
fn more_sheets_than_a_row_can_name() {
    let mut book = Workbook::new();
    for _ in 0..33 {
        book.add_worksheet().write_string(0, 0, "甲").unwrap();
    }
    refused(&book.save_to_buffer().unwrap(), Code::FileTooLarge, "33 sheets");
}

#[test]
fn workbooks_with_a_password() {
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>".as_slice();
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x01\x02"),
    ]);
    refused(&bytes, Code::FileFormat, "password");
    let mut locked = xls();
    // Excel puts a locked XLSX into the container of an XLS, under this name.
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let at = locked.windows(plain.len()).position(|window| window == plain).unwrap();
    locked[at..at + name.len()].copy_from_slice(&name);
    refused(&locked, Code::FileFormat, "password");
}

#[test]
fn office_files_that_are_no_workbooks() {
    let types = ("[Content_Types].xml", b"<Types/>".as_slice());
    let word = zipped(&[types, ("word/document.xml", b"<w/>")]);
    refused(&word, Code::FileNotSpreadsheet, "Word");
    let text = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".as_slice()),
        ("content.xml", b"<x/>"),
    ]);
    refused(&text, Code::FileNotSpreadsheet, "no spreadsheet");
    let mut doc = xls();
    let name: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let at = doc.windows(name.len()).position(|window| window == name).unwrap();
    doc[at] = b'X';
    refused(&doc, Code::FileNotSpreadsheet, "without a workbook");
}
