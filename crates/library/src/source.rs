//! The text of a library file and where things stand in it.

use std::{ops::Range, path::Path};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// One file of the library with its path below the root, `models/bf/paid-after-death.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as shown, `/` between parts. Its first part says what the file is.
    pub path: String,
    /// Whole text.
    pub text: String,
}

impl SourceFile {
    /// All `.toml` files below a folder, sorted by path.
    pub fn read_dir(root: &Path) -> std::io::Result<Vec<SourceFile>> {
        let mut files = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "toml") {
                    files.push(Self::read(root, &path)?);
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn read(root: &Path, path: &Path) -> std::io::Result<SourceFile> {
        let below = path.strip_prefix(root).unwrap_or(path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        Ok(SourceFile { path: parts.join("/"), text: std::fs::read_to_string(path)? })
    }

    /// The file's name without folder and ending.
    pub fn slug(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// The first folder of the path: `datasets`, `views`, `lists`, `objects`, `models`.
    pub fn kind(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// The bytes of the value at a path of keys; a number picks from an array of tables.
    pub fn span(&self, keys: &[&str]) -> Option<Range<usize>> {
        let table = DeTable::parse(&self.text).ok()?;
        let (first, rest) = keys.split_first()?;
        find(table.get_ref().get(*first)?, rest)
    }

    /// The byte range of a place inside a text value: line and column from 1 within the value.
    pub fn span_within(&self, keys: &[&str], line: usize, column: usize) -> Option<Range<usize>> {
        let value = self.span(keys)?;
        let literal = self.text.get(value.clone())?;
        let quotes = if literal.starts_with("'''") || literal.starts_with("\"\"\"") { 3 } else { 1 };
        let body = literal.get(quotes..)?;
        // TOML drops a line break right after the opening quotes.
        let dropped = if quotes == 3 {
            body.len() - body.trim_start_matches('\r').strip_prefix('\n').unwrap_or(body).len()
        } else {
            0
        };
        let mut offset = value.start + quotes + dropped;
        for (number, text) in self.text.get(offset..)?.split_inclusive('\n').enumerate() {
            if number + 1 == line {
                let skip: usize = text.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
                let rest = text.get(skip..).unwrap_or_default();
                let word =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '$' || *c == '.');
                let length: usize = word.map(char::len_utf8).sum();
                let start = offset + skip.min(text.trim_end().len());
                return Some(start..start + length.max(1));
            }
            offset += text.len();
        }
        Some(value)
    }
}

fn find(value: &Spanned<DeValue<'_>>, keys: &[&str]) -> Option<Range<usize>> {
    let Some((first, rest)) = keys.split_first() else { return Some(value.span()) };
    match value.get_ref() {
        DeValue::Table(table) => find(table.get(*first)?, rest),
        DeValue::Array(items) => find(items.get(first.parse::<usize>().ok()?)?, rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_place_inside_a_query() {
        let text = "id = \"x\"\n[query]\nsql = '''\nselect a\nfrom tbl\n'''\n[[case]]\nname = \"one\"\n";
        let file = SourceFile { path: "models/a/x.toml".into(), text: text.into() };
        let span = file.span_within(&["query", "sql"], 2, 6).unwrap();
        assert_eq!(&text[span], "tbl");
        assert_eq!(&text[file.span(&["case", "0", "name"]).unwrap()], "\"one\"");
        assert_eq!((file.kind(), file.slug()), ("models", "x"));
    }
}
