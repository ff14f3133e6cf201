//! The files of all connections. One that has an error is listed with it and stands in nobody's way.

use std::{fs, io, path::Path};

use crate::{Definition, Fault, Result};

/// A file in the folder of connections.
#[derive(Debug)]
pub struct Listed {
    /// Its name without the ending.
    pub name: String,
    /// What it says, or why it cannot be used.
    pub definition: Result<Definition>,
}

/// All files of a folder, by name; none when there is no such folder.
pub(crate) fn all(folder: &Path, is_dataset: impl Fn(&str) -> bool) -> io::Result<Vec<Listed>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut listed = Vec::new();
    for entry in entries {
        let file = entry?.file_name();
        let file = file.to_string_lossy();
        let Some(name) = file.strip_suffix(".toml").filter(|name| !name.starts_with('.')) else { continue };
        let definition = one(folder, name, &is_dataset);
        listed.push(Listed { name: name.to_owned(), definition });
    }
    listed.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(listed)
}

fn one(folder: &Path, name: &str, is_dataset: &impl Fn(&str) -> bool) -> Result<Definition> {
    let text = fs::read_to_string(folder.join(format!("{name}.toml"))).map_err(|error| Fault {
        source: Some(error.into()),
        ..Fault::file(format!("{name}.toml"), "UTF-8")
    })?;
    let definition = Definition::parse(name, &text, folder)?;
    match is_dataset(&definition.dataset) {
        true => Ok(definition),
        false => Err(Fault::file(format!("dataset = {}", definition.dataset), "the key of a dataset")),
    }
}
