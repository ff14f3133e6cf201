//! A cell of SQLite has a type of its own, whatever its column says.

use std::path::Path;

use gnomon_kernel::Code;
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions as _, Executor as _, Row as _, SqlSafeStr as _,
    SqliteConnection, Statement as _, TypeInfo as _, ValueRef as _,
    query::Query,
    sqlite::{Sqlite, SqliteArguments, SqliteConnectOptions, SqliteRow},
};

use super::{
    fault,
    plan::{Mark, Plan, quoted},
    session::{Line, Row, column_of},
};
use crate::{Fault, Result};

/// Rows that SQLite's own thread may have read before they are taken: each time one of the two waits costs more than a row.
const ROWS_AHEAD: usize = 1_024;

pub(super) async fn open(path: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).row_buffer_size(ROWS_AHEAD);
    let options = options.disable_statement_logging();
    options.connect().await.map_err(fault)
}

pub(super) async fn plan(
    session: &mut SqliteConnection,
    query: &str,
    watermark: Option<&str>,
) -> Result<Plan> {
    let statement = session.prepare(AssertSqlSafe(query.to_owned()).into_sql_str()).await.map_err(fault)?;
    let names: Vec<String> = statement.columns().iter().map(|column| column.name().to_owned()).collect();
    let mark = match watermark {
        None => None,
        Some(name) => {
            let column = quoted(column_of(&names, name)?.1);
            Some(Mark { text: column.clone(), place: "?1".to_owned(), column })
        }
    };
    let cells = names.iter().map(|name| quoted(name)).collect();
    Ok(Plan { query: query.to_owned(), names, cells, mark })
}

pub(super) fn row(names: &[String], row: &SqliteRow) -> Result<Row> {
    let mut line = Line::default();
    for (at, name) in names.iter().enumerate() {
        line.cell(name, cell(row, at + 1, name)?.map(|(_, text)| text).as_deref());
    }
    let mark = cell(row, 0, "watermark")?.map(|(kind, text)| format!("{kind}{text}"));
    Ok(Row { mark, line: line.end() })
}

/// The cell's text, and a letter for its type.
fn cell(row: &SqliteRow, at: usize, name: &str) -> Result<Option<(char, String)>> {
    let value = row.try_get_raw(at).map_err(fault)?;
    let kind = value.type_info();
    match kind.name() {
        _ if value.is_null() => Ok(None),
        "INTEGER" => Ok(Some(('i', row.try_get_unchecked::<i64, _>(at).map_err(fault)?.to_string()))),
        // The shortest digits that are this very number.
        "REAL" => Ok(Some(('r', row.try_get_unchecked::<f64, _>(at).map_err(fault)?.to_string()))),
        "TEXT" => Ok(Some(('t', row.try_get_unchecked(at).map_err(fault)?))),
        other => Err(Fault::new(Code::ConnectionCell, format!("{name} ({})", other.to_lowercase()), "text")),
    }
}

/// A watermark is compared as the type that it was read as.
pub(super) fn bound<'q>(
    query: Query<'q, Sqlite, SqliteArguments>,
    mark: &str,
) -> Query<'q, Sqlite, SqliteArguments> {
    let rest = mark.get(1..).unwrap_or_default();
    match (mark.chars().next(), rest.parse::<i64>(), rest.parse::<f64>()) {
        (Some('i'), Ok(whole), _) => query.bind(whole),
        (Some('r'), _, Ok(number)) => query.bind(number),
        _ => query.bind(rest.to_owned()),
    }
}
