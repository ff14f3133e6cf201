//! Handlers: take the request apart, call a verb, answer.

pub mod batches;
pub mod datasets;
pub mod page;
pub mod receipts;
pub mod rows;

use axum::{http::HeaderMap, response::Response};
use gnomon_app::{App, OpenPush, Pusher};
use serde::Serialize;
use tracing::Instrument as _;

use crate::{answer::json, fault::Fault};

/// The key that makes a push repeatable.
fn idempotency_key(headers: &HeaderMap) -> Option<&str> {
    // A key that is no text is refused like any other that cannot be used.
    headers.get("idempotency-key").map(|key| key.to_str().unwrap_or_default())
}

/// Answers a push, and keeps the answer for its repetition.
async fn answer(
    app: &App,
    pusher: &Pusher,
    push: OpenPush,
    status: u16,
    body: &impl Serialize,
) -> Result<Response, Fault> {
    let body = serde_json::to_value(body).map_err(|error| gnomon_app::Error::Internal(error.into()))?;
    let (status, body) = app.end_push(pusher, push, status, body).await?;
    Ok(json(status, &body))
}

/// Work that is carried through even when the sender leaves.
async fn carry_through(
    work: impl Future<Output = Result<Response, Fault>> + Send + 'static,
) -> Result<Response, Fault> {
    tokio::spawn(work.in_current_span()).await.map_err(|error| gnomon_app::Error::Internal(error.into()))?
}
