use axum::{
    body::Body,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::Response,
};
use gnomon_app::{Delivered, OpenPush, PushBegun, Pusher, Way};
use gnomon_kernel::{BatchId, Code};
use serde::Deserialize;

use super::{answer, carry_through, idempotency_key};
use crate::{
    answer::{BatchBody, ErrorBody, json},
    caller::Caller,
    config::Api,
    fault::{Fault, chain},
    receive::{self, Arrived},
};

/// The longest file name, in characters.
const NAME_LIMIT: usize = 200;

#[derive(Debug, Deserialize)]
pub struct FileQuery {
    #[serde(default)]
    name: String,
    #[serde(default)]
    complete: bool,
    instead_of: Option<String>,
}

/// Pushes one file. 201 says that all of it is in, durably; the rows that were left out are named with their reasons.
#[utoipa::path(
    post, path = "/api/v1/datasets/{key}/batches", tag = "push",
    params(
        ("key" = String, Path, description = "Key of the dataset"),
        ("name" = Option<String>, Query, description = "The file's name as people know it; its content decides what it is"),
        ("complete" = Option<bool>, Query, description = "Confirms that a snapshot is complete although it holds far fewer facts than before"),
        ("instead_of" = Option<String>, Query, description = "The batch that this file takes the place of"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key with the same bytes is answered the same"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "CSV, workbook, JSON, NDJSON, Parquet or Arrow; also in zip or gzip"),
    responses(
        (status = 201, description = "In", body = BatchBody),
        (status = 401, description = "No token in force", body = ErrorBody),
        (status = 403, description = "No agreement to share this dataset is in force", body = ErrorBody),
        (status = 404, description = "No such dataset for this token", body = ErrorBody),
        (status = 409, description = "Taken in before; key used for something else; state", body = ErrorBody),
        (status = 413, description = "Too large", body = ErrorBody),
        (status = 415, description = "Not a format that can be read", body = ErrorBody),
        (status = 422, description = "Refused as a whole", body = ErrorBody),
        (status = 429, description = "Too many requests of this token", body = ErrorBody),
        (status = 503, description = "Busy", body = ErrorBody),
        (status = 507, description = "Disk full", body = ErrorBody),
    ),
    security(("token" = [])),
)]
pub async fn take(
    State(api): State<Api>,
    caller: Caller,
    Path(key): Path<String>,
    query: Result<Query<FileQuery>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Fault> {
    let in_dataset = |error| Fault::of_dataset(error, &key);
    api.app.may_push(&caller.pusher, &key).await.map_err(in_dataset)?;
    let Query(query) = query.map_err(|_| Fault::new(Code::Invalid, "query", "name, complete, instead_of"))?;
    let instead_of = match &query.instead_of {
        Some(id) => Some(BatchId::parse(id).ok_or_else(|| Fault::new(Code::Invalid, "instead_of", "bat_…"))?),
        None => None,
    };
    let arrived = receive::to_file(body, &api.config.uploads, api.config.upload_limit).await?;
    let repeatable = idempotency_key(&headers);
    let begun = api.app.begin_push(&caller.pusher, (&key, Way::File), &arrived.sha256, repeatable).await;
    let push = match begun.map_err(in_dataset)? {
        PushBegun::Answered(status, body) => return Ok(json(status, &body)),
        PushBegun::Open(push) => push,
    };
    let name = file_name(&query.name).unwrap_or_else(|| format!("{key}-{}", &arrived.sha256[..12]));
    let file = Pushed { key, name, arrived, confirmed: query.complete, instead_of };
    carry_through(async move {
        let Caller { pusher, slot: _slot } = caller;
        take_in(&api, &pusher, push, &file).await
    })
    .await
}

/// A file that is to be taken in.
struct Pushed {
    key: String,
    name: String,
    arrived: Arrived,
    confirmed: bool,
    instead_of: Option<BatchId>,
}

async fn take_in(api: &Api, pusher: &Pusher, push: OpenPush, file: &Pushed) -> Result<Response, Fault> {
    let delivered = Delivered {
        confirmed: file.confirmed,
        instead_of: file.instead_of.as_ref(),
        ..Delivered::new(&file.key, file.arrived.file.path(), &file.name)
    };
    let batch = match api.app.push_file(pusher, &push, &delivered).await {
        Ok(batch) => batch,
        Err(error) => {
            let fault = Fault::of_dataset(error, &file.key);
            return match fault.is_final() {
                true => answer(&api.app, pusher, push, fault.status(), &fault.body()).await,
                false => Err(fault),
            };
        }
    };
    let actor = pusher.actor();
    if let Err(error) = api.app.request_link(&actor).await {
        // The file is in all the same, and the next one asks again.
        tracing::warn!("who-is-who was not asked for: {}", chain(&error));
    }
    let left_out = api.app.left_out(&actor, &batch.id).await?;
    answer(&api.app, pusher, push, 201, &BatchBody::new(&batch, left_out)).await
}

/// The last part of the name as it was sent, without anything that could disturb a line of text.
fn file_name(sent: &str) -> Option<String> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(NAME_LIMIT).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
