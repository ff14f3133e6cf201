//! What a file is, by its first bytes.

use std::io::Read;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

use crate::{READABLE, fault, remnant, source::Source};

/// How many bytes are looked at.
const HEAD: u64 = 4096;

/// The formats that are read. Text carries its encoding when that is UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Csv(Option<&'static Encoding>),
    Json(Option<&'static Encoding>),
    Parquet,
    ArrowFile,
    ArrowStream,
    /// The container of Excel 97-2003 and of much else.
    CompoundFile,
    Zip,
    Gzip,
    /// What is left of a file after rows were erased from it.
    Remnant,
}

/// Beginnings of binary files that are read.
const READ: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Zip),
    (b"\x1F\x8B\x08", Kind::Gzip),
    (b"\xD0\xCF\x11\xE0", Kind::CompoundFile),
    (b"PAR1", Kind::Parquet),
    (b"ARROW1\0\0", Kind::ArrowFile),
    (remnant::MAGIC, Kind::Remnant),
];

/// Beginnings of binary files that are not, and what they are.
const NOT_READ: &[(&[u8], &str)] = &[
    (b"PK\x07\x08", "a zip archive in several parts"),
    (b"PARE", "Parquet with an encrypted footer"),
    (b"FEA1", "Feather version 1"),
    (b"%PDF", "PDF"),
    (b"\x89PNG\r\n\x1A\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x7FELF", "a program"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\0\x01\0\0Standard", "an Access database"),
    (b"{\\rtf", "RTF"),
];

impl Kind {
    pub(crate) fn of(source: &Source) -> Result<Kind, Refusal> {
        let mut head = Vec::new();
        source.open()?.take(HEAD).read_to_end(&mut head).map_err(fault::refusal)?;
        Kind::of_head(&head)
    }

    fn of_head(head: &[u8]) -> Result<Kind, Refusal> {
        let not_read = |what: &str| Err(Refusal::new(Code::FileFormat, what, READABLE));
        if head.is_empty() {
            return Err(Refusal::new(Code::FileEmpty, "0 bytes", READABLE));
        }
        if head.starts_with(b"PK\x05\x06") {
            return Err(Refusal::new(Code::FileEmpty, "a zip archive without files", READABLE));
        }
        if let Some((_, kind)) = READ.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Ok(*kind);
        }
        if let Some((_, what)) = NOT_READ.iter().find(|(magic, _)| head.starts_with(magic)) {
            return not_read(what);
        }
        if begins_arrow_stream(head) {
            return Ok(Kind::ArrowStream);
        }
        let wide = utf16(head);
        if wide.is_none() && head.contains(&0) {
            return not_read(binary(head));
        }
        let text = match wide {
            Some(encoding) => encoding.decode(head).0,
            None => String::from_utf8_lossy(head),
        };
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        refuse_markup(&text.chars().take(1024).collect::<String>().to_lowercase())?;
        Ok(if begins_json(text) { Kind::Json(wide) } else { Kind::Csv(wide) })
    }
}

/// The word for bytes that are no text.
fn binary(head: &[u8]) -> &'static str {
    match head {
        [b'M', b'Z', ..] => "a program",
        [b'B', b'M', ..] => "a BMP picture",
        [b'R', b'I', b'F', b'F', ..] => "a WebP picture or a sound",
        _ if head.get(257..262) == Some(b"ustar") => "a tar archive",
        _ => "binary data",
    }
}

fn refuse_markup(start: &str) -> Result<(), Refusal> {
    let html = ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div"];
    let found = if html.iter().any(|tag| start.starts_with(tag)) {
        "HTML"
    } else if start.starts_with("mime-version:") {
        "a web page with its pictures (MHTML)"
    } else if start.starts_with('<') && start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        "XML (Excel 2003)"
    } else if start.starts_with("<?xml") && start.contains("<html") {
        "HTML"
    } else if start.starts_with("<?xml") {
        "XML"
    } else {
        return Ok(());
    };
    Err(Refusal::new(Code::FileNotSpreadsheet, found, READABLE))
}

/// An object or an array of objects; a line of text that merely begins with a bracket is none.
fn begins_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), second) => matches!(second, None | Some('"' | '}')),
        (Some('['), second) => matches!(second, None | Some('{' | '[' | ']' | '"')),
        _ => false,
    }
}

/// A stream begins with a mark and the length of its first message.
fn begins_arrow_stream(head: &[u8]) -> bool {
    let Some((mark, rest)) = head.split_first_chunk::<4>() else { return false };
    let length = rest.first_chunk::<4>().map(|bytes| i32::from_le_bytes(*bytes));
    *mark == [0xFF; 4] && length.is_some_and(|length| length > 0 && length % 8 == 0)
}

/// UTF-16 by its mark; without one only when all of it is plain text with separators or lines.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    // Half of each Latin sign is a zero byte; so is now and then half of a Chinese one, but on the other side.
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (left, right) = (zeros(0), zeros(1));
    let encoding = match left.max(right) {
        0..2 => return None,
        _ if left > right => UTF_16BE,
        _ => UTF_16LE,
    };
    let (text, _) = encoding.decode_without_bom_handling(&head[..head.len() / 2 * 2]);
    // The head may end between two halves of a sign.
    let text = text.strip_suffix(char::REPLACEMENT_CHARACTER).unwrap_or(&text);
    let plain = |sign: char| !sign.is_control() || matches!(sign, '\t' | '\r' | '\n');
    let is_text = text.chars().all(|sign| plain(sign) && sign != char::REPLACEMENT_CHARACTER);
    (is_text && text.contains([',', ';', '\t', '|', '\n'])).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_at_the_start_of_a_line_are_not_always_json() {
        let kind = |text: &str| Kind::of_head(text.as_bytes()).unwrap();
        assert_eq!(kind("[2024] 发放表,,\n姓名,金额\n"), Kind::Csv(None));
        assert_eq!(kind("{甲},乙\n"), Kind::Csv(None));
        assert_eq!(kind(" \n[ {\"a\": 1} ]"), Kind::Json(None));
        assert_eq!(kind("\u{FEFF}{\"a\": 1}"), Kind::Json(None));
        assert_eq!(kind("[]"), Kind::Json(None));
    }
}
