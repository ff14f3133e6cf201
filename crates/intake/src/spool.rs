//! Records written aside one after the other and read back in the same order. A file without a name holds them: nothing is
//! left of it after a crash.

use std::{
    io::{self, BufReader, BufWriter, Read as _, Seek as _, Write as _},
    path::Path,
};

use tempfile::{SpooledTempFile, spooled_tempfile_in};

/// Bytes written and read at once.
const BLOCK: usize = 64 << 10;

/// Records being written.
pub(crate) struct Spool(BufWriter<SpooledTempFile>);

impl Spool {
    /// Keeps so many bytes in memory before they go to a file.
    pub(crate) fn new(folder: &Path, in_memory: usize) -> Self {
        Self(BufWriter::with_capacity(BLOCK, spooled_tempfile_in(in_memory, folder)))
    }

    pub(crate) fn number(&mut self, number: u64) -> io::Result<()> {
        self.0.write_all(&number.to_le_bytes())
    }

    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.number(text.len() as u64)?;
        self.0.write_all(text.as_bytes())
    }

    pub(crate) fn read(self) -> io::Result<SpoolReader> {
        let mut file = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(SpoolReader(BufReader::with_capacity(BLOCK, file)))
    }
}

/// Records being read back; what was written as a number or a text has to be read as such.
pub(crate) struct SpoolReader(BufReader<SpooledTempFile>);

impl SpoolReader {
    pub(crate) fn number(&mut self) -> io::Result<u64> {
        let mut bytes = [0; 8];
        self.0.read_exact(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    pub(crate) fn text(&mut self) -> io::Result<String> {
        let length = usize::try_from(self.number()?).map_err(io::Error::other)?;
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }
}
