//! Putting plain SQL together: places for values, counts.

use sea_orm::{FromQueryResult, Value};

use crate::{Result, Tx, error::readable};

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

impl Tx {
    /// The one number that a query returns as `count`.
    pub(crate) async fn count(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        let rows: Vec<Count> = self.select(sql, values).await?;
        Ok(readable(rows.into_iter().next(), "count")?.count as u64)
    }
}

/// The place of one more value.
pub(crate) fn place(value: Value, values: &mut Vec<Value>) -> String {
    values.push(value);
    format!("${}", values.len())
}

/// The places of several, with commas.
pub(crate) fn places(all: impl Iterator<Item = Value>, values: &mut Vec<Value>) -> String {
    all.map(|value| place(value, values)).collect::<Vec<_>>().join(", ")
}

/// A text for `like` in which nothing stands for anything else, with `\` as its escape.
pub(crate) fn literal(text: &str) -> String {
    let marked = |c: char| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]);
    text.chars().flat_map(marked).collect()
}
