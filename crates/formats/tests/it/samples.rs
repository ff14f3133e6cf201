//! A small file of each format, with invented people.

use std::{io::Write, sync::Arc};

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, RecordBatch,
    StringArray, TimestampMicrosecondArray,
    builder::{ListBuilder, StringBuilder},
    types::Int32Type,
};
use flate2::{Compression, write::GzEncoder};
use rust_xlsxwriter::Workbook;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub const HEADER: &str = "身份证号,姓名,金额";
pub const FIRST: &str = "870123199001011234,欧阳甲,500";
pub const SECOND: &str = "870123199002022345,某乙,70.25";

/// The rows that every sample without types of its own holds.
pub fn csv() -> String {
    format!("{HEADER}\n{FIRST}\n{SECOND}\n")
}

pub fn json() -> String {
    r#"[{"身份证号": 870123199001011234, "姓名": "欧阳甲", "金额": 500},
        {"身份证号": "870123199002022345", "姓名": "某乙", "金额": 70.25}]"#
        .to_owned()
}

pub fn ndjson() -> String {
    json().trim_matches(['[', ']']).replace("},\n", "}\n")
}

pub fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("一季度").unwrap();
    for (row, line) in csv().lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            match cell.parse::<f64>() {
                Ok(amount) if cell.len() < 10 => {
                    sheet.write_number(row as u32, column as u16, amount).unwrap()
                }
                _ => sheet.write_string(row as u32, column as u16, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

pub fn xls() -> Vec<u8> {
    include_bytes!("../data/grants.xls").to_vec()
}

/// An ODS with these tables as XML.
pub fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

pub fn ods_table() -> &'static str {
    r#"<table:table table:name="一季度">
        <table:table-row><table:table-cell office:value-type="string"><text:p>身份证号</text:p></table:table-cell>
          <table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell><text:p>金额</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell><text:p>870123199001011234</text:p></table:table-cell>
          <table:table-cell><text:p>欧阳甲</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="500"><text:p>500.00</text:p></table:table-cell></table:table-row>
      </table:table>"#
}

/// Columns of every type that is read.
pub fn batch() -> RecordBatch {
    let mut tags = ListBuilder::new(StringBuilder::new());
    tags.append_value([Some("低保"), Some("五保")]);
    tags.append_null();
    let words: DictionaryArray<Int32Type> = [Some("镇"), None].into_iter().collect();
    let moments = TimestampMicrosecondArray::from(vec![Some(1_706_688_300_000_000), None]);
    let columns: [(&str, ArrayRef); 8] = [
        ("person_id", Arc::new(StringArray::from(vec!["870123199001011234", "870123199002022345"]))),
        (
            "amount",
            Arc::new(Decimal128Array::from(vec![50_000, -7_025]).with_precision_and_scale(18, 2).unwrap()),
        ),
        ("rate", Arc::new(Float64Array::from(vec![2.0, 0.1]))),
        ("day", Arc::new(Date32Array::from(vec![Some(19_753), None]))),
        ("at", Arc::new(moments)),
        ("checked", Arc::new(BooleanArray::from(vec![true, false]))),
        ("tags", Arc::new(tags.finish())),
        ("place", Arc::new(words)),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
}

/// What [`batch`] reads as.
pub const TYPED: [&str; 3] = [
    "person_id,amount,rate,day,at,checked,tags,place",
    "870123199001011234,500.00,2,2024-01-31,2024-01-31 08:05:00,true,低保|五保,镇",
    "870123199002022345,-70.25,0.1,,,false,,",
];

pub fn parquet(batch: &RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

pub fn arrow_file(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = arrow_ipc::writer::FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

pub fn arrow_stream(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed(files, CompressionMethod::Deflated)
}

pub fn packed(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(method);
        if name.ends_with('/') {
            zip.add_directory(*name, options).unwrap();
        } else {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}
