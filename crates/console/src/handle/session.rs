use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use gnomon_app::Error;
use gnomon_httpkit::{Fault, Form, Query, Staff, Visit, html, local_path, redirect};
use gnomon_kernel::{Code, Lang};
use gnomon_ui::{LoginPage, Section, Template as _, Theme, error_text};

use crate::config::Console;

/// The page that lets a person in; somebody who is in is sent on.
pub async fn show(
    State(console): State<Console>,
    visit: Visit,
    Query(fields): Query,
) -> Result<Response, Fault> {
    let next = destination(fields.get("next"));
    if visit.actor.is_some() {
        return Ok(redirect(&next));
    }
    html(page(&console, &visit, next, String::new(), None).await?.render())
}

/// Lets a person in who knows the password.
pub async fn log_in(
    State(console): State<Console>,
    visit: Visit,
    Form(fields): Form,
) -> Result<Response, Fault> {
    let (name, next) = (fields.get("name").to_owned(), destination(fields.get("next")));
    // A password may begin or end with a blank.
    let password = fields.all("password").next().unwrap_or_default();
    let error = match console.app().login(&name, password, &visit.client).await {
        Ok(login) => return Ok(console.site.logged_in(&next, &login.token)),
        Err(error) => error,
    };
    let words = match &error {
        Error::Forbidden(Code::LoginFailed) => error_text(visit.lang, Code::LoginFailed, "", ""),
        Error::Busy { code: Code::LoginSlow, retry_after } => {
            let wait = format!("{} s", retry_after.unwrap_or_default().as_secs().max(1));
            error_text(visit.lang, Code::LoginSlow, "", &wait)
        }
        _ => return Err(error.into()),
    };
    let page = page(&console, &visit, next, name, Some(words.into_owned())).await?.render()?;
    let status = StatusCode::from_u16(error.code().status()).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut response = (status, Html(page)).into_response();
    if let Error::Busy { retry_after: Some(wait), .. } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
    }
    Ok(response)
}

/// Ends the session.
pub async fn log_out(State(console): State<Console>, staff: Staff, _own: Form) -> Result<Response, Fault> {
    if let Some(token) = &staff.visit.session {
        console.app().logout(token).await?;
    }
    Ok(console.site.logged_out("/login"))
}

/// Keeps the chosen language.
pub async fn language(State(console): State<Console>, Form(fields): Form) -> Response {
    let lang = Lang::parse(fields.get("lang")).unwrap_or_default();
    console.site.with_lang(fields.get("back"), lang)
}

/// Keeps the chosen theme.
pub async fn theme(State(console): State<Console>, Form(fields): Form) -> Response {
    let theme = Theme::parse(fields.get("theme")).unwrap_or_default();
    console.site.with_theme(fields.get("back"), theme)
}

async fn page(
    console: &Console,
    visit: &Visit,
    next: String,
    name: String,
    error: Option<String>,
) -> Result<LoginPage, Fault> {
    let here = format!("/login?next={}", gnomon_ui::encode(&next));
    let shell = console.site.shell(&visit.clone().at(here), Section::Elsewhere).await?;
    Ok(LoginPage { shell, name, error, next, demo: console.config.demo.clone() })
}

/// Where to go afterwards; never back to the log-in.
fn destination(next: &str) -> String {
    let path = local_path(next);
    if path.starts_with("/login") { "/".to_owned() } else { path.to_owned() }
}
