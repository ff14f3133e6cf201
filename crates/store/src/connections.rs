//! How far connections have come, and what they have taken.

use gnomon_kernel::{BatchId, Code, Instant};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, sea_query::OnConflict};

use crate::{
    BatchRefusal, Result, Tx,
    entity::{connection_seen, connection_state},
    error::readable,
};

/// Up to where the rows of a source have been taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermark {
    /// The highest value of the watermark column, as its source compares it.
    pub value: String,
    /// Number and digest of the rows that have this very value: another one may come later.
    pub edge: String,
}

/// How far one connection has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionState {
    /// Name of its file, without the ending.
    pub name: String,
    /// Up to where its rows have been taken.
    pub watermark: Option<Watermark>,
    /// Rows without a watermark, which cannot be taken.
    pub unmarked: u64,
    /// When a pull last began.
    pub last_started_at: Option<Instant>,
    /// When a pull last came to its end.
    pub last_success_at: Option<Instant>,
    /// Why the last pull did not; `None` when it did.
    pub last_error: Option<BatchRefusal>,
    /// Pulls since the last success that did not come to their end.
    pub failures: u32,
    /// When the next one begins.
    pub next_due_at: Option<Instant>,
    /// Since when somebody waits for a pull out of turn.
    pub asked_at: Option<Instant>,
    /// The last delivery that came of it.
    pub last_batch: Option<BatchId>,
}

impl ConnectionState {
    /// Of a connection that was never heard of.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            watermark: None,
            unmarked: 0,
            last_started_at: None,
            last_success_at: None,
            last_error: None,
            failures: 0,
            next_due_at: None,
            asked_at: None,
            last_batch: None,
        }
    }
}

/// A file, object or address that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenObject {
    /// Name of the connection.
    pub connection: String,
    /// Its address within the source.
    pub object: String,
    /// What tells whether it has changed.
    pub tag: String,
    /// The delivery that it became.
    pub batch: Option<BatchId>,
}

impl Tx {
    /// How far one connection has come.
    pub async fn connection(&self, name: &str) -> Result<Option<ConnectionState>> {
        connection_state::Entity::find_by_id(name).one(&self.db).await?.map(into_state).transpose()
    }

    /// How far all of them have come, by name.
    pub async fn connections(&self) -> Result<Vec<ConnectionState>> {
        let by_name = connection_state::Entity::find().order_by_asc(connection_state::Column::Name);
        by_name.all(&self.db).await?.into_iter().map(into_state).collect()
    }

    /// Writes down how far a connection has come, in place of what was written before.
    pub async fn put_connection(&self, state: &ConnectionState) -> Result<()> {
        use connection_state::Column as C;
        let others = [
            C::Watermark,
            C::Edge,
            C::Unmarked,
            C::LastStartedAt,
            C::LastSuccessAt,
            C::LastError,
            C::Found,
            C::Expected,
            C::Failures,
            C::NextDueAt,
            C::AskedAt,
            C::LastBatch,
        ];
        let known = OnConflict::column(C::Name).update_columns(others).to_owned();
        let row = connection_state::Entity::insert(state_row(state)).on_conflict(known);
        row.exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// What is known of a thing that a connection has met before.
    pub async fn taken_object(&self, connection: &str, object: &str) -> Result<Option<TakenObject>> {
        let id = (connection.to_owned(), object.to_owned());
        connection_seen::Entity::find_by_id(id).one(&self.db).await?.map(into_object).transpose()
    }

    /// Writes down that a thing was taken, in place of what was written before.
    pub async fn put_taken_object(&self, taken: &TakenObject) -> Result<()> {
        use connection_seen::Column as C;
        let row = connection_seen::ActiveModel {
            name: Set(taken.connection.clone()),
            object: Set(taken.object.clone()),
            tag: Set(taken.tag.clone()),
            batch_id: Set(taken.batch.as_ref().map(BatchId::to_string)),
        };
        let known = OnConflict::columns([C::Name, C::Object]).update_columns([C::Tag, C::BatchId]).to_owned();
        connection_seen::Entity::insert(row).on_conflict(known).exec_without_returning(&self.db).await?;
        Ok(())
    }
}

fn state_row(state: &ConnectionState) -> connection_state::ActiveModel {
    let error = state.last_error.as_ref();
    let text = |part: fn(&BatchRefusal) -> &String| error.map(part).cloned().unwrap_or_default();
    connection_state::ActiveModel {
        name: Set(state.name.clone()),
        watermark: Set(state.watermark.as_ref().map(|mark| mark.value.clone())),
        edge: Set(state.watermark.as_ref().map(|mark| mark.edge.clone())),
        unmarked: Set(i64::try_from(state.unmarked).unwrap_or(i64::MAX)),
        last_started_at: Set(state.last_started_at),
        last_success_at: Set(state.last_success_at),
        last_error: Set(error.map(|error| error.code.word().to_owned())),
        found: Set(text(|error| &error.found)),
        expected: Set(text(|error| &error.expected)),
        failures: Set(i32::try_from(state.failures).unwrap_or(i32::MAX)),
        next_due_at: Set(state.next_due_at),
        asked_at: Set(state.asked_at),
        last_batch: Set(state.last_batch.as_ref().map(BatchId::to_string)),
    }
}

fn into_state(row: connection_state::Model) -> Result<ConnectionState> {
    let last_error = match row.last_error {
        Some(word) => {
            let code = readable(Code::parse(&word), "reason of a connection")?;
            Some(BatchRefusal { code, found: row.found, expected: row.expected })
        }
        None => None,
    };
    Ok(ConnectionState {
        name: row.name,
        watermark: row.watermark.zip(row.edge).map(|(value, edge)| Watermark { value, edge }),
        unmarked: u64::try_from(row.unmarked).unwrap_or_default(),
        last_started_at: row.last_started_at,
        last_success_at: row.last_success_at,
        last_error,
        failures: u32::try_from(row.failures).unwrap_or_default(),
        next_due_at: row.next_due_at,
        asked_at: row.asked_at,
        last_batch: batch_of(row.last_batch)?,
    })
}

fn into_object(row: connection_seen::Model) -> Result<TakenObject> {
    Ok(TakenObject { connection: row.name, object: row.object, tag: row.tag, batch: batch_of(row.batch_id)? })
}

fn batch_of(id: Option<String>) -> Result<Option<BatchId>> {
    id.map(|id| readable(BatchId::parse(&id), "batch id")).transpose()
}
