//! Addresses on the web: paged JSON, a CSV file, a table of a page.

mod client;
mod objects;
mod page;
mod robots;
mod table;

use std::time::Duration;

use gnomon_kernel::Code;
use url::Url;

use crate::{
    Environment, Fault, Result,
    delivery::{MOST_ROWS, deliver},
    keys::Keys,
    pull::{Pull, Pulled},
    secret::SecretPlace,
    spool::{Form, Spool},
};
use client::{Answer, Client};

/// The most that a pull fetches where the file does not say, in MiB.
const LIMIT_MIB: u32 = 512;
/// Pages after which something must be wrong.
const MOST_PAGES: u32 = 100_000;

/// An address to be read.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    url: Url,
    form: Shape,
    /// Number of the page.
    page: Option<(String, u32)>,
    per_minute: Option<u32>,
    limit: u64,
    login: Option<Login>,
}

/// What an answer looks like.
#[derive(Debug, Clone)]
enum Shape {
    /// JSON with rows at a pointer, and perhaps the address of the next page at another.
    Json { rows: String, next: Option<String> },
    /// A file.
    Csv,
    /// The n-th table of a page, counted from 1.
    Html { table: u32 },
}

/// How the reader makes itself known.
#[derive(Debug, Clone)]
enum Login {
    Bearer(SecretPlace),
    Basic(String, SecretPlace),
}

impl Http {
    pub fn read(keys: &mut Keys<'_>) -> Result<Http> {
        let url = address(&keys.needed("url", "https://…")?)?;
        #[derive(Clone, Copy)]
        enum Word {
            Json,
            Csv,
            Html,
        }
        let words = [("json", Word::Json), ("csv", Word::Csv), ("html", Word::Html)];
        let form = match keys.word("format", &words)? {
            Some(Word::Json) => {
                Shape::Json { rows: pointer(keys, "rows")?.unwrap_or_default(), next: pointer(keys, "next")? }
            }
            Some(Word::Csv) => Shape::Csv,
            Some(Word::Html) => Shape::Html { table: keys.whole("table", (1, 1_000))?.unwrap_or(1) },
            None => return Err(Fault::file("format: —", "json, csv, html")),
        };
        let page = match form {
            Shape::Csv => None,
            _ => {
                let parameter = keys.text("page_parameter")?;
                let first = keys.whole("first_page", (0, 1_000_000))?.unwrap_or(1);
                parameter.map(|name| (name, first))
            }
        };
        let user = keys.text("user")?;
        let login = match (user, keys.secret()?) {
            (None, None) => None,
            (None, Some(secret)) => Some(Login::Bearer(secret)),
            (Some(user), Some(secret)) => Some(Login::Basic(user, secret)),
            (Some(_), None) => return Err(Fault::file("user", "password_file, password_env")),
        };
        let limit = keys.whole("limit_mib", (1, 10_240))?.unwrap_or(LIMIT_MIB);
        let per_minute = keys.whole("per_minute", (1, 6_000))?;
        Ok(Http { url, form, page, per_minute, limit: u64::from(limit) << 20, login })
    }

    /// The address of a page by its number.
    fn page_at(&self, nth: u32) -> Url {
        let mut url = self.url.clone();
        if let Some((parameter, first)) = &self.page {
            let others: Vec<(String, String)> = self
                .url
                .query_pairs()
                .filter(|(name, _)| name != parameter)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect();
            let number = first.saturating_add(nth).to_string();
            url.query_pairs_mut().clear().extend_pairs(others).append_pair(parameter, &number);
        }
        url
    }
}

/// An address without a password. What is refused is not repeated.
fn address(text: &str) -> Result<Url> {
    let url = Url::parse(text).map_err(|error| Fault::file(format!("url: {error}"), "https://…"))?;
    if !["http", "https"].contains(&url.scheme()) {
        return Err(Fault::file(format!("url = {}:…", url.scheme()), "https://…"));
    }
    match url.password().is_some() || !url.username().is_empty() {
        true => Err(Fault::file("url: ***", "user, password_file, password_env")),
        false => Ok(url),
    }
}

fn pointer(keys: &mut Keys<'_>, key: &'static str) -> Result<Option<String>> {
    match keys.text(key)? {
        Some(text) if !text.starts_with('/') => Err(Fault::file(format!("{key} = {text}"), "/data/rows")),
        other => Ok(other),
    }
}

