//! A folder of a host, by OpenSSH's own `sftp` (ADR 0019). Files are fetched whole or not at all.

mod aside;
mod command;
mod fetch;
mod host;
mod listing;
mod name;
mod session;

use std::{path::Path, time::Duration};

use gnomon_app::TakenObject;
use gnomon_kernel::Code;
use tokio::fs;

use self::{
    aside::Aside,
    fetch::fetch,
    host::Host,
    listing::{Entry, Listing},
    name::Glob,
    session::{ECHO, Session},
};
use crate::{
    Fault, Result,
    delivery::take_file,
    folder::is_temporary,
    keys::Keys,
    pull::{Pull, Pulled},
};

/// Listings tell minutes. What is the same for longer than one has come to rest, and whatever is written to it later has
/// another minute; no clock is trusted for it.
const QUIET: Duration = Duration::from_secs(61);
/// The most files that are fetched before they are taken in.
const MOST_FILES: usize = 200;
/// From so many bytes on no further file is fetched before.
const MOST_BYTES: u64 = 64 << 20;
/// The longest path of a folder, in bytes: a command is one line of at most 2,047.
const LONGEST_PATH: usize = 500;
/// Where fetched files rest, below what a pull has.
const FETCHED: &str = "fetched";

/// A folder of a host to be read.
#[derive(Debug, Clone)]
pub(crate) struct Sftp {
    host: Host,
    path: String,
    glob: Option<Glob>,
    after: After,
}

/// What becomes of a file of the host that was dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// It stays, and is remembered by its bytes and its moment.
    Keep,
    /// It is moved into a folder beside, by what became of it.
    Move,
}

impl Sftp {
    pub fn read(keys: &mut Keys<'_>) -> Result<Sftp> {
        let path = keys.needed("path", "a folder of the host")?;
        if path.len() > LONGEST_PATH || path.contains(char::is_control) {
            return Err(Fault::file(format!("path = {path:?}"), format!("≤ {LONGEST_PATH}")));
        }
        Ok(Sftp {
            host: Host::read(keys)?,
            path,
            glob: keys.text("glob")?.map(|pattern| Glob::new(&pattern)),
            after: keys
                .word("after", &[("keep", After::Keep), ("move", After::Move)])?
                .unwrap_or(After::Keep),
        })
    }

    /// What the file is known by.
    fn object(&self, entry: &Entry) -> String {
        format!("{}/{}", self.path.trim_end_matches('/'), entry.name)
    }

    fn wants(&self, name: &str) -> bool {
        !is_temporary(name) && self.glob.as_ref().is_none_or(|glob| glob.matches(name))
    }

    async fn list(&self, session: &Session<'_>) -> Result<Listing> {
        let mut listing = list(session, &self.path).await?;
        listing.files.retain(|entry| entry.bytes > 0 && self.wants(&entry.name));
        listing.odd.retain(|name| self.wants(name));
        Ok(listing)
    }
}

/// Whether the host lets in and the folder is there; where files are to be moved, whether the folders for them are.
pub(crate) async fn check(source: &Sftp, folder: &Path) -> Result<()> {
    let session = Session::new(&source.host, &folder.join("check")).await?;
    let listing = source.list(&session).await?;
    if source.after == After::Move {
        Aside::open(&session, &source.path).await?;
    }
    fs::remove_dir_all(folder.join("check")).await?;
    odd_names(&listing)
}

/// Takes in every file that has come to rest and is new or has changed, by name. A file that cannot be had stands in no other's
/// way; it is told at the end.
pub(crate) async fn pull(source: &Sftp, pull: &Pull<'_>, full: bool, pulled: &mut Pulled) -> Result<()> {
    let folder = pull.spool.join(FETCHED);
    if folder.exists() {
        fs::remove_dir_all(&folder).await?;
    }
    let session = Session::new(&source.host, &folder).await?;
    let listing = source.list(&session).await?;
    let mut waiting = Vec::new();
    for entry in &listing.files {
        if full || source.after == After::Move || is_new(source, pull, entry).await? {
            waiting.push(entry.clone());
        }
    }
    let mut result = odd_names(&listing);
    if !waiting.is_empty() {
        let mut aside = match source.after {
            After::Keep => None,
            After::Move => Some(Aside::open(&session, &source.path).await?),
        };
        tokio::time::sleep(QUIET).await;
        let later = source.list(&session).await?;
        waiting.retain(|entry| later.holds(entry));
        for part in parts(&waiting) {
            let taken = take(source, pull, &session, part, aside.as_mut(), pulled).await?;
            result = result.and(taken);
        }
    }
    fs::remove_dir_all(folder).await?;
    result
}

