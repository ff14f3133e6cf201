//! Zip files: workbooks that happen to be zip files, and archives of delivered files.

use std::{fs::File, io::BufReader, io::Read, path::Path};

use encoding_rs::GB18030;
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use zip::{CompressionMethod, ZipArchive, result::ZipError};

use crate::{
    READABLE, fault, read_source,
    sink::Sink,
    source::{Source, unpacked_limit},
    workbook::{ods, xlsx},
};

/// Files that an archive may hold.
const MAX_FILES: usize = 200;
/// The most that a workbook may unpack to, in bytes: its texts are held in memory.
const MAX_WORKBOOK: u64 = 1 << 30;

/// Reads a workbook, or every file of an archive.
pub(crate) fn read(source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let local = source.local()?;
    let archive = Archive::open(local.path())?;
    match archive.content()? {
        Content::Xlsx => archive.checked_workbook().and_then(|()| xlsx::read_xlsx(&local, source, sink)),
        Content::Xlsb => archive.checked_workbook().and_then(|()| xlsx::read_xlsb(&local, source, sink)),
        Content::Ods => archive.checked_workbook().and_then(|()| ods::read(&archive, source, sink)),
        Content::Files => {
            source.refuse_nested("zip")?;
            archive.read_files(sink)
        }
    }
}

enum Content {
    Xlsx,
    Xlsb,
    Ods,
    Files,
}

/// One entry as the archive's directory states it.
struct Entry {
    /// With `/` between folders.
    name: String,
    folder: bool,
    encrypted: bool,
    method: CompressionMethod,
    start: u64,
    packed: u64,
    unpacked: u64,
    checksum: u32,
}

/// The directory of a zip file.
pub(crate) struct Archive<'p> {
    path: &'p Path,
    size: u64,
    entries: Vec<Entry>,
}

impl<'p> Archive<'p> {
    fn open(path: &'p Path) -> Result<Self, Refusal> {
        let file = File::open(path).map_err(fault::refusal)?;
        let size = file.metadata().map_err(fault::refusal)?.len();
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        let entries = (0..archive.len()).map(|index| {
            let entry = archive.by_index_raw(index).map_err(damaged)?;
            let name = decode_name(entry.name_raw());
            Ok(Entry {
                folder: entry.is_dir() || name.ends_with('/'),
                name,
                encrypted: entry.encrypted(),
                method: entry.compression(),
                start: entry.data_start().unwrap_or_default(),
                packed: entry.compressed_size(),
                unpacked: entry.size(),
                checksum: entry.crc32(),
            })
        });
        let entries = entries.collect::<Result<Vec<Entry>, Refusal>>()?;
        let limit = unpacked_limit(size);
        let stated = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.unpacked));
        if stated > limit { Err(fault::bomb(limit)) } else { Ok(Self { path, size, entries }) }
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn content(&self) -> Result<Content, Refusal> {
        let other = |what: &str| Err(Refusal::new(Code::FileNotSpreadsheet, what, READABLE));
        if self.find("xl/workbook.bin").is_some() {
            return Ok(Content::Xlsb);
        }
        if self.find("xl/workbook.xml").is_some() {
            return Ok(Content::Xlsx);
        }
        if self.find("[Content_Types].xml").is_some() {
            return if self.find("word/document.xml").is_some() {
                other("a Word document")
            } else if self.find("ppt/presentation.xml").is_some() {
                other("a PowerPoint presentation")
            } else {
                other("an Office file without a workbook")
            };
        }
        let Some(entry) = self.find("mimetype") else { return Ok(Content::Files) };
        let mut words = String::new();
        // Bytes that are no text are no media type either.
        let _ = self.source(entry)?.open()?.take(128).read_to_string(&mut words);
        match words.strip_prefix("application/vnd.oasis.opendocument.") {
            Some(rest) if rest.starts_with("spreadsheet") => Ok(Content::Ods),
            Some(_) => other("an OpenDocument file that is no spreadsheet"),
            None => Ok(Content::Files),
        }
    }

    /// Refuses a workbook that is damaged or unpacks to more than it says, before any parser holds it in memory.
    fn checked_workbook(&self) -> Result<(), Refusal> {
        let unpacked: u64 = self.entries.iter().map(|entry| entry.unpacked).sum();
        if unpacked > MAX_WORKBOOK {
            return Err(fault::bomb(MAX_WORKBOOK));
        }
        for entry in self.entries.iter().filter(|entry| !entry.folder) {
            let mut bytes = self.source(entry)?.open()?;
            std::io::copy(&mut bytes, &mut std::io::sink()).map_err(fault::refusal)?;
        }
        Ok(())
    }

    /// An entry of a workbook, if it is there.
    pub(crate) fn part(&self, name: &str) -> Result<Option<Source>, Refusal> {
        self.find(name).map(|entry| self.source(entry)).transpose()
    }

    /// Size of the zip file in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    fn source(&self, entry: &Entry) -> Result<Source, Refusal> {
        let refused = |found: &str, expected: &str| Err(Refusal::new(Code::FileFormat, found, expected));
        if entry.encrypted {
            return refused("a zip archive with a password", "one without");
        }
        let deflated = match entry.method {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            method => return refused(&format!("zip compression {method}"), "the usual one (deflate)"),
        };
        let place = (entry.start, entry.packed);
        Ok(Source::entry(self.path, place, deflated, entry.checksum, entry.unpacked))
    }

    fn read_files(&self, sink: &mut Sink<'_>) -> Result<(), Refusal> {
        let files: Vec<&Entry> =
            self.entries.iter().filter(|entry| !entry.folder && !hidden(&entry.name)).collect();
        if files.is_empty() {
            return Err(Refusal::new(Code::FileEmpty, "a zip archive without files", READABLE));
        }
        if files.len() > MAX_FILES {
            let found = format!("{} files in an archive", files.len());
            return Err(Refusal::new(Code::FileTooLarge, found, format!("at most {MAX_FILES}")));
        }
        for entry in files {
            sink.enter(&entry.name);
            let read = self.source(entry).and_then(|source| read_source(&source, sink));
            read.map_err(|refusal| within(&entry.name, refusal))?;
            if sink.stopped() {
                break;
            }
        }
        Ok(())
    }
}

/// Says in which file of the archive the fault is.
fn within(name: &str, refusal: Refusal) -> Refusal {
    let found: String = format!("{name}: {}", refusal.found).chars().take(200).collect();
    Refusal { found, ..refusal }
}

fn damaged(error: ZipError) -> Refusal {
    match error {
        ZipError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => fault::refusal(error),
        error => {
            let found = format!("a zip archive that is damaged or cut off ({error})");
            Refusal::new(Code::FileUnreadable, found, "a complete file")
        }
    }
}

/// Names are UTF-8, or what a Chinese Windows writes; the flag that tells is often missing.
fn decode_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

/// What systems and programs leave behind in archives.
fn hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part.starts_with("~$") || part == "__MACOSX")
        || name.rsplit('/').next().is_some_and(|file| {
            file.eq_ignore_ascii_case("thumbs.db") || file.eq_ignore_ascii_case("desktop.ini")
        })
}