/// Asks for the first page.
pub(crate) async fn check(source: &Http, environment: &Environment) -> Result<()> {
    let mut client = Client::new(source, environment).await?;
    let Answer { body, charset, .. } = client.get(source.page_at(0), None).await?;
    match &source.form {
        Shape::Csv => Ok(()),
        Shape::Json { rows, .. } => objects::rows(&body, rows).map(drop),
        Shape::Html { table } => table::rows(&page::text(&body, charset.as_deref()), *table).map(drop),
    }
}

/// Fetches everything that the address has. What is the same as last time is no delivery.
pub(crate) async fn pull(source: &Http, pull: &Pull<'_>, full: bool, pulled: &mut Pulled) -> Result<()> {
    let object = source.url.as_str();
    let known = pull.app.taken_object(&pull.definition.name, object).await?.filter(|_| !full);
    let form = match source.form {
        Shape::Json { .. } => Form::Objects,
        Shape::Csv | Shape::Html { .. } => Form::Text,
    };
    let of = format!("{} {source:?}", pull.definition.dataset);
    let mut spool = Spool::open(&pull.spool, &of, &pull.id, form).await?;
    let mut tag = None;
    if !spool.is_sealed() {
        let mut client = Client::new(source, pull.environment).await?;
        match &source.form {
            Shape::Csv => match file(source, &mut client, known.map(|known| known.tag), &mut spool).await? {
                Some(found) => tag = found,
                None => return spool.finish().await,
            },
            _ => pages(source, &mut client, &mut spool).await?,
        }
        spool.keep(None).await?;
        spool.seal(false).await?;
    }
    deliver(pull.app, pull.definition, spool, Some((object.to_owned(), tag)), pulled).await
}

/// A file in one piece, with its tag; `None` when it is the one that has the tag.
async fn file(
    source: &Http,
    client: &mut Client,
    known: Option<String>,
    spool: &mut Spool,
) -> Result<Option<Option<String>>> {
    let answer = client.get(source.url.clone(), known.as_deref()).await?;
    if answer.is_unchanged {
        return Ok(None);
    }
    spool.push_bytes(&answer.body)?;
    Ok(Some(answer.tag))
}

/// Page after page, until one is empty, or the same as the one before: some servers show the last page again.
async fn pages(source: &Http, client: &mut Client, spool: &mut Spool) -> Result<()> {
    let (mut url, mut before) = (source.page_at(0), Vec::new());
    for nth in 0..MOST_PAGES {
        let Answer { body, charset, .. } = client.get(url.clone(), None).await?;
        if nth > 0 && body == before {
            return Ok(());
        }
        let (count, next) = match &source.form {
            Shape::Html { table } => {
                let rows = table::rows(&page::text(&body, charset.as_deref()), *table)?;
                (table::push(&rows, nth == 0, spool)?, None)
            }
            Shape::Json { rows, next } => {
                let rows = objects::rows(&body, rows)?;
                for line in rows.lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                    spool.push_row(&String::from_utf8_lossy(line))?;
                }
                let next = next.as_ref().and_then(|pointer| objects::text_at(&body, pointer));
                (rows.count, next)
            }
            Shape::Csv => return Ok(()),
        };
        if spool.rows() + spool.loose_rows() > MOST_ROWS {
            return Err(Fault::answer(format!("> {MOST_ROWS}"), format!("≤ {MOST_ROWS}")));
        }
        let follows = match (&source.form, next) {
            (_, Some(next)) => Some(own_address(&url, &next)?),
            (Shape::Json { next: Some(_), .. }, None) => None,
            _ if source.page.is_some() && count > 0 => Some(source.page_at(nth + 1)),
            _ => None,
        };
        match follows {
            Some(follows) => (url, before) = (follows, body),
            None => return Ok(()),
        }
    }
    Err(Fault::answer(format!("> {MOST_PAGES}"), format!("≤ {MOST_PAGES}")))
}

/// The next page must be where this one is: the secret goes nowhere else.
fn own_address(here: &Url, next: &str) -> Result<Url> {
    let next = here.join(next).map_err(|error| Fault::answer(format!("next: {error}"), "https://…"))?;
    match next.origin() == here.origin() {
        true => Ok(next),
        false => Err(Fault::answer(next.origin().ascii_serialization(), here.origin().ascii_serialization())),
    }
}

/// How long to wait between two requests.
fn pause(per_minute: u32) -> Duration {
    Duration::from_secs(60) / per_minute
}

fn not_allowed(url: &Url) -> Fault {
    Fault::new(Code::ConnectionAnswer, format!("robots.txt: {}", url.path()), "allow")
}