async fn is_new(source: &Sftp, pull: &Pull<'_>, entry: &Entry) -> Result<bool> {
    let known = pull.app.taken_object(&pull.definition.name, &source.object(entry)).await?;
    Ok(known.is_none_or(|known| known.tag != entry.tag()))
}

/// Fetches some files, then takes in those that have not changed meanwhile. Within: the first that could not be had.
async fn take(
    source: &Sftp,
    pull: &Pull<'_>,
    session: &Session<'_>,
    part: &[Entry],
    mut aside: Option<&mut Aside>,
    pulled: &mut Pulled,
) -> Result<Result<()>> {
    let (fetched, fault) = fetch(session, &source.path, part).await?;
    let later = source.list(session).await?;
    for (entry, file) in fetched {
        if later.holds(&entry) && fs::metadata(&file).await?.len() == entry.bytes {
            let refused = take_one(source, pull, &entry, &file, pulled).await?;
            if let Some(aside) = &mut aside {
                aside.note(entry, refused);
            }
        }
        fs::remove_file(file).await?;
    }
    if let Some(aside) = aside {
        let later = source.list(session).await?;
        aside.put(session, &later).await?;
    }
    Ok(fault.map_or(Ok(()), Err))
}

/// Within: why the file is refused.
async fn take_one(
    source: &Sftp,
    pull: &Pull<'_>,
    entry: &Entry,
    file: &Path,
    pulled: &mut Pulled,
) -> Result<Option<Fault>> {
    let connection = &pull.definition.name;
    let (batch, refused) = match take_file(pull, file, &entry.name, pulled).await? {
        Ok(batch) => (Some(batch), None),
        Err(fault) => (None, Some(fault)),
    };
    let taken = (source.after == After::Keep).then(|| TakenObject {
        connection: connection.clone(),
        object: source.object(entry),
        tag: entry.tag(),
        batch: batch.clone(),
    });
    pull.app.note_pulled(connection, None, taken.as_ref(), batch.as_ref()).await?;
    Ok(refused)
}

/// What is in a folder of the host.
async fn list(session: &Session<'_>, path: &str) -> Result<Listing> {
    let ran = session.run(&[command::go(path), command::list()]).await?;
    match ran.failed {
        Some(_) if ran.begun() == 1 => Err(Fault::new(Code::ConnectionPath, path, "")),
        Some(reason) => Err(Fault::answer(reason, "ls -ln")),
        None => Listing::read(&ran.said).ok_or_else(|| Fault::answer(path, "ls -ln")),
    }
}

/// Files that nobody can name are not passed over in silence.
fn odd_names(listing: &Listing) -> Result<()> {
    match listing.odd.first() {
        None => Ok(()),
        Some(first) => Err(Fault::new(Code::ConnectionName, first, listing.odd.len().to_string())),
    }
}

/// Few files, or little more than a few bytes, at a time: what a lost connection costs.
fn parts(entries: &[Entry]) -> Vec<&[Entry]> {
    let (mut parts, mut rest) = (Vec::new(), entries);
    while !rest.is_empty() {
        let mut bytes = 0;
        let count = rest.iter().take(MOST_FILES).take_while(|entry| {
            let fits = bytes < MOST_BYTES;
            bytes += entry.bytes;
            fits
        });
        let (part, after) = rest.split_at(count.count());
        parts.push(part);
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_few_files_or_few_bytes() {
        let entry = |bytes| Entry { name: "a".into(), bytes, stamp: String::new() };
        let lengths = |sizes: &[u64]| -> Vec<usize> {
            let entries: Vec<Entry> = sizes.iter().copied().map(entry).collect();
            parts(&entries).into_iter().map(<[Entry]>::len).collect()
        };
        assert_eq!(lengths(&[1; 450]), [200, 200, 50]);
        assert_eq!(lengths(&[MOST_BYTES * 9, 1, MOST_BYTES - 1, 1, 1]), [1, 2, 2]);
        assert!(lengths(&[]).is_empty());
    }
}
