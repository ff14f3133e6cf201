//! Files packed into zip and gzip.

use encoding_rs::GBK;
use gnomon_formats::{Next, RawRow};
use gnomon_kernel::Code;
use zip::CompressionMethod;

use crate::{
    delivery::{cells, deliver, refused},
    samples::{
        FIRST, HEADER, SECOND, TYPED, arrow_stream, batch, csv, gzipped, json, ndjson, ods, ods_table,
        packed, parquet, xls, xlsx, zipped,
    },
};

#[test]
fn every_format_in_gzip() {
    for bytes in [csv().into_bytes(), json().into_bytes(), ndjson().into_bytes(), xlsx()] {
        assert_eq!(cells(&gzipped(&bytes)), [HEADER, FIRST, SECOND]);
    }
    assert_eq!(deliver(&gzipped(&csv().into_bytes())).unwrap().sheets, [""]);
    let two = [gzipped(format!("{HEADER}\n{FIRST}\n").as_bytes()), gzipped(SECOND.as_bytes())].concat();
    assert_eq!(cells(&two), [HEADER, FIRST, SECOND]);
}

#[test]
fn every_format_in_one_zip() {
    let book = ods(ods_table());
    let files: [(&str, &[u8]); 8] = [
        ("folder/", b""),
        ("folder/a.csv", &csv().into_bytes()),
        ("b.json", &json().into_bytes()),
        ("c.xlsx", &xlsx()),
        ("d.xls", &xls()),
        ("e.ods", &book),
        ("f.parquet", &parquet(&batch())),
        ("g.arrow", &arrow_stream(&batch())),
    ];
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        let delivered = deliver(&packed(&files, method)).unwrap();
        assert_eq!(
            delivered.sheets,
            [
                "folder/a.csv",
                "b.json",
                "c.xlsx / 一季度",
                "d.xls / 一季度",
                "d.xls / 说明",
                "e.ods / 一季度",
                "f.parquet",
                "g.arrow"
            ]
        );
        let of = |sheet: u8| -> Vec<String> {
            delivered.lines().into_iter().filter(|row| row.0 == sheet).map(|row| row.2).collect()
        };
        for sheet in 0..3 {
            assert_eq!(of(sheet), [HEADER, FIRST, SECOND]);
        }
        assert_eq!(
            (of(4), of(5)),
            (vec!["单位：元".to_owned(), ",".to_owned()], vec![HEADER.to_owned(), FIRST.to_owned()])
        );
        assert_eq!((of(6), of(7)), (TYPED.map(str::to_owned).to_vec(), TYPED.map(str::to_owned).to_vec()));
    }
}

#[test]
fn what_systems_leave_behind_is_passed_over() {
    let bytes = zipped(&[
        ("__MACOSX/._a.csv", b"\0\0".as_slice()),
        (".DS_Store", b"\0\0"),
        ("~$a.xlsx", b"\0"),
        ("x/Thumbs.db", b"\0"),
        ("x/a.csv", csv().as_bytes()),
    ]);
    assert_eq!(deliver(&bytes).unwrap().sheets, ["x/a.csv"]);
    refused(&zipped(&[(".DS_Store", b"x".as_slice())]), Code::FileEmpty, "without files");
    refused(&zipped(&[]), Code::FileEmpty, "without files");
}

#[test]
fn names_in_gbk_without_a_flag() {
    let mut bytes = zipped(&[("ABCDEFGH.csv", csv().as_bytes())]);
    let (name, ..) = GBK.encode("发放明细");
    while let Some(at) = bytes.windows(8).position(|window| window == b"ABCDEFGH") {
        bytes[at..at + 8].copy_from_slice(&name);
    }
    assert_eq!(deliver(&bytes).unwrap().sheets, ["发放明细.csv"]);
    assert_eq!(deliver(&zipped(&[("发放明细.csv", csv().as_bytes())])).unwrap().sheets, ["发放明细.csv"]);
}

