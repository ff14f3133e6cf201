use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

use crate::config::Console;

/// Whether the site can do its work: for machines that watch it.
pub async fn show(State(console): State<Console>) -> Response {
    let is_well = console.app().data_today().await.is_ok();
    let (status, word) = match is_well {
        true => (StatusCode::OK, "ok"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "store unavailable"),
    };
    let state = serde_json::json!({
        "status": word,
        "islands": gnomon_ui::HAS_ISLANDS,
        "version": env!("CARGO_PKG_VERSION"),
    });
    (status, [(header::CONTENT_TYPE, "application/json")], state.to_string()).into_response()
}
