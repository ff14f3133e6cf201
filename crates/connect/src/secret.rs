//! Secrets come from a file or from the environment, never from the connection's own file.

use std::{path::PathBuf, sync::Arc};

use crate::{Fault, Result, fault::blocking};

/// Reads a variable of the program's environment.
pub type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretPlace {
    File(PathBuf),
    Variable(String),
}

/// A secret. Nothing shows it.
pub(crate) struct Secret(String);

impl Secret {
    /// The secret itself, for whoever it is meant for.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl SecretPlace {
    /// Reads it. An end of line after it is not part of it.
    pub async fn read(&self, environment: &Environment) -> Result<Secret> {
        let text = match self {
            SecretPlace::Variable(name) => environment(name)
                .ok_or_else(|| Fault::file(format!("password_env = {name}"), "a variable that is set"))?,
            SecretPlace::File(path) => {
                let (from, shown) = (path.clone(), path.display().to_string());
                blocking(move || std::fs::read_to_string(from)).await.map_err(|fault| Fault {
                    source: fault.source,
                    ..Fault::file(format!("password_file = {shown}"), "a file that can be read")
                })?
            }
        };
        Ok(Secret(text.trim_end_matches(['\r', '\n']).to_owned()))
    }
}
