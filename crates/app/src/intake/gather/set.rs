//! Sets on disk: `sealed-<place>-<receipt>/` holds its pieces, and the delivery they become.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, GzBuilder};
use gnomon_library::dataset::Dataset;

use super::{
    facts::{Facts, facts_of},
    piece::{Piece, SEALED, names_in, pieces_in, sync},
};

/// The most bytes of one set, unless one piece has more.
const MOST_BYTES: u64 = 64 << 20;
/// The most pieces looked at for one set.
const MOST_PIECES: usize = 4_096;
/// The delivery that a set becomes.
const DELIVERY: &str = "set.json.gz";

const DONE: &str = "done-";
const REFUSED: &str = "refused-";

/// Pieces of one token that become one delivery.
#[derive(Debug)]
pub(super) struct Set {
    /// Where it is.
    folder: PathBuf,
    /// Place and receipt of its first piece.
    name: String,
    /// In their order.
    pub pieces: Vec<Piece>,
}

/// Sets that were sealed and are not settled, in their order; sweeps away what is left of settled ones.
pub(super) fn sealed_in(waiting: &Path) -> io::Result<Vec<Set>> {
    let mut sets = Vec::new();
    for entry in names_in(waiting)? {
        let folder = waiting.join(&entry);
        if entry.starts_with(DONE) {
            fs::remove_dir_all(&folder)?;
        } else if let Some(name) = entry.strip_prefix(SEALED) {
            let pieces = pieces_in(&folder)?;
            match pieces.is_empty() {
                true => fs::remove_dir_all(&folder)?,
                false => sets.push(Set { name: name.to_owned(), folder, pieces }),
            }
        }
    }
    Ok(sets)
}

/// Seals the next set of what waits; `None` when nothing does.
pub(super) fn seal(waiting: &Path, dataset: &Dataset) -> io::Result<Option<Set>> {
    let pieces = choose(waiting, dataset)?;
    let Some(first) = pieces.first() else { return Ok(None) };
    let name = format!("{:020}-{}", first.place, first.receipt);
    let folder = waiting.join(format!("{SEALED}{name}"));
    fs::create_dir(&folder)?;
    sync(waiting)?;
    for piece in &pieces {
        fs::rename(waiting.join(piece.file_name()), folder.join(piece.file_name()))?;
    }
    sync(&folder)?;
    sync(waiting)?;
    Ok(Some(Set { folder, name, pieces }))
}

/// The first piece and those of the same token that say nothing about what an earlier piece speaks of, so that for each
/// fact pieces are taken in in their order.
fn choose(waiting: &Path, dataset: &Dataset) -> io::Result<Vec<Piece>> {
    let mut chosen: Vec<Piece> = Vec::new();
    let (mut spoken_of, mut bytes) = (HashSet::new(), 0);
    for piece in pieces_in(waiting)?.into_iter().take(MOST_PIECES) {
        let rows = fs::read(waiting.join(piece.file_name()))?;
        bytes += rows.len() as u64;
        let is_first = chosen.is_empty();
        match facts_of(dataset, &rows) {
            Facts::Unclear if is_first => return Ok(vec![piece]),
            Facts::Unclear => break,
            Facts::Known(facts) => {
                let is_clear = facts.is_disjoint(&spoken_of);
                spoken_of.extend(facts);
                let is_same = chosen.first().is_none_or(|first| first.token == piece.token);
                if is_clear && is_same {
                    chosen.push(piece);
                }
            }
        }
        if bytes >= MOST_BYTES {
            break;
        }
    }
    Ok(chosen)
}

impl Set {
    /// The name of the delivery.
    pub fn delivery_name(&self) -> String {
        format!("push-{}.json.gz", self.name)
    }

    /// The set as one file: its rows in one array, for a row that stands alone may be taken for a wrapping. The same set gives the same bytes, and no other set does,
    /// for they carry its name: two sets may hold the same rows, with a correction between them.
    pub fn assemble(&self) -> io::Result<PathBuf> {
        let path = self.folder.join(DELIVERY);
        if path.exists() {
            return Ok(path);
        }
        let unfinished = self.folder.join("unfinished");
        let file = File::create(&unfinished)?;
        let name = format!("{}.json", self.name);
        let mut packed = GzBuilder::new().filename(name).write(file, Compression::fast());
        let mut before: &[u8] = b"[\n";
        for piece in &self.pieces {
            let rows = fs::read(self.folder.join(piece.file_name()))?;
            for row in rows.split(|byte| *byte == b'\n').filter(|row| !row.is_empty()) {
                packed.write_all(before)?;
                packed.write_all(row)?;
                before = b",\n";
            }
        }
        packed.write_all(b"\n]\n")?;
        packed.finish()?.sync_all()?;
        fs::rename(&unfinished, &path)?;
        sync(&self.folder)?;
        Ok(path)
    }

    /// It is in: nothing of it stays. At once, for a set of which some pieces are gone would be another one.
    pub fn finish(self, waiting: &Path) -> io::Result<()> {
        let done = waiting.join(format!("{DONE}{}", self.name));
        fs::rename(&self.folder, &done)?;
        sync(waiting)?;
        fs::remove_dir_all(done)
    }

    /// It is refused: kept beside, with the reason.
    pub fn refuse(self, waiting: &Path, reason: &str) -> io::Result<()> {
        let mut file = File::create(self.folder.join("reason.json"))?;
        file.write_all(reason.as_bytes())?;
        file.sync_all()?;
        fs::rename(&self.folder, waiting.join(format!("{REFUSED}{}", self.name)))?;
        sync(waiting)
    }

    /// Makes each piece a set of its own, so that one that is refused takes no other with it.
    pub fn split(self, waiting: &Path) -> io::Result<()> {
        fs::remove_file(self.folder.join(DELIVERY))?;
        sync(&self.folder)?;
        for piece in &self.pieces[1..] {
            let own = waiting.join(format!("{SEALED}{:020}-{}", piece.place, piece.receipt));
            fs::create_dir_all(&own)?;
            fs::rename(self.folder.join(piece.file_name()), own.join(piece.file_name()))?;
            sync(&own)?;
        }
        sync(&self.folder)?;
        sync(waiting)
    }
}
