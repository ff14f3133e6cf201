//! Opening either engine. The only file that knows how the two differ.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    EntityTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::{
    Error, Result, Tx,
    entity::meta,
    migration::{Migrator, SCHEMA_VERSION},
};

/// How long a writer waits for another process before it gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Any number will do, as long as nobody else locks it.
const MIGRATION_LOCK: i64 = 0x676e_6f6d;

const SCHEMA_KEY: &str = "schema";

/// The operational database.
#[derive(Debug, Clone)]
pub struct Store {
    db: DatabaseConnection,
}

impl Store {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…` and brings its schema up to date. Several processes may
    /// do so at once. [`Error::Newer`] when a newer version of the program has been here; then nothing is touched.
    pub async fn open(url: &str) -> Result<Store> {
        let db = Database::connect(options(url)?).await?;
        let store = Store { db };
        store.migrate().await?;
        Ok(store)
    }

    /// Many reads that see one state of the database.
    pub async fn read(&self) -> Result<Tx> {
        let mode = self.isolation();
        Ok(Tx::new(self.db.begin_with_options(mode).await?))
    }

    /// One change, whole or not at all: nothing is kept unless [`Tx::commit`] is called.
    ///
    /// On SQLite it takes the write lock at once; a transaction that reads first and writes later would fail instead of
    /// waiting for its turn.
    pub async fn write(&self) -> Result<Tx> {
        Ok(Tx::new(self.begin_write().await?))
    }

    async fn begin_write(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: self.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.db.begin_with_options(options).await?)
    }

    fn isolation(&self) -> TransactionOptions {
        use sea_orm::{AccessMode, IsolationLevel};
        if self.is_sqlite() {
            return TransactionOptions::default();
        }
        TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        }
    }

    fn is_sqlite(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Sqlite
    }

    async fn migrate(&self) -> Result<()> {
        if self.found_version(&self.db).await? == Some(SCHEMA_VERSION) {
            return Ok(());
        }
        let tx = self.begin_write().await?;
        if !self.is_sqlite() {
            tx.execute_unprepared(&format!("select pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
        }
        // Another process may have been faster while this one waited for the lock.
        if self.found_version(&tx).await? != Some(SCHEMA_VERSION) {
            Migrator::up(&tx, None).await?;
            let tx = Tx::new(tx);
            tx.set_meta(SCHEMA_KEY, &SCHEMA_VERSION.to_string()).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// `None` for an empty database.
    async fn found_version(&self, db: &impl ConnectionTrait) -> Result<Option<u32>> {
        let sql = if self.is_sqlite() {
            "select count(*) as n from sqlite_master where type = 'table' and name = 'meta'"
        } else {
            "select count(*) as n from information_schema.tables where table_schema = current_schema() and table_name = 'meta'"
        };
        let there = db.query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql)).await?;
        let tables: i64 = there.map(|row| row.try_get("", "n")).transpose()?.unwrap_or(0);
        if tables == 0 {
            return Ok(None);
        }
        let Some(row) = meta::Entity::find_by_id(SCHEMA_KEY).one(db).await? else { return Ok(None) };
        let found: u32 = row.value.parse().map_err(|_| Error::Corrupt("schema version"))?;
        if found > SCHEMA_VERSION {
            return Err(Error::Newer { found, known: SCHEMA_VERSION });
        }
        Ok(Some(found))
    }
}

fn options(url: &str) -> Result<ConnectOptions> {
    if !url.starts_with("sqlite:") && !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
        return Err(Error::Address);
    }
    let mut options = ConnectOptions::new(url);
    // Statements carry personal numbers and never reach a log.
    options.sqlx_logging(false).acquire_timeout(PATIENCE).max_connections(8).min_connections(1);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            .pragma("journal_mode", "WAL")
            // A delivery that was acknowledged must survive a power cut.
            .pragma("synchronous", "FULL")
            .pragma("cache_size", "-32000")
    });
    Ok(options)
}
