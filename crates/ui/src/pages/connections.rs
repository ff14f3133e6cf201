use askama::Template;
use gnomon_kernel::Instant;

use super::{AgreementNote, Refusal};
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tr::key;

/// All connections, those that need somebody first.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/connections.html")]
pub struct ConnectionsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whether this person may have one pull out of turn.
    pub can_pull: bool,
    /// The connections.
    pub rows: Vec<ConnectionRow>,
}

page!(ConnectionsPage);

impl ConnectionsPage {
    /// Those whose last pull did not come to its end, or whose file cannot be used.
    fn failing(&self) -> usize {
        self.rows.iter().filter(|row| row.health.is_bad()).count()
    }
}

/// A connection of the list.
#[derive(Debug, Clone)]
pub struct ConnectionRow {
    /// Name of its file, without the ending.
    pub name: String,
    /// What its file says; none when it cannot be used.
    pub source: Option<ConnectionSource>,
    /// How it stands.
    pub health: ConnectionHealth,
    /// When a pull last came to its end.
    pub last_success: Option<Instant>,
    /// When the next one begins.
    pub next_due: Option<Instant>,
    /// The last delivery that came of it.
    pub last_delivery: Option<PulledDelivery>,
    /// Pulls in a row that did not come to their end.
    pub failures: u64,
    /// Why the last one did not, or what is wrong with the file.
    pub reason: Option<Refusal>,
    /// Rows that have no watermark and are not taken.
    pub unmarked: u64,
    /// The data request that counts for its dataset.
    pub agreement: Option<AgreementNote>,
}

/// What a connection's file says.
#[derive(Debug, Clone)]
pub struct ConnectionSource {
    /// What sort of source it reads.
    pub kind: ConnectionKind,
    /// Key of the dataset.
    pub dataset: String,
    /// Title of the dataset.
    pub title: String,
    /// Its times, as five fields of cron.
    pub schedule: String,
}

/// What sort of source a connection reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionKind {
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

impl ConnectionKind {
    /// Locale key of its name.
    fn title(self) -> &'static str {
        match self {
            ConnectionKind::Postgresql => key("connection-kind-postgresql"),
            ConnectionKind::Mysql => key("connection-kind-mysql"),
            ConnectionKind::Sqlite => key("connection-kind-sqlite"),
            ConnectionKind::Http => key("connection-kind-http"),
            ConnectionKind::Folder => key("connection-kind-folder"),
            ConnectionKind::S3 => key("connection-kind-s3"),
            ConnectionKind::Sftp => key("connection-kind-sftp"),
        }
    }
}

/// How a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionHealth {
    /// Its file cannot be used.
    Unusable,
    /// Its last pull did not come to its end.
    Failing,
    /// Nobody has agreed to share what it would bring.
    NotAgreed,
    /// Somebody waits for a pull.
    Asked,
    /// Nothing has been pulled yet.
    New,
    /// Its last pull came to its end.
    Fine,
    /// It is switched off.
    Off,
}

impl ConnectionHealth {
    fn lacks_agreement(self) -> bool {
        self == ConnectionHealth::NotAgreed
    }

    fn is_bad(self) -> bool {
        matches!(self, ConnectionHealth::Unusable | ConnectionHealth::Failing | ConnectionHealth::NotAgreed)
    }

    /// Locale key of its name.
    fn title(self) -> &'static str {
        match self {
            ConnectionHealth::Unusable => key("connection-unusable"),
            ConnectionHealth::Failing => key("connection-failing"),
            ConnectionHealth::NotAgreed => key("connection-not-agreed"),
            ConnectionHealth::Asked => key("connection-asked"),
            ConnectionHealth::New => key("connection-new"),
            ConnectionHealth::Fine => key("connection-fine"),
            ConnectionHealth::Off => key("connection-off"),
        }
    }

    /// The word that the style sheet knows.
    fn tone(self) -> &'static str {
        match self {
            ConnectionHealth::Unusable | ConnectionHealth::Failing => "crit",
            ConnectionHealth::NotAgreed => "warn",
            ConnectionHealth::Asked => "info",
            ConnectionHealth::Fine => "ok",
            ConnectionHealth::New | ConnectionHealth::Off => "mute",
        }
    }
}

/// A delivery that came of a pull.
#[derive(Debug, Clone)]
pub struct PulledDelivery {
    /// Id, `bat_…`.
    pub id: String,
    /// Rows of it.
    pub rows: u64,
}
