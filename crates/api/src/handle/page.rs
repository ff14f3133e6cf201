use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::Error;
use gnomon_httpkit::{Fields, choose_lang};
use gnomon_ui::{ASSETS, ApiPage, ApiRoute, Section, Shell, Template as _, Theme};
use utoipa::OpenApi as _;

use super::rows::{MOST_BYTES, MOST_ROWS};
use crate::{answer::json, config::Api, describe::Description, fault::Fault, routes::ROUTES};

/// The page for people who connect a department's system.
pub async fn show(
    State(api): State<Api>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let lang = choose_lang(Some(query.get("lang")), None, &headers);
    let shell = Shell {
        lang,
        theme: Theme::System,
        assets: ASSETS.to_owned(),
        csrf: String::new(),
        here: "/api/".to_owned(),
        section: Section::Elsewhere,
        user: None,
        sections: Vec::new(),
        area: api.config.area.get(lang).to_owned(),
        as_of: None,
        synthetic: false,
        open_warnings: 0,
        my_warnings: 0,
        kept_back: 0,
        doubts: 0,
        flashes: Vec::new(),
    };
    let route = |route: &crate::Route| ApiRoute {
        method: route.method.to_string(),
        path: route.path.to_owned(),
        purpose: route.purpose,
    };
    let page = ApiPage {
        shell,
        routes: ROUTES.iter().map(route).collect(),
        most_rows: MOST_ROWS as u64,
        most_bytes: MOST_BYTES,
        upload_limit: api.config.upload_limit,
    };
    let html = page.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(Html(html).into_response())
}

/// The description for programs.
pub async fn openapi() -> Response {
    json(200, &Description::openapi())
}
