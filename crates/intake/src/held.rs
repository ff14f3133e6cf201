//! Rows that were put off until the whole file has been read.

use std::{
    io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write as _},
    path::Path,
};

use gnomon_kernel::Code;
use gnomon_library::analytics::{Refusal, RejectedRow};
use tempfile::{SpooledTempFile, spooled_tempfile_in};

use crate::{cell::Fault, reader::Seen};

/// Bytes kept in memory before they go to a file.
const IN_MEMORY: usize = 16 << 20;

/// The rows that `take` put off, in the order they came, each as it is kept when it is refused in the end. A file without a
/// name holds them: nothing is left of it after a crash.
pub struct HeldRows {
    spool: BufWriter<SpooledTempFile>,
}

impl HeldRows {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { spool: BufWriter::new(spooled_tempfile_in(IN_MEMORY, folder)) }
    }

    pub(crate) fn push(&mut self, row: &RejectedRow) -> Result<(), Refusal> {
        serde_json::to_writer(&mut self.spool, row).map_err(io::Error::from).map_err(unkept)?;
        self.spool.write_all(b"\n").map_err(unkept)
    }

    /// Refuses some of them: which, counted from 0 and ascending, and why. All others are taken.
    ///
    /// # Errors
    /// The rows cannot be read back.
    pub fn refuse(self, faults: Vec<(u64, Fault)>, seen: &mut Seen) -> Result<(), Refusal> {
        if faults.is_empty() {
            return Ok(());
        }
        let mut spool = self.spool.into_inner().map_err(|error| unkept(error.into_error()))?;
        spool.rewind().map_err(unkept)?;
        let mut lines = BufReader::new(spool);
        let (mut next, mut line) = (0, String::new());
        for (index, fault) in faults {
            while next <= index {
                line.clear();
                lines.read_line(&mut line).map_err(unkept)?;
                next += 1;
            }
            let held: RejectedRow = serde_json::from_str(&line).map_err(io::Error::from).map_err(unkept)?;
            if let Some(mended) = held.mends {
                seen.mends.remove(&mended);
            }
            let (code, expected) = (fault.code.word().to_owned(), fault.expected);
            seen.rejected.rows.push(RejectedRow { code, expected, ..held });
        }
        seen.rejected.rows.sort_by_key(|refused| refused.row);
        Ok(())
    }
}

fn unkept(error: io::Error) -> Refusal {
    Refusal::because(Code::Internal, error)
}
