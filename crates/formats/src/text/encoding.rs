//! Which encoding a text file is in, found by its content.

use std::io::Read as _;

use encoding_rs::{Encoding, GB18030, UTF_8};
use gnomon_library::analytics::Refusal;

use crate::{MAX_RECORD, fault, source::Source};

/// Bytes looked at at once.
const BLOCK: usize = 1 << 20;

/// UTF-8 when more lines with non-ASCII letters are valid UTF-8 than are not, else GB18030. One broken line in a UTF-8 file
/// is a broken line, not another encoding.
pub(crate) fn detect(source: &Source) -> Result<&'static Encoding, Refusal> {
    let mut stream = source.open()?;
    let (mut good, mut bad) = (0_u64, 0_u64);
    // Whole lines, and the beginning of one more.
    let mut text: Vec<u8> = Vec::with_capacity(BLOCK);
    while stream.by_ref().take(BLOCK as u64).read_to_end(&mut text).map_err(fault::refusal)? > 0 {
        let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        count(&text[..end], &mut good, &mut bad);
        text.drain(..end);
        if text.len() > MAX_RECORD {
            text.clear();
        }
    }
    count(&text, &mut good, &mut bad);
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
