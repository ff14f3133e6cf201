//! A folder into which a department drops files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use gnomon_app::{Delivered, Origin};
use gnomon_kernel::{Code, CodeKind};

use crate::{
    Fault, Result,
    fault::blocking,
    keys::Keys,
    pull::{Pull, Pulled},
};

/// A file that has not changed for so long is whole.
const QUIET: Duration = Duration::from_secs(10);
/// Beside the files: those that were taken in.
pub(crate) const TAKEN: &str = "taken";
/// Beside the files: those that were refused, with the reason.
pub(crate) const REFUSED: &str = "refused";

/// A folder to be watched.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
}

/// What tells whether a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    bytes: u64,
    changed: SystemTime,
}

impl Folder {
    pub fn read(keys: &mut Keys<'_>) -> Result<Folder> {
        Ok(Folder { path: keys.folder("path")? })
    }
}

/// Whether the folder is there, and files can be moved in it.
pub(crate) async fn check(source: &Folder) -> Result<()> {
    let path = source.path.clone();
    let shown = path.display().to_string();
    let tried = blocking(move || {
        fs::read_dir(&path)?;
        fs::create_dir_all(path.join(TAKEN))?;
        fs::create_dir_all(path.join(REFUSED))
    });
    tried.await.map_err(|fault| Fault { source: fault.source, ..Fault::gone(shown) })
}

/// Takes in what has come to rest.
pub(crate) async fn pull(source: &Folder, pull: &Pull<'_>, pulled: &mut Pulled) -> Result<()> {
    check(source).await?;
    let path = source.path.clone();
    let before = blocking(move || looks(&path)).await?;
    if before.is_empty() {
        return Ok(());
    }
    // The clock of the machine that wrote the file may differ from this one's: what counts is that it rests.
    tokio::time::sleep(QUIET).await;
    for (name, look) in before {
        let file = source.path.join(&name);
        if look_at(&file).ok() == Some(look) {
            take(source, pull, &name, pulled).await?;
        }
    }
    Ok(())
}

async fn take(source: &Folder, pull: &Pull<'_>, name: &str, pulled: &mut Pulled) -> Result<()> {
    let definition = pull.definition;
    let file = source.path.join(name);
    let delivered = Delivered { origin: Origin::Link, ..Delivered::new(&definition.dataset, &file, name) };
    let actor = pull.app.connection_actor(&definition.name);
    match pull.app.intake(&actor, &delivered, &|_| {}).await {
        Ok(batch) => {
            pulled.note(&batch);
            pull.app.note_pulled(&definition.name, None, None, Some(&batch.id)).await?;
            put_aside(source, TAKEN, name, None).await
        }
        Err(error) if error.code() == Code::FileKnown => put_aside(source, TAKEN, name, None).await,
        Err(error) if is_of_the_file(error.code()) => {
            pulled.refused += 1;
            put_aside(source, REFUSED, name, Some(reason(&error.into()))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What is wrong with the file itself; of anything else the file is not to blame and waits.
pub(crate) fn is_of_the_file(code: Code) -> bool {
    code.kind() == CodeKind::File
        && !matches!(code, Code::FileUnreadable | Code::DatasetChanged | Code::DatasetUnknown)
}

/// What stands beside a file that was refused, for whoever sent it.
pub(crate) fn reason(fault: &Fault) -> String {
    let Fault { code, found, expected, .. } = fault;
    format!("{code}\n{}\nfound: {found}\nexpected: {expected}\n", code.meaning())
}

/// Moves a file into a folder beside. One of the same name that is there already stays.
async fn put_aside(source: &Folder, to: &str, name: &str, reason: Option<String>) -> Result<()> {
    let (file, folder, name) = (source.path.join(name), source.path.join(to), name.to_owned());
    blocking(move || {
        fs::create_dir_all(&folder)?;
        let aside = folder.join(free_name(&name, |name| folder.join(name).exists()));
        if let Some(reason) = reason {
            let mut beside = aside.clone().into_os_string();
            beside.push(".reason.txt");
            fs::write(beside, reason)?;
        }
        fs::rename(file, aside)
    })
    .await
}

/// The name, or the first like it that nothing has.
pub(crate) fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (mut free, mut number) = (name.to_owned(), 1);
    while is_taken(&free) {
        number += 1;
        free = numbered(name, number);
    }
    free
}

/// `a.csv`, `a (2).csv`.
fn numbered(name: &str, number: u32) -> String {
    match name.split_once('.') {
        Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
        None => format!("{name} ({number})"),
    }
}

/// The files that may be taken, by name.
fn looks(folder: &Path) -> io::Result<Vec<(String, Look)>> {
    let mut looks = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A name that is no text cannot be a delivery's.
        let Ok(name) = entry.file_name().into_string() else { continue };
        if entry.file_type()?.is_file() && !is_temporary(&name) {
            looks.push((name, look_at(&entry.path())?));
        }
    }
    looks.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(looks)
}

fn look_at(file: &Path) -> io::Result<Look> {
    let found = fs::metadata(file)?;
    Ok(Look { bytes: found.len(), changed: found.modified()? })
}

/// Whether a name says that the file is hidden, or not yet whole.
pub(crate) fn is_temporary(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with('.')
        || lower.starts_with("~$")
        || [".part", ".tmp", ".crdownload", ".filepart"].iter().any(|ending| lower.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_names_are_left() {
        for name in [".a.csv", "~$a.xlsx", "a.csv.part", "A.TMP"] {
            assert!(is_temporary(name), "{name}");
        }
        assert!(!is_temporary("低保发放.csv"));
        assert_eq!(numbered("a.csv.gz", 2), "a (2).csv.gz");
        assert_eq!(numbered("a", 3), "a (3)");
    }
}
