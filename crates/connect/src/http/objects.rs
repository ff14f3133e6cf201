//! Rows of a JSON answer, as they were written: a number loses no digit.

use std::collections::HashMap;

use gnomon_app::{BadLine, Rows, read_rows};
use serde_json::value::RawValue;

use crate::{Fault, Result};

/// The objects of the array at a pointer; nothing there is no rows.
pub(super) fn rows(body: &[u8], pointer: &str) -> Result<Rows> {
    let no_json = || Fault::answer("…", "JSON");
    let text = std::str::from_utf8(body).map_err(|_| no_json())?.trim_start_matches('\u{feff}');
    let whole: &RawValue = serde_json::from_str(text).map_err(|_| no_json())?;
    let Some(array) = at(whole, pointer) else {
        return Err(Fault::answer(format!("{pointer}: —"), "[{…}, …]"));
    };
    match array.get() {
        "null" => Ok(Rows { lines: Vec::new(), count: 0 }),
        array if array.starts_with('[') => read_rows(array.as_bytes(), usize::MAX)
            .map_err(|BadLine(line)| Fault::answer(format!("{pointer}: line {line}"), "[{…}, …]")),
        _ => Err(Fault::answer(pointer, "[{…}, …]")),
    }
}

/// The text at a pointer, unless it is empty.
pub(super) fn text_at(body: &[u8], pointer: &str) -> Option<String> {
    let whole: &RawValue = serde_json::from_slice(body).ok()?;
    let text: String = serde_json::from_str(at(whole, pointer)?.get()).ok()?;
    Some(text).filter(|text| !text.is_empty())
}

fn at<'v>(whole: &'v RawValue, pointer: &str) -> Option<&'v RawValue> {
    pointer.split('/').skip(1).try_fold(whole, |value, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            return items.get(step.parse::<usize>().ok()?).copied();
        }
        let fields: HashMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
        fields.get(&step).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(body: &str, pointer: &str) -> String {
        rows(body.as_bytes(), pointer)
            .map_or_else(|fault| fault.found, |rows| String::from_utf8(rows.lines).unwrap())
    }

    #[test]
    fn rows_are_found_and_stay_as_they_were_written() {
        let body = "{\"data\": {\"list\": [ {\"金额\": 12345678901234567.10},\n{\"金额\": 1}]}, \"next\": \"/p?n=2\"}";
        assert_eq!(lines(body, "/data/list"), "{\"金额\": 12345678901234567.10}\n{\"金额\": 1}\n");
        assert_eq!(text_at(body.as_bytes(), "/next").as_deref(), Some("/p?n=2"));
        assert_eq!(text_at(body.as_bytes(), "/last"), None);
        assert_eq!(lines("[{\"a\":1}]", ""), "{\"a\":1}\n");
        assert_eq!(lines("[[], [{\"a\":1}]]", "/1"), "{\"a\":1}\n");
        assert_eq!(lines("{\"rows\":null}", "/rows"), "");
        assert_eq!(lines("{\"rows\":[1]}", "/rows"), "/rows: line 1");
        assert_eq!(lines("<html>", "/rows"), "…");
        assert_eq!(lines("{}", "/rows"), "/rows: —");
    }
}
