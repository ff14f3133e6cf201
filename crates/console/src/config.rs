use std::{path::PathBuf, sync::Arc};

use gnomon_app::App;
use gnomon_connect::Connections;
use gnomon_httpkit::{Settings, Site};
use gnomon_ui::DemoLogin;

use crate::intakes::Intakes;

/// How the site is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// How it presents itself.
    pub settings: Settings,
    /// The demo's people, shown at the log-in; empty in earnest.
    pub demo: Vec<DemoLogin>,
    /// Where files rest while they arrive; on the disk of the data directory.
    pub uploads: PathBuf,
    /// The largest file taken, in bytes.
    pub upload_limit: u64,
}

/// What every handler has at hand.
#[derive(Clone)]
pub(crate) struct Console {
    pub site: Site,
    pub connections: Connections,
    pub config: Arc<Config>,
    /// What this process is taking in.
    pub intakes: Intakes,
}

impl Console {
    pub fn new(site: Site, connections: Connections, config: Config) -> Console {
        Console { site, connections, config: Arc::new(config), intakes: Intakes::default() }
    }

    /// The verbs.
    pub fn app(&self) -> &App {
        &self.site.app
    }
}
