//! Pieces on disk: `<place>.<receipt>.<token>.ndjson`.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use gnomon_kernel::{ReceiptId, TokenId};

/// How the folders of sets begin.
pub(super) const SEALED: &str = "sealed-";

/// One push of rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    /// Its place in the order of pieces.
    pub place: u64,
    /// What its sender asks for it by.
    pub receipt: ReceiptId,
    /// Whose it is.
    pub token: TokenId,
}

impl Piece {
    pub fn file_name(&self) -> String {
        format!("{:020}.{}.{}.ndjson", self.place, self.receipt, self.token)
    }

    fn parse(name: &str) -> Option<Piece> {
        let mut parts = name.strip_suffix(".ndjson")?.split('.');
        let place = parts.next()?.parse().ok()?;
        let receipt = ReceiptId::parse(parts.next()?)?;
        let token = TokenId::parse(parts.next()?)?;
        parts.next().is_none().then_some(Piece { place, receipt, token })
    }
}

/// Where the pieces of a dataset wait.
pub(super) fn folder(dir: &Path, dataset: &str) -> PathBuf {
    inbox(dir).join(dataset)
}

/// Where everything waits.
pub(super) fn inbox(dir: &Path) -> PathBuf {
    dir.join("inbox")
}

/// The pieces in a folder, in their order; none when there is no such folder.
pub(super) fn pieces_in(folder: &Path) -> io::Result<Vec<Piece>> {
    let mut pieces: Vec<Piece> = names_in(folder)?.iter().filter_map(|name| Piece::parse(name)).collect();
    pieces.sort_unstable();
    Ok(pieces)
}

/// The names in a folder, ascending; none when there is no such folder.
pub(super) fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

/// Puts a piece where pieces wait. When this returns it is there for good, whole.
pub(crate) fn write(dir: &Path, dataset: &str, piece: &Piece, rows: &[u8]) -> io::Result<()> {
    let folder = folder(dir, dataset);
    if !folder.is_dir() {
        fs::create_dir_all(&folder)?;
        sync(&inbox(dir))?;
        sync(dir)?;
    }
    let arriving = dir.join("arriving");
    fs::create_dir_all(&arriving)?;
    let arrived = arriving.join(piece.file_name());
    let done =
        write_whole(&arrived, rows).and_then(|()| fs::rename(&arrived, folder.join(piece.file_name())));
    if done.is_err() {
        // What stays is swept away when serving begins.
        let _ = fs::remove_file(&arrived);
    }
    done?;
    sync(&folder)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether a piece of this token waits for one of the datasets, sealed or not; the dataset.
pub(crate) fn find<'a>(
    dir: &Path,
    datasets: &'a [String],
    receipt: &ReceiptId,
    token: &TokenId,
) -> io::Result<Option<&'a str>> {
    let is_it = |piece: &Piece| piece.receipt == *receipt && piece.token == *token;
    for dataset in datasets {
        let folder = folder(dir, dataset);
        // First where pieces come in, then where they go from there: one that moves meanwhile is seen.
        if pieces_in(&folder)?.iter().any(is_it) {
            return Ok(Some(dataset));
        }
        for name in names_in(&folder)?.iter().filter(|name| name.starts_with(SEALED)) {
            if pieces_in(&folder.join(name)).unwrap_or_default().iter().any(is_it) {
                return Ok(Some(dataset));
            }
        }
    }
    Ok(None)
}

/// Makes what was done to a folder's entries lasting.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_sort_by_place() {
        let piece = |place| Piece {
            place,
            receipt: ReceiptId::parse("rcp_01").unwrap(),
            token: TokenId::parse("gnt_02").unwrap(),
        };
        assert_eq!(Piece::parse(&piece(7).file_name()), Some(piece(7)));
        assert!(piece(9).file_name() < piece(10).file_name());
        for odd in ["set.json.gz", "7.rcp_01.ndjson", "7.rcp_01.gnt_02.x.ndjson", "x.rcp_01.gnt_02.ndjson"] {
            assert_eq!(Piece::parse(odd), None, "{odd}");
        }
    }
}
