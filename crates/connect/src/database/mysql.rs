use gnomon_kernel::Code;
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions as _, Executor as _, MySqlConnection, SqlSafeStr as _,
    Statement as _, TypeInfo as _, mysql::MySqlConnectOptions,
};
use url::Url;

use super::{
    fault,
    plan::{Mark, Plan},
    session::column_of,
};
use crate::{Fault, Result};

pub(super) async fn open(url: &Url, secret: Option<&str>) -> Result<MySqlConnection> {
    let options = MySqlConnectOptions::from_url(url).map_err(fault)?;
    // The server turns every text into UTF-8, whatever the table holds it in, and moments into the time of the offices.
    let options = options.timezone("+08:00".to_owned()).disable_statement_logging();
    let options = match secret {
        Some(secret) => options.password(secret),
        None => options,
    };
    let mut session = options.connect().await.map_err(fault)?;
    session.execute("set session transaction read only").await.map_err(fault)?;
    Ok(session)
}

pub(super) async fn plan(
    session: &mut MySqlConnection,
    query: &str,
    watermark: Option<&str>,
) -> Result<Plan> {
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

pub(super) fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

fn cell(name: &str, kind: &str) -> Result<String> {
    let column = quoted(name);
    match kind {
        "BIT" => Ok(text(&format!("{column} + 0"))),
        kind if kind.ends_with("BLOB") || kind.ends_with("BINARY") || kind == "GEOMETRY" => {
            Err(Fault::new(Code::ConnectionCell, format!("{name} ({})", kind.to_lowercase()), "text"))
        }
        _ => Ok(text(&column)),
    }
}

fn text(of: &str) -> String {
    format!("cast({of} as char character set utf8mb4)")
}

fn mark(name: &str, kind: &str) -> Result<Mark> {
    let place = match kind {
        kind if kind.ends_with("INT UNSIGNED") => "cast(? as unsigned)",
        kind if kind.ends_with("INT") => "cast(? as signed)",
        // A text would be compared as a floating-point number.
        "DECIMAL" => "cast(? as decimal(65, 30))",
        "DATE" => "cast(? as date)",
        "DATETIME" | "TIMESTAMP" => "cast(? as datetime(6))",
        "VARCHAR" | "CHAR" | "TEXT" => "?",
        other => {
            let expected = "integer, decimal, date, datetime, timestamp, varchar";
            return Err(Fault::file(format!("watermark = {name} ({})", other.to_lowercase()), expected));
        }
    };
    let column = quoted(name);
    Ok(Mark { text: text(&column), place: place.to_owned(), column })
}
