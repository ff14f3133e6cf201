//! The text must be one query, and nothing that changes anything. The session is read-only besides.

use sqlparser::{
    ast::{Query, SetExpr, Statement},
    dialect::GenericDialect,
    dialect::{Dialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect},
    parser::Parser,
};

use crate::{Fault, Result};

/// The query without what ends it.
pub(super) fn checked(text: &str) -> Result<String> {
    let text = text.trim().trim_end_matches(';').trim_end();
    let dialects: [&dyn Dialect; 4] =
        [&GenericDialect {}, &PostgreSqlDialect {}, &MySqlDialect {}, &SQLiteDialect {}];
    let is_query = dialects.into_iter().any(|dialect| {
        let statements = Parser::parse_sql(dialect, text).unwrap_or_default();
        matches!(&statements[..], [Statement::Query(query)] if only_reads(query))
    });
    match is_query {
        true => Ok(text.to_owned()),
        false => {
            let first = text.split_whitespace().next().unwrap_or_default();
            Err(Fault::file(format!("query = {first} …"), "select …"))
        }
    }
}

fn only_reads(query: &Query) -> bool {
    let inner = query.with.iter().flat_map(|with| &with.cte_tables).all(|table| only_reads(&table.query));
    inner && query.locks.is_empty() && reads(&query.body)
}

fn reads(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(select) => select.into.is_none(),
        SetExpr::Query(query) => only_reads(query),
        SetExpr::SetOperation { left, right, .. } => reads(left) && reads(right),
        SetExpr::Values(_) | SetExpr::Table(_) => true,
        _ => false,
    }
}

/// All of a table, which may be named with its schema.
pub(super) fn whole_table(name: &str, quoted: impl Fn(&str) -> String) -> String {
    let parts: Vec<String> = name.split('.').map(quoted).collect();
    format!("select * from {}", parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_reading_query_is_a_query() {
        for fine in [
            "select a, b from t where c > 1;",
            "with x as (select 1 as a) select * from x union all select 2",
            "SELECT `a` FROM `t`",
            "select \"金额\" from \"发放\" -- all of it",
            "select a::text from t",
        ] {
            assert!(checked(fine).is_ok(), "{fine}");
        }
        for odd in [
            "",
            "delete from t",
            "select 1; drop table t",
            "insert into t select * from u",
            "with x as (delete from t returning *) select * from x",
            "select * into u from t",
            "select * from t for update",
            "call p()",
            "gibberish",
        ] {
            let fault = checked(odd).unwrap_err();
            assert_eq!(fault.code, gnomon_kernel::Code::ConnectionFile, "{odd}");
        }
    }

    #[test]
    fn parts_of_a_name_are_quoted_apart() {
        assert_eq!(whole_table("s.t", |name| format!("\"{name}\"")), "select * from \"s\".\"t\"");
    }
}
