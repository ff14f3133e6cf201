//! Text with separators, in the encodings that departments use.

use encoding_rs::GB18030;
use gnomon_formats::Next;
use gnomon_kernel::Code;

use crate::{
    delivery::{cells, deliver, refused},
    samples::{FIRST, HEADER, SECOND, csv},
};

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_separator() {
    for separator in [",", ";", "\t", "|"] {
        let text = csv().replace(',', separator);
        assert_eq!(cells(text.as_bytes()), [HEADER, FIRST, SECOND], "{separator:?}");
    }
}

#[test]
fn quotes_hold_separators_and_lines() {
    let delivered = deliver("姓名;说明\n某甲;\"a;b\nc \"\"d\"\", e, f, g\"\n某乙;x\n".as_bytes()).unwrap();
    let lines: Vec<(u32, &str)> =
        delivered.rows.iter().map(|row| (row.line, row.cells[1].as_str())).collect();
    assert_eq!(lines, [(1, "说明"), (2, "a;b\nc \"d\", e, f, g"), (4, "x")]);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["发放表", "", "姓名;说明", "某甲;\"a", "b\"", "", "", "某乙;x", "某丙;y", ""].join(end);
        let delivered = deliver(text.as_bytes()).unwrap();
        let lines: Vec<(u32, &str)> =
            delivered.rows.iter().map(|row| (row.line, row.cells[0].as_str())).collect();
        assert_eq!(lines, [(1, "发放表"), (3, "姓名"), (4, "某甲"), (8, "某乙"), (9, "某丙")], "{end:?}");
    }
}

#[test]
fn every_encoding() {
    let text = csv().replace("欧阳甲", "欧阳㐂𠀀");
    let (national, ..) = GB18030.encode(&text);
    let marked = format!("\u{FEFF}{text}");
    let expected = [HEADER, &FIRST.replace("欧阳甲", "欧阳㐂𠀀"), SECOND];
    for (name, bytes) in [
        ("utf-8", text.clone().into_bytes()),
        ("utf-8 with a mark", marked.clone().into_bytes()),
        ("gb18030", national.into_owned()),
        ("utf-16 le", utf16(&marked, u16::to_le_bytes)),
        ("utf-16 be", utf16(&marked, u16::to_be_bytes)),
        ("utf-16 le without a mark", utf16(&text, u16::to_le_bytes)),
        ("utf-16 be without a mark", utf16(&text, u16::to_be_bytes)),
    ] {
        let delivered = deliver(&bytes).unwrap();
        assert_eq!(delivered.cells(), expected, "{name}");
        assert!(delivered.rows.iter().all(|row| row.readable), "{name}");
        assert_eq!(delivered.sheets, [""]);
    }
}

#[test]
fn one_broken_byte_is_one_unreadable_row() {
    let good: String = (0..50).map(|n| format!("某甲,{n}\n")).collect();
    let broken = |mut bytes: Vec<u8>, name: &[u8], damage: &[u8]| {
        let at = bytes.windows(name.len()).rposition(|window| window == name).unwrap();
        bytes[at..at + damage.len()].copy_from_slice(damage);
        bytes
    };
    let wide = utf16(&format!("\u{FEFF}{good}"), u16::to_le_bytes);
    for (name, bytes) in [
        ("utf-8", broken(good.clone().into_bytes(), "某甲".as_bytes(), &[0xFF])),
        ("gb18030", broken(GB18030.encode(&good).0.into_owned(), &GB18030.encode("某甲").0, &[0xFF])),
        ("utf-16", broken(wide, &utf16("某甲", u16::to_le_bytes), &[0x00, 0xD8])),
    ] {
        let rows = deliver(&bytes).unwrap().rows;
        let unreadable: Vec<u32> = rows.iter().filter(|row| !row.readable).map(|row| row.line).collect();
        assert_eq!((rows.len(), unreadable), (50, vec![50]), "{name}");
    }
}

#[test]
fn an_encoding_that_shows_only_far_down() {
    let mut text: String = (0..100_000).map(|n| format!("A{n},{n}\n")).collect();
    text.push_str("欧阳甲,1\n");
    let rows = deliver(&GB18030.encode(&text).0).unwrap().rows;
    assert_eq!((rows.len(), rows[100_000].cells[0].as_str()), (100_001, "欧阳甲"));
}

#[test]
fn a_quote_that_stays_open() {
    let line = "870123199001011234,某甲,5\n".repeat(1000);
    let text = format!("a,b\n1,2\n3,\"{}", line.repeat(700));
    assert!(text.len() > 17 << 20);
    refused(text.as_bytes(), Code::FileTooLarge, "line 3");
}

#[test]
fn stopping_early() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, csv()).unwrap();
    for (say, expected) in [(Next::More, 3), (Next::SkipSheet, 1), (Next::Stop, 1)] {
        let mut seen = 0;
        gnomon_formats::read(&path, &mut |_| {
            seen += 1;
            Ok(say)
        })
        .unwrap();
        assert_eq!(seen, expected);
    }
}

#[test]
fn files_that_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("nowhere"), folder.path().to_owned()] {
        let refusal = gnomon_formats::read(&path, &mut |_| Ok(Next::More)).unwrap_err();
        assert_eq!(refusal.code, Code::FileUnreadable);
    }
    refused(b"", Code::FileEmpty, "0 bytes");
}
