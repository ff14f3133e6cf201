use gnomon_store::Store;
use sea_orm::{ConnectionTrait, Database};

/// A database for one test.
pub struct Bench {
    pub store: Store,
    pub url: String,
    _dir: Option<tempfile::TempDir>,
}

impl Bench {
    pub async fn sqlite() -> Bench {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("gnomon.db").display());
        let store = Store::open(&url).await.unwrap();
        Bench { store, url, _dir: Some(dir) }
    }

    pub async fn postgres(name: &str) -> Option<Bench> {
        let Ok(cluster) = std::env::var("GNOMON_TEST_PG") else {
            eprintln!("skipped on PostgreSQL: GNOMON_TEST_PG is not set");
            return None;
        };
        let admin = Database::connect(&cluster).await.unwrap();
        let database: String = name.chars().take(60).collect();
        admin.execute_unprepared(&format!("drop database if exists {database}")).await.unwrap();
        admin.execute_unprepared(&format!("create database {database}")).await.unwrap();
        let (address, options) = cluster.split_once('?').unwrap_or((&cluster, ""));
        let server = address.rsplit_once('/').unwrap().0;
        let url = format!("{server}/{database}?{options}");
        let store = Store::open(&url).await.unwrap();
        Some(Bench { store, url, _dir: None })
    }

    /// Plain SQL from outside the program.
    pub async fn tamper(&self, sql: &str) {
        Database::connect(&self.url).await.unwrap().execute_unprepared(sql).await.unwrap();
    }
}
