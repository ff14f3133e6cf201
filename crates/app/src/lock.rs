//! One intake, one gatherer and one pull of a connection at a time per data directory, across processes; the operating system lets go when a process
//! dies.

use std::{
    fs::{File, TryLockError},
    io,
    path::PathBuf,
};

use crate::{Error, Result};

const INTAKE: &str = "intake.lock";
const GATHER: &str = "gather.lock";

/// Waits for its turn.
pub(crate) async fn wait_for_intake(dir: PathBuf) -> Result<File> {
    blocking(move || {
        let file = open(dir, INTAKE)?;
        file.lock()?;
        Ok(file)
    })
    .await
}

/// `None` when an intake is under way.
pub(crate) async fn try_intake(dir: PathBuf) -> Result<Option<File>> {
    try_lock(dir, INTAKE).await
}

/// `None` while another process gathers pushes.
pub(crate) async fn try_gather(dir: PathBuf) -> Result<Option<File>> {
    try_lock(dir, GATHER).await
}

/// `None` while another process pulls through this connection.
pub(crate) async fn try_pull(dir: PathBuf, connection: &str) -> Result<Option<File>> {
    try_lock(dir.join("pulling"), &format!("{connection}.lock")).await
}

async fn try_lock(dir: PathBuf, name: &str) -> Result<Option<File>> {
    let name = name.to_owned();
    blocking(move || {
        let file = open(dir, &name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    })
    .await
}

fn open(dir: PathBuf, name: &str) -> io::Result<File> {
    std::fs::create_dir_all(&dir)?;
    File::options().create(true).truncate(false).write(true).open(dir.join(name))
}

/// Work on files, where it may wait.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}
