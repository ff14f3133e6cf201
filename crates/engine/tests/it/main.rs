//! The built-in library on the real engine, and what a hostile or broken model can do: nothing.

mod builtin;
mod hostile;
mod identities;

use std::path::Path;

use gnomon_library::{Library, SourceFile};

/// The files of the library beside this workspace.
fn builtin_files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library");
    SourceFile::read_dir(&root).expect("the library is readable")
}

/// Loads files; a failure is printed with its places.
fn load(files: Vec<SourceFile>) -> Library {
    Library::load(files).unwrap_or_else(|problems| {
        let texts = problems.0.iter().map(|problem| {
            let (line, column) = problem.position();
            format!("{}:{line}:{column} {problem}", problem.file)
        });
        panic!("{}", texts.collect::<Vec<_>>().join("\n"))
    })
}
