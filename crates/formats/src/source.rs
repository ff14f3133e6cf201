//! Where bytes come from: the delivered file itself, unpacked from gzip, or one entry of a zip archive. A source can be
//! opened as often as wanted, for what a file is like is often known only after all of it was read once.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    rc::Rc,
};

use flate2::{Crc, bufread::DeflateDecoder, bufread::MultiGzDecoder};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use tempfile::{NamedTempFile, TempPath};

use crate::{READABLE, fault, fault::Fault};

/// What anything may unpack to, however small it is packed.
const ALLOWANCE: u64 = 64 << 20;
/// What a file may unpack to, as a multiple of its size.
const MAX_RATIO: u64 = 200;
/// The most that any file may unpack to, in bytes.
const MAX_UNPACKED: u64 = 20 << 30;

/// The most that so many packed bytes may unpack to.
pub(crate) fn unpacked_limit(packed: u64) -> u64 {
    packed.saturating_mul(MAX_RATIO).clamp(ALLOWANCE, MAX_UNPACKED)
}

/// How the bytes are packed.
#[derive(Debug, Clone, Copy)]
enum Packing {
    None,
    Gzip,
    Entry { deflated: bool, checksum: u32, unpacked: u64 },
}

/// Bytes of one table or workbook.
#[derive(Debug)]
pub(crate) struct Source {
    path: PathBuf,
    packing: Packing,
    /// Where the packed bytes begin in the file.
    start: u64,
    /// How many packed bytes there are.
    size: u64,
}

impl Source {
    /// The file as it came.
    pub(crate) fn delivered(path: &Path) -> Result<Source, Refusal> {
        let size = std::fs::metadata(path).map_err(fault::refusal)?.len();
        Ok(Source { path: path.to_owned(), packing: Packing::None, start: 0, size })
    }

    /// An entry of the archive at `path`; `unpacked` and `checksum` as the archive states them.
    pub(crate) fn entry(
        path: &Path,
        (start, size): (u64, u64),
        deflated: bool,
        checksum: u32,
        unpacked: u64,
    ) -> Source {
        let packing = Packing::Entry { deflated, checksum, unpacked };
        Source { path: path.to_owned(), packing, start, size }
    }

    /// The same file, unpacked.
    pub(crate) fn gunzipped(&self) -> Result<Source, Refusal> {
        self.refuse_nested("gzip")?;
        Ok(Source { path: self.path.clone(), packing: Packing::Gzip, start: self.start, size: self.size })
    }

    /// Refuses an archive that came out of an archive.
    pub(crate) fn refuse_nested(&self, what: &str) -> Result<(), Refusal> {
        match self.packing {
            Packing::None => Ok(()),
            _ => Err(Refusal::new(Code::FileFormat, format!("{what} inside an archive"), READABLE)),
        }
    }

    /// Bytes of the delivered file that lie before this share of the source, for progress.
    pub(crate) fn progress(&self, done: u64, of: u64) -> u64 {
        let part = u128::from(self.size) * u128::from(done.min(of)) / u128::from(of.max(1));
        self.start + u64::try_from(part).unwrap_or(self.size)
    }

    /// How many bytes it may unpack to.
    pub(crate) fn limit(&self) -> u64 {
        unpacked_limit(self.size)
    }

    /// Opens it at the beginning.
    pub(crate) fn open(&self) -> Result<Stream, Refusal> {
        let mut file = File::open(&self.path).map_err(fault::refusal)?;
        file.seek(SeekFrom::Start(self.start)).map_err(fault::refusal)?;
        let consumed = Rc::new(Cell::new(self.start));
        let packed = Counted { inner: file.take(self.size), consumed: consumed.clone() };
        let inner: Box<dyn Read> = match self.packing {
            Packing::None => Box::new(packed),
            Packing::Gzip => {
                let unpacked = MultiGzDecoder::new(BufReader::new(packed));
                Box::new(Unpacked {
                    inner: unpacked,
                    what: "gzip",
                    limit: self.limit(),
                    count: 0,
                    stated: None,
                })
            }
            Packing::Entry { deflated, checksum, unpacked } => {
                let packed = BufReader::new(packed);
                let stated = Some(Stated { checksum, crc: Crc::new() });
                let (what, limit, count) = ("zip", unpacked, 0);
                if deflated {
                    Box::new(Unpacked { inner: DeflateDecoder::new(packed), what, limit, count, stated })
                } else {
                    Box::new(Unpacked { inner: packed, what, limit, count, stated })
                }
            }
        };
        Ok(Stream { inner, consumed })
    }

    /// The bytes as a file of their own, for formats that are not read from front to back.
    pub(crate) fn local(&self) -> Result<Local, Refusal> {
        if matches!(self.packing, Packing::None) {
            return Ok(Local { path: self.path.clone(), _unpacked: None });
        }
        let mut file = NamedTempFile::new().map_err(fault::refusal)?;
        io::copy(&mut self.open()?, &mut file).map_err(fault::refusal)?;
        file.flush().map_err(fault::refusal)?;
        let unpacked = file.into_temp_path();
        Ok(Local { path: unpacked.to_path_buf(), _unpacked: Some(unpacked) })
    }
}

/// A file that can be read in any order; unpacked bytes go away with it.
pub(crate) struct Local {
    path: PathBuf,
    _unpacked: Option<TempPath>,
}

impl Local {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn open(&self) -> Result<File, Refusal> {
        File::open(&self.path).map_err(fault::refusal)
    }
}

/// Unpacked bytes from front to back.
pub(crate) struct Stream {
    inner: Box<dyn Read>,
    consumed: Rc<Cell<u64>>,
}

impl Stream {
    /// Shared count of the delivered file's bytes read so far.
    pub(crate) fn consumed(&self) -> Rc<Cell<u64>> {
        self.consumed.clone()
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

struct Counted<R> {
    inner: R,
    consumed: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.consumed.set(self.consumed.get() + n as u64);
        Ok(n)
    }
}

/// What an archive says of an entry, compared with what comes out.
struct Stated {
    checksum: u32,
    crc: Crc,
}

/// Unpacked bytes, counted: what an archive says of its own sizes may be false.
struct Unpacked<R> {
    inner: R,
    what: &'static str,
    limit: u64,
    count: u64,
    stated: Option<Stated>,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Fault::Cut(self.what).into_io(),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Fault::Damaged(self.what).into_io(),
            _ => error,
        })?;
        self.count += n as u64;
        if self.count > self.limit {
            return Err(Fault::Bomb(self.limit).into_io());
        }
        let Some(stated) = &mut self.stated else { return Ok(n) };
        stated.crc.update(&buffer[..n]);
        if n == 0 && !buffer.is_empty() {
            if self.count < self.limit {
                return Err(Fault::Cut(self.what).into_io());
            }
            if stated.crc.sum() != stated.checksum {
                return Err(Fault::Damaged(self.what).into_io());
            }
        }
        Ok(n)
    }
}
