//! The circumstances of one request: who, in which language, from where.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Method, Uri, request::Parts},
};
use gnomon_app::{Error, Token};
use gnomon_domain::Actor;
use gnomon_kernel::{Ids as _, Lang, RandomIds};
use gnomon_ui::{Notice, Theme};

use crate::{Fault, Fields, Htmx, Site, cookie, csrf, language};

/// Who asks, in which language, from where, and what the forms of the answer carry.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The language of the answer.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Path and query to come back to.
    pub here: String,
    /// Whether a page or a part of one is wanted.
    pub htmx: Htmx,
    /// Who is logged in.
    pub actor: Option<Actor>,
    /// Their session, to end it.
    pub session: Option<Token>,
    /// Name of the request in the log and on error pages.
    pub request: String,
    /// The peer's address; what forwarding headers say is not believed.
    pub client: String,
    /// What the forms of the answer carry.
    pub csrf: String,
    /// What was just done, to be said once.
    pub notice: Option<Notice>,
    /// Language asked for by the address, to be kept.
    pub(crate) asked_lang: Option<Lang>,
    /// Secret for a browser that has none yet.
    pub(crate) fresh_secret: Option<String>,
}

impl Visit {
    /// Reads the request. Nobody is logged in yet: [`Visit::recognise`] looks the session up.
    pub(crate) fn read(site: &Site, parts: &Parts) -> Result<Visit, Error> {
        let names = site.names;
        let cookie = |name| cookie::read(&parts.headers, name);
        let query = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let asked = query.get("lang");
        let known = cookie(names.session).or(cookie(names.visitor)).map(str::to_owned);
        let fresh_secret = if known.is_none() { Some(csrf::fresh_secret()?) } else { None };
        let secret = known.or_else(|| fresh_secret.clone()).unwrap_or_default();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Visit {
            lang: language::choose(Some(asked), cookie(names.lang), &parts.headers),
            theme: cookie(names.theme).and_then(Theme::parse).unwrap_or_default(),
            here: here(&parts.method, &parts.uri),
            htmx: Htmx::of(&parts.headers),
            actor: None,
            session: cookie(names.session).map(Token::from_cookie),
            request: RandomIds.next(),
            client: peer.map_or_else(String::new, |peer| peer.0.ip().to_canonical().to_string()),
            csrf: csrf::token_of(&secret),
            notice: cookie(names.notice).and_then(Notice::parse),
            asked_lang: Lang::parse(asked),
            fresh_secret,
        })
    }

    /// Finds out who is logged in.
    pub(crate) async fn recognise(&mut self, site: &Site) -> Result<(), Error> {
        if let Some(token) = &self.session {
            self.actor = site.app.actor_of(token).await?;
        }
        Ok(())
    }

    /// Refuses a form whose token is missing or another browser's.
    pub fn check_token(&self, sent: &str) -> Result<(), Fault> {
        if csrf::is_same(sent, &self.csrf) { Ok(()) } else { Err(Fault::csrf()) }
    }

    /// The same visit, to come back to another page than the one that was asked for.
    pub fn at(mut self, path: String) -> Visit {
        self.here = path;
        self
    }
}

/// Where to come back to: the address without its choice of language, which would undo a later choice. Only what can be
/// fetched can be come back to.
fn here(method: &Method, uri: &Uri) -> String {
    if method != Method::GET && method != Method::HEAD {
        return "/".to_owned();
    }
    let pairs = uri.query().unwrap_or_default().split('&');
    let kept: Vec<&str> = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    match kept.is_empty() {
        true => uri.path().to_owned(),
        false => format!("{}?{}", uri.path(), kept.join("&")),
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        let visit = parts.extensions.get::<Visit>().cloned();
        visit.ok_or_else(|| Fault::internal("a route outside of Site::attend"))
    }
}

/// A visit of somebody who is logged in. Nobody else gets past this extractor.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The circumstances.
    pub visit: Visit,
    /// Who it is.
    pub actor: Actor,
}

impl<S: Sync> FromRequestParts<S> for Staff {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let actor = visit.actor.clone().ok_or(Fault::Login)?;
        Ok(Staff { visit, actor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_what_can_be_fetched_without_the_language() {
        let at = |uri: &str| here(&Method::GET, &uri.parse().unwrap());
        assert_eq!(at("/warnings?lang=en&q=a%20b&level=red"), "/warnings?q=a%20b&level=red");
        assert_eq!(at("/models?lang=en"), "/models");
        assert_eq!(here(&Method::POST, &"/warnings/assign".parse().unwrap()), "/");
    }
}
