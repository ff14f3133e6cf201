use std::{path::PathBuf, sync::Arc};

use gnomon_app::App;
use gnomon_kernel::Words;

use crate::caller::Slots;

/// How the interface is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// Name of the county or unit that is supervised.
    pub area: Words,
    /// Where files rest while they arrive; on the disk of the data directory.
    pub uploads: PathBuf,
    /// The largest file taken, in bytes.
    pub upload_limit: u64,
}

/// What every handler has at hand. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Api {
    /// The verbs.
    pub app: App,
    pub config: Arc<Config>,
    pub slots: Slots,
}

impl Api {
    pub fn new(app: App, config: Config) -> Api {
        Api { app, config: Arc::new(config), slots: Slots::default() }
    }
}
