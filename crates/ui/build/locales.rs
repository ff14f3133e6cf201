//! Takes Fluent files in and compares the two languages with each other and with their use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use fluent_bundle::FluentResource;

use super::uses::{Use, Uses};

/// Keys that are put together from a word while the program runs. A test holds them against the list of words.
const FAMILIES: [&str; 1] = ["error-"];

/// One language.
#[derive(Debug, Default)]
pub struct Locale {
    /// Name of the folder.
    pub tag: String,
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// Key → names of its arguments.
    pub keys: BTreeMap<String, BTreeSet<String>>,
}

impl Locale {
    /// Takes the messages of one file in. A syntax error or a key that is written twice is an error.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), String> {
        if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
            return Err(format!("{name}: {errors:?}"));
        }
        let mut current: Option<String> = None;
        for line in text.lines() {
            if let Some(key) = key_of(line) {
                if self.keys.insert(key.to_owned(), BTreeSet::new()).is_some() {
                    return Err(format!("{name}: `{key}` is written twice"));
                }
                current = Some(key.to_owned());
            }
            if let Some(arguments) = current.as_ref().and_then(|key| self.keys.get_mut(key)) {
                arguments.extend(arguments_of(line));
            }
        }
        Ok(())
    }
}

/// `warning-due` of a line `warning-due = …`.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let plain = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    plain.then_some(key)
}

fn arguments_of(line: &str) -> impl Iterator<Item = String> {
    line.split("{ $")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect())
}

/// Everything that is wrong, one sentence each.
pub fn compare(zh: &Locale, en: &Locale, uses: &Uses) -> Vec<String> {
    let mut problems = Vec::new();
    for (one, other) in [(zh, en), (en, zh)] {
        for key in one.keys.keys().filter(|key| !other.keys.contains_key(*key)) {
            problems.push(format!("`{key}` of {} is missing in {}", one.tag, other.tag));
        }
    }
    for (key, arguments) in &zh.keys {
        if en.keys.get(key).is_some_and(|english| english != arguments) {
            problems.push(format!("`{key}` takes other arguments in {} than in {}", zh.tag, en.tag));
        }
        let family = FAMILIES.iter().any(|prefix| key.starts_with(prefix));
        if !family && !uses.mentions(key) {
            problems.push(format!("`{key}` is defined and used nowhere"));
        }
    }
    problems.extend(uses.calls.iter().filter_map(|call| wrong(zh, call)));
    problems
}

fn wrong(locale: &Locale, call: &Use) -> Option<String> {
    let Some(defined) = locale.keys.get(&call.key) else {
        return Some(format!("{}: `{}` is used and not defined", call.place, call.key));
    };
    (*defined != call.arguments).then(|| {
        format!("{}: `{}` is given {:?} and takes {:?}", call.place, call.key, call.arguments, defined)
    })
}

/// Rust source with the text of all files of both languages.
pub fn source(zh: &Locale, en: &Locale) -> String {
    let list = |locale: &Locale| {
        locale
            .files
            .iter()
            .map(|file| format!("include_str!({:?}),", file.display().to_string()))
            .collect::<String>()
    };
    format!("const ZH: &[&str] = &[{}];\nconst EN: &[&str] = &[{}];\n", list(zh), list(en))
}
