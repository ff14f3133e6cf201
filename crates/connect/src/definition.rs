//! What a connection's file says.

use std::{path::Path, time::Duration};

use toml::Table;

use crate::{
    Fault, Result, bucket::Bucket, database::Database, folder::Folder, http::Http, keys::Keys,
    schedule::Schedule, sftp::Sftp,
};

/// The longest name of a connection, in characters.
const NAME: usize = 60;
/// How long a pull may take where the file does not say.
const TIMEOUT: Duration = Duration::from_secs(3_600);
/// How often a pull is tried again where the file does not say.
const RETRIES: u32 = 3;

/// What sort of source a connection reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A PostgreSQL database.
    Postgresql,
    /// A MySQL or MariaDB database.
    Mysql,
    /// An SQLite file.
    Sqlite,
    /// An address on the web.
    Http,
    /// A folder into which files are dropped.
    Folder,
    /// A prefix of a bucket.
    S3,
    /// A folder of a host, by SFTP.
    Sftp,
}

impl Kind {
    const ALL: [Kind; 7] =
        [Kind::Postgresql, Kind::Mysql, Kind::Sqlite, Kind::Http, Kind::Folder, Kind::S3, Kind::Sftp];

    /// The word in connection files.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Postgresql => "postgresql",
            Kind::Mysql => "mysql",
            Kind::Sqlite => "sqlite",
            Kind::Http => "http",
            Kind::Folder => "folder",
            Kind::S3 => "s3",
            Kind::Sftp => "sftp",
        }
    }
}

/// One connection.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Name of its file, without the ending.
    pub name: String,
    /// Key of the dataset that it fills.
    pub dataset: String,
    /// What sort of source it reads.
    pub kind: Kind,
    /// Whether it pulls at its times. Asked for by name, it pulls in any case.
    pub enabled: bool,
    /// When it pulls.
    pub schedule: Schedule,
    /// How long a pull may take.
    pub timeout: Duration,
    /// How often a pull that failed is tried again before its next time.
    pub retries: u32,
    pub(crate) source: Source,
}

/// Where the rows come from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    Database(Database),
    Http(Http),
    Folder(Folder),
    Bucket(Bucket),
    Sftp(Sftp),
}

impl Definition {
    /// Reads the text of a file. Every key must be known.
    pub(crate) fn parse(name: &str, text: &str, folder: &Path) -> Result<Definition> {
        check_name(name)?;
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            // The line itself is not repeated: it may hold a secret in the wrong place.
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            Fault::file(format!("line {}", before.matches('\n').count() + 1), error.message())
        })?;
        let mut keys = Keys::new(table, folder);
        let words = Kind::ALL.map(|kind| (kind.as_str(), kind));
        let kind = keys.word("kind", &words)?;
        let kind = kind.ok_or_else(|| Fault::file("kind: —", words.map(|(word, _)| word).join(", ")))?;
        let definition = Definition {
            name: name.to_owned(),
            dataset: keys.needed("dataset", "the key of a dataset")?,
            kind,
            enabled: keys.flag("enabled", true)?,
            schedule: Schedule::parse(&keys.needed("schedule", "30 2 * * *")?)?,
            timeout: keys.time("timeout", TIMEOUT)?,
            retries: keys.whole("retries", (0, 100))?.unwrap_or(RETRIES),
            source: match kind {
                Kind::Postgresql | Kind::Mysql | Kind::Sqlite => {
                    Source::Database(Database::read(kind, &mut keys)?)
                }
                Kind::Http => Source::Http(Http::read(&mut keys)?),
                Kind::Folder => Source::Folder(Folder::read(&mut keys)?),
                Kind::S3 => Source::Bucket(Bucket::read(&mut keys)?),
                Kind::Sftp => Source::Sftp(Sftp::read(&mut keys)?),
            },
        };
        keys.end()?;
        Ok(definition)
    }
}

/// The name stands in addresses, in file names and in the audit trail.
fn check_name(name: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    match begins && name.len() <= NAME && name.chars().all(plain) {
        true => Ok(()),
        false => Err(Fault::file(name, format!("a-z 0-9 - _ (1 … {NAME}).toml"))),
    }
}
