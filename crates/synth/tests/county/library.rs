//! The dataset files of the library, as far as headers and types go.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use gnomon_synth::FileSummary;

/// One column of a dataset file.
#[derive(Debug)]
pub struct Column {
    pub name: String,
    pub kind: String,
    pub required: bool,
    /// Spellings of the values of an enum.
    pub values: Vec<String>,
    words: Vec<String>,
}

pub type Datasets = BTreeMap<String, Vec<Column>>;

/// All dataset files.
pub static LIBRARY: LazyLock<Datasets> = LazyLock::new(read);

fn read() -> Datasets {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library/datasets");
    let folders = fs::read_dir(root).unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    files.map(|file| dataset(&file)).collect()
}

fn dataset(file: &Path) -> (String, Vec<Column>) {
    let table: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
    let columns = table["column"].as_array().unwrap().iter().map(column).collect();
    (table["key"].as_str().unwrap().to_owned(), columns)
}

fn column(value: &toml::Value) -> Column {
    let text = |key: &str| value[key].as_str().unwrap().to_owned();
    let list = |value: Option<&toml::Value>| -> Vec<String> {
        let items = value.and_then(toml::Value::as_array).into_iter().flatten();
        items.map(|item| item.as_str().unwrap().to_owned()).collect()
    };
    let mut words = list(value.get("headers"));
    words.extend([text("name"), value["title"]["zh"].as_str().unwrap().to_owned()]);
    let mut values = Vec::new();
    for (word, spellings) in value.get("values").and_then(toml::Value::as_table).into_iter().flatten() {
        values.push(word.clone());
        values.extend(list(Some(spellings)));
    }
    Column {
        name: text("name"),
        kind: text("type"),
        required: value.get("required").and_then(toml::Value::as_bool).unwrap_or(false),
        values,
        words: words.iter().map(|word| plain(word)).collect(),
    }
}

/// A header word without blanks and what stands in brackets.
fn plain(word: &str) -> String {
    let mut depth = 0;
    let mut kept = String::new();
    for c in word.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The column of a dataset that a header word means.
pub fn find<'a>(columns: &'a [Column], word: &str) -> Option<&'a Column> {
    let word = plain(word);
    columns.iter().find(|column| column.words.contains(&word))
}

/// Every word is known, no column is claimed twice, no required one is missing, and no other dataset fits as well.
pub fn check_header(file: &FileSummary, header: &[String]) {
    let columns = &LIBRARY[file.dataset];
    let mut found: Vec<&str> = header
        .iter()
        .map(|word| find(columns, word).unwrap_or_else(|| panic!("{}: {word}", file.file)).name.as_str())
        .collect();
    found.sort_unstable();
    let all = found.len();
    found.dedup();
    assert_eq!(all, found.len(), "{}: {header:?}", file.file);
    let missing = columns.iter().find(|column| column.required && !found.contains(&column.name.as_str()));
    assert!(missing.is_none(), "{}: {missing:?}", file.file);
    let rivals = LIBRARY.iter().filter(|(key, _)| *key != file.dataset).filter(|(_, columns)| {
        let known = header.iter().filter(|word| find(columns, word).is_some()).count();
        known == header.len()
            && columns
                .iter()
                .filter(|c| c.required)
                .all(|c| header.iter().any(|word| c.words.contains(&plain(word))))
    });
    let rivals: Vec<&String> = rivals.map(|(key, _)| key).collect();
    assert!(rivals.is_empty(), "{} could also be {rivals:?}", file.file);
}
