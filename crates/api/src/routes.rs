use std::time::Duration;

use axum::{
    Router,
    http::Method,
    routing::{MethodRouter, get, post},
};
use gnomon_httpkit::time_limit;
use gnomon_ui::ApiPurpose;

use crate::{
    config::Api,
    handle::{batches, datasets, page, receipts, rows},
};

/// How long an answer may take.
const TIME: Duration = Duration::from_secs(30);
/// How long a file may take to arrive and to be taken in.
const FILE_TIME: Duration = Duration::from_secs(30 * 60);

/// Who gets an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody; nothing of the data is in it.
    Public,
    /// Whoever shows a token in force. What it is good for, the verb behind the route asks.
    Token,
}

/// One route: the only place where it is written down.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path, with `{name}` places.
    pub path: &'static str,
    /// Who gets an answer.
    pub access: Access,
    /// What it is for, as the page says it.
    pub purpose: ApiPurpose,
    handler: fn() -> MethodRouter<Api>,
    time: Duration,
}

const fn ask(
    path: &'static str,
    access: Access,
    purpose: ApiPurpose,
    handler: fn() -> MethodRouter<Api>,
) -> Route {
    Route { method: Method::GET, path, access, purpose, handler, time: TIME }
}

const fn push(
    path: &'static str,
    purpose: ApiPurpose,
    handler: fn() -> MethodRouter<Api>,
    time: Duration,
) -> Route {
    Route { method: Method::POST, path, access: Access::Token, purpose, handler, time }
}

/// All routes of the interface.
pub static ROUTES: &[Route] = &[
    ask("/api/", Access::Public, ApiPurpose::Page, || get(page::show)),
    ask("/api/v1/openapi.json", Access::Public, ApiPurpose::Description, || get(page::openapi)),
    ask("/api/v1/datasets", Access::Token, ApiPurpose::Datasets, || get(datasets::list)),
    ask("/api/v1/datasets/{key}", Access::Token, ApiPurpose::Dataset, || get(datasets::show)),
    push("/api/v1/datasets/{key}/batches", ApiPurpose::File, || post(batches::take), FILE_TIME),
    push("/api/v1/datasets/{key}/rows", ApiPurpose::Rows, || post(rows::take), TIME),
    ask("/api/v1/receipts/{id}", Access::Token, ApiPurpose::Receipt, || get(receipts::show)),
];

/// The routes, put together. Handlers count the bytes themselves while they arrive.
pub(crate) fn table() -> Router<Api> {
    let add = |router: Router<Api>, route: &Route| {
        router.route(route.path, (route.handler)().layer(time_limit(route.time)))
    };
    ROUTES.iter().fold(Router::new(), add)
}
