use axum::{
    body::Body,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use gnomon_app::{BadLine, PushBegun, PushedRows, Way, read_rows};
use gnomon_kernel::Code;
use gnomon_library::hex;
use sha2::{Digest, Sha256};

use super::{answer, carry_through, idempotency_key};
use crate::{
    answer::{ErrorBody, ReceiptBody, json},
    caller::Caller,
    config::Api,
    fault::Fault,
    receive,
};

/// The most rows of one push.
pub const MOST_ROWS: usize = 5_000;
/// The most bytes of one push.
pub const MOST_BYTES: u64 = 4 << 20;

/// Pushes some rows. 202 says that they are safe on disk; they are taken in with others soon, and the receipt tells what
/// became of them. What one token pushes about one fact counts in the order of the pushes.
#[utoipa::path(
    post, path = "/api/v1/datasets/{key}/rows", tag = "push",
    params(
        ("key" = String, Path, description = "Key of the dataset"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key with the same bytes is answered the same"),
    ),
    request_body(content = Vec<Object>, content_type = "application/json", description = "An array of objects, or one object per line (NDJSON); names as the dataset's header words; at most 5,000 rows and 4 MiB"),
    responses(
        (status = 202, description = "Safe on disk", body = ReceiptBody),
        (status = 401, description = "No token in force", body = ErrorBody),
        (status = 403, description = "No agreement to share this dataset is in force", body = ErrorBody),
        (status = 404, description = "No such dataset for this token", body = ErrorBody),
        (status = 409, description = "Key used for something else", body = ErrorBody),
        (status = 413, description = "Too large", body = ErrorBody),
        (status = 422, description = "No rows, or a dataset that takes whole files only", body = ErrorBody),
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
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Fault> {
    api.app.gathers(&caller.pusher, &key).map_err(|error| Fault::of_dataset(error, &key))?;
    api.app.may_push(&caller.pusher, &key).await?;
    let bytes = receive::to_memory(body, MOST_BYTES).await?;
    let found = read_rows(&bytes, MOST_ROWS)
        .map_err(|BadLine(line)| Fault::new(Code::Invalid, format!("line {line}"), "[{…}, …] / {…}"))?;
    if found.count > MOST_ROWS {
        return Err(Fault::too_large(format!("{MOST_ROWS} rows")));
    }
    if found.count == 0 {
        return Err(Fault::new(Code::FileEmpty, "", ""));
    }
    let sha256 = hex(&Sha256::digest(&bytes));
    let repeatable = idempotency_key(&headers).map(str::to_owned);
    carry_through(async move {
        let Caller { pusher, slot: _slot } = caller;
        let target = (key.as_str(), Way::Rows);
        let push = match api.app.begin_push(&pusher, target, &sha256, repeatable.as_deref()).await? {
            PushBegun::Answered(status, body) => return Ok(json(status, &body)),
            PushBegun::Open(push) => push,
        };
        let rows = PushedRows { dataset: key.clone(), rows: found.lines };
        let receipt = api.app.push_rows(&pusher, &push, rows).await?;
        let body = ReceiptBody {
            receipt: receipt.to_string(),
            dataset: key,
            state: "waiting",
            rows: Some(found.count as u64),
            batch: None,
            refusal: None,
        };
        answer(&api.app, &pusher, push, 202, &body).await
    })
    .await
}
