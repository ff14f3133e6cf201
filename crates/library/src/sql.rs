//! SQL as text and as a tree: exactly one query, the tables it names, its parameters, and binding them.
//!
//! Values are bound on the syntax tree as typed literal nodes before planning. Placeholders of a plan are not enough:
//! they fail in window frames and lists and are typed by guess.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use gnomon_kernel::Day;
use sqlparser::{
    ast::{
        Array, DataType, Expr, Ident, Interval, ObjectName, Query, SetExpr, Statement, TableFactor,
        TypedString, Value, Visit, VisitMut, Visitor, VisitorMut, With,
    },
    dialect::GenericDialect,
    parser::Parser,
    tokenizer::{Token, Tokenizer},
};

use crate::param::{ParamType, ParamValue};

/// The parameter that every model has: the run date.
pub const AS_OF: &str = "as_of";

/// What is wrong with a text that should be one query. Line and column are counted from 1 within the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SqlError {
    /// What was found and what was expected.
    pub message: String,
    /// Line and column, where known.
    pub at: Option<(usize, usize)>,
}

impl SqlError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), at: None }
    }
}

/// One parsed query.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedQuery {
    /// The tree.
    pub query: Query,
    /// Tables it names, without its own `with` names.
    pub tables: BTreeSet<String>,
    /// Parameters it names, without `$`.
    pub parameters: BTreeSet<String>,
}

/// Parses a text that must be exactly one query.
pub fn parse_query(sql: &str) -> Result<ParsedQuery, SqlError> {
    let dialect = GenericDialect {};
    let mut statements = Parser::parse_sql(&dialect, sql).map_err(|error| {
        let located = located(&error.to_string());
        let verb = first_word(sql);
        if ["SELECT", "WITH", "VALUES", ""].contains(&verb.as_str()) { located } else { not_a_query(&verb) }
    })?;
    let found = statements.len();
    let query = match (statements.pop(), found) {
        (Some(Statement::Query(query)), 1) => *query,
        (Some(other), 1) => {
            return Err(not_a_query(&first_word(&other.to_string())));
        }
        _ => {
            return Err(SqlError::new(format!("found {found} statements, expected a single query (select)")));
        }
    };
    refuse_hidden_changes(&query)?;
    let mut names = Names::default();
    if let ControlFlow::Break(error) = query.visit(&mut names) {
        return Err(error);
    }
    let tables = names.tables.difference(&names.with_names).cloned().collect();
    Ok(ParsedQuery { query, tables, parameters: names.parameters })
}

fn first_word(sql: &str) -> String {
    sql.trim_start().chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_uppercase()
}

fn not_a_query(verb: &str) -> SqlError {
    SqlError::new(format!("found a {verb} statement, expected a single query (select)"))
}

/// `select … into`, and insert, update, delete or merge dressed as the body of a query.
fn refuse_hidden_changes(query: &Query) -> Result<(), SqlError> {
    let changes = match query.body.as_ref() {
        SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => true,
        SetExpr::Select(select) => select.into.is_some(),
        _ => false,
    };
    if changes {
        Err(SqlError::new("found a statement that changes data, expected a query that only reads"))
    } else {
        Ok(())
    }
}

/// `sqlparser` puts the place at the end of its message: `… at Line: 3, Column: 7`.
fn located(message: &str) -> SqlError {
    let clean = |text: &str| text.trim_start_matches("sql parser error: ").trim_end().to_owned();
    let Some((text, place)) = message.rsplit_once(" at Line: ") else { return SqlError::new(clean(message)) };
    let mut numbers = place.split(", Column: ").map(|n| n.trim().parse::<usize>());
    match (numbers.next(), numbers.next()) {
        (Some(Ok(line)), Some(Ok(column))) => SqlError { message: clean(text), at: Some((line, column)) },
        _ => SqlError::new(clean(message)),
    }
}

impl ParsedQuery {
    /// Whether the query names a column of a table: bare, or behind the table's name or alias. A star names nothing.
    pub fn names_column(&self, table: &str, column: &str) -> bool {
        if !self.tables.contains(table) {
            return false;
        }
        let mut mentions =
            Mentions { table, column, behind: BTreeSet::from([table.to_owned()]), found: vec![] };
        let _ = self.query.visit(&mut mentions);
        let is_of_table =
            |behind: &Option<String>| behind.as_ref().is_none_or(|name| mentions.behind.contains(name));
        mentions.found.iter().any(is_of_table)
    }
}

/// Where a column's name stands, and what the table is called.
struct Mentions<'a> {
    table: &'a str,
    column: &'a str,
    /// The table's name and its aliases.
    behind: BTreeSet<String>,
    /// What stands before the column's name at each place.
    found: Vec<Option<String>>,
}

