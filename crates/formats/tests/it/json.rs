//! JSON in the shapes that programs write.

use encoding_rs::GB18030;
use gnomon_kernel::Code;

use crate::{
    delivery::{cells, deliver, refused},
    samples::{FIRST, HEADER, SECOND, json, ndjson},
};

#[test]
fn an_array_of_objects() {
    let lines = deliver(json().as_bytes()).unwrap().lines();
    assert_eq!(lines, [(0, 1, HEADER.into()), (0, 2, FIRST.into()), (0, 3, SECOND.into())]);
}

#[test]
fn one_object_per_line_keeps_the_lines_of_the_file() {
    let text = ndjson().replace("}\n", "}\n\n");
    let lines = deliver(text.as_bytes()).unwrap().lines();
    assert_eq!(lines, [(0, 1, HEADER.into()), (0, 1, FIRST.into()), (0, 3, SECOND.into())]);
    assert_eq!(cells(br#"{"a": 1, "b": 2}"#), ["a,b", "1,2"]);
}

#[test]
fn an_object_around_the_one_array() {
    let compact = json().replace('\n', " ");
    for text in [
        format!("{{\"code\": 0, \"rows\": {}, \"page\": {{\"rows\": []}}}}", json()),
        format!("{{\"data\": {compact}, \"total\": 2, \"codes\": [1, 2]}}"),
        format!("{{\"message\": null, \"ok\": true, \"x\": -1, \"y\": 1e300,\n\"list\": {compact}}}\n"),
    ] {
        assert_eq!(cells(text.as_bytes()), [HEADER, FIRST, SECOND], "{text}");
    }
}

#[test]
fn the_header_is_all_keys_as_first_seen() {
    let text =
        r#"[{"b": 1, "a": {"x": 2}}, {"c": [1, "二", null], "b": null}, {"a": {"y": true, "x": 1.50}}]"#;
    assert_eq!(cells(text.as_bytes()), ["b,a.x,c,a.y", "1,2,,", ",,1|二|,", ",1.50,,true"]);
}

#[test]
fn of_a_key_said_twice_the_last_value_counts() {
    assert_eq!(cells(br#"[{"a": 1, "b": 2, "a": 3}]"#), ["a,b", "3,2"]);
}

#[test]
fn numbers_stay_as_they_are_written() {
    let text =
        r#"[{"id": 870123199001011234, "card": 9999990000000000001, "sum": 0.10, "big": 1E+2, "neg": -0}]"#;
    assert_eq!(cells(text.as_bytes())[1], "870123199001011234,9999990000000000001,0.10,1E+2,-0");
}

#[test]
fn encodings_of_json() {
    let marked = format!("\u{FEFF}{}", json());
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let national = GB18030.encode(&json()).0.into_owned();
    for bytes in [marked.into_bytes(), wide, national] {
        assert_eq!(cells(&bytes), [HEADER, FIRST, SECOND]);
    }
    let mut lines: Vec<u8> = "{\"a\": \"某甲\"}\n".repeat(20).into_bytes();
    let at = lines.len() - 8;
    lines[at] = 0xFF;
    let rows = deliver(&lines).unwrap().rows;
    let unreadable: Vec<u32> = rows.iter().filter(|row| !row.readable).map(|row| row.line).collect();
    assert_eq!(unreadable, [20]);
}

#[test]
fn json_that_is_no_table() {
    for (text, code, found) in [
        ("[]", Code::FileEmpty, "without objects"),
        ("{\"data\": []}", Code::FileEmpty, "without objects"),
        ("[[1, 2], [3]]", Code::FileFormat, "without an array of objects"),
        ("[{\"a\": 1}, 2]", Code::FileFormat, "without an array of objects"),
        ("{\"a\": [{\"x\": 1}],\n\"b\": [{\"x\": 2}]}", Code::FileFormat, "a, b"),
        ("[{\"a\": 1}", Code::FileUnreadable, "ends too early at line 1"),
        ("[{\"a\": 1}] x", Code::FileFormat, "line 1 column 12"),
        ("[{\"a\": 1},\n{\"a\" 2}]", Code::FileFormat, "line 2"),
        ("{\"a\": 1}\n{\"a\": 2}\n{\"a\": ", Code::FileFormat, "line 3"),
        ("{\"a\": 1}\n[1]\n", Code::FileFormat, "line 2"),
        ("{\"a\": 1}\n{\"a\": \"\\ud800\"}\n", Code::FileFormat, "no text"),
    ] {
        refused(text.as_bytes(), code, found);
    }
}

#[test]
fn more_keys_than_a_table_has_columns() {
    let text: String = (0..1025).map(|n| format!("{{\"k{n}\": 1}}\n")).collect();
    refused(text.as_bytes(), Code::FileTooLarge, "more");
}

#[test]
fn one_value_without_end() {
    let text = format!("[{{\"a\": \"{}\"}}]", "x".repeat(18 << 20));
    refused(text.as_bytes(), Code::FileTooLarge, "longer");
    let text = format!("{{\"a\": 1}}\n{{\"a\": \"{}\"}}\n", "x".repeat(18 << 20));
    refused(text.as_bytes(), Code::FileTooLarge, "longer");
}

#[test]
fn depth_without_end() {
    refused("[".repeat(1_000_000).as_bytes(), Code::FileUnreadable, "ends too early");
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(cells(format!("[{{\"a\": {deep}}}]").as_bytes())[1], deep[1..deep.len() - 1]);
    let deep = format!("{}1{}", "{\"b\": ".repeat(1000), "}".repeat(1000));
    assert_eq!(cells(format!("[{{\"a\": {deep}}}]").as_bytes())[0], "a.b");
}
