use axum::{
    extract::{Path, State},
    response::Response,
};
use gnomon_app::{BatchState, LeftOut, PushState};
use gnomon_kernel::ReceiptId;

use crate::{
    answer::{BatchBody, ErrorBody, ReceiptBody, json},
    caller::Caller,
    config::Api,
    fault::Fault,
};

/// What became of pushed rows. Only the token that pushed them may ask.
#[utoipa::path(
    get, path = "/api/v1/receipts/{id}", tag = "ask",
    params(("id" = String, Path, description = "Receipt, rcp_…")),
    responses(
        (status = 200, description = "Known", body = ReceiptBody),
        (status = 401, description = "No token in force", body = ErrorBody),
        (status = 404, description = "No such receipt of this token", body = ErrorBody),
    ),
    security(("token" = [])),
)]
pub async fn show(State(api): State<Api>, caller: Caller, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = ReceiptId::parse(&id).ok_or_else(Fault::not_found)?;
    let view = api.app.receipt(&caller.pusher, &id).await?;
    let (state, batch, refusal) = match view.state {
        PushState::Waiting => ("waiting", None, None),
        PushState::Taken(batch) => {
            let left_out = match batch.state {
                BatchState::Accepted => api.app.left_out(&caller.pusher.actor(), &batch.id).await?,
                _ => LeftOut::default(),
            };
            ("taken", Some(BatchBody::new(&batch, left_out)), None)
        }
        PushState::Refused(why) => {
            ("refused", None, Some(ErrorBody::new(why.code, &why.found, &why.expected)))
        }
    };
    let (receipt, dataset) = (id.to_string(), view.dataset);
    Ok(json(200, &ReceiptBody { receipt, dataset, state, rows: None, batch, refusal }))
}
