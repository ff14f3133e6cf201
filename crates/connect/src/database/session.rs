use futures::{Stream, TryStreamExt as _};
use sqlx::{AssertSqlSafe, MySqlConnection, PgConnection, Row as _, SqliteConnection, query, query_scalar};

use super::{Address, Database, fault, mysql, plan::Plan, postgres, sqlite};
use crate::{Environment, Fault, Result};

/// A session that can only read.
pub(super) enum Session {
    Postgres(PgConnection),
    Mysql(MySqlConnection),
    Sqlite(SqliteConnection),
}

/// A row on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its watermark; `None` without one.
    pub mark: Option<String>,
    /// As a JSON object of one line.
    pub line: String,
}

/// What is done with each row.
pub(super) type Each<'e> = &'e mut (dyn FnMut(Row) -> Result<()> + Send);

impl Session {
    pub async fn open(source: &Database, environment: &Environment) -> Result<Session> {
        let secret = match &source.secret {
            Some(place) => Some(place.read(environment).await?),
            None => None,
        };
        let secret = secret.as_ref().map(|secret| secret.reveal());
        match &source.at {
            Address::Postgres(url) => Ok(Session::Postgres(postgres::open(url, secret).await?)),
            Address::Mysql(url) => Ok(Session::Mysql(mysql::open(url, secret).await?)),
            Address::Sqlite(path) => Ok(Session::Sqlite(sqlite::open(path).await?)),
        }
    }

    /// Asks the source what the query has, and finds out how to read it.
    pub async fn plan(&mut self, query: &str, watermark: Option<&str>) -> Result<Plan> {
        match self {
            Session::Postgres(session) => postgres::plan(session, query, watermark).await,
            Session::Mysql(session) => mysql::plan(session, query, watermark).await,
            Session::Sqlite(session) => sqlite::plan(session, query, watermark).await,
        }
    }

    /// Reads rows one after the other.
    pub async fn each_row(
        &mut self,
        sql: &str,
        value: Option<&str>,
        plan: &Plan,
        each: Each<'_>,
    ) -> Result<()> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Session::Postgres(session) => {
                let query = value.iter().fold(query(sql), |query, value| query.bind((*value).to_owned()));
                drain(query.fetch(session), |row| text_row(&plan.names, |at| row.try_get(at)), each).await
            }
            Session::Mysql(session) => {
                let query = value.iter().fold(query(sql), |query, value| query.bind((*value).to_owned()));
                drain(query.fetch(session), |row| text_row(&plan.names, |at| row.try_get(at)), each).await
            }
            Session::Sqlite(session) => {
                let query = value.iter().fold(query(sql), |query, value| sqlite::bound(query, value));
                drain(query.fetch(session), |row| sqlite::row(&plan.names, row), each).await
            }
        }
    }

    /// One number.
    pub async fn count(&mut self, sql: &str) -> Result<u64> {
        let sql = AssertSqlSafe(sql.to_owned());
        let count: i64 = match self {
            Session::Postgres(session) => query_scalar(sql).fetch_one(session).await,
            Session::Mysql(session) => query_scalar(sql).fetch_one(session).await,
            Session::Sqlite(session) => query_scalar(sql).fetch_one(session).await,
        }
        .map_err(fault)?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

async fn drain<R>(
    mut rows: impl Stream<Item = sqlx::Result<R>> + Unpin,
    read: impl Fn(&R) -> Result<Row>,
    each: Each<'_>,
) -> Result<()> {
    while let Some(row) = rows.try_next().await.map_err(fault)? {
        each(read(&row)?)?;
    }
    Ok(())
}

/// Where the source has made text of everything: the watermark, then the cells.
fn text_row(names: &[String], cell: impl Fn(usize) -> sqlx::Result<Option<String>>) -> Result<Row> {
    let mut line = Line::default();
    for (at, name) in names.iter().enumerate() {
        line.cell(name, cell(at + 1).map_err(fault)?.as_deref());
    }
    Ok(Row { mark: cell(0).map_err(fault)?, line: line.end() })
}

/// An object under way. Cells are texts, for a number of JSON has fewer digits than a decimal.
#[derive(Default)]
pub(super) struct Line(String);

impl Line {
    pub fn cell(&mut self, name: &str, text: Option<&str>) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.put(name);
        self.0.push(':');
        match text {
            Some(text) => self.put(text),
            None => self.0.push_str("null"),
        }
    }

    /// Most texts hold nothing that JSON writes in another way.
    fn put(&mut self, text: &str) {
        if text.bytes().any(|byte| byte < 0x20 || matches!(byte, b'"' | b'\\')) {
            self.0.push_str(&serde_json::Value::from(text).to_string());
        } else {
            self.0.push('"');
            self.0.push_str(text);
            self.0.push('"');
        }
    }

    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// The watermark column must be one of the query's.
pub(super) fn column_of<'n>(names: &'n [String], watermark: &str) -> Result<(usize, &'n String)> {
    let found = names.iter().enumerate().find(|(_, name)| *name == watermark);
    found.ok_or_else(|| Fault::file(format!("watermark = {watermark}"), names.join(", ")))
}
