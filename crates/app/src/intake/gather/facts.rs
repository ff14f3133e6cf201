//! What the rows of a piece are about. Two rows of one file that say different things about one fact are turned down, so
//! a piece that corrects another must not come into the same file.

use std::{
    collections::{HashSet, hash_map::DefaultHasher},
    hash::{Hash as _, Hasher as _},
};

use gnomon_library::{dataset::Dataset, header::header_word};
use serde_json::{Map, Value};

/// The facts of a piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Facts {
    /// Hashes of their natural keys; none where every row is a fact of its own. Two facts may have one hash: then the pieces
    /// come into two files without need.
    Known(HashSet<u64>),
    /// Some row does not say what it is about in words that are known here.
    Unclear,
}

/// Reads a piece: one object per line.
pub(super) fn facts_of(dataset: &Dataset, rows: &[u8]) -> Facts {
    let columns: Vec<KeyColumn> = dataset
        .natural_key
        .iter()
        .filter_map(|name| dataset.column(name))
        .map(|column| KeyColumn {
            words: column.header_words().map(|word| header_word(&word)).collect(),
            required: column.required,
        })
        .collect();
    if columns.is_empty() {
        return Facts::Known(HashSet::new());
    }
    let rows = rows.split(|byte| *byte == b'\n').filter(|row| !row.is_empty());
    rows.map(|row| fact(&columns, row)).collect::<Option<_>>().map_or(Facts::Unclear, Facts::Known)
}

/// A column of the natural key. One that need not be there is empty where it is not.
struct KeyColumn {
    words: HashSet<String>,
    required: bool,
}

fn fact(columns: &[KeyColumn], row: &[u8]) -> Option<u64> {
    let row: Map<String, Value> = serde_json::from_slice(row).ok()?;
    let mut cells: Vec<Option<&Value>> = vec![None; columns.len()];
    for (name, value) in &row {
        let word = header_word(name);
        if let Some(place) = columns.iter().position(|column| column.words.contains(&word)) {
            cells[place] = Some(value);
        }
    }
    let mut hasher = DefaultHasher::new();
    for (cell, column) in cells.into_iter().zip(columns) {
        match cell {
            Some(cell) => plain(cell).hash(&mut hasher),
            None if column.required => return None,
            None => String::new().hash(&mut hasher),
        }
    }
    Some(hasher.finish())
}

/// A cell without what people write in different ways: `2024-03` and `202403` are one month.
fn plain(cell: &Value) -> String {
    let text = cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(key: &str) -> Dataset {
        let column = |name: &str, zh: &str| serde_json::json!({ "name": name, "type": "text", "title": { "zh": zh, "en": name }, "required": name != "batch_no" });
        serde_json::from_value(serde_json::json!({
            "key": "payroll", "title": { "zh": "", "en": "" }, "owner": { "zh": "", "en": "" }, "kind": "source",
            "sensitivity": "personal", "natural_key": key.split_whitespace().collect::<Vec<_>>(),
            "column": [column("person_id", "身份证号"), column("month", "月份"), column("amount", "金额"), column("batch_no", "批次")],
        }))
        .unwrap()
    }

    #[test]
    fn the_same_fact_in_other_words_is_the_same() {
        let dataset = dataset("person_id month");
        let facts = |rows: &str| facts_of(&dataset, rows.as_bytes());
        let one = facts("{\"身份证号\":\"87\",\"月份\":\"2024-03\",\"金额\":1}\n");
        assert_eq!(one, facts("{\"month\":202403,\"person_id\":\"87\",\"amount\":2}\n"));
        assert_ne!(one, facts("{\"month\":202404,\"person_id\":\"87\"}\n"));
        assert_eq!(facts("{\"month\":202404}\n"), Facts::Unclear);
        assert_eq!(facts("{\"month\":\"a\",\"person_id\":1}\n{\"x\":1}\n"), Facts::Unclear);
    }

    #[test]
    fn what_need_not_be_there_is_empty() {
        let dataset = dataset("person_id batch_no");
        let facts = |rows: &str| facts_of(&dataset, rows.as_bytes());
        assert_eq!(facts("{\"person_id\":\"87\"}\n"), facts("{\"person_id\":\"87\",\"batch_no\":\"\"}\n"));
        assert_ne!(facts("{\"person_id\":\"87\"}\n"), facts("{\"person_id\":\"88\"}\n"));
        assert_eq!(facts("{\"batch_no\":\"1\"}\n"), Facts::Unclear);
    }

    #[test]
    fn without_a_natural_key_nothing_corrects_anything() {
        assert_eq!(facts_of(&dataset(""), b"{\"x\":1}\n"), Facts::Known(HashSet::new()));
    }
}
