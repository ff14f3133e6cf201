//! Reading the keys of a connection's file one by one, so that whatever nobody asked for is an error.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use toml::{Table, Value};

use crate::{Fault, Result, secret::SecretPlace};

/// The keys of a file; those that were read are known.
pub(crate) struct Keys<'a> {
    table: Table,
    known: Vec<&'static str>,
    /// The folder of the file.
    folder: &'a Path,
}

impl<'a> Keys<'a> {
    pub fn new(table: Table, folder: &'a Path) -> Self {
        Self { table, known: Vec::new(), folder }
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.table.remove(key)
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &'static str) -> Result<Option<String>> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.trim().to_owned())),
            Some(other) => Err(wrong(key, &other, "a text in quotes")),
        }
    }

    /// A text that must be there.
    pub fn needed(&mut self, key: &'static str, expected: &str) -> Result<String> {
        self.text(key)?.ok_or_else(|| missing(key, expected))
    }

    pub fn flag(&mut self, key: &'static str, default: bool) -> Result<bool> {
        match self.take(key) {
            None => Ok(default),
            Some(Value::Boolean(flag)) => Ok(flag),
            Some(other) => Err(wrong(key, &other, "true, false")),
        }
    }

    /// A whole number between two others.
    pub fn whole(&mut self, key: &'static str, (from, to): (u32, u32)) -> Result<Option<u32>> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let number = value.as_integer().and_then(|number| u32::try_from(number).ok());
        match number.filter(|number| (from..=to).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(wrong(key, &value, &format!("{from} … {to}"))),
        }
    }

    /// A length of time: `90s`, `15m`, `2h`.
    pub fn time(&mut self, key: &'static str, default: Duration) -> Result<Duration> {
        let Some(value) = self.take(key) else { return Ok(default) };
        let text = value.as_str().unwrap_or_default();
        let seconds = text.split_at_checked(text.len().saturating_sub(1)).and_then(|(number, unit)| {
            let number: u64 = number.parse().ok().filter(|number| (1..=10_000).contains(number))?;
            match unit {
                "s" => Some(number),
                "m" => Some(number * 60),
                "h" => Some(number * 3_600),
                _ => None,
            }
        });
        seconds.map(Duration::from_secs).ok_or_else(|| wrong(key, &value, "90s, 15m, 2h"))
    }

    /// One of some words.
    pub fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Result<Option<T>> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let known = words.iter().find(|(word, _)| value.as_str() == Some(word));
        let all = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        known.map(|(_, meant)| Some(*meant)).ok_or_else(|| wrong(key, &value, &all()))
    }

    /// Where the secret is, if there is one.
    pub fn secret(&mut self) -> Result<Option<SecretPlace>> {
        match (self.text("password_file")?, self.text("password_env")?) {
            (None, None) => Ok(None),
            (Some(path), None) => Ok(Some(SecretPlace::File(self.folder.join(path)))),
            (None, Some(name)) => Ok(Some(SecretPlace::Variable(name))),
            (Some(_), Some(_)) => Err(Fault::file("password_file, password_env", "one of them")),
        }
    }

    /// A file, from the folder of the connection's own where it is not absolute.
    pub fn file(&mut self, key: &'static str) -> Result<Option<PathBuf>> {
        Ok(self.text(key)?.map(|path| self.folder.join(path)))
    }

    /// A folder, from the file's own where it is not absolute.
    pub fn folder(&mut self, key: &'static str) -> Result<PathBuf> {
        Ok(self.folder.join(self.needed(key, "a folder")?))
    }

    /// Whatever is left is unknown. Its value is not repeated: it may be a secret in the wrong place.
    pub fn end(self) -> Result<()> {
        match self.table.keys().next() {
            None => Ok(()),
            Some(key) => Err(Fault::file(key, self.known.join(", "))),
        }
    }
}

pub(crate) fn missing(key: &str, expected: &str) -> Fault {
    Fault::file(format!("{key}: —"), expected)
}

fn wrong(key: &str, value: &Value, expected: &str) -> Fault {
    Fault::file(format!("{key} = {value}"), expected)
}
