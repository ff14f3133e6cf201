//! One run of OpenSSH's own `sftp`: commands in, what it said out (ADR 0019). It ends at the first command that fails.

use std::{
    io,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
};

use gnomon_kernel::Code;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _},
    process::Command,
};

use super::host::Host;
use crate::{Fault, Result};

/// The program repeats each command after this, when the one before has succeeded.
pub(super) const ECHO: &[u8] = b"sftp> ";
/// The most that is read of what the program says.
const SAID: u64 = 64 << 20;
/// How the program says that there is nobody any more.
const OVER: [&str; 3] = ["Connection closed", "Connection reset", "Connection to "];
/// The most that is repeated of a sentence.
const TOLD: usize = 200;

/// Runs on this machine in a folder of its own.
pub(super) struct Session<'a> {
    host: &'a Host,
    folder: PathBuf,
}

/// What a run came to.
pub(super) struct Ran {
    /// What it said, with its commands.
    pub said: Vec<u8>,
    /// Why the last command that was begun failed; `None` when all succeeded.
    pub failed: Option<String>,
}

impl Ran {
    /// How many commands were begun.
    pub fn begun(&self) -> usize {
        self.said.split(|byte| *byte == b'\n').filter(|line| line.starts_with(ECHO)).count()
    }
}

impl<'a> Session<'a> {
    pub async fn new(host: &'a Host, folder: &Path) -> Result<Session<'a>> {
        host.check_files().await?;
        tokio::fs::create_dir_all(folder).await?;
        Ok(Session { host, folder: folder.to_owned() })
    }

    /// A file of this machine by the name it has for commands.
    pub fn local(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs these commands. An error when the host is not reached, does not let in, or goes away.
    pub async fn run(&self, commands: &[String]) -> Result<Ran> {
        let mut child = Command::new("sftp")
            .args(self.host.arguments())
            .current_dir(&self.folder)
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(not_started)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let text = commands.concat();
        let feed = async move {
            if let Some(mut stdin) = stdin {
                // A program that has ended reads no more; its own words say why.
                let _ = stdin.write_all(text.as_bytes()).await;
            }
        };
        let ((), said, told) = tokio::join!(feed, all(stdout), all(stderr));
        let (said, told, status) = (said?, told?, child.wait().await?);
        let told = String::from_utf8_lossy(&told);
        Ok(Ran { said, failed: judge(status, &told)? })
    }
}

async fn all(from: Option<impl AsyncRead + Unpin>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        from.take(SAID).read_to_end(&mut bytes).await?;
    }
    match bytes.len() as u64 >= SAID {
        true => Err(Fault::answer(format!("> {} MiB", SAID >> 20), "ls -ln")),
        false => Ok(bytes),
    }
}

fn not_started(error: io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault {
            source: Some(error.into()),
            ..Fault::new(Code::ConnectionProgram, "sftp", "openssh-client")
        },
        _ => error.into(),
    }
}

/// Why a command failed, if one did; an error for whatever concerns the connection as a whole, or this machine.
fn judge(status: ExitStatus, told: &str) -> Result<Option<String>> {
    if status.success() {
        return Ok(None);
    }
    let last = told.lines().map(str::trim).rfind(|line| !["", "Connection closed"].contains(line));
    let is_over = told.lines().any(|line| OVER.iter().any(|over| line.starts_with(over)));
    if status.code() != Some(1) || is_over {
        return Err(lost(told, last));
    }
    match last {
        Some(line) if line.contains(" local \"") && line.ends_with("No space left on device") => {
            Err(Fault::new(Code::DiskFull, "", ""))
        }
        _ => Ok(Some(sentence(last.unwrap_or_default()))),
    }
}

/// Why there is no connection.
fn lost(told: &str, last: Option<&str>) -> Fault {
    let first = |parts: &[&str]| told.lines().find(|line| parts.iter().any(|part| line.contains(part)));
    if let Some(line) = first(&["has changed and you have requested", "REVOKED HOST KEY"]) {
        return Fault::new(Code::ConnectionHostChanged, sentence(line), "");
    }
    if let Some(line) = first(&["host key is known for", "Host key verification failed"]) {
        return Fault::new(Code::ConnectionHostUnknown, sentence(line), "");
    }
    // With a bracket: the answer to all keys that were offered.
    if let Some(line) = first(&["Load key ", "Permission denied (", "Too many authentication failures"]) {
        return Fault::new(Code::ConnectionKey, sentence(line), "");
    }
    Fault::gone(sentence(last.unwrap_or("Connection closed")))
}

fn sentence(line: &str) -> String {
    line.trim().replace(char::is_control, " ").chars().take(TOLD).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    fn code(exit: i32, told: &str) -> Code {
        judge(ExitStatus::from_raw(exit << 8), told).unwrap_err().code
    }

    #[test]
    fn causes_are_told_apart() {
        let changed = "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key for x has changed and you have requested strict checking.\nHost key verification failed.\nConnection closed\n";
        let unknown = "No ED25519 host key is known for x and you have requested strict checking.\r\nHost key verification failed.\nConnection closed\n";
        assert_eq!(code(255, changed), Code::ConnectionHostChanged);
        assert_eq!(code(255, unknown), Code::ConnectionHostUnknown);
        assert_eq!(
            code(255, "u@x: Permission denied (publickey).\nConnection closed\n"),
            Code::ConnectionKey
        );
        assert_eq!(code(1, "write local \"0\": No space left on device\n"), Code::DiskFull);
        for gone in [
            "ssh: Could not resolve hostname x: Name or service not known\nConnection closed\n",
            "",
            "Connection closed\n",
        ] {
            assert_eq!(code(255, gone), Code::ConnectionGone);
        }
        assert_eq!(code(1, "Connection closed by remote host\n"), Code::ConnectionGone);
        let refused = "remote open \"/x\": Permission denied\n";
        assert_eq!(judge(ExitStatus::from_raw(1 << 8), refused).unwrap().as_deref(), Some(refused.trim()));
        assert_eq!(judge(ExitStatus::from_raw(0), "anything").unwrap(), None);
        assert_eq!(judge(ExitStatus::from_raw(9), "").unwrap_err().code, Code::ConnectionGone);
    }
}
