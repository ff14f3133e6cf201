//! Connections: how far they have come, and whose turn it is. What they read, and how, is not known here.

use std::fs::File;

use gnomon_domain::{Action, Actor, Role};
use gnomon_kernel::{BatchId, Code, Instant};
use gnomon_store::{Batch, BatchRefusal, ConnectionState, TakenObject, Watermark};

use crate::{App, Error, Result, app::permit, lock};

/// How far a connection has come, with its last delivery.
#[derive(Debug, Clone)]
pub struct ConnectionRow {
    /// How far.
    pub state: ConnectionState,
    /// The last delivery that came of it.
    pub last_batch: Option<Batch>,
}

/// How a pull ended.
#[derive(Debug, Clone)]
pub struct PullEnd {
    /// `None` when it came to its end, else why it did not.
    pub error: Option<BatchRefusal>,
    /// Rows that have no watermark.
    pub unmarked: u64,
    /// When the next one begins; `None` for never.
    pub next_due_at: Option<Instant>,
}

/// As what a connection acts: deliveries and the audit trail name it.
fn actor_of(connection: &str) -> Actor {
    Actor { user: None, name: connection.to_owned(), role: Role::System }
}

impl App {
    /// How far connections have come, by name.
    pub async fn connections(&self, actor: &Actor) -> Result<Vec<ConnectionRow>> {
        permit(actor, Action::ViewData)?;
        let tx = self.parts.store.read().await?;
        let mut rows = Vec::new();
        for state in tx.connections().await? {
            let last_batch = match &state.last_batch {
                Some(id) => tx.batch(id).await?,
                None => None,
            };
            rows.push(ConnectionRow { state, last_batch });
        }
        Ok(rows)
    }

    /// Asks for a pull out of turn. Whoever keeps the connections begins it within seconds.
    pub async fn ask_for_pull(&self, actor: &Actor, connection: &str) -> Result<()> {
        permit(actor, Action::PullData)?;
        let now = self.now();
        self.change_connection(actor, connection, "asked for", |state| state.asked_at = Some(now)).await
    }

    /// The right to pull through a connection, until it is dropped; `None` while another process has it.
    pub async fn pull_turn(&self, connection: &str) -> Result<Option<File>> {
        permit(&actor_of(connection), Action::PullData)?;
        lock::try_pull(self.parts.dir.clone(), connection).await
    }

    /// How far a connection has come. One that was never heard of is written down, due at the moment given.
    pub async fn connection(
        &self,
        connection: &str,
        first_due_at: Option<Instant>,
    ) -> Result<ConnectionState> {
        permit(&actor_of(connection), Action::PullData)?;
        if let Some(state) = self.parts.store.read().await?.connection(connection).await? {
            return Ok(state);
        }
        let state = ConnectionState { next_due_at: first_due_at, ..ConnectionState::new(connection) };
        let tx = self.parts.store.write().await?;
        tx.put_connection(&state).await?;
        tx.commit().await?;
        Ok(state)
    }

    /// A pull begins. `forgets`: all that the source has is taken again.
    pub async fn begin_pull(&self, connection: &str, forgets: bool) -> Result<ConnectionState> {
        let (actor, now) = (actor_of(connection), self.now());
        permit(&actor, Action::PullData)?;
        let tx = self.parts.store.write().await?;
        let known = tx.connection(connection).await?.unwrap_or_else(|| ConnectionState::new(connection));
        let watermark = known.watermark.filter(|_| !forgets);
        let state = ConnectionState { watermark, last_started_at: Some(now), asked_at: None, ..known };
        tx.put_connection(&state).await?;
        let detail = if forgets { "began from the start" } else { "began" };
        self.audit(&tx, &actor, Action::PullData, connection, detail).await?;
        tx.commit().await?;
        Ok(state)
    }

    /// What was pulled is in: it is not pulled again. `taken` is the file or object it came from, where there is one.
    pub async fn note_pulled(
        &self,
        connection: &str,
        watermark: Option<Watermark>,
        taken: Option<&TakenObject>,
        batch: Option<&BatchId>,
    ) -> Result<()> {
        permit(&actor_of(connection), Action::PullData)?;
        let tx = self.parts.store.write().await?;
        let mut state = known(tx.connection(connection).await?)?;
        state.watermark = watermark.or(state.watermark);
        state.last_batch = batch.cloned().or(state.last_batch);
        tx.put_connection(&state).await?;
        if let Some(taken) = taken {
            tx.put_taken_object(taken).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What is known of a thing that a connection meets.
    pub async fn taken_object(&self, connection: &str, object: &str) -> Result<Option<TakenObject>> {
        permit(&actor_of(connection), Action::PullData)?;
        Ok(self.parts.store.read().await?.taken_object(connection, object).await?)
    }

    /// A pull is over.
    pub async fn end_pull(&self, connection: &str, end: &PullEnd) -> Result<()> {
        let (actor, now) = (actor_of(connection), self.now());
        let detail = match &end.error {
            None => "ended".to_owned(),
            Some(error) => format!("failed: {}", error.code.word()),
        };
        self.change_connection(&actor, connection, &detail, |state| {
            match &end.error {
                None => (state.failures, state.last_success_at) = (0, Some(now)),
                Some(_) => state.failures = state.failures.saturating_add(1),
            }
            state.last_error = end.error.clone();
            state.unmarked = end.unmarked;
            state.next_due_at = end.next_due_at;
        })
        .await
    }

    /// As what a connection acts: deliveries and the audit trail name it.
    pub fn connection_actor(&self, connection: &str) -> Actor {
        actor_of(connection)
    }

    async fn change_connection(
        &self,
        actor: &Actor,
        connection: &str,
        detail: &str,
        change: impl FnOnce(&mut ConnectionState) + Send,
    ) -> Result<()> {
        permit(actor, Action::PullData)?;
        let tx = self.parts.store.write().await?;
        let mut state = known(tx.connection(connection).await?)?;
        change(&mut state);
        tx.put_connection(&state).await?;
        self.audit(&tx, actor, Action::PullData, connection, detail).await?;
        Ok(tx.commit().await?)
    }
}

fn known(state: Option<ConnectionState>) -> Result<ConnectionState> {
    state.ok_or(Error::NotFound(Code::NotFound))
}
