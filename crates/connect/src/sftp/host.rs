//! Which host, and as whom. Nothing of it may be taken for an option of the program.

use std::{
    net::Ipv6Addr,
    path::{Path, PathBuf},
};

use crate::{Fault, Result, keys::Keys};

/// What holds for every run, whatever the operator's own configuration says: nobody is asked, only known hosts are talked to,
/// a silent host is given up after a minute, and no process stays behind.
const ALWAYS: [&str; 11] = [
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "UpdateHostKeys=no",
    "LogLevel=ERROR",
    "ConnectTimeout=20",
    "ConnectionAttempts=1",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
    "TCPKeepAlive=yes",
    "ControlMaster=no",
    "ControlPath=none",
];

/// A host that serves files.
#[derive(Debug, Clone)]
pub(super) struct Host {
    /// `user@host`.
    destination: String,
    port: Option<u32>,
    /// Without one, whatever the operator's configuration or agent has.
    identity: Option<PathBuf>,
    /// Without one, those of the operator and the machine.
    known_hosts: Option<PathBuf>,
}

impl Host {
    pub fn read(keys: &mut Keys<'_>) -> Result<Host> {
        let host = keys.needed("host", "sftp.example")?;
        let user = keys.needed("user", "a name")?;
        if !is_plain(&user, "._-@+") {
            return Err(Fault::file(format!("user = {user:?}"), "a-z 0-9 . _ - @ +"));
        }
        let destination = match host.parse::<Ipv6Addr>() {
            Ok(address) => format!("{user}@[{address}]"),
            Err(_) if is_plain(&host, "._-") => format!("{user}@{host}"),
            Err(_) => return Err(Fault::file(format!("host = {host:?}"), "sftp.example, 10.0.0.5")),
        };
        Ok(Host {
            destination,
            port: keys.whole("port", (1, 65_535))?,
            identity: file(keys, "identity_file")?,
            known_hosts: file(keys, "known_hosts")?,
        })
    }

    /// The program itself says nothing that helps when one of these is not there.
    pub async fn check_files(&self) -> Result<()> {
        for (key, path) in [("identity_file", &self.identity), ("known_hosts", &self.known_hosts)] {
            let Some(path) = path else { continue };
            if let Err(error) = tokio::fs::File::open(path).await {
                let fault = Fault::file(format!("{key} = {}", path.display()), "a file that can be read");
                return Err(Fault { source: Some(error.into()), ..fault });
            }
        }
        Ok(())
    }

    /// What the program is called with. The first value of an option counts, so these come before any configuration.
    pub fn arguments(&self) -> Vec<String> {
        let mut options: Vec<String> = ALWAYS.map(str::to_owned).into();
        options.extend(self.port.map(|port| format!("Port={port}")));
        if let Some(path) = &self.identity {
            options.push(format!("IdentityFile=\"{}\"", path.display()));
            options.push("IdentitiesOnly=yes".to_owned());
        }
        if let Some(path) = &self.known_hosts {
            options.push(format!("UserKnownHostsFile=\"{}\"", path.display()));
            options.push("GlobalKnownHostsFile=none".to_owned());
        }
        let mut arguments: Vec<String> =
            options.into_iter().flat_map(|option| ["-o".to_owned(), option]).collect();
        arguments.extend(["-b", "-", "--"].map(str::to_owned));
        arguments.push(self.destination.clone());
        arguments
    }
}

fn is_plain(text: &str, others: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && text.len() <= 255
        && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

/// A file that is named in an option, where some characters have a meaning.
fn file(keys: &mut Keys<'_>, key: &'static str) -> Result<Option<PathBuf>> {
    let Some(path) = keys.file(key)? else { return Ok(None) };
    let path = std::path::absolute(path)?;
    match is_quotable(&path) {
        true => Ok(Some(path)),
        false => Err(Fault::file(format!("{key} = {}", path.display()), "a path without \" \\ % $")),
    }
}

fn is_quotable(path: &Path) -> bool {
    path.to_str().is_some_and(|path| !path.contains(|c: char| "\"\\%$".contains(c) || c.is_control()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Result<Host> {
        Host::read(&mut Keys::new(text.parse().unwrap(), Path::new("/data/connections")))
    }

    #[test]
    fn nothing_that_a_file_says_is_an_option() {
        for odd in ["-oProxyCommand=touch x", "a b", "a:/etc", "u@a", "-x", "a;b", "$(a)", "a\\nb", "[::1]"] {
            assert!(host(&format!("host = \"{odd}\"\nuser = \"u\"")).is_err(), "{odd}");
        }
        for odd in ["-oProxyCommand=x", "u v", "u:v", "u/v", "%u", "u\\nv"] {
            assert!(host(&format!("host = \"a\"\nuser = \"{odd}\"")).is_err(), "{odd}");
        }
        for odd in ["a\\\" x", "%h", "${HOME}/key", "a\\nb"] {
            let text = format!("host = \"a\"\nuser = \"u\"\nidentity_file = \"{odd}\"");
            assert!(host(&text).is_err(), "{odd}");
        }
    }

    #[test]
    fn the_host_comes_last_and_after_the_end_of_options() {
        let all = host(
            "host = \"::1\"\nuser = \"u@office\"\nport = 2222\nidentity_file = \"a key\"\nknown_hosts = \"/k\"",
        );
        let arguments = all.unwrap().arguments();
        assert!(arguments.ends_with(&["--".to_owned(), "u@office@[::1]".to_owned()]));
        for part in ["Port=2222", "IdentityFile=\"/data/connections/a key\"", "UserKnownHostsFile=\"/k\""] {
            assert!(arguments.iter().any(|argument| argument == part), "{part}: {arguments:?}");
        }
    }
}