#[test]
fn archives_inside_archives() {
    let inner = zipped(&[("a.csv", csv().as_bytes())]);
    let packed = gzipped(csv().as_bytes());
    refused(&zipped(&[("b.zip", inner.as_slice())]), Code::FileFormat, "b.zip: zip inside an archive");
    refused(&zipped(&[("b.gz", packed.as_slice())]), Code::FileFormat, "b.gz: gzip inside an archive");
    refused(&gzipped(&inner), Code::FileFormat, "zip inside an archive");
    refused(&gzipped(&packed), Code::FileFormat, "gzip inside an archive");
    let mut tar = vec![0; 1024];
    tar[..5].copy_from_slice(b"a.csv");
    tar[257..262].copy_from_slice(b"ustar");
    refused(&gzipped(&tar), Code::FileFormat, "tar");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let bytes = zipped(&[("a.csv", csv().as_bytes()), ("说明.pdf", b"%PDF-1.7")]);
    refused(&bytes, Code::FileFormat, "说明.pdf: PDF");
    refused(&zipped(&[("空.csv", b"".as_slice())]), Code::FileEmpty, "空.csv: 0 bytes");
}

#[test]
fn a_zip_with_a_password() {
    let mut bytes = zipped(&[("a.csv", csv().as_bytes())]);
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    refused(&bytes, Code::FileFormat, "a.csv: a zip archive with a password");
}

#[test]
fn a_zip_with_an_unusual_compression() {
    let mut bytes = zipped(&[("a.csv", csv().as_bytes())]);
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[8] = 9;
    bytes[directory + 10] = 9;
    refused(&bytes, Code::FileFormat, "compression");
}

#[test]
fn packed_files_that_were_cut_off() {
    let text: String = (0..20_000).map(|n| format!("{n},某甲,{}\n", n * 7919 % 10_007)).collect();
    let gz = gzipped(text.as_bytes());
    for length in [20, gz.len() / 2, gz.len() - 3] {
        refused(&gz[..length], Code::FileUnreadable, "gzip");
    }
    let zip = zipped(&[("a.csv", text.as_bytes())]);
    for length in [20, zip.len() / 2, zip.len() - 1] {
        refused(&zip[..length], Code::FileUnreadable, "zip archive that is damaged or cut off");
    }
}

#[test]
fn a_flipped_bit_in_a_packed_file() {
    let mut zip = packed(&[("a.csv", csv().as_bytes())], CompressionMethod::Stored);
    let at = zip.windows(3).position(|window| window == b"500").unwrap();
    zip[at] ^= 1;
    refused(&zip, Code::FileUnreadable, "damaged");
    let mut gz = gzipped(csv().as_bytes());
    let at = gz.len() - 8;
    gz[at] ^= 1;
    refused(&gz, Code::FileUnreadable, "gzip");
}

#[test]
fn stopping_inside_an_archive() {
    let bytes = zipped(&[("a.csv", csv().as_bytes()), ("b.csv", csv().as_bytes())]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, bytes).unwrap();
    for (say, expected) in [(Next::SkipSheet, 2), (Next::Stop, 1)] {
        let mut seen = 0;
        let sheets = gnomon_formats::read(&path, &mut |_: &RawRow<'_>| {
            seen += 1;
            Ok(say)
        });
        assert_eq!((seen, sheets.unwrap().len()), (expected, expected));
    }
}

#[test]
fn more_files_or_sheets_than_a_delivery_may_have() {
    let names: Vec<String> = (0..201).map(|n| format!("{n}.csv")).collect();
    let files = |count: usize| -> Vec<u8> {
        let files: Vec<(&str, &[u8])> =
            names[..count].iter().map(|name| (name.as_str(), b"a,b\n".as_slice())).collect();
        zipped(&files)
    };
    assert_eq!(deliver(&files(32)).unwrap().sheets.len(), 32);
    refused(&files(33), Code::FileTooLarge, "33 sheets");
    refused(&files(201), Code::FileTooLarge, "201 files");
}
