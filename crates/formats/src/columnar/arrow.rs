//! Arrow IPC, as a file or as a stream. A file is a stream between two marks, so both are read from front to back.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
};

use arrow_ipc::{Message, MessageHeader, RecordBatch, reader::StreamReader, root_as_message};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

use super::{Table, each_batch, unreadable};
use crate::{
    fault,
    fault::guarded,
    sink::Sink,
    source::{Source, unpacked_limit},
};

const WHAT: &str = "an Arrow file";
/// The mark at both ends of a file.
const MARK: &[u8] = b"ARROW1";
/// The mark at the beginning is padded with zeros to a multiple of 8 bytes, at most to this.
const PADDED: usize = 64;
/// The longest description of a message, in bytes.
const MAX_DESCRIPTION: usize = 64 << 20;

/// What stands around the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    File,
    Stream,
}

pub(crate) fn read(source: &Source, framing: Framing, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let local = source.local()?;
    let mut file = local.open()?;
    let size = file.metadata().map_err(fault::refusal)?.len();
    let start = match framing {
        Framing::File => messages_begin(&mut file)?,
        Framing::Stream => 0,
    };
    let rows = Messages { file: BufReader::new(local.open()?), size, at: start, unpacked: 0 }.check()?;
    file.seek(SeekFrom::Start(start)).map_err(fault::refusal)?;
    let batches = guarded(WHAT, || {
        StreamReader::try_new_buffered(file, None).map_err(|error| unreadable(WHAT, &error))
    })?;
    let schema = batches.schema();
    let Some(table) = Table::begin(&schema, sink, source.progress(0, 1))? else { return Ok(()) };
    each_batch(WHAT, table, batches, |done| source.progress(done, rows)).map(|_| ())
}

/// Where the first message of a file stands.
fn messages_begin(file: &mut File) -> Result<u64, Refusal> {
    let mut end = [0; MARK.len()];
    let found = file.seek(SeekFrom::End(-(MARK.len() as i64))).and_then(|_| file.read_exact(&mut end));
    if found.is_err() || end != MARK {
        return Err(cut());
    }
    let mut head = Vec::new();
    file.rewind().map_err(fault::refusal)?;
    file.by_ref().take(PADDED as u64).read_to_end(&mut head).map_err(fault::refusal)?;
    let padding = head.chunks_exact(8).skip(1).take_while(|word| **word == [0; 8]).count();
    Ok(8 * (1 + padding as u64))
}

fn cut() -> Refusal {
    Refusal::new(Code::FileUnreadable, "Arrow data that end too early", "a complete file")
}

/// Goes through the messages before the reader does, which takes room for whatever length they state.
struct Messages {
    file: BufReader<File>,
    size: u64,
    at: u64,
    /// Bytes that compressed columns say they unpack to.
    unpacked: u64,
}

impl Messages {
    /// The number of rows.
    fn check(mut self) -> Result<u64, Refusal> {
        let mut rows = 0_u64;
        while let Some(description) = self.description()? {
            let message =
                guarded(WHAT, || root_as_message(&description).map_err(|error| unreadable(WHAT, &error)))?;
            let batch = guarded(WHAT, || Ok(batch_of(&message)))?;
            let body = u64::try_from(message.bodyLength()).map_err(|_| cut())?;
            if body > self.size.saturating_sub(self.at) {
                return Err(cut());
            }
            if let Some(batch) = batch {
                let counted = guarded(WHAT, || self.check_batch(&batch, body))?;
                if message.header_type() == MessageHeader::RecordBatch {
                    rows = rows.saturating_add(counted);
                }
            }
            self.at += body;
        }
        Ok(rows)
    }

    /// The description of the next message; nothing at the end of the stream.
    fn description(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        if self.at == self.size {
            return Ok(None);
        }
        self.file.seek(SeekFrom::Start(self.at)).map_err(fault::refusal)?;
        let (mark, length) = (self.word()?, self.word()?);
        if mark != u32::MAX {
            return Err(unreadable(WHAT, &"no message where one should be"));
        }
        let length = length as usize;
        if length == 0 {
            return Ok(None);
        }
        self.at += 8 + length as u64;
        if self.at > self.size || length > MAX_DESCRIPTION {
            return Err(cut());
        }
        let mut description = vec![0; length];
        self.file.read_exact(&mut description).map_err(|_| cut())?;
        Ok(Some(description))
    }

    fn word(&mut self) -> Result<u32, Refusal> {
        let mut word = [0; 4];
        self.file.read_exact(&mut word).map_err(|_| cut())?;
        Ok(u32::from_le_bytes(word))
    }

    /// Adds up what the buffers of a batch unpack to; gives its rows.
    fn check_batch(&mut self, batch: &RecordBatch<'_>, body: u64) -> Result<u64, Refusal> {
        let rows = u64::try_from(batch.length()).map_err(|_| unreadable(WHAT, &"fewer than no rows"))?;
        let limit = unpacked_limit(self.size);
        for buffer in batch.buffers().iter().flatten() {
            let place = u64::try_from(buffer.offset()).ok().zip(u64::try_from(buffer.length()).ok());
            let Some((offset, length)) =
                place.filter(|(offset, length)| offset.saturating_add(*length) <= body)
            else {
                return Err(cut());
            };
            if batch.compression().is_none() || length < 8 {
                continue;
            }
            self.file.seek(SeekFrom::Start(self.at + offset)).map_err(fault::refusal)?;
            let unpacked = u64::from(self.word()?) | u64::from(self.word()?) << 32;
            // All ones: these bytes are not packed after all.
            self.unpacked =
                self.unpacked.saturating_add(if unpacked == u64::MAX { length } else { unpacked });
            if self.unpacked > limit {
                return Err(fault::bomb(limit));
            }
        }
        Ok(rows)
    }
}

/// The rows or dictionary values that a message carries.
fn batch_of<'m>(message: &Message<'m>) -> Option<RecordBatch<'m>> {
    message.header_as_record_batch().or_else(|| message.header_as_dictionary_batch()?.data())
}
