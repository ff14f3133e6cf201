//! Simple answers.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use gnomon_ui::RenderError;

use crate::Fault;

/// A rendered page or part of one.
pub fn html(rendered: Result<String, RenderError>) -> Result<Response, Fault> {
    Ok(Html(rendered?).into_response())
}

/// Sends the browser to another page of this site, to be fetched anew.
pub fn redirect(path: &str) -> Response {
    let place = HeaderValue::try_from(local_path(path)).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// The path itself when it leads to a page of this site, else the front page. Browsers take `//host` and `/\host` for
/// another site.
pub fn local_path(path: &str) -> &str {
    let mut letters = path.chars();
    let is_local = letters.next() == Some('/') && !matches!(letters.next(), Some('/' | '\\'));
    if is_local && path.chars().all(|c| c.is_ascii_graphic() && c != '\\') { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/warnings?level=red"), "/warnings?level=red");
        for odd in
            ["", "warnings", "//elsewhere", "/\\elsewhere", "https://elsewhere", "/a\r\nb", "/\t/x", "/好"]
        {
            assert_eq!(local_path(odd), "/", "{odd:?}");
        }
    }
}
