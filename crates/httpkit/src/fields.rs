//! What a form or an address carries. Whatever the bytes are, they are read as fields: what cannot be used is a field's
//! error on the page, not a bare status.

use std::{collections::BTreeMap, convert::Infallible};

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use url::form_urlencoded;

use crate::{Fault, Visit};

/// The largest form, in bytes: twenty typed rows of a wide dataset.
const FORM_LIMIT: usize = 256 * 1024;
/// The same in words.
const FORM_LIMIT_WORDS: &str = "256 kB";

/// Names and values, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`.
    pub fn parse(bytes: &[u8]) -> Fields {
        Fields(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value of a name, without blanks around it; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Everything that was typed, for a form that comes back.
    pub fn typed(&self) -> BTreeMap<String, String> {
        self.0.iter().filter(|(name, _)| name != "csrf").cloned().collect()
    }
}

/// The fields of the address.
#[derive(Debug, Clone)]
pub struct Query(pub Fields);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Query(Fields::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// The fields of a form that is this site's own; a form that is not is refused.
#[derive(Debug, Clone)]
pub struct Form(pub Fields);

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, state).await?;
        let body: Bytes =
            to_bytes(body, FORM_LIMIT).await.map_err(|_| Fault::too_large(FORM_LIMIT_WORDS.to_owned()))?;
        let fields = Fields::parse(&body);
        visit.check_token(fields.get("csrf"))?;
        Ok(Form(fields))
    }
}
