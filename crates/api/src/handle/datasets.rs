use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    answer::{DatasetBody, DatasetsBody, ErrorBody, json},
    caller::Caller,
    config::Api,
    fault::Fault,
};

/// The datasets that this token is good for.
#[utoipa::path(
    get, path = "/api/v1/datasets", tag = "ask",
    responses(
        (status = 200, description = "By key", body = DatasetsBody),
        (status = 401, description = "No token in force", body = ErrorBody),
    ),
    security(("token" = [])),
)]
pub async fn list(State(api): State<Api>, caller: Caller) -> Response {
    let known = &api.app.library().datasets;
    let own = caller.pusher.datasets().iter().filter_map(|key| known.get(key));
    json(200, &DatasetsBody { datasets: own.map(DatasetBody::from).collect() })
}

/// One dataset with its columns and the words for them.
#[utoipa::path(
    get, path = "/api/v1/datasets/{key}", tag = "ask",
    params(("key" = String, Path, description = "Key of the dataset")),
    responses(
        (status = 200, description = "Known", body = DatasetBody),
        (status = 401, description = "No token in force", body = ErrorBody),
        (status = 404, description = "No such dataset for this token", body = ErrorBody),
    ),
    security(("token" = [])),
)]
pub async fn show(
    State(api): State<Api>,
    caller: Caller,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    caller.pusher.check(&key).map_err(|error| Fault::of_dataset(error, &key))?;
    let dataset = api.app.library().datasets.get(&key).ok_or_else(Fault::not_found)?;
    Ok(json(200, &DatasetBody::from(dataset)))
}
