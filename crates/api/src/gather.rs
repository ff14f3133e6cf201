use std::{
    collections::BTreeMap,
    convert::Infallible,
    time::{Duration, Instant},
};

use gnomon_app::{App, Result};
use gnomon_kernel::CodeKind;

use crate::fault::chain;

/// How often somebody looks whether rows wait.
const LOOK: Duration = Duration::from_millis(500);
/// How long a dataset is left alone after a first failure; doubled with each further one.
const FIRST_REST: Duration = Duration::from_secs(30);
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(600);
/// How often who-is-who is collected anew while rows come in: it reads all tables.
const LINK: Duration = Duration::from_secs(300);

/// Takes in what is pushed as rows, as long as it is polled; to be spawned.
pub async fn gather(app: App) -> Infallible {
    let mut gatherer = Gatherer::default();
    loop {
        if !gatherer.round(&app).await {
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// A dataset that failed is left alone for a while, so that it does not fill the list of deliveries with refusals.
struct Rest {
    until: Instant,
    time: Duration,
}

#[derive(Default)]
struct Gatherer {
    rests: BTreeMap<String, Rest>,
    linked: Option<Instant>,
    to_link: bool,
}

impl Gatherer {
    /// Looks at every dataset once; whether anything was taken in.
    async fn round(&mut self, app: &App) -> bool {
        let waiting = match app.waiting_datasets().await {
            Ok(waiting) => waiting,
            Err(error) => {
                tracing::error!("pushes that wait cannot be listed: {}", chain(&error));
                return false;
            }
        };
        let mut settled = 0;
        for dataset in waiting {
            if self.rests.get(&dataset).is_some_and(|rest| Instant::now() < rest.until) {
                continue;
            }
            let result = app.gather(&dataset).await;
            settled += result.as_ref().copied().unwrap_or_default();
            self.note(dataset, result);
        }
        self.to_link |= settled > 0;
        if let Err(error) = self.link(app).await {
            tracing::warn!("who-is-who was not asked for: {}", chain(&error));
        }
        settled > 0
    }

    fn note(&mut self, dataset: String, result: Result<usize>) {
        let Err(error) = result else {
            self.rests.remove(&dataset);
            return;
        };
        let before = self.rests.get(&dataset).map(|rest| rest.time);
        let time = before.map_or(FIRST_REST, |time| (time * 2).min(LONGEST_REST));
        // Sentences about rows may hold what was found in them.
        let what = match error.code().kind() {
            CodeKind::System => chain(&error),
            _ => error.code().to_string(),
        };
        tracing::error!(dataset, rest_s = time.as_secs(), "pushes wait and were not taken in: {what}");
        self.rests.insert(dataset, Rest { until: Instant::now() + time, time });
    }

    async fn link(&mut self, app: &App) -> Result<()> {
        if !self.to_link || self.linked.is_some_and(|linked| linked.elapsed() < LINK) {
            return Ok(());
        }
        app.request_link(&gnomon_app::Actor::system()).await?;
        (self.to_link, self.linked) = (false, Some(Instant::now()));
        Ok(())
    }
}
