//! The library that the program carries.

use gnomon_library::{Library, Lock, Problems, SourceFile};
use include_dir::{Dir, DirEntry, include_dir};

static LIBRARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../library");

/// The files of the built-in library.
pub fn files() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(&LIBRARY, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<SourceFile>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) if file.path().extension().is_some_and(|ending| ending == "toml") => {
                let parts: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
                let text = file.contents_utf8().unwrap_or_default().to_owned();
                files.push(SourceFile { path: parts.join("/"), text });
            }
            DirEntry::File(_) => {}
        }
    }
}

/// Fingerprints of built-in models: the release's tests have run all of their cases.
pub fn proven() -> Vec<String> {
    let text = LIBRARY.get_file("library.lock").and_then(|file| file.contents_utf8()).unwrap_or_default();
    Lock::parse(text).map(|lock| lock.fingerprints()).unwrap_or_default()
}

/// The built-in library with further roots beside it.
pub fn load(roots: &[std::path::PathBuf]) -> anyhow::Result<Library> {
    let mut all = files();
    for root in roots {
        let more =
            SourceFile::read_dir(root).map_err(|error| anyhow::anyhow!("{}: {error}", root.display()))?;
        all.extend(more);
    }
    Ok(Library::load(all).map_err(|problems: Problems| problems)?)
}
