//! Files that are something else, whatever their names said.

use gnomon_kernel::Code;

use crate::delivery::{cells, refused};

#[test]
fn other_formats_are_refused_by_name() {
    let mut tar = vec![0; 512];
    tar[257..262].copy_from_slice(b"ustar");
    let kinds: [(&[u8], &str); 17] = [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1A\n\0\0", "PNG"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "JPEG"),
        (b"GIF89a\x01\0", "GIF"),
        (b"BM\x36\0\0\0\0\0", "BMP"),
        (b"MZ\x90\0\x03\0\0\0", "program"),
        (b"\x7FELF\x02\x01\x01\0", "program"),
        (b"7z\xBC\xAF\x27\x1C\0\x04", "7z"),
        (b"Rar!\x1A\x07\x01\0", "RAR"),
        (b"BZh91AY&SY\0", "bzip2"),
        (b"\xFD7zXZ\0\0\x04", "xz"),
        (b"\x28\xB5\x2F\xFD\0", "Zstandard"),
        (b"SQLite format 3\0", "SQLite"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"FEA1\0\0\0\0", "Feather"),
        (&tar, "tar"),
        (&[0; 4096], "binary data"),
    ];
    for (bytes, found) in kinds {
        refused(bytes, Code::FileFormat, found);
    }
    refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Code::FileFormat, "cut off");
}

#[test]
fn web_pages_named_as_workbooks() {
    let wide: Vec<u8> = "\u{FEFF}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let pages: [(&[u8], &str); 7] = [
        (b"<html><body><table>", "HTML"),
        (b"\n  <TABLE border=1>", "HTML"),
        (b"\xEF\xBB\xBF<!DOCTYPE html>", "HTML"),
        (b"<?xml version=\"1.0\"?><html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", "HTML"),
        (
            b"<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "XML (Excel 2003)",
        ),
        (b"<?xml version=\"1.0\"?><root/>", "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
    ];
    for (bytes, found) in pages.into_iter().chain([(wide.as_slice(), "HTML")]) {
        refused(bytes, Code::FileNotSpreadsheet, found);
    }
}

#[test]
fn text_that_only_begins_like_another_format() {
    for text in ["BM-101,某甲\n", "MZ,某乙\n", "<50,50-100\n", "PK,1\n", "GIF,PNG\n"] {
        assert_eq!(cells(text.as_bytes()), [text.trim_end()]);
    }
}
