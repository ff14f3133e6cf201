//! Has every connection pull at its time.

use std::{collections::BTreeSet, convert::Infallible, time::Duration};

use gnomon_app::ConnectionState;
use gnomon_kernel::Instant;
use tokio::task::JoinSet;

use crate::{Connections, Definition, Listed};

/// How often somebody looks whose time has come.
const LOOK: Duration = Duration::from_secs(2);
/// How many pull at the same time.
const MOST: usize = 4;

/// Has connections pull as long as it is polled; to be spawned. Pulls end with it, and go on where they were next time.
pub async fn keep(connections: Connections) -> Infallible {
    let mut pulls: JoinSet<String> = JoinSet::new();
    let mut under_way: BTreeSet<String> = BTreeSet::new();
    loop {
        while let Some(done) = pulls.try_join_next() {
            match done {
                Ok(name) => drop(under_way.remove(&name)),
                // Which one broke is not known; turns still keep two pulls of one connection apart.
                Err(error) => {
                    tracing::error!("a pull broke: {error}");
                    under_way.clear();
                }
            }
        }
        for definition in due(&connections).await {
            if under_way.len() >= MOST || !under_way.insert(definition.name.clone()) {
                continue;
            }
            let connections = connections.clone();
            pulls.spawn(async move {
                pull_if_due(&connections, &definition).await;
                definition.name
            });
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The connections whose time has come. A file with an error is shown on the page; here it has no time.
async fn due(connections: &Connections) -> Vec<Definition> {
    let listed = match connections.list().await {
        Ok(listed) => listed,
        Err(fault) => {
            tracing::error!("connections cannot be listed: {}", fault.told());
            return Vec::new();
        }
    };
    let mut due = Vec::new();
    for Listed { definition, .. } in listed {
        let Ok(definition) = definition else { continue };
        match is_due(connections, &definition).await {
            Ok(true) => due.push(definition),
            Ok(false) => {}
            Err(fault) => tracing::error!(connection = definition.name, "{}", fault.told()),
        }
    }
    due
}

async fn is_due(connections: &Connections, definition: &Definition) -> crate::Result<bool> {
    let now = connections.app.now();
    let first = definition.schedule.next_after(now);
    let state = connections.app.connection(&definition.name, first).await?;
    Ok(time_has_come(definition, &state, now))
}

/// Whoever asks need not wait. A schedule that was made denser since the last pull counts at once.
fn time_has_come(definition: &Definition, state: &ConnectionState, now: Instant) -> bool {
    let by_schedule = state.last_started_at.and_then(|last| definition.schedule.next_after(last));
    let has_come = |at: Option<Instant>| at.is_some_and(|at| at <= now);
    state.asked_at.is_some() || definition.enabled && (has_come(state.next_due_at) || has_come(by_schedule))
}

async fn pull_if_due(connections: &Connections, definition: &Definition) {
    let name = &definition.name;
    let result = async {
        let Some(_turn) = connections.app.pull_turn(name).await? else { return Ok(None) };
        // Another process may have pulled while this one looked.
        match is_due(connections, definition).await? {
            true => connections.pull_in_turn(definition, false).await.map(Some),
            false => Ok(None),
        }
    };
    match result.await {
        Ok(None) => {}
        Ok(Some(pulled)) => {
            tracing::info!(connection = name, batches = pulled.batches, rows = pulled.rows, "pulled");
        }
        Err(fault) => tracing::warn!(connection = name, "a pull failed: {}", fault.told()),
    }
}
