//! Bodies while they arrive.

use std::{io, path::Path};

use axum::body::{Body, BodyDataStream};
use futures::StreamExt as _;
use gnomon_app::Error;
use gnomon_kernel::Code;
use gnomon_library::{analytics::is_disk_full, hex};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio::{fs::File, io::AsyncWriteExt as _};

use crate::fault::Fault;

/// A file that has arrived whole. Gone from the disk when dropped.
pub(crate) struct Arrived {
    pub file: NamedTempFile,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Writes a body to a file of its own. What was cut off on the way leaves nothing.
pub(crate) async fn to_file(body: Body, folder: &Path, limit: u64) -> Result<Arrived, Fault> {
    let file = new_file(folder).map_err(not_stored)?;
    let mut writer = File::from_std(file.reopen().map_err(not_stored)?);
    let (mut hash, mut stream, mut bytes) = (Sha256::new(), body.into_data_stream(), 0);
    while let Some(chunk) = next(&mut stream).await? {
        bytes += chunk.len() as u64;
        if bytes > limit {
            return Err(Fault::too_large(gnomon_ui::format::size(limit)));
        }
        hash.update(&chunk);
        writer.write_all(&chunk).await.map_err(not_stored)?;
    }
    writer.flush().await.map_err(not_stored)?;
    Ok(Arrived { file, sha256: hex(&hash.finalize()) })
}

/// Reads a small body.
pub(crate) async fn to_memory(body: Body, limit: u64) -> Result<Vec<u8>, Fault> {
    let (mut bytes, mut stream) = (Vec::new(), body.into_data_stream());
    while let Some(chunk) = next(&mut stream).await? {
        if (bytes.len() + chunk.len()) as u64 > limit {
            return Err(Fault::too_large(gnomon_ui::format::size(limit)));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn next(stream: &mut BodyDataStream) -> Result<Option<axum::body::Bytes>, Fault> {
    let cut_off = |_| Fault::new(Code::FileUnreadable, "", "");
    stream.next().await.transpose().map_err(cut_off)
}

fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    std::fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix("push-").tempfile_in(folder)
}

fn not_stored(error: io::Error) -> Fault {
    match is_disk_full(&error) {
        true => Error::Unavailable { code: Code::DiskFull, source: error.into() }.into(),
        false => Error::Internal(error.into()).into(),
    }
}
