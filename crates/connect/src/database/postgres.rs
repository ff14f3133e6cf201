use std::collections::HashMap;

use gnomon_kernel::Code;
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions as _, Executor as _, PgConnection, SqlSafeStr as _,
    Statement as _, TypeInfo as _, postgres::PgConnectOptions,
};
use url::Url;

use super::{
    fault,
    plan::{Mark, Plan, quoted},
    session::column_of,
};
use crate::{Fault, Result};

pub(super) async fn open(url: &Url, secret: Option<&str>) -> Result<PgConnection> {
    let options = PgConnectOptions::from_url(url).map_err(fault)?;
    let read_only = HashMap::from([("default_transaction_read_only", "on"), ("extra_float_digits", "1")]);
    let options = options.application_name("gnomon").options(read_only).disable_statement_logging();
    let options = match secret {
        Some(secret) => options.password(secret),
        None => options,
    };
    let mut session = options.connect().await.map_err(fault)?;
    session.execute("set time zone 'Asia/Shanghai'").await.map_err(fault)?;
    session.execute("set datestyle to ISO, YMD").await.map_err(fault)?;
    Ok(session)
}

pub(super) async fn plan(session: &mut PgConnection, query: &str, watermark: Option<&str>) -> Result<Plan> {
    let statement = session.prepare(AssertSqlSafe(query.to_owned()).into_sql_str()).await.map_err(fault)?;
    let columns = statement.columns();
    let names: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
    let mut cells = Vec::with_capacity(columns.len());
    for column in columns {
        cells.push(cell(column.name(), column.type_info().name())?);
    }
    let mark = match watermark {
        None => None,
        Some(name) => {
            let (at, name) = column_of(&names, name)?;
            Some(mark(name, columns[at].type_info().name())?)
        }
    };
    Ok(Plan { query: query.to_owned(), names, cells, mark })
}

/// Moments in the time of the offices; money without its sign.
fn cell(name: &str, kind: &str) -> Result<String> {
    let column = quoted(name);
    match kind {
        "BYTEA" => Err(Fault::new(Code::ConnectionCell, format!("{name} (bytea)"), "text")),
        "TIMESTAMPTZ" => Ok(format!("({column} at time zone 'Asia/Shanghai')::text")),
        "MONEY" => Ok(format!("{column}::numeric::text")),
        _ => Ok(format!("{column}::text")),
    }
}

fn mark(name: &str, kind: &str) -> Result<Mark> {
    let cast = match kind {
        "INT2" | "INT4" | "INT8" => "int8",
        "NUMERIC" => "numeric",
        "DATE" => "date",
        "TIMESTAMP" => "timestamp",
        "TIMESTAMPTZ" => "timestamptz",
        "TEXT" | "VARCHAR" => "text",
        "CHAR" => "bpchar",
        other => {
            let expected = "integer, numeric, date, timestamp, text";
            return Err(Fault::file(format!("watermark = {name} ({other})"), expected));
        }
    };
    let column = quoted(name);
    Ok(Mark { text: format!("{column}::text"), place: format!("$1::text::{cast}"), column })
}
