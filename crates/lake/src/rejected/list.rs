//! The file of what was left out of a delivery, written and read one refused row after the other: there may be more of them
//! than fit into memory.

use std::{
    fmt,
    fs::File,
    io::{self, BufReader, BufWriter, Write},
    path::Path,
};

use gnomon_library::analytics::{RejectedRow, RejectedRows};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The key of the rows, which stand last.
const ROWS: &str = "rows";
/// How the file ends, and how it would without rows.
const END: &[u8] = b"]}";

/// A list that is being written.
pub(crate) struct ListWriter {
    out: BufWriter<File>,
    is_empty: bool,
}

impl ListWriter {
    /// Begins a list; `left_out` has no rows yet.
    pub(crate) fn create(path: &Path, left_out: &RejectedRows) -> io::Result<Self> {
        let around = serde_json::to_vec(left_out)?;
        let start = around.strip_suffix(END).ok_or_else(|| io::Error::other("rows do not stand last"))?;
        let mut out = BufWriter::new(File::create(path)?);
        out.write_all(start)?;
        Ok(Self { out, is_empty: true })
    }

    pub(crate) fn push(&mut self, row: &RejectedRow) -> io::Result<()> {
        if !std::mem::take(&mut self.is_empty) {
            self.out.write_all(b",")?;
        }
        Ok(serde_json::to_writer(&mut self.out, row)?)
    }

    /// Ends the list, durably.
    pub(crate) fn close(mut self) -> io::Result<()> {
        self.out.write_all(END)?;
        self.out.flush()?;
        self.out.get_ref().sync_all()
    }
}

/// Gives the rows of a list one after the other, each as much of it as `T` asks for; returns what else was left out.
pub(crate) fn read<T: DeserializeOwned>(
    file: File,
    visit: &mut dyn FnMut(T) -> io::Result<()>,
) -> io::Result<RejectedRows> {
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, file));
    Ok(json.deserialize_map(List(visit))?)
}

struct List<'v, T>(&'v mut dyn FnMut(T) -> io::Result<()>);

impl<'de, T: DeserializeOwned> Visitor<'de> for List<'_, T> {
    type Value = RejectedRows;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("what was left out of a delivery")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RejectedRows, A::Error> {
        let mut rest = serde_json::Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = if key == ROWS {
                map.next_value_seed(Rows(&mut *self.0))?;
                Value::Array(Vec::new())
            } else {
                map.next_value()?
            };
            rest.insert(key, value);
        }
        serde_json::from_value(Value::Object(rest)).map_err(A::Error::custom)
    }
}

struct Rows<'v, T>(&'v mut dyn FnMut(T) -> io::Result<()>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Rows<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, rows: D) -> Result<(), D::Error> {
        rows.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Rows<'_, T> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("refused rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element()? {
            (self.0)(row).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use gnomon_kernel::RowRef;

    use super::*;

    #[test]
    fn a_list_written_row_by_row_is_the_list_written_at_once_and_is_read_row_by_row() {
        let dir = tempfile::tempdir().unwrap();
        let row = |line| RejectedRow {
            row: RowRef { batch: 1, sheet: 0, line },
            column: "\"rows\":[".into(),
            code: "enum".into(),
            found: String::new(),
            expected: "]}".into(),
            cells: vec!["a".into(), "]}".into()],
            mends: None,
        };
        for count in 0..3 {
            let mut whole =
                RejectedRows { header: vec!["甲".into(), "]}".into()], ..RejectedRows::default() };
            let path = dir.path().join("list.json");
            let mut list = ListWriter::create(&path, &whole).unwrap();
            let rows: Vec<RejectedRow> = (0..count).map(row).collect();
            rows.iter().for_each(|row| list.push(row).unwrap());
            list.close().unwrap();

            let mut again = Vec::new();
            let mut visit = |row: RejectedRow| {
                again.push(row);
                Ok(())
            };
            assert_eq!(read(File::open(&path).unwrap(), &mut visit).unwrap(), whole);
            assert_eq!(again, rows);
            whole.rows = rows;
            assert_eq!(std::fs::read_to_string(&path).unwrap(), serde_json::to_string(&whole).unwrap());
        }
    }
}