impl Visitor for Mentions<'_> {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, alias: Some(alias), .. } = factor
            && name.to_string().eq_ignore_ascii_case(self.table)
        {
            self.behind.insert(alias.name.value.to_lowercase());
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        let is_column = |ident: &Ident| ident.value.eq_ignore_ascii_case(self.column);
        match expr {
            Expr::Identifier(ident) if is_column(ident) => self.found.push(None),
            Expr::CompoundIdentifier(parts) => {
                if let [before, column] = parts.as_slice()
                    && is_column(column)
                {
                    self.found.push(Some(before.value.to_lowercase()));
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

#[derive(Default)]
struct Names {
    tables: BTreeSet<String>,
    with_names: BTreeSet<String>,
    parameters: BTreeSet<String>,
}

impl Visitor for Names {
    type Break = SqlError;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<SqlError> {
        let with = query.with.iter().flat_map(|with| &with.cte_tables);
        self.with_names.extend(with.map(|cte| cte.alias.name.value.to_lowercase()));
        ControlFlow::Continue(())
    }

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<SqlError> {
        match relation.0.as_slice() {
            [part] => {
                let ident = part.as_ident().map(|ident| ident.value.to_lowercase());
                self.tables.insert(ident.unwrap_or_else(|| part.to_string()));
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Break(SqlError::new(format!(
                "found the table name {relation}, expected a name without dots"
            ))),
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<SqlError> {
        if let Some(name) = placeholder(expr) {
            self.parameters.insert(name.to_owned());
        }
        ControlFlow::Continue(())
    }
}

fn placeholder(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Value(value) => match &value.value {
            Value::Placeholder(name) => name.strip_prefix('$'),
            _ => None,
        },
        _ => None,
    }
}

/// Values ready to be put into a tree: a literal node per parameter.
#[derive(Debug, Clone, Default)]
pub struct Literals {
    nodes: BTreeMap<String, Expr>,
}

impl Literals {
    /// The literals of a model's values, and the run date. `types` tells intervals from numbers.
    pub fn new<'a>(
        values: impl IntoIterator<Item = (&'a String, ParamType, &'a ParamValue)>,
        as_of: Day,
    ) -> Self {
        let mut nodes: BTreeMap<String, Expr> =
            values.into_iter().map(|(name, ty, value)| (name.clone(), literal(ty, value))).collect();
        nodes.insert(AS_OF.to_owned(), date(as_of));
        Self { nodes }
    }

    /// Replaces every parameter of the query. The error names one without a value.
    pub fn bind(&self, query: &Query) -> Result<Query, SqlError> {
        let mut bound = query.clone();
        match VisitMut::visit(&mut bound, &mut Binder(&self.nodes)) {
            ControlFlow::Break(name) => {
                Err(SqlError::new(format!("found ${name}, which is not a parameter")))
            }
            ControlFlow::Continue(()) => Ok(bound),
        }
    }

    /// The author's own text with its parameters replaced: pieces of text, and whether each was put in.
    pub fn show(&self, sql: &str) -> Vec<(String, bool)> {
        let dialect = GenericDialect {};
        let Ok(tokens) = Tokenizer::new(&dialect, sql).tokenize_with_location() else {
            return vec![(sql.to_owned(), false)];
        };
        let mut pieces: Vec<(String, bool)> = Vec::new();
        let mut plain = String::new();
        for token in tokens {
            let node = match &token.token {
                Token::Placeholder(name) => self.nodes.get(name.trim_start_matches('$')),
                _ => None,
            };
            match node {
                Some(node) => {
                    pieces.push((std::mem::take(&mut plain), false));
                    pieces.push((node.to_string(), true));
                }
                None => plain.push_str(&token.token.to_string()),
            }
        }
        pieces.push((plain, false));
        pieces.retain(|(text, _)| !text.is_empty());
        pieces
    }
}

struct Binder<'a>(&'a BTreeMap<String, Expr>);

impl VisitorMut for Binder<'_> {
    type Break = String;

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<String> {
        let Some(name) = placeholder(expr).map(str::to_owned) else { return ControlFlow::Continue(()) };
        match self.0.get(&name) {
            Some(node) => {
                *expr = node.clone();
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(name),
        }
    }
}

fn literal(ty: ParamType, value: &ParamValue) -> Expr {
    match value {
        ParamValue::Bool(b) => node(Value::Boolean(*b)),
        ParamValue::Int(n) if ty == ParamType::Months => interval(*n, "months"),
        ParamValue::Int(n) if ty == ParamType::Days => interval(*n, "days"),
        ParamValue::Int(n) => node(Value::Number(n.to_string(), false)),
        ParamValue::Dec(x) => node(Value::Number(format!("{x:?}"), false)),
        ParamValue::Text(text) => quoted(text),
        // An array without a type would not compare with text; one null inside gives the type and matches nothing.
        ParamValue::List(items) if items.is_empty() => array(vec![Expr::Cast {
            kind: sqlparser::ast::CastKind::Cast,
            expr: Box::new(node(Value::Null)),
            data_type: DataType::Varchar(None),
            array: false,
            format: None,
        }]),
        ParamValue::List(items) => array(items.iter().map(|item| quoted(item)).collect()),
    }
}

fn node(value: Value) -> Expr {
    Expr::Value(value.with_empty_span())
}

fn quoted(text: &str) -> Expr {
    node(Value::SingleQuotedString(text.to_owned()))
}

fn array(elem: Vec<Expr>) -> Expr {
    Expr::Array(Array { elem, named: true })
}

fn interval(n: i64, unit: &str) -> Expr {
    Expr::Interval(Interval {
        value: Box::new(quoted(&format!("{n} {unit}"))),
        leading_field: None,
        leading_precision: None,
        last_field: None,
        fractional_seconds_precision: None,
    })
}

fn date(day: Day) -> Expr {
    Expr::TypedString(TypedString {
        data_type: DataType::Date,
        value: Value::SingleQuotedString(day.format("%Y-%m-%d").to_string()).with_empty_span(),
        uses_odbc_syntax: false,
    })
}

/// Puts named queries in front of a query, so that it stands alone.
pub fn with_queries(query: Query, named: Vec<(String, Query)>) -> Query {
    let mut query = query;
    let mut tables: Vec<_> = named.into_iter().map(|(name, query)| cte(name, query)).collect();
    if tables.is_empty() {
        return query;
    }
    match &mut query.with {
        Some(with) => {
            tables.append(&mut with.cte_tables);
            with.cte_tables = tables;
        }
        None => {
            let token = sqlparser::ast::helpers::attached_token::AttachedToken::empty();
            query.with = Some(With { with_token: token, recursive: false, cte_tables: tables });
        }
    }
    query
}

fn cte(name: String, query: Query) -> sqlparser::ast::Cte {
    sqlparser::ast::Cte {
        alias: sqlparser::ast::TableAlias {
            explicit: true,
            name: Ident::new(name),
            columns: Vec::new(),
            at: None,
        },
        query: Box::new(query),
        from: None,
        materialized: None,
        closing_paren_token: sqlparser::ast::helpers::attached_token::AttachedToken::empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tables_and_parameters() {
        let parsed = parse_query(
            "with a as (select x from t where y > $n) select x from a join u on u.x = a.x where d < $as_of",
        )
        .unwrap();
        assert_eq!(parsed.tables, BTreeSet::from(["t".to_owned(), "u".to_owned()]));
        assert_eq!(parsed.parameters, BTreeSet::from(["n".to_owned(), "as_of".to_owned()]));
    }

    #[test]
    fn a_column_is_named_bare_or_behind_its_table() {
        let names = |sql: &str| parse_query(sql).unwrap().names_column("t", "grade");
        for sql in [
            "select grade from t",
            "select 1 from T as x where X.Grade > 2",
            "with a as (select grade as g from t) select g from a",
            "select 1 from u where exists (select 1 from t where t.grade = u.x)",
        ] {
            assert!(names(sql), "{sql}");
        }
        for sql in [
            "select * from t",
            "select 'grade' from t",
            "select u.grade from t join u on u.x = t.x",
            "select grade from u",
        ] {
            assert!(!names(sql), "{sql}");
        }
    }

    #[test]
    fn takes_one_query_only() {
        for (sql, word) in [
            ("select 1; select 2", "2 statements"),
            ("drop table t", "DROP"),
            ("create external table t stored as csv location '/x'", "CREATE"),
            ("insert into t select 1", "INSERT"),
            ("copy t to '/x'", "COPY"),
            ("set a = 1", "SET"),
            ("select 1 as a into t", "changes data"),
            ("select a from s.t", "without dots"),
            ("", "0 statements"),
        ] {
            let error = parse_query(sql).unwrap_err();
            assert!(error.message.contains(word), "{sql}: {}", error.message);
        }
    }

    #[test]
    fn says_where_a_text_breaks() {
        let error = parse_query("select a\nfrom t\nwhere where x").unwrap_err();
        assert_eq!(error.at.map(|(line, _)| line), Some(3));
    }

    #[test]
    fn binds_typed_nodes() {
        let names: Vec<String> = ["n", "m", "l", "e", "t"].map(str::to_owned).into();
        let values = [
            ParamValue::Int(3),
            ParamValue::Int(2),
            ParamValue::List(vec!["a'b".into()]),
            ParamValue::List(vec![]),
            ParamValue::Text("'; drop table t; --".into()),
        ];
        let types = [ParamType::Int, ParamType::Months, ParamType::List, ParamType::List, ParamType::Text];
        let literals = Literals::new(
            names.iter().zip(types).zip(&values).map(|((name, ty), value)| (name, ty, value)),
            Day::from_ymd_opt(2025, 1, 1).unwrap(),
        );
        let sql = "select $n, $m, $l, $e, $t, $as_of, '$n' -- $n";
        let bound = literals.bind(&parse_query(sql).unwrap().query).unwrap().to_string();
        assert_eq!(
            bound,
            "SELECT 3, INTERVAL '2 months', ARRAY['a''b'], ARRAY[CAST(NULL AS VARCHAR)], '''; drop table t; --', DATE '2025-01-01', '$n'"
        );
        let shown: String = literals.show(sql).into_iter().map(|(text, _)| text).collect();
        assert_eq!(
            shown,
            "select 3, INTERVAL '2 months', ARRAY['a''b'], ARRAY[CAST(NULL AS VARCHAR)], '''; drop table t; --', DATE '2025-01-01', '$n' -- $n"
        );
    }
}
