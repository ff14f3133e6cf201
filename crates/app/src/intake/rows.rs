//! Rows as departments' systems give them: a JSON array of objects, or objects one after the other. Each object goes on as it was written,
//! on a line of its own: a number loses no digit.

use serde_json::{Deserializer, Map, Value};

/// Rows that can be kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Rows {
    /// One object per line.
    pub lines: Vec<u8>,
    /// How many.
    pub count: usize,
}

/// Line of the text, counted from 1, at which it is no longer rows.
#[derive(Debug, PartialEq, Eq)]
pub struct BadLine(pub usize);

/// Takes the text apart. More than `most` rows are counted but not kept.
pub fn read_rows(text: &[u8], most: usize) -> Result<Rows, BadLine> {
    let mut reader = Reader { text, at: 0 };
    if text.starts_with(b"\xEF\xBB\xBF") {
        reader.at = 3;
    }
    let mut rows = Rows { lines: Vec::with_capacity(text.len() + 1), count: 0 };
    let is_array = reader.accept(b'[');
    let end = if is_array { Some(b']') } else { None };
    while reader.peek() != end {
        if is_array && rows.count > 0 && !reader.accept(b',') {
            return Err(reader.bad());
        }
        let object = reader.object()?;
        rows.count += 1;
        if rows.count <= most {
            // Between the parts of an object a line's end is a blank; within a text there is none.
            rows.lines
                .extend(object.iter().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte }));
            rows.lines.push(b'\n');
        }
    }
    if is_array {
        reader.accept(b']');
        if reader.peek().is_some() {
            return Err(reader.bad());
        }
    }
    Ok(rows)
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn accept(&mut self, byte: u8) -> bool {
        let is_it = self.peek() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    fn object(&mut self) -> Result<&'a [u8], BadLine> {
        if self.peek() != Some(b'{') {
            return Err(self.bad());
        }
        let rest = &self.text[self.at..];
        let mut objects = Deserializer::from_slice(rest).into_iter::<Map<String, Value>>();
        match objects.next() {
            Some(Ok(object)) if !object.is_empty() => {
                let length = objects.byte_offset();
                self.at += length;
                Ok(&rest[..length])
            }
            Some(Err(error)) => Err(BadLine(self.line() + error.line().saturating_sub(1))),
            _ => Err(self.bad()),
        }
    }

    fn bad(&self) -> BadLine {
        BadLine(self.line())
    }

    fn line(&self) -> usize {
        self.text[..self.at].iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Result<String, BadLine> {
        read_rows(text.as_bytes(), 10).map(|rows| String::from_utf8(rows.lines).unwrap())
    }

    #[test]
    fn both_forms_give_the_same_lines() {
        let both = "{\"a\":1}\n{\"a\":\"b]}\\n\"}\n";
        assert_eq!(lines(both).unwrap(), both);
        assert_eq!(lines("\u{feff} [ {\"a\":1} ,\r\n{\"a\":\"b]}\\n\"}\n]\n").unwrap(), both);
        assert_eq!(lines("{\"a\":1}{\"a\":\"b]}\\n\"}").unwrap(), both);
        assert_eq!(lines("[{\n\"a\": {\"b\": 1}\n}]").unwrap(), "{ \"a\": {\"b\": 1} }\n");
        assert_eq!(lines("[]").unwrap(), "");
        assert_eq!(lines(" \n").unwrap(), "");
    }

    #[test]
    fn numbers_stay_as_they_were_written() {
        let exact = "{\"a\":870121198506143216000,\"b\":120.10}\n";
        assert_eq!(lines(exact).unwrap(), exact);
    }

    #[test]
    fn what_is_no_row_is_named_by_its_line() {
        for (text, line) in [
            ("[{\"a\":1}", 1),
            ("[{\"a\":1},]", 1),
            ("[{\"a\":1} {\"a\":2}]", 1),
            ("[{\"a\":1}] x", 1),
            ("{\"a\":1}\n{\"a\":\n", 3),
            ("{\"a\":1}\n\n[1]\n", 3),
            ("{\"a\":1}\n{}\n", 2),
            ("身份证号,月份\n", 1),
            ("[1,2]", 1),
            ("{\"a\":\"\u{0}\"}", 1),
        ] {
            assert_eq!(lines(text), Err(BadLine(line)), "{text:?}");
        }
        assert!(read_rows(b"{\"a\":\"\xFF\"}", 10).is_err());
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(read_rows(deep.as_bytes(), 10).is_err());
    }

    #[test]
    fn too_many_are_counted() {
        let rows = read_rows("{\"a\":1}\n".repeat(12).as_bytes(), 10).unwrap();
        assert_eq!((rows.count, rows.lines.len()), (12, 80));
    }
}
