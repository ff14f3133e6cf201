//! Databases: rows in the order of a watermark column, page by page.

mod mysql;
mod plan;
mod postgres;
mod select;
mod session;
mod sqlite;
mod walk;

use std::path::PathBuf;

use gnomon_app::Watermark;
use gnomon_kernel::Code;
use sqlx::Error;
use url::Url;

use crate::{
    Environment, Fault, Kind, Result,
    delivery::{MOST_ROWS, deliver},
    keys::{Keys, missing},
    pull::{Pull, Pulled},
    secret::SecretPlace,
    spool::{Form, Spool},
};
use session::Session;

/// Rows of a page where the file does not say.
const PAGE: u32 = 10_000;

/// A database to be read.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    at: Address,
    secret: Option<SecretPlace>,
    /// One query.
    query: String,
    /// The column that only grows.
    watermark: Option<String>,
    page: u32,
}

/// Where a database is.
#[derive(Debug, Clone)]
enum Address {
    Postgres(Url),
    Mysql(Url),
    Sqlite(PathBuf),
}

impl Database {
    pub fn read(kind: Kind, keys: &mut Keys<'_>) -> Result<Database> {
        let at = match kind {
            Kind::Sqlite => Address::Sqlite(keys.folder("file")?),
            Kind::Mysql => Address::Mysql(address(keys, "mysql")?),
            _ => Address::Postgres(address(keys, "postgresql")?),
        };
        let secret = match at {
            Address::Sqlite(_) => None,
            _ => keys.secret()?,
        };
        let query = match (keys.text("query")?, keys.text("table")?) {
            (Some(query), None) => select::checked(&query)?,
            (None, Some(table)) => select::whole_table(&table, |name| at.quoted(name)),
            (Some(_), Some(_)) => return Err(Fault::file("query, table", "one of them")),
            (None, None) => return Err(missing("query", "select …")),
        };
        Ok(Database {
            at,
            secret,
            query,
            watermark: keys.text("watermark")?,
            page: keys.whole("page", (1, 100_000))?.unwrap_or(PAGE),
        })
    }

    /// What its rows are; another query, or the same from elsewhere on, is another reading.
    fn reading(&self, dataset: &str, from: Option<&Watermark>) -> String {
        format!("{dataset} {:?} {:?} {:?} {from:?}", self.at, self.query, self.watermark)
    }
}

impl Address {
    /// A name as this engine quotes names.
    fn quoted(&self, name: &str) -> String {
        match self {
            Address::Mysql(_) => mysql::quoted(name),
            Address::Postgres(_) | Address::Sqlite(_) => plan::quoted(name),
        }
    }
}

/// An address without a password. What is refused is not repeated.
fn address(keys: &mut Keys<'_>, scheme: &str) -> Result<Url> {
    let expected = format!("{scheme}://user@host/database");
    let url = Url::parse(&keys.needed("url", &expected)?);
    let url = url.map_err(|error| Fault::file(format!("url: {error}"), expected.clone()))?;
    let known = match scheme {
        "mysql" => ["mysql", "mariadb"],
        _ => ["postgresql", "postgres"],
    };
    if !known.contains(&url.scheme()) {
        return Err(Fault::file(format!("url = {}:…", url.scheme()), expected));
    }
    let is_secret = |name: &str| name.to_ascii_lowercase().contains("password");
    if url.password().is_some() || url.query_pairs().any(|(name, _)| is_secret(&name)) {
        return Err(Fault::file("url: ***", "password_file, password_env"));
    }
    Ok(url)
}

/// Opens the database and reads one row.
pub(crate) async fn check(source: &Database, environment: &Environment) -> Result<()> {
    let mut session = Session::open(source, environment).await?;
    let plan = session.plan(&source.query, source.watermark.as_deref()).await?;
    session.each_row(&plan.first(1), None, &plan, &mut |_| Ok(())).await
}

/// Takes what the source has above the watermark, in deliveries of limited size.
pub(crate) async fn pull(source: &Database, pull: &Pull<'_>, pulled: &mut Pulled) -> Result<()> {
    let mut from = pull.state.watermark.clone();
    loop {
        let of = source.reading(&pull.definition.dataset, from.as_ref());
        let id = format!("{}-{}", pull.id, pulled.batches);
        let mut spool = Spool::open(&pull.spool, &of, &id, Form::Objects).await?;
        if !spool.is_sealed() {
            let mut session = Session::open(source, pull.environment).await?;
            let plan = session.plan(&source.query, source.watermark.as_deref()).await?;
            let more = match plan.mark.is_some() {
                true => walk::pages(&mut session, &plan, &mut spool, from.clone(), source.page).await?,
                false => walk::whole(&mut session, &plan, &mut spool).await?,
            };
            if let Some(unmarked) = plan.unmarked().filter(|_| !more) {
                pulled.unmarked = session.count(&unmarked).await?;
            }
            spool.seal(more).await?;
        }
        let more = spool.has_more();
        from = spool.mark().or(from);
        let object = source.watermark.is_none().then(|| ("query".to_owned(), None));
        deliver(pull.app, pull.definition, spool, object, pulled).await?;
        if !more {
            return Ok(());
        }
    }
}

/// What a database says, without what was in its rows.
fn fault(error: Error) -> Fault {
    let fault = match &error {
        Error::Database(said) => {
            let code = said.code().unwrap_or_default().into_owned();
            let number =
                said.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>().map(|mysql| mysql.number());
            match (sort_of(&code, number), said.kind()) {
                (Sort::Login, _) => Fault::new(Code::ConnectionLogin, code, ""),
                (Sort::Gone, _) => Fault::gone(code),
                (Sort::Words, _) => Fault::new(Code::ConnectionQuery, said.message(), "select …"),
                (Sort::Other, _) => Fault::new(Code::ConnectionQuery, code, "select …"),
            }
        }
        Error::Io(io) => Fault::gone(io.to_string()),
        Error::Configuration(_) => Fault::file("url", "an address"),
        Error::Tls(_) => Fault::gone("TLS"),
        Error::Protocol(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => {
            Fault::gone(error.to_string())
        }
        _ => Fault::new(Code::ConnectionQuery, "", "select …"),
    };
    Fault { source: Some(error.into()), ..fault }
}

/// What an engine's number means.
enum Sort {
    Login,
    Gone,
    /// The query is wrong as such, and the engine's sentence says how. Other sentences may repeat what is in a row.
    Words,
    Other,
}

fn sort_of(code: &str, mysql: Option<u16>) -> Sort {
    match (mysql, code) {
        (Some(1044 | 1045 | 1698), _) => Sort::Login,
        (Some(1040 | 1053 | 1158..=1161 | 1205 | 1213 | 1317), _) => Sort::Gone,
        (Some(1046 | 1049 | 1054 | 1064 | 1142 | 1143 | 1146 | 1792), _) => Sort::Words,
        (Some(_), _) => Sort::Other,
        // SQLite: an error of the statement, an attempt to write.
        (None, "1" | "8") => Sort::Words,
        // SQLite: busy, locked, unreadable, cannot be opened.
        (None, "5" | "6" | "10" | "14") => Sort::Gone,
        (None, code) if code.starts_with("28") => Sort::Login,
        (None, code) if ["08", "53", "57"].contains(&&code[..2.min(code.len())]) => Sort::Gone,
        (None, code) if code == "25006" || code.starts_with("42") || code.starts_with("3D") => Sort::Words,
        (None, _) => Sort::Other,
    }
}

/// Rows of one delivery.
fn is_full(spool: &Spool) -> bool {
    spool.rows() >= MOST_ROWS
}
