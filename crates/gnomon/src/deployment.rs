//! One deployment, wired together.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use chrono::TimeDelta;
use gnomon_app::{App, Parts, Sharing, Store};
use gnomon_connect::Connections;
use gnomon_domain::Actor;
use gnomon_engine::Limits;
use gnomon_kernel::{Clock, Day, Lang, RandomIds, SystemClock};
use gnomon_lake::Lake;
use gnomon_library::{Analytics, Library};

use crate::{
    builtin,
    cli::Global,
    config::{self, Agreement, Config},
    failure,
};

/// Everything a command needs.
pub struct Deployment {
    pub dir: PathBuf,
    pub global: Global,
    pub config: Config,
    pub library: Arc<Library>,
    pub app: App,
    pub lang: Lang,
}

impl Deployment {
    /// Opens the data directory, making it when it is not there.
    pub async fn open(global: &Global) -> anyhow::Result<Deployment> {
        let dir = global.dir.clone();
        std::fs::create_dir_all(&dir)
            .with_context(|| format!("making the data directory {}", dir.display()))?;
        let (config, _) = config::read(&dir)?;
        let library = Arc::new(builtin::load(&global.library)?);
        let store = Store::open(&store_url(&dir, &config)?).await.map_err(gnomon_app::Error::from)?;
        let clock = SystemClock;
        let today = data_today(&store, &clock).await?;
        let limits = Limits {
            memory: config.run.memory_mib << 20,
            seconds: config.run.seconds,
            findings: config.run.findings,
            partitions: config.run.partitions,
            spill: None,
        };
        let lake = Lake::open(&dir, library.clone(), limits, today, builtin::proven())
            .with_context(|| format!("opening the lake in {}", dir.display()))?;
        let analytics: Arc<dyn Analytics> = Arc::new(lake);
        let app = App::new(Parts {
            store,
            analytics,
            library: library.clone(),
            clock: Arc::new(clock),
            ids: Arc::new(RandomIds),
            dir: dir.clone(),
            keep: TimeDelta::days(config.keep.days.into()),
            sharing: match config.sharing.agreement {
                Agreement::Required => Sharing::Required,
                Agreement::Free => Sharing::Free,
            },
        });
        let lang = failure::language(global.lang);
        Ok(Deployment { dir, global: global.clone(), config, library, app, lang })
    }

    /// What reads departments' sources. Passwords may stand in the environment.
    pub fn connections(&self) -> Connections {
        Connections::new(self.app.clone(), &self.dir, |name| std::env::var(name).ok())
    }

    /// The command line acts as the program itself.
    pub fn actor(&self) -> Actor {
        Actor::system()
    }

    /// The command line acts for a person where one is named; the audit trail says so.
    pub async fn actor_for(&self, login: Option<&str>) -> anyhow::Result<Actor> {
        match login {
            Some(login) => Ok(self.app.act_as(&self.actor(), login).await?),
            None => Ok(self.actor()),
        }
    }
}

/// The day the data live in: a fictional county's own, else today in the deployment's time zone.
async fn data_today(store: &Store, clock: &dyn Clock) -> anyhow::Result<Day> {
    let tx = store.read().await.map_err(gnomon_app::Error::from)?;
    let county = tx.county_today().await.map_err(gnomon_app::Error::from)?;
    Ok(county.unwrap_or_else(|| gnomon_domain::local_day(clock.now())))
}

/// Where the operational database is.
pub fn store_url(dir: &Path, config: &Config) -> anyhow::Result<String> {
    if config.store.url_file.is_empty() {
        return Ok(format!("sqlite:{}", dir.join("gnomon.db").display()));
    }
    let text = std::fs::read_to_string(&config.store.url_file)
        .with_context(|| format!("reading the database URL from {}", config.store.url_file))?;
    Ok(text.trim().to_owned())
}
