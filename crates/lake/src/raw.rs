//! The raw area: delivered bytes, kept under their hash.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use gnomon_kernel::Code;
use gnomon_library::{
    analytics::{Received, Refusal},
    hex,
};
use sha2::{Digest, Sha256};

/// Where bytes of this hash are kept.
pub(crate) fn path_of(dir: &Path, sha256: &str) -> PathBuf {
    dir.join("raw").join(sha256.get(..2).unwrap_or_default()).join(sha256)
}

/// How files begin that are being received. The folder is shared with operators that spill.
const ASIDE: &str = "receive-";

/// Copies a file into the raw area: written aside, made durable, then moved in place, so that a crash leaves no half file
/// under a hash. One file is received at a time; what an earlier crash left aside is removed.
pub(crate) fn receive(dir: &Path, path: &Path) -> Result<Received, Refusal> {
    let refuse = |error| Refusal::because(Code::FileUnreadable, error);
    let mut source = File::open(path).map_err(refuse)?;
    if source.metadata().map_err(refuse)?.is_dir() {
        return Err(Refusal::new(Code::FileUnreadable, "a folder", "a file"));
    }
    let tmp = dir.join("tmp");
    sweep(&tmp).map_err(refuse)?;
    let mut aside = tempfile::Builder::new().prefix(ASIDE).tempfile_in(&tmp).map_err(refuse)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        let n = source.read(&mut buffer).map_err(refuse)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        aside.write_all(&buffer[..n]).map_err(refuse)?;
        bytes += n as u64;
    }
    let sha256 = hex(&hash.finalize());
    let place = path_of(dir, &sha256);
    if !place.exists() {
        let folder = place.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(refuse)?;
        aside.as_file().sync_all().map_err(refuse)?;
        aside.persist(&place).map_err(|error| refuse(error.error))?;
        sync_folder(folder).map_err(refuse)?;
    }
    Ok(Received { sha256, bytes })
}

fn sweep(tmp: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(tmp)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}
