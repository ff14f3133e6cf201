//! Which encoding a text file is in, found by its content.

use std::io::{BufRead, BufReader};

use encoding_rs::{Encoding, GB18030, UTF_8};
use gnomon_library::analytics::Refusal;

use crate::{MAX_RECORD, fault, source::Source};

/// UTF-8 when more lines with non-ASCII letters are valid UTF-8 than are not, else GB18030. One broken line in a UTF-8 file
/// is a broken line, not another encoding.
pub(crate) fn detect(source: &Source) -> Result<&'static Encoding, Refusal> {
    let mut reader = BufReader::with_capacity(1 << 20, source.open()?);
    let (mut good, mut bad) = (0_u64, 0_u64);
    let mut tail: Vec<u8> = Vec::new();
    loop {
        let chunk = reader.fill_buf().map_err(fault::refusal)?;
        if chunk.is_empty() {
            break;
        }
        let end = chunk.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let length = chunk.len();
        if end > 0 {
            tail.extend_from_slice(&chunk[..end]);
            count(&tail, &mut good, &mut bad);
            tail.clear();
        }
        tail.extend_from_slice(&chunk[end..]);
        if tail.len() > MAX_RECORD {
            tail.clear();
        }
        reader.consume(length);
    }
    count(&tail, &mut good, &mut bad);
    Ok(if bad > good { GB18030 } else { UTF_8 })
}

fn count(text: &[u8], good: &mut u64, bad: &mut u64) {
    if text.is_ascii() {
        return;
    }
    if std::str::from_utf8(text).is_ok() {
        *good += 1;
        return;
    }
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        if std::str::from_utf8(line).is_ok() { *good += 1 } else { *bad += 1 }
    }
}
