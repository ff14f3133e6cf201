//! One pull, from its turn to what is written down about it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use gnomon_app::{App, Batch, ConnectionState, PullEnd};
use gnomon_kernel::{Code, Instant};

use crate::{
    Definition, Environment, Fault, Listed, Result, bucket, database, definition::Source, fault::blocking,
    folder, http, read, schedule::rest, sftp,
};

/// All connections of a data directory. Cheap to clone.
#[derive(Clone)]
pub struct Connections {
    pub(crate) app: App,
    dir: PathBuf,
    environment: Environment,
}

/// What a pull needs.
pub(crate) struct Pull<'a> {
    pub app: &'a App,
    pub definition: &'a Definition,
    pub environment: &'a Environment,
    /// How far the connection had come when the pull began.
    pub state: ConnectionState,
    /// Where rows rest on their way.
    pub spool: PathBuf,
    /// What no other pull is called.
    pub id: String,
}

/// What a pull brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Deliveries.
    pub batches: u64,
    /// Rows in them.
    pub rows: u64,
    /// Files that were refused and stand aside with the reason.
    pub refused: u64,
    /// Rows that have no watermark and were left.
    pub unmarked: u64,
}

impl Pulled {
    pub(crate) fn note(&mut self, batch: &Batch) {
        self.batches += 1;
        self.rows += batch.counts.rows;
    }
}

impl Connections {
    /// The connections of a data directory; variables are read for passwords only.
    pub fn new(
        app: App,
        dir: &Path,
        environment: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self { app, dir: dir.to_owned(), environment: Arc::new(environment) }
    }

    /// All files of the folder `connections`, by name.
    pub async fn list(&self) -> Result<Vec<Listed>> {
        let (folder, app) = (self.dir.join("connections"), self.app.clone());
        blocking(move || read::all(&folder, |key| app.library().datasets.contains_key(key))).await
    }

    /// The connection of this name.
    pub async fn find(&self, name: &str) -> Result<Definition> {
        let listed = self.list().await?.into_iter().find(|listed| listed.name == name);
        listed.ok_or_else(|| Fault::new(Code::NotFound, name, "")).and_then(|listed| listed.definition)
    }

    /// Tries whether the source answers and holds what the file says; takes nothing.
    pub async fn check(&self, definition: &Definition) -> Result<()> {
        let check = async {
            match &definition.source {
                Source::Database(source) => database::check(source, &self.environment).await,
                Source::Http(source) => http::check(source, &self.environment).await,
                Source::Folder(source) => folder::check(source).await,
                Source::Bucket(source) => bucket::check(source, &self.environment).await,
                Source::Sftp(source) => {
                    sftp::check(source, &self.dir.join("pulling").join(&definition.name)).await
                }
            }
        };
        within(definition, check).await
    }

    /// Pulls now. `full`: everything that the source has, also what was taken before; it is recognised when it comes in.
    /// [`Code::Busy`] while another process pulls through the same connection.
    pub async fn pull(&self, definition: &Definition, full: bool) -> Result<Pulled> {
        let name = &definition.name;
        let Some(_turn) = self.app.pull_turn(name).await? else {
            return Err(Fault::new(Code::Busy, name, ""));
        };
        self.pull_in_turn(definition, full).await
    }

    /// The same for who has the turn.
    pub(crate) async fn pull_in_turn(&self, definition: &Definition, full: bool) -> Result<Pulled> {
        let name = &definition.name;
        let state = self.app.begin_pull(name, full).await?;
        let failures = state.failures;
        let pull = Pull {
            app: &self.app,
            definition,
            environment: &self.environment,
            state,
            spool: self.dir.join("pulling").join(name),
            id: format!("{name}-{}", self.app.now().format("%Y%m%dT%H%M%S%6f")),
        };
        if full {
            // What an earlier pull had begun is read again with the rest.
            let spool = pull.spool.clone();
            blocking(move || if spool.exists() { std::fs::remove_dir_all(spool) } else { Ok(()) }).await?;
        }
        let mut pulled = Pulled::default();
        let result = within(definition, run(&pull, full, &mut pulled)).await;
        if pulled.batches > 0 {
            self.app.request_link(&self.app.connection_actor(name)).await?;
        }
        let error = result.as_ref().err();
        let end = PullEnd {
            error: error.map(Fault::reason),
            unmarked: pulled.unmarked,
            next_due_at: next_due(definition, self.app.now(), error, failures),
        };
        self.app.end_pull(name, &end).await?;
        result.map(|()| pulled)
    }
}

async fn run(pull: &Pull<'_>, full: bool, pulled: &mut Pulled) -> Result<()> {
    pull.app.check_agreement(&pull.definition.dataset).await?;
    match &pull.definition.source {
        Source::Database(source) => database::pull(source, pull, pulled).await,
        Source::Http(source) => http::pull(source, pull, full, pulled).await,
        Source::Folder(source) => folder::pull(source, pull, pulled).await,
        Source::Bucket(source) => bucket::pull(source, pull, full, pulled).await,
        Source::Sftp(source) => sftp::pull(source, pull, full, pulled).await,
    }
}

async fn within<T>(definition: &Definition, work: impl Future<Output = Result<T>>) -> Result<T> {
    let done = tokio::time::timeout(definition.timeout, work).await;
    done.unwrap_or_else(|_| Err(Fault::time(definition.timeout)))
}

/// After a failure that may pass, soon, as often as the file says; else at the next time of the schedule.
fn next_due(definition: &Definition, now: Instant, error: Option<&Fault>, failures: u32) -> Option<Instant> {
    let regular = definition.schedule.next_after(now);
    let tried_again = failures % (definition.retries + 1);
    if !error.is_some_and(Fault::may_pass) || tried_again == definition.retries {
        return regular;
    }
    let soon = now + rest(tried_again + 1);
    Some(regular.map_or(soon, |regular| regular.min(soon)))
}
