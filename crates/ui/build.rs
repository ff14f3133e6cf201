//! Checks the locales against their use and writes down what the crate is made of: the locale files and the hash
//! under which the browser's files are served.

#[path = "build/assets.rs"]
mod assets;
#[path = "build/locales.rs"]
mod locales;
#[path = "build/uses.rs"]
mod uses;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for watched in ["build", "build.rs", "dist", "locales", "src", "static", "templates"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let zh = locale(&root, "zh-CN")?;
    let en = locale(&root, "en")?;
    let mut uses = uses::Uses::default();
    for source in files(&root.join("src"))?.iter().chain(&files(&root.join("templates"))?) {
        let name = source.strip_prefix(&root).unwrap_or(source).display().to_string();
        uses.scan(&name, &fs::read_to_string(source)?);
    }
    let problems = locales::compare(&zh, &en, &uses);
    for problem in &problems {
        println!("cargo::error={problem}");
    }
    if !problems.is_empty() {
        return Err(format!("{} problems in the locales", problems.len()).into());
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("locales.rs"), locales::source(&zh, &en))?;
    fs::write(out.join("assets.rs"), assets::source(&root)?)?;
    Ok(())
}

fn locale(root: &Path, tag: &str) -> Result<locales::Locale, Box<dyn Error>> {
    let mut locale = locales::Locale { tag: tag.to_owned(), ..locales::Locale::default() };
    for file in files(&root.join("locales").join(tag))? {
        locale.add(&file.display().to_string(), &fs::read_to_string(&file)?)?;
        locale.files.push(file);
    }
    Ok(locale)
}

/// All files below a folder, in a fixed order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}
