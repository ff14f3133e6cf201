//! Thousands of damaged files per format: each is read or refused, and soon.

use std::time::{Duration, Instant};

use zip::CompressionMethod;

use crate::{
    delivery::deliver_path,
    samples::{
        arrow_file, arrow_stream, batch, csv, gzipped, json, ndjson, ods, ods_table, packed, parquet, xls,
        xlsx, zipped,
    },
};

const TIMES: usize = 2000;
const LONGEST: Duration = Duration::from_secs(20);

/// A small generator of numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }

    /// One to four flipped bits, changed bytes or runs of them, sometimes cut off.
    fn damage(&mut self, whole: &[u8]) -> Vec<u8> {
        let mut bytes = whole.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            match self.below(4) {
                0 => bytes[at] = [0, 0xFF, 0x7F, 0x80][self.below(4)],
                1 => {
                    let end = bytes.len().min(at + 4);
                    bytes[at..end].fill(0xFF);
                }
                _ => bytes[at] ^= 1 << self.below(8),
            }
        }
        if self.below(4) == 0 {
            bytes.truncate(self.below(bytes.len()));
        }
        bytes
    }
}

/// Reads damaged copies of a file; `wrap` packs the damaged bytes so that no checksum keeps them from the parser.
fn survives(name: &str, whole: &[u8], wrap: impl Fn(Vec<u8>) -> Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let mut dice = Dice(name.len() as u64);
    let (mut read, mut slowest) = (0, Duration::ZERO);
    for _ in 0..TIMES {
        std::fs::write(&path, wrap(dice.damage(whole))).unwrap();
        let start = Instant::now();
        let outcome = deliver_path(&path);
        slowest = slowest.max(start.elapsed());
        read += usize::from(outcome.is_ok());
    }
    assert!(slowest < LONGEST, "{name}: {slowest:?}");
    eprintln!("{name}: {read} of {TIMES} read, slowest {slowest:?}");
}

#[test]
fn text_and_json() {
    survives("csv", csv().as_bytes(), |bytes| bytes);
    survives("json", json().as_bytes(), |bytes| bytes);
    survives("ndjson", ndjson().as_bytes(), |bytes| bytes);
}

#[test]
fn packed_files() {
    survives("gzip", &gzipped(csv().as_bytes()), |bytes| bytes);
    survives("zip", &zipped(&[("a.csv", csv().as_bytes()), ("b.json", json().as_bytes())]), |bytes| bytes);
    survives("xlsx", &xlsx(), |bytes| bytes);
    survives("ods", &ods(ods_table()), |bytes| bytes);
}

#[test]
fn old_workbooks() {
    survives("xls", &xls(), |bytes| bytes);
}

#[test]
fn parts_of_new_workbooks() {
    let whole = xlsx();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&whole)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let parts: Vec<(String, Vec<u8>)> = names
        .into_iter()
        .map(|name| {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut archive.by_name(&name).unwrap(), &mut bytes).unwrap();
            (name, bytes)
        })
        .collect();
    for damaged in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"] {
        let (_, whole) = parts.iter().find(|(name, _)| name == damaged).unwrap();
        survives(damaged, whole, |bytes| {
            let parts: Vec<(&str, &[u8])> = parts
                .iter()
                .map(|(name, whole)| (name.as_str(), if name == damaged { &bytes[..] } else { &whole[..] }))
                .collect();
            packed(&parts, CompressionMethod::Stored)
        });
    }
}

#[test]
fn parts_of_open_documents() {
    survives("content.xml", ods_table().as_bytes(), |bytes| {
        packed(
            &[
                ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()),
                ("content.xml", &[b"<a>".as_slice(), &bytes, b"</a>"].concat()),
            ],
            CompressionMethod::Stored,
        )
    });
}

#[test]
fn columns() {
    survives("parquet", &parquet(&batch()), |bytes| bytes);
    survives("arrow file", &arrow_file(&batch()), |bytes| bytes);
    survives("arrow stream", &arrow_stream(&batch()), |bytes| bytes);
}
