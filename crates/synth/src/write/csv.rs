use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{gb::GbEncoder, row::Cell};
use crate::SynthError;

/// How a text file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with the byte order mark that spreadsheets want.
    Utf8Bom,
    /// GB 18030, what older systems export.
    Gb18030,
}

impl Encoding {
    pub fn word(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-bom",
            Encoding::Gb18030 => "gb18030",
        }
    }
}

/// A comma-separated file with CRLF line ends.
pub struct CsvFile {
    path: PathBuf,
    out: BufWriter<File>,
    line: String,
    bytes: Vec<u8>,
    gb: Option<GbEncoder>,
}

impl CsvFile {
    pub fn create(path: &Path, encoding: Encoding) -> Result<CsvFile, SynthError> {
        let file = File::create(path).map_err(SynthError::io(path))?;
        let mut out = BufWriter::with_capacity(1 << 17, file);
        if encoding == Encoding::Utf8Bom {
            out.write_all(b"\xEF\xBB\xBF").map_err(SynthError::io(path))?;
        }
        let gb = (encoding == Encoding::Gb18030).then(GbEncoder::new);
        Ok(CsvFile { path: path.to_owned(), out, line: String::new(), bytes: Vec::new(), gb })
    }

    pub fn header(&mut self, words: &[&str]) -> Result<(), SynthError> {
        self.line.clear();
        self.line.push_str(&words.join(","));
        self.flush_line()
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), SynthError> {
        self.line.clear();
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.line.push(',');
            }
            push_cell(&mut self.line, &cell.text);
        }
        self.flush_line()
    }

    pub fn finish(mut self) -> Result<(), SynthError> {
        self.out.flush().map_err(SynthError::io(&self.path))
    }

    fn flush_line(&mut self) -> Result<(), SynthError> {
        self.line.push_str("\r\n");
        let bytes = match &mut self.gb {
            None => self.line.as_bytes(),
            Some(gb) => {
                self.bytes.clear();
                gb.encode(&self.line, &mut self.bytes);
                &self.bytes
            }
        };
        self.out.write_all(bytes).map_err(SynthError::io(&self.path))
    }
}

fn push_cell(line: &mut String, text: &str) {
    if !text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        line.push_str(text);
        return;
    }
    line.push('"');
    for c in text.chars() {
        if c == '"' {
            line.push('"');
        }
        line.push(c);
    }
    line.push('"');
}
