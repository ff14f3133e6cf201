use std::time::Duration;

use reqwest::{
    StatusCode,
    header::{self, HeaderMap, HeaderValue},
    redirect,
};
use tokio::time::Instant;
use url::Url;

use super::{Http, Login, Shape, not_allowed, pause, robots::Robots};
use crate::{Environment, Fault, Result};

/// How the reader calls itself.
pub(super) const AGENT: &str = "gnomon";
/// How long a server may take to begin.
const CONNECT: Duration = Duration::from_secs(20);
/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(60);

/// Who asks: slowly, within limits, and only where it may.
pub(super) struct Client {
    client: reqwest::Client,
    authorization: Option<HeaderValue>,
    robots: Robots,
    /// Whether a page of the site is read that is meant for people.
    asks_robots: bool,
    pause: Option<Duration>,
    asked: Option<Instant>,
    left: u64,
}

/// What was answered.
pub(super) struct Answer {
    pub body: Vec<u8>,
    pub charset: Option<String>,
    /// What tells whether it has changed.
    pub tag: Option<String>,
    /// Whether it is what the tag stands for; then there is no body.
    pub is_unchanged: bool,
}

impl Client {
    pub async fn new(source: &Http, environment: &Environment) -> Result<Client> {
        let same_site = redirect::Policy::custom(|attempt| {
            let is_same =
                attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
            if is_same && attempt.previous().len() < 6 { attempt.follow() } else { attempt.stop() }
        });
        let client = reqwest::Client::builder()
            .user_agent(concat!("gnomon/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(same_site)
            .build()
            .map_err(gone)?;
        let authorization = match &source.login {
            None => None,
            Some(Login::Bearer(place)) => Some(format!("Bearer {}", place.read(environment).await?.reveal())),
            Some(Login::Basic(user, place)) => {
                let secret = place.read(environment).await?;
                Some(format!("Basic {}", base64(format!("{user}:{}", secret.reveal()).as_bytes())))
            }
        };
        let authorization = match authorization {
            None => None,
            Some(text) => {
                let mut value = HeaderValue::from_str(&text)
                    .map_err(|_| Fault::file("password_file, password_env", "ASCII"))?;
                value.set_sensitive(true);
                Some(value)
            }
        };
        Ok(Client {
            client,
            authorization,
            robots: Robots::default(),
            asks_robots: matches!(source.form, Shape::Html { .. }),
            pause: source.per_minute.map(pause),
            asked: None,
            left: source.limit,
        })
    }

    /// Fetches an address; with the tag of what is known, only when it has changed since.
    pub async fn get(&mut self, url: Url, known: Option<&str>) -> Result<Answer> {
        if self.asks_robots {
            let text = match self.robots.is_known() {
                true => None,
                false => Some(self.robots_text(&url).await?),
            };
            if let Some(text) = text {
                self.robots = Robots::read(text.as_deref());
            }
            if !self.robots.allows(&url) {
                return Err(not_allowed(&url));
            }
        }
        let mut request = self.client.get(url).headers(conditions(known));
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization.clone());
        }
        self.wait().await;
        let mut response = request.send().await.map_err(gone)?;
        let is_unchanged = response.status() == StatusCode::NOT_MODIFIED && known.is_some();
        if !is_unchanged {
            check_status(response.status())?;
        }
        let (tag, charset) = (tag_of(response.headers()), charset_of(response.headers()));
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(gone)? {
            self.left =
                self.left.checked_sub(part.len() as u64).ok_or_else(|| Fault::answer("…", "limit_mib"))?;
            body.extend_from_slice(&part);
        }
        Ok(Answer { body, charset, tag, is_unchanged })
    }

    /// The site's wishes; `None` when it has none. A site that cannot say so is not read.
    async fn robots_text(&mut self, url: &Url) -> Result<Option<Vec<u8>>> {
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        self.wait().await;
        let response = self.client.get(at).send().await.map_err(gone)?;
        match response.status() {
            status if status.is_success() => Ok(Some(response.bytes().await.map_err(gone)?.to_vec())),
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(Fault::gone(format!("robots.txt: {status}")))
            }
            _ => Ok(None),
        }
    }

    /// Keeps to the pace that the file or the site asks for, the slower one.
    async fn wait(&mut self) {
        let pause = self.pause.max(self.robots.pause());
        if let (Some(asked), Some(pause)) = (self.asked, pause) {
            tokio::time::sleep_until(asked + pause).await;
        }
        self.asked = Some(Instant::now());
    }
}

fn check_status(status: StatusCode) -> Result<()> {
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Err(Fault::new(gnomon_kernel::Code::ConnectionLogin, status.to_string(), ""))
        }
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Err(Fault::gone(status.to_string())),
        status if status.is_server_error() => Err(Fault::gone(status.to_string())),
        status => Err(Fault::answer(status.to_string(), "200")),
    }
}

/// The tag is an entity tag, or else a moment.
fn conditions(known: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some((name, Ok(value))) = known.and_then(|known| {
        let (kind, value) = known.split_once(' ')?;
        let name = if kind == "etag" { header::IF_NONE_MATCH } else { header::IF_MODIFIED_SINCE };
        Some((name, HeaderValue::from_str(value)))
    }) {
        headers.insert(name, value);
    }
    headers
}

fn tag_of(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name)?.to_str().ok();
    let etag = text(header::ETAG).map(|tag| format!("etag {tag}"));
    etag.or_else(|| text(header::LAST_MODIFIED).map(|moment| format!("modified {moment}")))
}

fn charset_of(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    let (_, charset) = kind.split_once("charset=")?;
    Some(charset.split(';').next()?.trim().trim_matches('"').to_owned())
}

/// Without the address, which may hold a key.
fn gone(error: reqwest::Error) -> Fault {
    let error = error.without_url();
    let beneath = std::error::Error::source(&error).map(ToString::to_string);
    let fault = Fault::gone(beneath.unwrap_or_else(|| error.to_string()));
    Fault { source: Some(error.into()), ..fault }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let bits =
            part.iter().enumerate().fold(0_u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            let is_there = at <= part.len();
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if is_there { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_the_standard() {
        for (length, expected) in
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"].into_iter().enumerate()
        {
            assert_eq!(base64(&b"foobar"[..length]), expected);
        }
    }

    #[test]
    fn the_tag_asks_the_same_way_it_was_given() {
        let headers = conditions(Some("etag \"a b\""));
        assert_eq!(headers.get(header::IF_NONE_MATCH).unwrap(), "\"a b\"");
        let headers = conditions(Some("modified Fri, 21 Nov 2025 02:00:00 GMT"));
        assert_eq!(headers.get(header::IF_MODIFIED_SINCE).unwrap(), "Fri, 21 Nov 2025 02:00:00 GMT");
        assert!(conditions(None).is_empty());
    }
}
